"""Matches of random pairs of a filled site, stored in several ways. Django must be set up before this is imported."""

import json
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
from django.db import connection, transaction

from matching.choices import RunKind, RunState
from matching.engine.pipeline import ChunkResult
from matching.engine.scoring import ScoredPairs
from matching.models import Match, MatchRun, Need, RunStep
from matching.services.configs import active_config
from matching.store import NewMatch, Tally, Versions, save_candidates, save_matches
from zones.models import Resource
from zones.scoping import today

REASON = "benchmarks work for nobody"
ORM_BATCH = 2_000
FACTS = {
    "score": 0.5, "told_score": 0.5, "told_confidence": 0.8, "contributions": [],
    "terms": [{"term": "氮化镓", "share": 0.5}],
}  # fmt: skip
TOLD = 5
"""Of how many matches of a need both sides are told."""
COLUMNS = frozenset(NewMatch._fields) - {"is_exploration"}
BARE_COLUMNS = (
    "public_id", "run_id", "need_id", "resource_id", "need_version", "resource_version", "rank", "score", "confidence",
    "told_score", "told_confidence", "contributions", "facts", "is_assigned", "is_told",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Storage:
    """``kept`` pairs of every need, as the engine returns them, and as matches."""

    result: ChunkResult
    matches: list[NewMatch]
    versions: Versions

    @classmethod
    def of(cls, random: np.random.Generator, kept: int, components: int) -> "Storage":
        """Draw resources for every need of the site."""
        needs = np.array(_ids(Need), dtype=np.int64)
        resources = np.array(_ids(Resource), dtype=np.int64)
        first = random.integers(0, resources.size - kept, needs.size)
        drawn = resources[first[:, None] + np.arange(kept)].reshape(-1)
        rows = np.repeat(np.arange(needs.size), kept)
        value, parts = np.sort(random.random(drawn.size))[::-1], random.random((drawn.size, components))
        items = np.full((drawn.size, 3), -1, dtype=np.int64)
        pairs = ScoredPairs(rows, drawn, parts, np.ones_like(parts), value, value, value, value, value, value, items)
        bars = np.zeros(needs.size)
        reasons: tuple[dict[str, int], ...] = ({},) * needs.size
        is_told = np.arange(drawn.size) % kept < TOLD
        result = ChunkResult(needs, pairs, is_told, bars, {}, reasons, np.full(needs.size, kept))
        matches = [
            NewMatch(need, 1, resource, 1, 1 + place % kept, 0.5, 0.8, FACTS, is_assigned=False, is_told=True)
            for place, (need, resource) in enumerate(zip(needs[rows].tolist(), drawn.tolist(), strict=True))
        ]
        ones = dict.fromkeys(needs.tolist(), 1), dict.fromkeys(resources.tolist(), 1)
        return cls(result, matches, Versions(*ones))

    def by_orm(self, count: int) -> None:
        """Store the first matches with Django's own bulk writer."""
        run = _run()
        derived = {"contributions": [], "told_score": 0.5, "told_confidence": 0.8}
        rows = [
            Match(run=run, **derived, **{name: value for name, value in match._asdict().items() if name in COLUMNS})
            for match in self.matches[:count]
        ]
        with transaction.atomic():
            Match.objects.unscoped(reason=REASON).bulk_create(rows, batch_size=ORM_BATCH)

    def as_rows(self) -> None:
        """Store all matches with the product's writer."""
        run = _run()
        with transaction.atomic():
            save_matches(run, self.matches)

    def as_arrays(self) -> None:
        """Store all pairs as candidate lists with the product's writer."""
        run = _run()
        step = RunStep.objects.create(run=run, stage="score", need_ids=self.result.need_ids.tolist())
        with transaction.atomic():
            save_candidates(
                run, step, self.result, facts={}, versions=self.versions, index_version=0, tally=Tally()
            )  # fmt: skip

    def bare(self) -> None:
        """Store the rows in a table without index and key: what a connection can take."""
        columns = ", ".join(BARE_COLUMNS)
        facts, empty = json.dumps(FACTS, ensure_ascii=False), "[]"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMPORARY TABLE bare ON COMMIT DROP AS SELECT {columns} FROM matching_match WITH NO DATA"
            )
            with cursor.cursor.copy(f"COPY bare ({columns}) FROM STDIN") as copy:
                for match in self.matches:
                    key = (uuid4(), 1, match.need_id, match.resource_id, 1, 1, match.rank)
                    copy.write_row((*key, 0.5, 0.8, 0.5, 0.8, empty, facts, False, True))


def _ids(model: type[Need] | type[Resource]) -> list[int]:
    return list(model.objects.unscoped(reason=REASON).order_by("pk").values_list("pk", flat=True))


def _run() -> MatchRun:
    run = MatchRun(kind=RunKind.FULL, config=active_config(), as_of=today(), reason="benchmark", state=RunState.FAILED)
    run.save()
    return run
