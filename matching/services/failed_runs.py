"""What runs that failed have left undone. Whoever starts a run takes the marks of the changes it is for: should it
fail, its needs are matched again, after a wait that doubles with every failure, so that a lasting fault neither loses
a change nor keeps the workers busy.
"""

from typing import Final, NamedTuple

from django.db import connection

FIRST_WAIT: Final = "30 seconds"
LONGEST_WAIT: Final = "1 hour"
FAILED: Final = """
SELECT r.id, r.kind, r.created_at,
    (SELECT max(s.next_at) FROM matching_runstep s WHERE s.run_id = r.id AND s.state = 'failed') AS failed_at
FROM matching_matchrun r WHERE r.state = 'failed'
"""
"""A step that ends its run says when, in the place of when it may be tried again."""
NEEDS_OF_FAILED: Final = f"""
WITH failed AS ({FAILED}), tried AS (
    SELECT unnest(s.need_ids) AS need_id, f.id AS run_id, f.created_at, f.failed_at FROM failed f
    JOIN matching_runstep s ON s.run_id = f.id AND s.stage = 'prepare' WHERE f.kind = 'delta'
)
SELECT f.need_id, {{is_due}}, max(f.created_at) < n.updated_at FROM tried f
JOIN matching_need n ON n.id = f.need_id AND n.state = 'open'
LEFT JOIN matching_liveresult l ON l.need_id = f.need_id
WHERE l.run_id IS NULL OR l.run_id < f.run_id
GROUP BY f.need_id, n.updated_at
"""
FULL_RUN_DUE: Final = f"""
SELECT {{is_due}} FROM ({FAILED}) f JOIN matching_matchrun r ON r.id = f.id
JOIN matching_scoringconfig c ON c.id = r.config_id AND c.is_active
WHERE f.kind = 'full' AND f.id > coalesce(
    (SELECT max(id) FROM matching_matchrun WHERE kind = 'full' AND state <> 'failed'), 0)
HAVING count(*) > 0
"""
"""A run that tried other settings than those in force is for whoever asked for it to ask for again."""
IS_DUE: Final = f"""
coalesce(max(f.failed_at), max(f.created_at))
    + least(interval '{LONGEST_WAIT}', interval '{FIRST_WAIT}' * power(2, least(count(*), 12) - 1)) <= clock_timestamp()
"""


class Backlog(NamedTuple):
    """Open needs that a failed run was for and no later one has published: to be matched now, or left for a while."""

    due: frozenset[int]
    resting: frozenset[int]


def backlog() -> Backlog:
    """What failed runs of single needs have left. One that was edited since is not left for a while: that may have
    been the remedy.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEEDS_OF_FAILED.format(is_due=IS_DUE))
        rows: list[tuple[int, bool, bool]] = cursor.fetchall()
    due = frozenset(pk for pk, is_due, is_edited in rows if is_due or is_edited)
    return Backlog(due, frozenset(pk for pk, _is_due, _is_edited in rows) - due)


def is_full_run_due() -> bool:
    """Whether the last full runs have failed and enough time has passed for another one."""
    with connection.cursor() as cursor:
        cursor.execute(FULL_RUN_DUE.format(is_due=IS_DUE))
        row: tuple[bool] | None = cursor.fetchone()
    return row is not None and row[0]
