"""A site of real processes around servers that a supervisor starts anew: for tests that kill them, and for measures."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import psycopg

from config.queues import DELIVERY_QUEUES
from config.up.application import WORKER_ENVIRONMENT
from config.up.paths import embedded_database_url, embedded_redis_url
from tests.notifications.sink import Sink, sink
from tests.sites import REPOSITORY, UpRun, start_up

COMMON: Final = ("--without-gossip", "--without-mingle")
THREADS: Final = str(2 * len(DELIVERY_QUEUES))


@dataclass
class Site:
    """Servers and a beat by `up`; whatever else runs is started here and ended with the site."""

    run: UpRun
    mail: Sink
    environment: dict[str, str]
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, str(REPOSITORY / "manage.py"), *arguments]
        subprocess.run(command, cwd=REPOSITORY, env=self.environment, check=True)

    def shell(self, words: str) -> None:
        self.manage("shell", "-v", "0", "-c", words)

    def start_beat(self) -> None:
        self._start("beat", "beat", "--scheduler", "django_celery_beat.schedulers:DatabaseScheduler", "--pidfile=")

    def start_worker(self) -> None:
        self._start("worker", "worker", *COMMON, "--queues", "celery", "--concurrency", "1")

    def start_sender(self, number: int) -> None:
        """One that asks receivers on this host, too."""
        flags = ("--queues", ",".join(DELIVERY_QUEUES), "--pool", "threads", "--concurrency", THREADS)
        name = f"sender-{number}"
        self._start(name, "worker", *COMMON, "--hostname", f"{name}@%h", *flags, app="tests.faults.local_sender")

    def end(self, name: str) -> None:
        """Kill a process."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def end_all(self) -> None:
        for name in list(self.processes):
            self.end(name)

    def asked(self, query: str) -> Any:
        """The first column of the first row of an answer."""
        with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True, connect_timeout=2) as connection:
            found = connection.execute(query).fetchone()
        return found[0] if found else None

    def is_settled(self, count: int) -> bool:
        """Whether so many messages were planned and all have ended; no while nobody answers."""
        with suppress(psycopg.OperationalError):
            ended = "count(*) FILTER (WHERE state IN ('sent', 'unknown', 'dead'))"
            return bool(self.asked(f"SELECT count(*) = {count} AND {ended} = {count} FROM notifications_delivery"))
        return False

    def _start(self, name: str, *arguments: str, app: str = "config.celery") -> None:
        command = [sys.executable, "-m", "celery", "-A", app, *arguments]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.processes[name] = subprocess.Popen(command, cwd=REPOSITORY, env=self.environment, **quiet)


@contextmanager
def sending_site(folder: Path, **settings: str) -> Iterator[Site]:
    """A migrated site with a beat and no worker yet, whose mails go to a server of ours."""
    with ExitStack() as stack:
        mail, port = stack.enter_context(sink())
        stack.enter_context(patch.dict(os.environ, settings))
        run = start_up(folder, "--only", "postgres,valkey,beat")
        stack.callback(run.end)
        run.wait_ready()
        servers = {"DATABASE_URL": embedded_database_url(run.paths), "REDIS_URL": embedded_redis_url(run.paths)}
        environment = os.environ | WORKER_ENVIRONMENT | servers | {
            "DATA_DIR": str(run.paths.root), "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "PYTHONPATH": os.pathsep.join(str(REPOSITORY / folder) for folder in ("", "platform")),
        }  # fmt: skip
        site = Site(run, mail, environment)
        stack.callback(site.end_all)
        yield site
