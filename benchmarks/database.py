"""The PostgreSQL that benchmarks measure on: the one DATABASE_URL names, else one of their own that goes away."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import psycopg

from benchmarks.report import REPOSITORY

Row = tuple[Any, ...]
PROGRESS_SECONDS: Final = 2.0
PROGRESS: Final = "SELECT id, state, need_done, need_total FROM matching_matchrun ORDER BY id DESC LIMIT 1"
PUBLISHED: Final = "SELECT EXISTS (SELECT 1 FROM matching_matchrun WHERE kind = 'full' AND state = 'published')"


@contextmanager
def database() -> Iterator[Mapping[str, str]]:
    """Yield the environment of a process that works on the database."""
    if "DATABASE_URL" in os.environ:
        yield os.environ
        return
    from tests.servers import start_servers

    servers = start_servers(frozenset({"DATABASE_URL", "REDIS_URL"}))
    try:
        yield os.environ | servers.environment
    finally:
        servers.stop()


def filled(environment: Mapping[str, str], *, resources: int, needs: int) -> None:
    """Bring the database up to date, and fill it where it is empty."""
    manage(environment, "migrate", "--verbosity", "0")
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        is_empty = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM zones_resource)").fetchone() == (True,)
    if is_empty:
        sizes = ("--resources", str(resources), "--needs", str(needs))
        command = [sys.executable, "-u", "-m", "benchmarks.filling", *sizes]
        subprocess.run(command, cwd=REPOSITORY, env=dict(environment), check=True)


def matched(environment: Mapping[str, str]) -> None:
    """Match everything where no full run has been published yet, telling how far it is."""
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        is_matched = connection.execute(PUBLISHED).fetchone() == (True,)
    if not is_matched:
        with told_progress(environment):
            manage(environment, "match", "--full")


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a command of the site."""
    subprocess.run([sys.executable, str(REPOSITORY / "manage.py"), *arguments], env=dict(environment), check=True)


@contextmanager
def told_progress(environment: Mapping[str, str]) -> Iterator[None]:
    """Print how far the newest run is, whenever that has changed."""
    ended = threading.Event()
    thread = threading.Thread(target=_tell, args=(environment["DATABASE_URL"], ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _tell(address: str, ended: threading.Event) -> None:
    """Print a line whenever the run has moved; the numbers are those its page shows."""
    shown: Row | None = None
    with psycopg.connect(address, autocommit=True) as connection:
        while not ended.wait(PROGRESS_SECONDS):
            row = connection.execute(PROGRESS).fetchone()
            if row is not None and row != shown:
                shown = row
                print("run {}: {}, {:,} of {:,} needs".format(*row), flush=True)
