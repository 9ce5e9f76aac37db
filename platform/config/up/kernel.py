"""What we ask of the operating system beyond the standard library. Linux does it all; elsewhere `up` clears up."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

IS_LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True) if IS_LINUX else None


def die_with(parent: int, *, death_signal: signal.Signals) -> None:
    """Ask the kernel to send this process `death_signal` when `parent` dies, however it dies."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), death_signal)


def dying_with_me(death_signal: signal.Signals) -> Callable[[], None]:
    """Return what a child of this process runs between fork and exec to die with it."""
    parent = os.getpid()

    def in_child() -> None:
        die_with(parent, death_signal=death_signal)

    return in_child


def adopt_orphans() -> None:
    """Make this process the parent of every descendant that loses its own, so that none outlives a restart unseen."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans(known: frozenset[int]) -> None:
    """Kill and reap the direct children of this process whose id is not in `known`."""
    me = os.getpid()
    for pid in _all_processes():
        if pid not in known and _parent_of(pid) == me:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def birth_of(pid: int) -> str | None:
    """Return a mark that no other process with this id ever had, None when no such process lives."""
    if not IS_LINUX:
        return _birth_by_ps(pid)
    fields = _stat_of(pid)
    return None if fields is None or fields[0] in "ZX" else fields[19]


def folder_of(pid: int) -> Path | None:
    """Return the working directory of a process; None where it is gone or the system does not tell."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd"))
    except OSError:
        return None


def end_group(leader: int) -> None:
    """Kill what is left of the process group that `leader` opened."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _all_processes() -> list[int]:
    if not IS_LINUX:
        return []
    return [int(entry.name) for entry in os.scandir("/proc") if entry.name.isdigit()]


def _parent_of(pid: int) -> int | None:
    fields = _stat_of(pid)
    return None if fields is None else int(fields[1])


def _stat_of(pid: int) -> list[str] | None:
    """Return the fields of /proc/PID/stat from the state on: the command before it may hold blanks and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None


def _birth_by_ps(pid: int) -> str | None:
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None
