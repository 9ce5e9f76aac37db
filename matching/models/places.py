"""Which places of resources are taken: promised by a recommendation readers see or by the first team for an open need,
or booked by an exchange, whatever has become of its need.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

HELD_PLACES = """
SELECT m.resource_id, m.need_id, m.resource_version, false AS is_by_team, false AS is_booked,
    l.published_at AS taken_at FROM matching_match m
JOIN matching_liveresult l ON l.need_id = m.need_id AND l.run_id = m.run_id
JOIN matching_need n ON n.id = m.need_id AND n.state = 'open'
WHERE m.is_assigned
UNION
SELECT t.resource_id, p.need_id, t.resource_version, true, false, p.created_at FROM matching_consortiumpart t
JOIN matching_consortiumproposal p ON p.id = t.proposal_id AND p.rank = 1
JOIN matching_need n ON n.id = p.need_id AND n.state = 'open'
WHERE t.resource_id IS NOT NULL
UNION
SELECT b.resource_id, e.need_id, NULL, false, true, b.held_at FROM matching_booking b
JOIN matching_exchange e ON e.id = b.exchange_id
WHERE b.released_at IS NULL
"""
"""A query of all held places. A need holds one place of a resource, whether by a match, by its team, by an exchange or
by several of them: count needs, not rows. What is booked is never dealt out anew.
"""


class Hold(NamedTuple):
    """One need that holds a place of a resource."""

    resource_id: int
    need_id: int
    is_by_team: bool
    is_booked: bool


def holds_of(resource_ids: Collection[int]) -> list[Hold]:
    """Who holds places of these resources now."""
    columns = ", ".join(Hold._fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {columns} FROM ({HELD_PLACES}) AS held WHERE resource_id = ANY(%s)", [list(resource_ids)]
        )
        return list(map(Hold._make, cursor.fetchall()))
