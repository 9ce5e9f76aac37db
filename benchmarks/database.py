"""The PostgreSQL that benchmarks measure on: the one DATABASE_URL names, else one of their own that goes away."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg

from benchmarks.report import REPOSITORY


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


def seed(environment: Mapping[str, str], scale: int) -> None:
    """Bring the database up to date, and fill it where it is empty."""
    manage(environment, "migrate", "--verbosity", "0")
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        is_empty = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM zones_resource)").fetchone() == (True,)
    if is_empty:
        manage(environment, "seed", "--scale", str(scale))


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a command of the site."""
    subprocess.run([sys.executable, str(REPOSITORY / "manage.py"), *arguments], env=dict(environment), check=True)
