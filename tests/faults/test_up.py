"""`manage.py up` with real processes: it starts, survives kill -9 of every part and of itself, and loses nothing."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
import redis

from config.up.kernel import birth_of
from config.up.paths import embedded_database_url, embedded_redis_url
from tests.sites import REPOSITORY, UpRun, descendants, free_port, run_up, start_up, wait_until

pytestmark = pytest.mark.faults

SERVICES = ("postgres", "valkey", "worker-1", "sender", "beat", "web")


def database(run: UpRun) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(embedded_database_url(run.paths), autocommit=True, connect_timeout=2)


def write_marks(run: UpRun, mark: str) -> None:
    """Put one row and one queue entry where a crash could lose them."""
    with database(run) as connection:
        connection.execute("create table if not exists survivor (mark text primary key)")
        connection.execute("insert into survivor values (%s)", [mark])
    with redis.Redis.from_url(embedded_redis_url(run.paths)) as client:
        client.set(f"survivor:{mark}", mark)


def marks_are_there(run: UpRun, mark: str) -> bool:
    with database(run) as connection:
        rows = connection.execute("select 1 from survivor where mark = %s", [mark]).fetchall()
    with redis.Redis.from_url(embedded_redis_url(run.paths)) as client:
        return len(rows) == 1 and client.get(f"survivor:{mark}") == mark.encode()


def web_answers(run: UpRun) -> bool:
    port = int(str(run.status.address).rstrip("/").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UpRun]:
    """The whole site, started once for the tests of this file that leave it running."""
    run = start_up(tmp_path_factory.mktemp("site"), "--port", str(free_port()), "--concurrency", "2")
    try:
        run.wait_ready()
        yield run
    finally:
        run.end()


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[UpRun]:
    """Only the two servers, for tests that end or corrupt them."""
    run = start_up(tmp_path, "--only", "postgres,valkey")
    try:
        run.wait_ready()
        yield run
    finally:
        run.end()


def test_the_whole_site_answers_when_up_says_ready(site: UpRun) -> None:
    assert [child.name for child in site.status.children] == ["postgres", "valkey", "migrate", *SERVICES[2:]]
    assert web_answers(site)


@pytest.mark.parametrize("name", SERVICES)
def test_a_killed_part_comes_back_and_nothing_is_lost(site: UpRun, name: str) -> None:
    before = site.child(name)
    write_marks(site, name)
    assert before.pid is not None
    os.kill(before.pid, signal.SIGKILL)
    wait_until(lambda: site.child(name).restarts == before.restarts + 1 and site.is_ready())
    assert site.child(name).pid != before.pid
    assert marks_are_there(site, name)
    wait_until(lambda: web_answers(site))


def test_a_killed_database_session_does_not_end_the_server(site: UpRun) -> None:
    before = site.child("postgres")
    with database(site) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)

    def answers() -> bool:
        with suppress(psycopg.OperationalError), database(site) as fresh:
            return fresh.execute("select 1").fetchone() == (1,)
        return False

    wait_until(answers)
    assert site.child("postgres") == before


def test_a_killed_pool_process_is_replaced_by_its_worker(site: UpRun) -> None:
    before = site.child("worker-1")
    assert before.pid is not None
    pool = descendants(before.pid)
    assert len(pool) == 2
    os.kill(pool[0], signal.SIGKILL)
    wait_until(lambda: len(descendants(int(before.pid or 0))) == 2 and pool[0] not in descendants(int(before.pid or 0)))
    assert site.child("worker-1") == before


def test_a_second_up_on_the_same_data_is_refused_with_a_sentence(site: UpRun) -> None:
    code, words = run_up(site.paths.root)
    assert code == 1
    assert f"另一个 up（进程 {site.process.pid}）" in words
    assert f"Another `up` (process {site.process.pid})" in words
    assert site.is_ready()


def test_a_port_in_use_is_refused_naming_the_option(site: UpRun, tmp_path: Path) -> None:
    port = str(site.status.address).rstrip("/").rpartition(":")[2]
    code, words = run_up(tmp_path, "--port", port)
    assert code == 1
    assert f"端口 {port}" in words
    assert f"--port {int(port) + 1}" in words


def test_status_tells_what_runs(site: UpRun) -> None:
    answer = subprocess.run(
        [sys.executable, str(REPOSITORY / "manage.py"), "status", "--json"],
        env=os.environ | {"DATA_DIR": str(site.paths.root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout)["state"] == "ready"


def test_killing_the_supervisor_ends_all_and_the_next_up_recovers(site: UpRun) -> None:
    write_marks(site, "supervisor")
    below = {pid: birth_of(pid) for pid in descendants(site.process.pid)}
    assert len(below) >= len(SERVICES) + 2
    address = str(site.status.address)
    site.process.kill()
    site.process.communicate()
    again = start_up(site.paths.root, "--port", address.rstrip("/").rpartition(":")[2])
    site.process = again.process  # the fixture ends it
    again.wait_ready()
    assert [pid for pid, born in below.items() if birth_of(pid) == born] == []
    assert marks_are_there(again, "supervisor")
    assert web_answers(again)


def test_a_stop_ends_all_in_reverse_order_and_leaves_no_process(site: UpRun) -> None:
    below = {pid: birth_of(pid) for pid in descendants(site.process.pid)}
    site.process.send_signal(signal.SIGINT)
    words = site.process.communicate(timeout=40)[0]
    assert site.process.returncode == 0
    assert [pid for pid, born in below.items() if birth_of(pid) == born] == []
    stopped = [words.index(f"{name:<12} 已停止") for name in ("web", "postgres")]
    assert stopped == sorted(stopped)
    assert site.status.state == "stopped"


def test_a_stale_pid_file_that_names_a_living_stranger_does_not_hinder_the_start(servers: UpRun) -> None:
    write_marks(servers, "stale")
    servers.end()
    (servers.paths.postgres / "postmaster.pid").write_text(f"{os.getpid()}\n{servers.paths.postgres}\n")
    (servers.paths.sockets / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    again = start_up(servers.paths.root, "--only", "postgres,valkey")
    servers.process = again.process
    again.wait_ready()
    assert marks_are_there(again, "stale")


def test_a_cluster_that_was_never_finished_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres.init").mkdir()
    (tmp_path / "postgres.init" / "PG_VERSION").write_text("18\n")
    run = start_up(tmp_path, "--only", "postgres")
    try:
        run.wait_ready()
        with database(run) as connection:
            assert connection.execute("select current_user").fetchone() == ("zonelink",)
    finally:
        run.end()


def test_a_long_data_path_still_gets_sockets(tmp_path: Path) -> None:
    root = tmp_path / ("很长的目录" * 12)
    run = start_up(root, "--only", "postgres,valkey")
    try:
        run.wait_ready()
        write_marks(run, "long")
        assert marks_are_there(run, "long")
        assert not run.paths.sockets.is_relative_to(root)
        assert run.paths.sockets.stat().st_mode & 0o777 == 0o700
    finally:
        run.end()


def test_a_server_that_cannot_run_is_given_up_with_the_end_of_its_log(servers: UpRun) -> None:
    servers.end()
    (servers.paths.postgres / "PG_VERSION").write_text("9.6\n")
    code, words = run_up(servers.paths.root, "--only", "postgres,valkey")
    assert code == 1
    assert "postgres.log" in words
    assert "incompatible" in words
