"""Run in a network of its own: a worker that holds a place of a channel is cut off without a good-bye.

Prints after how many seconds PostgreSQL has let its locks go, and after how many more the worker knows.
"""

import fcntl
import json
import os
import socket
import struct
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import psycopg

SIOCSIFFLAGS: Final = 0x8914
UP: Final = 0x1
PORT: Final = 5432
WITHIN_SECONDS: Final = 60.0


def main(folder: str, seconds: str) -> None:
    from config.up.paths import DataPaths, embedded_database_url
    from config.up.postgres import ensure_database, postgres_spec
    from config.up.processes import Child
    from tests.servers import _wait_until_ready

    loopback(is_up=True)
    paths = DataPaths(Path(folder))
    spec = postgres_spec(paths, is_durable=False)
    flags = ("-c", "listen_addresses=127.0.0.1", "-c", f"port={PORT}")
    server = Child(replace(spec, command=(*spec.command, *flags)))
    server.start()
    try:
        _wait_until_ready([server])
        ensure_database(paths)
        with psycopg.connect(embedded_database_url(paths), autocommit=True) as watch:
            print(json.dumps(cut(watch, seconds)))
    finally:
        server.kill()


def cut(watch: "psycopg.Connection[tuple[int]]", seconds: str) -> dict[str, float]:
    os.environ |= {
        "DATABASE_URL": f"postgresql://zonelink@127.0.0.1:{PORT}/zonelink",
        "DATABASE_CUT_OFF_SECONDS": seconds,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    import django

    django.setup()
    from django.db import OperationalError, connection

    from ledger.locks import Lock, take_of_for_session

    assert take_of_for_session(Lock.SEND, 0)
    assert held(watch) == 1
    loopback(is_up=False)
    began = time.monotonic()
    while held(watch) and time.monotonic() < began + WITHIN_SECONDS:
        time.sleep(0.1)
    freed = time.monotonic() - began
    with suppress(OperationalError):
        connection.cursor().execute("SELECT 1")
    return {"freed": freed, "known": time.monotonic() - began}


def held(watch: "psycopg.Connection[tuple[int]]") -> int:
    row = watch.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
    return row[0] if row else 0


def loopback(*, is_up: bool) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", UP if is_up else 0))


if __name__ == "__main__":
    main(*sys.argv[1:])
