"""PostgreSQL and Valkey of a test run's own, in a temporary folder that goes with the run, however it ends."""

import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from config.up.paths import DataPaths, embedded_database_url, embedded_redis_url
from config.up.postgres import ensure_database, postgres_spec
from config.up.processes import Child, ChildSpec, ChildState, stop_all
from config.up.valkey import valkey_spec

READY_WITHIN_SECONDS = 60.0
UNCOUNTED = {f"API_{who}_REQUESTS": "0" for who in ("VISITOR", "SESSION", "TOKEN")}
"""Tests ask faster than anybody; those of the limits set their own."""
# Waits for the end of its input, which is the end of the test run, also of a killed one; then the servers end too.
GUARDIAN = 'read -r _; for _ in 1 2 3 4 5; do rm -rf "$0" 2>/dev/null && exit; sleep 1; done'


@dataclass(slots=True)
class RunServers:
    """The servers of one test run."""

    paths: DataPaths
    children: list[Child]
    guardian: subprocess.Popen[bytes]
    settings: frozenset[str]

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use these servers and to leave the checkout's `.data` alone."""
        addresses = {"DATABASE_URL": embedded_database_url(self.paths), "REDIS_URL": embedded_redis_url(self.paths)}
        return UNCOUNTED | {"DATA_DIR": str(self.paths.root)} | {name: addresses[name] for name in self.settings}

    def stop(self) -> None:
        """Stop the servers and remove their folder."""
        stop_all(self.children)
        self.guardian.communicate()


def start_servers(settings: frozenset[str]) -> RunServers:
    """Start the servers behind `settings` (DATABASE_URL, REDIS_URL) without durability; TimeoutError shows a log."""
    paths = DataPaths(Path(tempfile.mkdtemp(prefix="zonelink-test-")).resolve())
    guardian = subprocess.Popen(("sh", "-c", GUARDIAN, str(paths.root)), stdin=subprocess.PIPE, start_new_session=True)
    makers: dict[str, Callable[[DataPaths], ChildSpec]] = {
        "REDIS_URL": valkey_spec,
        "DATABASE_URL": partial(postgres_spec, is_durable=False),
    }
    servers = RunServers(paths, [], guardian, settings)
    try:
        servers.children += [Child(make(paths)) for setting, make in makers.items() if setting in settings]
        (paths.root / "static").mkdir()
        for child in servers.children:
            child.start()
        _wait_until_ready(servers.children)
        if "DATABASE_URL" in settings:
            ensure_database(paths)
    except BaseException:
        servers.stop()
        raise
    return servers


def _wait_until_ready(children: list[Child]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while any(child.state is not ChildState.READY for child in children):
        for child in children:
            child.tick()
            if child.state is ChildState.FAILED or time.monotonic() > deadline:
                raise TimeoutError(f"{child.spec.name}: {child.log_tail()}")
        time.sleep(0.02)
