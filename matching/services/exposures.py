"""The exposure log: which suggestions were shown to which side, where on the page, from which versions.

One statement per page, one per publishing; the same pair is logged once per day, channel, audience and kind of reader.
The log is deleted in time; the day on which a need was first matched stays (`NeedDay`).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection

from matching.choices import Audience, ExposureChannel
from matching.models import Exposure, Match, MatchRun
from zones.scoping import Principal, today

PUBLISHED_DAYS = 14
"""Published pairs are kept to tell what was proposed of late; what people saw is kept for learning."""
SHOWN_DAYS = 400
INSERT = """
WITH first AS (
    INSERT INTO matching_needday (need_id, step, day)
    SELECT DISTINCT m.need_id, 'matched', %(day)s::date FROM {source} {where} ON CONFLICT DO NOTHING
)
INSERT INTO matching_exposure (need_id, resource_id, run_id, config_number, calibration_number, shown_on, channel,
    audience, reader, position, is_exploration)
SELECT m.need_id, m.resource_id, m.run_id, c.number, coalesce(k.number, 0), %(day)s, %(channel)s, {audience},
    %(reader)s, {position}, coalesce((m.facts->>'is_exploration')::boolean, false)
FROM {source} JOIN matching_matchrun r ON r.id = m.run_id JOIN matching_scoringconfig c ON c.id = r.config_id
LEFT JOIN matching_scorecalibration k ON k.config_id = c.id AND k.is_active
{where} ORDER BY m.need_id, m.resource_id
ON CONFLICT DO NOTHING
"""
LOG_SHOWN = INSERT.format(
    source="unnest(%(ids)s::bigint[], %(positions)s::int[], %(audiences)s::text[]) AS s(id, position, audience) "
    "JOIN matching_match m ON m.id = s.id",
    position="s.position",
    audience="s.audience",
    where="",
)
LOG_PUBLISHED = INSERT.format(
    source="matching_match m JOIN matching_liveresult l ON l.need_id = m.need_id AND l.run_id = m.run_id",
    position="m.rank",
    audience="%(audience)s",
    where="WHERE m.run_id = %(run)s",
)


class Shown(NamedTuple):
    """One suggestion on a page, and whether the reader is on the side of its need."""

    match: Match
    is_need_side: bool


def log_shown(principal: Principal, shown: Sequence[Shown], *, channel: ExposureChannel) -> None:
    """Log a page of suggestions in the order in which they stand; one query, none for an empty page."""
    if not shown:
        return
    sides = [Audience.NEED_SIDE if one.is_need_side else Audience.RESOURCE_SIDE for one in shown]
    values: dict[str, Any] = {
        "ids": [one.match.pk for one in shown],
        "positions": list(range(1, len(shown) + 1)),
        "audiences": [str(side) for side in sides],
        "day": today(),
        "channel": str(channel),
        "reader": reader_kind(principal),
    }
    with connection.cursor() as cursor:
        cursor.execute(LOG_SHOWN, values)


def log_published(run: MatchRun) -> int:
    """Log the matches of a run that readers now see; called inside the transaction that publishes it."""
    values: dict[str, Any] = {
        "run": run.pk,
        "day": today(),
        "channel": str(ExposureChannel.PUBLISHED),
        "audience": str(Audience.BOTH),
        "reader": "everybody",
    }
    with connection.cursor() as cursor:
        cursor.execute(LOG_PUBLISHED, values)
        written: int = cursor.rowcount
    return written


def reader_kind(principal: Principal) -> str:
    """What kind of principal reads; never who."""
    kinds = {
        "system": principal.is_system,
        "staff": principal.staff_zones,
        "auditor": principal.auditor_zones,
        "member": principal.organizations,
        "secretariat": principal.secretariats,
    }
    return next((kind for kind, applies in kinds.items() if applies), "visitor")


def prune_exposures() -> int:
    """Delete what is older than it is useful; returns how many rows went."""
    published = Exposure.objects.filter(channel=ExposureChannel.PUBLISHED)
    old = published.filter(shown_on__lt=today() - timedelta(days=PUBLISHED_DAYS))
    shown = Exposure.objects.exclude(channel=ExposureChannel.PUBLISHED)
    older = shown.filter(shown_on__lt=today() - timedelta(days=SHOWN_DAYS))
    return old.delete()[0] + older.delete()[0]
