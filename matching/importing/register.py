"""What a row of a register's export says of a contract that is on record: the same, less than is known by now, or what
has happened since. Whatever else it says is at odds with the record.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from matching.choices import RegistrationKind
from matching.models import ContractRegistration
from matching.services.register_news import News
from zones.importing.kinds import Values
from zones.importing.known import plain

VERSIONS: Final = "versions"
"""Beside the columns of a contract on record: the versions that stand."""
SAID: Final = ("contract_type", "total_amount", "traded_amount")
"""What each version says."""
FIXED: Final = ("signed_on", "registered_on")
"""What no version changes."""
TOLD: Final = ("title_zh", *SAID)


def version_values(row: ContractRegistration) -> Values:
    return {name: plain(getattr(row, name)) for name in ("kind", "registered_on", *SAID)}


@dataclass(frozen=True, slots=True)
class Compared:
    """`at_odds` names columns; `is_older`: the record knows more; the rest is what has happened since."""

    at_odds: tuple[str, ...] = ()
    is_older: bool = False
    is_changed: bool = False
    is_cancelled: bool = False

    @property
    def is_news(self) -> bool:
        return self.is_changed or self.is_cancelled


def compared(values: Values, ours: Values) -> Compared:
    """A row with a registered contract."""
    odd = [name for name in FIXED if _differs(values, ours, name)]
    if odd:
        return Compared(tuple(odd))
    entered = [one for one in ours[VERSIONS] if one["kind"] != RegistrationKind.CANCELLATION]
    at = _known(values, entered)
    if at is None:
        return _changed(values, ours, entered[-1])
    is_last = at == len(entered) - 1
    odd = [name for name in SAID if _differs(values, entered[at], name)]
    odd += ["title_zh"] if is_last and _differs(values, ours, "title_zh") else []
    return Compared(tuple(odd)) if odd else _ended(values, ours, is_last=is_last)


def _known(values: Values, entered: Sequence[Values]) -> int | None:
    """Which version the row stands at, the latest it tells; None where none was entered on that day."""
    day = values.get("changed_on")
    if not day:
        return 0
    found = [at for at, one in enumerate(entered) if at and one["registered_on"] == day]
    same = [at for at in found if not any(_differs(values, entered[at], name) for name in SAID)]
    return next(reversed(same or found), None)


def _changed(values: Values, ours: Values, last: Values) -> Compared:
    if values["changed_on"] < last["registered_on"] or ours["cancelled_on"]:
        return Compared(("changed_on",))
    odd = [f"former_{name}" for name in ("total", "traded") if _former_differs(values, last, name)]
    return Compared(tuple(odd), is_changed=not odd, is_cancelled=bool(not odd and values.get("cancelled_on")))


def _ended(values: Values, ours: Values, *, is_last: bool) -> Compared:
    told, known = values.get("cancelled_on"), ours["cancelled_on"]
    if told and known:
        odd = [name for name in ("cancelled_on", "end_reason") if _differs(values, ours, name)]
        return Compared(tuple(odd), is_older=not is_last)
    if told:
        return Compared(is_cancelled=True) if is_last else Compared(("cancelled_on",))
    return Compared(is_older=bool(known) or not is_last)


def _differs(values: Values, ours: Values, name: str) -> bool:
    return name in values and values[name] != ours[name]


def _former_differs(values: Values, last: Values, name: str) -> bool:
    told = values.get(f"former_{name}")
    return told is not None and Decimal(told) != Decimal(last[f"{name}_amount"])


def news_of(values: Values, ours: Values, told: Mapping[str, Any]) -> News:
    """What is to be entered of a row; `told` are its values as services take them."""
    found = compared(values, ours)
    change: dict[str, Any] = {}
    if found.is_changed:
        change = {
            "changed_on": date.fromisoformat(values["changed_on"]),
            "change_reason": values.get("change_reason", ""),
        }
    if found.is_cancelled:
        change["cancelled_on"] = date.fromisoformat(values["cancelled_on"])
        change |= {name: values.get(name) or "" for name in ("end_reason", "end_zh")}
    return News({name: told[name] for name in TOLD}, **change)


def shown(ours: Values, values: Values, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Columns at odds, each with what is on record of it at the version the row stands at."""
    entered = [one for one in ours[VERSIONS] if one["kind"] != RegistrationKind.CANCELLATION]
    at = _known(values, entered)
    version = entered[-1 if at is None else at]
    for name in names:
        column = name.replace("former_total", "total_amount").replace("former_traded", "traded_amount")
        if column == "changed_on":
            yield name, entered[-1]["registered_on"]
        else:
            yield name, version.get(column, ours.get(column))
