"""How long personal data are kept: the shape of a rule. Each floor lists rules of its own tables."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pgtrigger
from django.conf import settings
from django.db.models import F, Model, QuerySet

from ledger.history import event_model

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LONGEST_DAYS: Final = 36_500


@dataclass(frozen=True, slots=True)
class Rule:
    """What is forgotten `days` after its purpose has ended. `found` names the rows that are over after that time,
    `forget` deletes them, or only what they tell of somebody, and leaves what figures and evidence count.

    `is_fixed`: the period belongs to how the data are used, and is no choice of the operator's.
    """

    name: str
    days: int
    what: "StrPromise"
    why: "StrPromise"
    found: Callable[[timedelta], "QuerySet[Any]"]
    forget: Callable[["QuerySet[Any]"], object]
    is_fixed: bool = False

    @property
    def period(self) -> timedelta:
        """As the operator has set it, or the default."""
        return timedelta(days=self.days if self.is_fixed else chosen_days().get(self.name, self.days))


def chosen_days() -> Mapping[str, int]:
    days: Mapping[str, int] = settings.RETENTION_DAYS
    return days


def delete(rows: "QuerySet[Any]") -> None:
    """The rows themselves, with what hangs on them."""
    rows.delete()


def may_change(*models: type[Model]) -> AbstractContextManager[Any]:
    """Inside, rows that are otherwise written once can be changed: for retention, and nothing else."""
    ignored: AbstractContextManager[Any] = pgtrigger.ignore(*(f"{model._meta.label}:append_only" for model in models))
    return ignored


def blank(rows: "QuerySet[Any]", *columns: str) -> None:
    """Empty texts of rows of a tracked table, and of all that its history has kept of them."""
    keys, emptied = list(rows.values_list("pk", flat=True)), dict.fromkeys(columns, "")
    has_version = any(field.name == "version" for field in rows.model._meta.fields)
    rows.model._base_manager.filter(pk__in=keys).update(
        **emptied, **({"version": F("version") + 1} if has_version else {})
    )
    blank_history(rows.model, keys, *columns)


def blank_history(model: type[Model], keys: list[int], *columns: str) -> None:
    """Empty texts in the history of rows, which may be gone themselves."""
    events = event_model(model)
    with may_change(events):
        events.objects.filter(pgh_obj_id__in=keys).update(**dict.fromkeys(columns, ""))
