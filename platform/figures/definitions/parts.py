"""Parts of a figure: its rows by class, value, field, track, scope or chain. `trials.active.FI2` is what of
`trials.active` is in FI2. A row may belong to several parts, or to none.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from figures.definitions.base import Definition
from figures.facts import Fact, Reading
from zones.choices import CodeScheme
from zones.models import Code
from zones.models.base import in_language

if TYPE_CHECKING:
    from figures.questions import Question
    from zones.scoping import Principal

COPIED: Final = ("version", "rule", "unit", "scopes", "is_stock", "milestones", "is_sensitive")
FIELDS: Final = (*(f"SEI{number}" for number in range(1, 10)), *(f"FI{number}" for number in range(1, 7)))
"""Fields of industry, the new ones and those of the future."""


class Part(Definition):
    """What of `whole` belongs to one of its parts. It is asked for alone: no sums are kept of it, and strangers are not
    told it, who could take one part from the whole and the others.
    """

    is_open = False

    def __init__(self, whole: Definition, code: str) -> None:
        self.whole, self.code = whole, code
        values: Mapping[str, Any] = {name: getattr(whole, name) for name in COPIED} | {
            "id": f"{whole.id}.{code}", "sources": (*whole.sources, *whole.part_sources),
        }  # fmt: skip
        for name, value in values.items():
            setattr(self, name, value)

    @property
    def name(self) -> str:
        return _("%(what)s（%(part)s）") % {"what": self.whole.name, "part": self.whole.part_name(self.code)}

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        belongs, wanted = self.whole.parts_of(reading), self.whole.codes_in(self.code)
        return (fact for fact in self.whole.facts(reading, milestone) if wanted.issubset(belongs.get(fact.key, ())))

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        return self.whole.value_of(facts, question)


def part_of(definitions: Mapping[str, Definition], figure: str, reader: "Principal") -> Part | None:
    """The part an id names; None where there is none the reader can ask for."""
    subject, what, code = [*figure.split(".", 2), "", ""][:3]
    found = definitions.get(f"{subject}.{what}")
    return Part(found, code) if found is not None and found.has_part(code, reader) else None


def code_name(scheme: CodeScheme, code: str) -> str:
    """What a code table calls it, in the reader's language."""
    row = Code.objects.filter(scheme=scheme, code=code).first()
    return code if row is None else in_language(row.name_zh, row.name_en)


def tops(codes: Iterable[str]) -> frozenset[str]:
    """The fields that codes of industry lie in: SEI1 of SEI1.2.4."""
    return frozenset(code.partition(".")[0] for code in codes)
