"""Steps: buttons that post one verb of a service (open, pause, retire …), with the version the reader saw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zones.scoping import Principal

Run = Callable[[Principal, Any, int | None], Any]
Offer = Callable[[Principal, Any], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One button: `is_offered` says for which rows, `run` calls the service with (principal, row, version read)."""

    name: str
    label: Any
    icon: str
    run: Run
    is_offered: Offer
    done: Any
    style: str = "default"
    confirm: Any = ""
