"""The five dimensions of cooperation: whatever zones do together, by the dimension it is tagged with."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.registry import all_definitions, define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.scopes import NATION
from figures.units import ITEMS

OF: Final = (
    ("events.all", ""), ("cooperations.all", "signed"), ("agreements.active", ""), ("conversions.count", ""),
    ("talent.exchanged", ""), ("trials.started", ""),
)  # fmt: skip
"""Figures whose rows are activities, each by the day it begins to count there."""
UNTAGGED: Final = "none"


@define
class Activities(Definition):
    """Besides its places, an activity counts for its dimension there: `dimension:factor:events.all@zone:zgc`."""

    id = "activities.all"
    version = 2
    title = _("协同活动")
    rule = _(
        "按开始日计入当期的活动、合作（签约）、协议（生效）、成果转化、人才交流与试验，每项计一次；按登记的协同维度分列。"
    )
    unit = ITEMS
    sources: ClassVar[tuple[str, ...]] = (
        "matching.event", "matching.eventorganizer", "matching.cooperation", "matching.cooperationparty",
        "matching.cooperationassociation", "matching.agreement", "matching.agreementparty", "matching.conversion",
        "matching.talentexchange", "matching.trial", "zones.organization",
    )  # fmt: skip

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        for figure, asked in OF:
            facts = _beginnings(all_definitions()[figure].facts(reading, asked))
            tags = self._tags(facts, reading)
            for fact in facts:
                if fact.start is not None and fact.start <= reading.as_of:
                    start = f"dimension:{tags.get(fact.key) or UNTAGGED}"
                    named = {place_of(start, figure, place) for place in (NATION, *fact.places)}
                    yield fact._replace(end=None, amount=ONE, places=fact.places | named)

    def _tags(self, facts: list[Fact], reading: Reading) -> dict[int, str]:
        """Row → its dimension."""
        if not facts:
            return {}
        model: Any = apps.get_model(facts[0].table)
        return dict(counted(model, reading).values_list("pk", "dimension"))


def _beginnings(facts: Iterable[Fact]) -> list[Fact]:
    """Of each row the first fact: what is there for a time has one from each turn of its zones to the next."""
    found: dict[int, Fact] = {}
    for fact in facts:
        if fact.start is not None:
            found.setdefault(fact.key, fact)
    return list(found.values())


def place_of(start: str, figure: str, place: str) -> str:
    """The code under which activities of a dimension and kind are summed for a place."""
    return f"{start}:{figure}@{place}"
