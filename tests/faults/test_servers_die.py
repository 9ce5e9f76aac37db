"""PostgreSQL, Valkey or a worker is killed in the middle of a run: it ends with exactly the result of an
undisturbed run.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest

from config.up.paths import embedded_database_url, embedded_redis_url
from tests.faults.test_up import database
from tests.sites import REPOSITORY, UpRun, start_up, wait_until

pytestmark = pytest.mark.faults

WITHIN_SECONDS = 240.0
RESULT = """
SELECT md5(string_agg(c.need_id || c.resource_ids::text || c.scores::text || c.rank_values::text || c.facts::text, '|'
                      ORDER BY c.need_id)),
       (SELECT md5(string_agg(
            concat_ws('-', m.need_id, m.resource_id, m.rank, m.score, m.contributions, m.is_assigned), '|'
                              ORDER BY m.need_id, m.rank)) FROM matching_match m WHERE m.run_id = max(r.id)),
       count(*)
FROM matching_candidatelist c JOIN matching_liveresult l ON l.need_id = c.need_id AND l.run_id = c.run_id
JOIN matching_matchrun r ON r.id = c.run_id
"""
REQUEST = """
from matching.services.runs import request_full_run
from zones.scoping import SYSTEM
request_full_run(SYSTEM, reason="{}")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UpRun]:
    """A site of 4,000 resources and 200 needs with one worker and a beat, already matched once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEASE_SECONDS", "5")
        patch.setenv("TICK_SECONDS", "2")
        run = start_up(tmp_path_factory.mktemp("site"), "--no-web")
    try:
        run.wait_ready()
        manage(run, "seed", "--scale", "4")
        manage(run, "match", "--full")
        yield run
    finally:
        run.end()


def manage(run: UpRun, *arguments: str) -> None:
    with begin(run, *arguments) as process:
        assert process.wait(timeout=WITHIN_SECONDS) == 0


def begin(run: UpRun, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start a command of the site."""
    servers = {"DATABASE_URL": embedded_database_url(run.paths), "REDIS_URL": embedded_redis_url(run.paths)}
    environment = os.environ | servers | {"DATA_DIR": str(run.paths.root)}
    command = [sys.executable, str(REPOSITORY / "manage.py"), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def result(run: UpRun) -> tuple[object, ...]:
    with database(run) as connection:
        found = connection.execute(RESULT).fetchone()
    assert found is not None
    return found


def state(run: UpRun, reason: str) -> tuple[str, int]:
    """State of the run asked for with this reason, and how many of its steps have been claimed; ("", 0) while
    nobody answers.
    """
    with suppress(psycopg.OperationalError), database(run) as connection:
        row = connection.execute(
            "SELECT r.state, coalesce(sum(s.attempts), 0) FROM matching_matchrun r "
            "JOIN matching_runstep s ON s.run_id = r.id WHERE r.reason = %s GROUP BY r.id",
            [reason],
        ).fetchone()
        return (str(row[0]), int(str(row[1]))) if row else ("", 0)
    return "", 0


@pytest.mark.parametrize("victim", ["postgres", "valkey", "worker-1"])
def test_the_result_is_the_same(site: UpRun, victim: str) -> None:
    undisturbed = result(site)
    pid = site.child(victim).pid
    assert pid is not None
    with begin(site, "shell", "-c", REQUEST.format(victim)):
        wait_until(lambda: state(site, victim)[1] > 0, seconds=WITHIN_SECONDS)
        assert state(site, victim)[0] != "published"
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: state(site, victim)[0] == "published", seconds=WITHIN_SECONDS)
    assert result(site) == undisturbed
