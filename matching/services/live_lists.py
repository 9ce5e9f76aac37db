"""Live candidate lists as a process that watches keeps them: who stands in them, and what a newcomer must reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from matching.engine.packing import Flags, Floats, Integers
from matching.models import ScoringConfig
from matching.services.configs import settings_of

NOBODY = -1
CHANGED = """
SELECT l.need_id, l.sequence, c.resource_ids, c.bar, r.config_id FROM matching_liveresult l
JOIN matching_candidatelist c ON c.need_id = l.need_id AND c.run_id = l.run_id
JOIN matching_matchrun r ON r.id = l.run_id
WHERE l.sequence > %s ORDER BY l.need_id
"""


@dataclass(slots=True)
class LiveLists:
    """Live lists of all needs, for one scoring configuration, up to publication `seen`.

    need_ids int64[needs], ascending; listed int64[needs, width], -1 where a list is shorter; bars float64[needs]: the
    rank value of the last of a full list before any judgment, 0 where there is room or where another configuration has
    scored.
    """

    config_id: int
    keep: int
    width: int
    seen: int = -1
    need_ids: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    listed: Integers = field(default_factory=lambda: np.empty((0, 0), dtype=np.int64))
    bars: Floats = field(default_factory=lambda: np.empty(0))

    def follow(self) -> None:
        """Apply every publication since the last time."""
        with connection.cursor() as cursor:
            cursor.execute(CHANGED, [self.seen])
            rows = cursor.fetchall()
        if not rows:
            return
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        listed = np.full((ids.size, self.width), NOBODY, dtype=np.int64)
        bars = np.zeros(ids.size)
        for place, (_need, _sequence, resources, bar, config) in enumerate(rows):
            listed[place, : len(resources)] = resources[: self.width]
            if len(resources) >= self.keep and config == self.config_id:
                bars[place] = bar
        self._replace(ids, listed, bars)
        self.seen = max(row[1] for row in rows)

    def bars_of(self, need_ids: Integers) -> Floats:
        """Return the rank value a newcomer must reach, 0 for a need without a list: float64[needs]."""
        place, is_known = self._find(need_ids)
        return np.where(is_known, self.bars[place], 0.0) if self.bars.size else np.zeros(need_ids.shape)

    def naming(self, resource_ids: Sequence[int], need_ids: Integers) -> Flags:
        """Return in which needs' lists one of the resources stands: bool[needs]."""
        is_named = np.isin(self.listed, np.array(resource_ids, dtype=np.int64)).any(axis=1)
        return np.isin(need_ids, self.need_ids[is_named])

    def _replace(self, ids: Integers, listed: Integers, bars: Floats) -> None:
        stays = ~np.isin(self.need_ids, ids)
        need_ids = np.concatenate([self.need_ids[stays], ids])
        order = np.argsort(need_ids)
        before = self.listed[stays].reshape(-1, self.width)
        self.listed = np.concatenate([before, listed])[order]
        self.bars = np.concatenate([self.bars[stays], bars])[order]
        self.need_ids = need_ids[order]

    def _find(self, need_ids: Integers) -> tuple[Integers, Flags]:
        if self.need_ids.size == 0:
            return np.zeros(need_ids.shape, dtype=np.int64), np.zeros(need_ids.shape, dtype=np.bool_)
        place = np.minimum(np.searchsorted(self.need_ids, need_ids), self.need_ids.size - 1)
        return place, self.need_ids[place] == need_ids


def live_lists(config: ScoringConfig) -> LiveLists:
    """This process's live lists, up to date."""
    kept = _kept[-1] if _kept else None
    if kept is None or kept.config_id != config.pk:
        settings = settings_of(config)
        kept = LiveLists(config.pk, settings.keep, settings.keep + settings.top)
        _kept[:] = [kept]
    kept.follow()
    return kept


def forget() -> None:
    """Drop what is kept."""
    _kept.clear()


_kept: list[LiveLists] = []
