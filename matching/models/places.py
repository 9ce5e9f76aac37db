"""Which places of resources are promised: by a recommendation readers see, or by the first team for an open need."""

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

HELD_PLACES = """
SELECT m.resource_id, m.need_id, m.resource_version, false AS is_by_team FROM matching_match m
JOIN matching_liveresult l ON l.need_id = m.need_id AND l.run_id = m.run_id
JOIN matching_need n ON n.id = m.need_id AND n.state = 'open'
WHERE m.is_assigned
UNION
SELECT t.resource_id, p.need_id, t.resource_version, true FROM matching_consortiumpart t
JOIN matching_consortiumproposal p ON p.id = t.proposal_id AND p.rank = 1
JOIN matching_need n ON n.id = p.need_id AND n.state = 'open'
WHERE t.resource_id IS NOT NULL
"""
"""A query of all held places. A need holds one place of a resource, whether by a match, by its team or by both: count
needs, not rows.
"""


class Hold(NamedTuple):
    """One need that holds a place of a resource."""

    resource_id: int
    need_id: int
    is_by_team: bool


def holds_of(resource_ids: Collection[int]) -> list[Hold]:
    """Who holds places of these resources now."""
    columns = ", ".join(Hold._fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {columns} FROM ({HELD_PLACES}) AS held WHERE resource_id = ANY(%s)", [list(resource_ids)]
        )
        return list(map(Hold._make, cursor.fetchall()))
