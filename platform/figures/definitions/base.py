"""The one shape of a definition: which rows are its facts, and in which unit they are counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final

from django.utils.functional import Promise

from figures.facts import Fact, Reading, there_on, total, within
from figures.units import Unit

if TYPE_CHECKING:
    from figures.pairs import Deal
    from figures.questions import Question
    from zones.scoping import Principal

GEOGRAPHY: Final = ("zones.zone", "zones.region", "zones.regiongroup", "zones.association", "zones.membership")
"""Tables that say where everything lies: every figure reads them."""
AREAS: Final = ("nation", "region", "group", "association", "zone")


class Definition:
    """A figure that is counted from rows. Its number goes up with every change of what it counts.

    `facts` gives every row that counts, once, as of a day; who asks for a scope and a period picks among them.
    """

    id: ClassVar[str]
    version: ClassVar[int] = 1
    title: ClassVar["str | Promise"]
    """What is counted, as it follows a period and a scope: 举办交流活动."""
    rule: ClassVar["str | Promise"]
    """What counts and what does not, in a sentence for officials."""
    unit: ClassVar[Unit]
    scopes: ClassVar[tuple[str, ...]] = AREAS
    is_stock: ClassVar[bool] = False
    milestones: ClassVar[tuple[str, ...]] = ()
    sources: ClassVar[tuple[str, ...]]
    """Tables it reads besides `GEOGRAPHY`, by label: what is kept ready is thrown away when one of them changes."""
    is_of_whole_periods: ClassVar[bool] = False
    """Whether its values are those of whole periods, over or to come, as a source published them; never of a part."""
    is_sensitive: ClassVar[bool] = True
    """Whether small numbers could tell strangers of single parties; only facts that are published are not."""

    part_codes: ClassVar[tuple[str, ...]] = ()
    """Codes by which its rows can be asked for in part (`figures.definitions.parts`): `trials.active.FI2`."""
    is_open: ClassVar[bool] = True
    """Whether strangers may be told it where it is sensitive: parts and shares, with the whole, tell what is hidden."""

    part_sources: ClassVar[tuple[str, ...]] = ()
    """Tables that say to which parts a row belongs, besides `sources`."""

    def has_part(self, code: str, reader: "Principal") -> bool:
        """Whether the reader can ask for this part; what he may not see is no part to him."""
        return code in self.part_codes

    def takes(self, name: str, code: str) -> bool:
        """Whether it can be asked for what a filter picks (`figures.questions`): a contract type, a field."""
        return False

    def codes_in(self, code: str) -> frozenset[str]:
        """What a row of this part belongs to, each of them."""
        return frozenset({code})

    def part_name(self, code: str) -> str:
        """What a part is called, in the reader's language."""
        return code

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        """The key of each row → the parts it belongs to."""
        return {}

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        """Every fact as of the reading's day."""
        raise NotImplementedError

    def deals(self, reading: Reading) -> Mapping[int, Sequence["Deal"]]:
        """Year → what is kept of a flow beside its sums, so that parts can be added up; of most nothing."""
        return {}

    def picked(self, facts: Sequence[Fact], question: "Question") -> list[Fact]:
        """Those of the question's scope and period."""
        if self.is_stock or question.period is None:
            return there_on(facts, question.day, question.scope)
        return within(facts, question.period.until(question.as_of), question.scope)

    def unit_of(self, question: "Question") -> Unit:
        return self.unit

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        """The sum of what was picked; None where the value is not known."""
        return total(facts)

    def is_forecast(self, facts: Sequence[Fact]) -> bool:
        """Whether the value is expected, not yet reached."""
        return False

    def words(self, question: "Question") -> str:
        """What is counted, as the sentence says it."""
        return self.name

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return str(self.title)

    def __repr__(self) -> str:
        return f"<{self.id} v{self.version}>"
