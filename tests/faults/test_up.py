"""`manage.py up` with real processes: it starts, survives kill -9 of every part and of itself, and loses nothing."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import redis

from config.up.kernel import birth_of, dying_with_me
from config.up.paths import DataPaths, embedded_database_url, embedded_redis_url
from config.up.status import ChildStatus, SiteStatus, read_status

pytestmark = pytest.mark.faults

REPOSITORY = Path(__file__).resolve().parents[2]
COLD_START_SECONDS = 240.0
BACK_WITHIN_SECONDS = 90.0
SERVICES = ("postgres", "valkey", "worker-1", "beat", "web")


@dataclass
class UpRun:
    """One `up` on one data directory."""

    paths: DataPaths
    process: subprocess.Popen[str]

    @property
    def status(self) -> SiteStatus:
        status = read_status(self.paths.status)
        assert status is not None
        return status

    def child(self, name: str) -> ChildStatus:
        return next(child for child in self.status.children if child.name == name)

    def is_ready(self) -> bool:
        status = read_status(self.paths.status)
        is_own = status is not None and status.supervisor == self.process.pid
        return is_own and status is not None and status.state == "ready" and status.is_whole

    def wait_ready(self) -> None:
        wait_until(lambda: self.is_ready() or self.process.poll() is not None, seconds=COLD_START_SECONDS)
        assert self.is_ready(), self.process.communicate()[0]

    def end(self) -> None:
        """Stop politely, then not."""
        self.process.terminate()
        try:
            self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()


def wait_until(condition: Callable[[], bool], *, seconds: float = BACK_WITHIN_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


def start_up(root: Path, *arguments: str) -> UpRun:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    process = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "manage.py"), "up", *arguments],
        env=environment | {"DATA_DIR": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=dying_with_me(signal.SIGTERM),
    )
    return UpRun(DataPaths(root), process)


def run_up(root: Path, *arguments: str) -> tuple[int, str]:
    """Run an `up` that is expected to refuse; return its exit code and words."""
    refused = start_up(root, *arguments)
    try:
        words = refused.process.communicate(timeout=30)[0]
    finally:
        refused.end()
    return refused.process.returncode, words


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(pid: int) -> list[int]:
    """Return the living processes below `pid`, at any depth."""
    parents: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        with suppress(OSError, ValueError):
            fields = Path(entry.path, "stat").read_text(errors="replace").rpartition(")")[2].split()
            parents[int(entry.name)] = int(fields[1])
    found, fresh = set[int](), {pid}
    while fresh := {child for child, parent in parents.items() if parent in fresh} - found:
        found |= fresh
    return sorted(found)


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
