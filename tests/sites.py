"""Whole sites of their own, as `manage.py up` starts them, for tests and benchmarks that need real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.up.kernel import dying_with_me
from config.up.paths import DataPaths
from config.up.status import ChildStatus, SiteStatus, read_status
from tests.servers import UNCOUNTED

REPOSITORY = Path(__file__).resolve().parents[1]
COLD_START_SECONDS = 240.0
BACK_WITHIN_SECONDS = 90.0


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
        env=UNCOUNTED | environment | {"DATA_DIR": str(root)},
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
