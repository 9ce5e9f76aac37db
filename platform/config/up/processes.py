"""One child process: start, readiness, restart with back-off and give-up, stop. Knows nothing of what it runs."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from config.up.kernel import birth_of, dying_with_me, end_group

FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 10.0
STABLE_SECONDS = 10.0
# In a row. What never ran is misconfigured; what once ran may wait for a server of the operator's to come back.
FAILURES_OF_A_NEW_CHILD = 5
FAILURES_OF_A_PROVEN_CHILD = 30
LOG_TAIL_BYTES = 4000


class ChildState(StrEnum):
    """Where a child is in its life."""

    STARTING = "starting"
    RUNNING = "running"
    READY = "ready"
    RESTARTING = "restarting"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


def _nothing() -> None:
    return None


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec:
    """What to run and how to treat it; `death_signal` is what the kernel sends it when the supervisor dies."""

    name: str
    command: tuple[str, ...]
    log: Path
    cwd: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    before_start: Callable[[], None] = _nothing
    probe: Callable[[], bool] = _always
    ready_seconds: float = 60.0
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    death_signal: signal.Signals = signal.SIGKILL
    is_service: bool = True


class Child:
    """A process under supervision; `tick` moves it on and never blocks for long."""

    def __init__(self, spec: ChildSpec) -> None:
        self.spec = spec
        self.state = ChildState.STOPPED
        self.restarts = 0
        self.pid: int | None = None
        self.born: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._is_proven = False
        self._started_at = 0.0
        self._ready_at: float | None = None
        self._retry_at = 0.0

    def start(self) -> None:
        """Start the process; its output goes to the end of the log."""
        self.spec.before_start()
        with open(self.spec.log, "ab") as log:
            self._process = subprocess.Popen(
                self.spec.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.spec.cwd,
                env={**os.environ, **self.spec.environment},
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, and the group can be ended as one
                preexec_fn=dying_with_me(self.spec.death_signal),
            )
        self.pid = self._process.pid
        self.born = birth_of(self.pid)
        self._started_at, self._ready_at = time.monotonic(), None
        self.state = ChildState.STARTING if self.spec.is_service else ChildState.RUNNING

    def tick(self) -> None:
        """Notice a death, a finished start, a start that takes too long, or that it is time to try again."""
        if self._exit_code() is not None:
            self._after_exit()
        elif self.state is ChildState.STARTING:
            self._check_start()
        elif self.state is ChildState.RESTARTING and time.monotonic() >= self._retry_at:
            self.restarts += 1
            self.start()

    def send_stop(self) -> None:
        """Ask the process to stop; one that waits for its next try is simply not tried again."""
        if self._is_running():
            self.state = ChildState.STOPPING
            self._signal(self.spec.stop_signal)
        elif self.state not in (ChildState.DONE, ChildState.FAILED):
            self.state = ChildState.STOPPED

    def kill(self) -> None:
        """End the process and its group at once."""
        if self._process is not None and self._is_running():
            end_group(self._process.pid)

    def log_tail(self) -> str:
        """Return the last lines of the log, for an error message."""
        try:
            text = self.spec.log.read_bytes()[-LOG_TAIL_BYTES:].decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-15:])

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it runs and nothing will."""
        return self.state in (ChildState.STOPPED, ChildState.DONE, ChildState.FAILED)

    def _check_start(self) -> None:
        if self.spec.probe():
            self.state, self._ready_at, self._is_proven = ChildState.READY, time.monotonic(), True
        elif time.monotonic() - self._started_at > self.spec.ready_seconds:
            self.kill()

    def _after_exit(self) -> None:
        was_stopping, succeeded = self.state is ChildState.STOPPING, self._exit_code() == 0
        if self._process is not None:
            end_group(self._process.pid)
        self.pid = self.born = self._process = None
        if was_stopping:
            self.state = ChildState.STOPPED
        elif not self.spec.is_service:
            self.state = ChildState.DONE if succeeded else ChildState.FAILED
        else:
            self._plan_restart()

    def _plan_restart(self) -> None:
        if self._ready_at is not None and time.monotonic() - self._ready_at > STABLE_SECONDS:
            self._failures = 0
        self._failures += 1
        if self._failures > (FAILURES_OF_A_PROVEN_CHILD if self._is_proven else FAILURES_OF_A_NEW_CHILD):
            self.state = ChildState.FAILED
            return
        delay = min(FIRST_DELAY_SECONDS * 2 ** (self._failures - 1), LONGEST_DELAY_SECONDS)
        self._retry_at = time.monotonic() + delay
        self.state = ChildState.RESTARTING

    def _exit_code(self) -> int | None:
        return None if self._process is None else self._process.poll()

    def _is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)


def stop_all(
    children: list[Child],
    *,
    is_impatient: Callable[[], bool] = lambda: False,
    after_turn: Callable[[], None] = _nothing,
) -> None:
    """Stop children together and wait; one that does not stop in its time, or all when impatient, are killed."""
    for child in children:
        child.send_stop()
    began = time.monotonic()
    while any(not child.is_settled for child in children):
        for child in children:
            child.tick()
            if is_impatient() or time.monotonic() - began > child.spec.stop_seconds:
                child.kill()
        after_turn()
        time.sleep(0.02)
