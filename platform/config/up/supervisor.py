"""Brings the site up in order, keeps its children alive, and takes it down in reverse. Runs in one thread.

One thread matters: the kernel's "die with my parent" means the thread that started the child.
"""

import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from config.up.errors import UpError
from config.up.kernel import adopt_orphans, end_orphans
from config.up.paths import DataPaths, remove_short_socket_folder
from config.up.processes import Child, ChildSpec, ChildState, stop_all
from config.up.recovery import end_leftovers, rotate_logs, sole_supervisor
from config.up.reporter import Reporter
from config.up.status import ChildStatus, SiteStatus, write_status

BUSY_TURN_SECONDS = 0.03
IDLE_TURN_SECONDS = 1.0
STEP_TRIES = 3
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(Exception):
    """The operator asked to stop, by Ctrl-C or a signal."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run, in order: servers, then `prepare`, one-off steps, with `beside` where there are any, services, and
    steps that need the services.
    """

    servers: tuple[ChildSpec, ...] = ()
    prepare: Callable[[], object] = tuple
    steps: Callable[[], tuple[ChildSpec, ...]] = tuple
    beside: tuple[ChildSpec, ...] = ()
    services: tuple[ChildSpec, ...] = ()
    late_steps: Callable[[], tuple[ChildSpec, ...]] = tuple
    address: str | None = None
    greeting: Callable[[], str] = str


class Supervisor:
    """Runs one plan on one data directory."""

    def __init__(self, paths: DataPaths, reporter: Reporter) -> None:
        self._paths = paths
        self._reporter = reporter
        self._tiers: list[list[Child]] = []
        self._state = "starting"
        self._address: str | None = None
        self._shown: SiteStatus | None = None
        self._stop_requests = 0
        self._wakeup = -1

    def run(self, plan: Callable[[], Plan]) -> int:
        """Run until asked to stop; return the exit code. `plan` is made under the lock, after clearing up."""
        try:
            with sole_supervisor(self._paths), self._signals():
                adopt_orphans()
                end_leftovers(self._paths)
                rotate_logs(self._paths)
                return self._run_plan(plan)
        except UpError as error:
            self._reporter.say(str(error))
            return 1
        finally:
            self._reporter.close()

    def _run_plan(self, plan: Callable[[], Plan]) -> int:
        try:
            self._bring_up(plan())
            while True:
                self._turn()
        except StopRequested:
            self._state = "stopping"
            self._reporter.say("正在依次停止…… / Stopping in order…")
            self._take_down()
            self._state = "stopped"
            return 0
        except BaseException:
            self._state = "failed"
            self._take_down()
            raise
        finally:
            self._show()

    def _bring_up(self, plan: Plan) -> None:
        self._address = plan.address
        self._start(plan.servers)
        self._wait_until_ready()
        plan.prepare()
        steps = plan.steps()
        self._start(plan.beside if steps else ())
        for step in steps:
            self._run_step(step)
        self._start(plan.services)
        for step in plan.late_steps():
            self._run_step(step)
        self._wait_until_ready()
        self._state = "ready"
        self._show()
        self._reporter.say(plan.greeting())

    def _start(self, specs: tuple[ChildSpec, ...]) -> None:
        tier = [Child(spec) for spec in specs]
        self._tiers.append(tier)
        for child in tier:
            child.start()
        self._show()

    def _wait_until_ready(self) -> None:
        while not self._status().is_whole:
            self._turn()

    def _run_step(self, spec: ChildSpec) -> None:
        """Run a step to its end; one that failed while a server was away is run again."""
        for _ in range(STEP_TRIES):
            restarts = self._restarts()
            step = Child(spec)
            self._tiers.append([step])
            step.start()
            while not step.is_settled:
                self._turn(tolerate=step)
            if step.state is ChildState.DONE:
                return
            if self._restarts() == restarts:
                break
            self._tiers.pop()
        raise _failure(step)

    def _turn(self, *, tolerate: Child | None = None) -> None:
        """Let every child move on, then wait for a signal, a death or the next look."""
        for child in self._children():
            child.tick()
        self._show()
        for child in self._children():
            if child.state is ChildState.FAILED and child is not tolerate:
                raise _failure(child)
        if self._stop_requests:
            raise StopRequested
        self._sleep()

    def _sleep(self) -> None:
        is_quiet = self._state == "ready" and self._status().is_whole
        seconds = IDLE_TURN_SECONDS if is_quiet else BUSY_TURN_SECONDS
        if select.select([self._wakeup], [], [], seconds)[0] and os.read(self._wakeup, 512):
            end_orphans(frozenset(child.pid for child in self._children() if child.pid is not None))

    def _take_down(self) -> None:
        """Stop the tiers in reverse order; a second Ctrl-C kills instead of asking."""
        for tier in reversed(self._tiers):
            stop_all(tier, is_impatient=lambda: self._stop_requests > 1, after_turn=self._show)
        end_orphans(frozenset())
        remove_short_socket_folder(self._paths)

    def _show(self) -> None:
        status = self._status()
        if status != self._shown:
            self._shown = status
            write_status(self._paths.status, status)
            self._reporter.show(status)

    def _status(self) -> SiteStatus:
        children = tuple(ChildStatus.of(child) for child in self._children())
        return SiteStatus(self._state, os.getpid(), self._address, children)

    def _children(self) -> list[Child]:
        return [child for tier in self._tiers for child in tier]

    def _restarts(self) -> int:
        return sum(child.restarts + (child.state is not ChildState.READY) for child in self._tiers[0])

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Count stop requests, and have every signal end the wait of `_turn`."""
        self._wakeup, writer = os.pipe()
        os.set_blocking(self._wakeup, False)
        os.set_blocking(writer, False)
        is_nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        heard = [number for number in STOP_SIGNALS if number is not signal.SIGHUP or not is_nohup]
        before = {number: signal.signal(number, self._note_stop) for number in heard}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(self._wakeup)
            os.close(writer)

    def _note_stop(self, *_: object) -> None:
        self._stop_requests += 1


def _failure(child: Child) -> UpError:
    name, log = child.spec.name, child.spec.log
    return UpError(
        f"{name} 无法运行，已全部停止；原因见 {log} ： / {name} does not run, all is stopped; the reason is in {log}:\n"
        f"{child.log_tail()}"
    )
