"""The broker's cases of ``tests/fixtures``: needs of many fields, each with the resource a broker would name first and
decoys that share its words but not its specification; values may come in another unit, language or under another key.
"""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

from matching.engine.records import NeedFacts, Quantity, ResourceFacts
from tests.matching.engine.worlds import EAST, FAR, WEST, make_need, make_resource

FILE: Final = Path(__file__).resolve().parents[2] / "fixtures" / "brokers_cases.jsonl"
Row = dict[str, Any]


class Case(NamedTuple):
    """A need, who fits, and who only looks as if: per decoy whether it must be removed or only stand below."""

    need: NeedFacts
    best: int
    decoys: dict[int, bool]


class CaseMarket(NamedTuple):
    """All cases in one market."""

    cases: tuple[Case, ...]
    resources: tuple[ResourceFacts, ...]


def read_cases() -> CaseMarket:
    """Read the file; case n has need n, its resources are 100 n (the best) and the numbers after it."""
    cases: list[Case] = []
    resources: list[ResourceFacts] = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        offers = enumerate((row["best"], *row["decoys"]), start=100 * number)
        resources += [_resource(identifier, offer) for identifier, offer in offers]
        fates = {100 * number + place: decoy["is_removed"] for place, decoy in enumerate(row["decoys"], start=1)}
        cases.append(Case(_need(number, row), 100 * number, fates))
    return CaseMarket(tuple(cases), tuple(resources))


def _need(number: int, row: Row) -> NeedFacts:
    return make_need(
        id=number, zone=EAST, kind=row["kind"], title=row["title"], keywords=(), text=row["text"],
        quantities=_quantities(row),
    )  # fmt: skip


def _resource(identifier: int, row: Row) -> ResourceFacts:
    """The best stands in the far zone, its decoys nearer: words and place speak for the decoys."""
    return make_resource(
        id=identifier, zone=FAR if identifier % 100 == 0 else WEST, organization=identifier, legal_group=identifier,
        kind=row.get("kind", "service"), title=row["title"], keywords=(), text=row["text"], quantities=_quantities(row),
    )  # fmt: skip


def _quantities(row: Row) -> tuple[Quantity, ...]:
    return tuple(Quantity(**one | {"choices": tuple(one.get("choices", ()))}) for one in row.get("quantities", ()))
