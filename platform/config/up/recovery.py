"""One supervisor per data directory, and clearing up after one that was killed."""

import errno
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from config.up.errors import UpError
from config.up.kernel import birth_of, end_group
from config.up.paths import DataPaths
from config.up.postgres import running_postmaster
from config.up.status import read_status

GRACE_SECONDS = 15.0
LOCK_TRIES = 5  # `manage.py status` holds the lock for an instant to see whether it is free
LOGS_KEPT = 3


@contextmanager
def sole_supervisor(paths: DataPaths) -> Iterator[None]:
    """Hold the lock of the data directory; the kernel drops it however we end. Raises UpError when another holds it."""
    paths.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(paths.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _take_patiently(descriptor):
            raise _already_running(paths, holder=os.read(descriptor, 20).decode("ascii", "replace").strip())
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def is_supervised(paths: DataPaths) -> bool:
    """Whether a supervisor runs on this data directory now."""
    try:
        descriptor = os.open(paths.lock, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _take(descriptor)
    finally:
        os.close(descriptor)


def end_leftovers(paths: DataPaths) -> None:
    """End what a killed supervisor left running: PostgreSQL may need a moment, the others are dead or may be killed."""
    recorded = read_status(paths.status)
    for child in recorded.children if recorded else ():
        if child.name != "postgres" and child.pid is not None and birth_of(child.pid) == child.born is not None:
            end_group(child.pid)
    postmaster = running_postmaster(paths)
    if postmaster is not None:
        _end_postmaster(paths, postmaster)


def rotate_logs(paths: DataPaths) -> None:
    """Give every log a number and let the oldest go, so that a log tells of one run."""
    for log in paths.root.glob("*.log"):
        for number in range(LOGS_KEPT - 1, 0, -1):
            with suppress(FileNotFoundError):
                os.replace(f"{log}.{number}", f"{log}.{number + 1}")
        os.replace(log, f"{log}.1")


def _end_postmaster(paths: DataPaths, postmaster: int) -> None:
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(postmaster, request)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline:
            if running_postmaster(paths) is None:
                return
            time.sleep(0.05)


def _take_patiently(descriptor: int) -> bool:
    for _ in range(LOCK_TRIES):
        if _take(descriptor):
            return True
        time.sleep(0.05)
    return False


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EAGAIN):
            raise
        return False
    return True


def _already_running(paths: DataPaths, *, holder: str) -> UpError:
    return UpError(
        f"另一个 up（进程 {holder}）正在使用 {paths.root}：请先停止它（Ctrl-C），或换一个 DATA_DIR。 / "
        f"Another `up` (process {holder}) is using {paths.root}: stop it (Ctrl-C), or set another DATA_DIR."
    )
