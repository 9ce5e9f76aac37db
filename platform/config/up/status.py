"""What the supervisor knows, as records; the file `status.json` that `manage.py status` and the next `up` read."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from config.up.processes import Child, ChildState


@dataclass(frozen=True, slots=True)
class ChildStatus:
    """One child at one moment; `born` tells its process from a later one with the same id."""

    name: str
    state: str
    pid: int | None
    born: str | None
    restarts: int

    @classmethod
    def of(cls, child: Child) -> "ChildStatus":
        """Return what there is to say of `child`."""
        return cls(child.spec.name, child.state.value, child.pid, child.born, child.restarts)


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """The whole site: `state` is starting, ready, stopping, stopped or failed."""

    state: str
    supervisor: int
    address: str | None
    children: tuple[ChildStatus, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every service is up."""
        return all(child.state in (ChildState.READY, ChildState.DONE) for child in self.children)

    def to_json(self) -> str:
        """Return the status as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def write_status(path: Path, status: SiteStatus) -> None:
    """Replace the status file in one step: a reader sees the old one or the new one."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".status-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(status.to_json() + "\n")
    os.replace(draft, path)


def read_status(path: Path) -> SiteStatus | None:
    """Return the last status written, None when there is none that can be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        children = tuple(ChildStatus(**child) for child in record.pop("children"))
        return SiteStatus(**record, children=children)
    except (OSError, ValueError, TypeError, KeyError):
        return None
