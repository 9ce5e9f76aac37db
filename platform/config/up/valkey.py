"""The embedded Valkey: kept on disk (append-only file), reached by a Unix socket only."""

import signal
import socket
from functools import partial
from pathlib import Path

from config.up.binaries import valkey_program
from config.up.paths import DataPaths, make_socket_folder
from config.up.processes import ChildSpec

SERVER_FLAGS = (
    *("--port", "0"),
    *("--unixsocketperm", "700"),
    *("--appendonly", "yes"),
    *("--appendfsync", "everysec"),
    *("--save", ""),
    *("--maxmemory-policy", "noeviction"),
    *("--daemonize", "no"),
)


def valkey_spec(paths: DataPaths) -> ChildSpec:
    """Return how to run the embedded Valkey."""
    place = ("--unixsocket", str(paths.valkey_socket), "--dir", str(paths.valkey))
    return ChildSpec(
        name="valkey",
        command=(str(valkey_program()), *SERVER_FLAGS, *place),
        log=paths.log("valkey"),
        cwd=paths.root,
        before_start=partial(_prepare, paths),
        probe=partial(_answers, paths.valkey_socket),
        # Every write is with the kernel before it is answered: this kill loses nothing and leaves the files free.
        death_signal=signal.SIGKILL,
    )


def _prepare(paths: DataPaths) -> None:
    paths.valkey.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_socket_folder(paths)


def _answers(address: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1.0)
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
