"""Records for engine tests: one need, one resource, and what they need around them, with sensible defaults."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine.records import (
    DEFAULT,
    CodeTree,
    Geography,
    Market,
    NeedFacts,
    NeedTable,
    Quantity,
    ResourceFacts,
    ResourceTable,
    ScoringConfig,
    TermStatistics,
    decode_needs,
    decode_resources,
    encode_need,
    encode_resource,
)
from matching.engine.retrieval import CandidateQuery

TODAY = 739_943
"""2026-11-23."""

EAST, WEST, FAR = 1, 2, 3


NEED = NeedFacts(
    id=1,
    zone=EAST,
    region="330000",
    organization=10,
    legal_group=10,
    kind="testing_sharing",
    title="氮化镓外延片缺陷检测",
    keywords=("氮化镓", "外延片"),
    text="需要对200毫米氮化镓外延片作无损缺陷检测。",
)
RESOURCE = ResourceFacts(
    id=1,
    zone=WEST,
    region="320000",
    organization=20,
    legal_group=20,
    kind="equipment",
    title="外延片缺陷检测系统",
    keywords=("氮化镓", "缺陷检测"),
    text="面向氮化镓外延片的无损检测，自动分类并出具报告。",
)


OTHERS = tuple(
    replace(RESOURCE, id=1_000 + number, title=f"其他设备{number}", keywords=(), text="通用设备租赁。")
    for number in range(100)
)
"""Everything else in the world: what makes the words of the others rare."""


def make_need(**changes: Any) -> NeedFacts:
    """A need of the east zone for inspection of GaN wafers."""
    return replace(NEED, **changes)


def make_resource(**changes: Any) -> ResourceFacts:
    """An instrument of the west zone that inspects GaN wafers."""
    return replace(RESOURCE, **changes)


def at_least(
    value: float, unit: str = "mm", *, key: str = "wafer", name: str = "晶圆直径", is_must: bool = True
) -> Quantity:
    """A metric with a lower bound."""
    return Quantity(key, name, low=value, unit=unit, op=">=", is_must=is_must)


def offers(value: float | None, unit: str = "mm", *, key: str = "wafer", name: str = "晶圆直径") -> Quantity:
    """A capability with one value, or named without one."""
    return Quantity(key, name, low=value, high=value, unit=unit, is_known=value is not None)


def needs_of(*facts: NeedFacts) -> NeedTable:
    """Needs as the engine sees them."""
    return decode_needs([encode_need(fact) for fact in facts])


def resources_of(*facts: ResourceFacts) -> ResourceTable:
    """Resources as the engine sees them."""
    return decode_resources([encode_resource(fact) for fact in facts])


def statistics_of(facts: Iterable[ResourceFacts]) -> TermStatistics:
    """Document frequencies over some resources and a hundred others about everything else."""
    return TermStatistics.of(encode_resource(fact) for fact in (*facts, *OTHERS))


def geography() -> Geography:
    """East and west share an alliance, west and far a network."""
    return Geography.of([EAST, WEST, FAR], networks=[[WEST, FAR]], alliances=[[EAST, WEST]])


def codes() -> CodeTree:
    """Two small trees with a bridge: A, A.1, A.1.1, A.1.2, A.2 and B, B.1, where A.2 means B.1."""
    parents = {"A": "", "A.1": "A", "A.1.1": "A.1", "A.1.2": "A.1", "A.2": "A", "B": "", "B.1": "B"}
    return CodeTree.of(parents, [("A.2", "B.1", 0.8)])


def market_of(facts: Iterable[ResourceFacts], config: ScoringConfig = DEFAULT) -> Market:
    """The surroundings of a small world."""
    return Market(statistics_of(facts), geography(), codes(), config, TODAY)


@dataclass(frozen=True)
class Shelf:
    """A candidate source that proposes everything, and the records it proposes."""

    facts: tuple[ResourceFacts, ...]

    def candidates(self, queries: Sequence[CandidateQuery], limit: int) -> list[NDArray[np.int64]]:
        """Return all ids for every query."""
        return [np.array([fact.id for fact in self.facts], dtype=np.int64)[:limit] for _ in queries]

    def load(self, ids: NDArray[np.int64]) -> ResourceTable:
        """Decode the resources with these ids."""
        wanted = set(ids.tolist())
        return resources_of(*(fact for fact in self.facts if fact.id in wanted))
