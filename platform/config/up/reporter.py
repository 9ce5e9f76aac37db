"""Tells the operator how the start goes: a table on a terminal, lines elsewhere, JSON for programs."""

import sys
import time
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table

from config.up.processes import ChildState
from config.up.status import ChildStatus, SiteStatus

WORDS = {
    ChildState.STARTING: "启动中 / starting",
    ChildState.RUNNING: "执行中 / running",
    ChildState.READY: "就绪 / ready",
    ChildState.RESTARTING: "重启中 / restarting",
    ChildState.STOPPING: "停止中 / stopping",
    ChildState.STOPPED: "已停止 / stopped",
    ChildState.DONE: "完成 / done",
    ChildState.FAILED: "失败 / failed",
}
COLORS = {
    ChildState.READY: "green",
    ChildState.DONE: "green",
    ChildState.FAILED: "red",
    ChildState.RESTARTING: "yellow",
}


class Reporter(Protocol):
    """What the supervisor says goes through one of these."""

    def show(self, status: SiteStatus) -> None:
        """Show the site after a change."""

    def say(self, text: str) -> None:
        """Print a message for the operator."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class LineReporter:
    """One line per change, with the seconds since the start; for logs and pipes."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._said: dict[str, ChildStatus] = {}

    def show(self, status: SiteStatus) -> None:
        for child in status.children:
            if self._said.get(child.name) != child:
                self._said[child.name] = child
                self.say(f"{child.name:<12} {WORDS[ChildState(child.state)]}{_process_note(child)}")

    def say(self, text: str) -> None:
        print(f"[{time.monotonic() - self._began:6.1f} s] {text}", flush=True)

    def close(self) -> None:
        return None


class TableReporter:
    """A table that follows the start; once the site is ready, lines."""

    def __init__(self) -> None:
        self._console = Console()
        self._live = Live(console=self._console, auto_refresh=False)  # its refreshing would be a thread
        self._lines = LineReporter()
        self._live.start()

    def show(self, status: SiteStatus) -> None:
        if self._live.is_started:
            self._live.update(status_table(status), refresh=True)
        else:
            self._lines.show(status)
        if status.state != "starting":
            self.close()

    def say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        if self._live.is_started:
            self._live.stop()


class JsonReporter:
    """Every change as one line of JSON on standard output; words go to standard error."""

    def show(self, status: SiteStatus) -> None:
        print(status.to_json(), flush=True)

    def say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def close(self) -> None:
        return None


def reporter_for(*, is_json: bool) -> Reporter:
    """Choose by what standard output is."""
    if is_json:
        return JsonReporter()
    return TableReporter() if sys.stdout.isatty() else LineReporter()


def status_table(status: SiteStatus) -> Table:
    """Return the children as a table."""
    table = Table("项目 / part", "状态 / state", "进程 / process", "重启 / restarts")
    for child in status.children:
        state = ChildState(child.state)
        color = COLORS.get(state, "default")
        table.add_row(child.name, f"[{color}]{WORDS[state]}[/]", str(child.pid or "—"), str(child.restarts))
    return table


def _process_note(child: ChildStatus) -> str:
    note = f"  pid {child.pid}" if child.pid else ""
    return f"{note}  restarts {child.restarts}" if child.restarts else note
