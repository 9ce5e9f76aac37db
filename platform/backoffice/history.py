"""The history of a record as the database wrote it: who, when, through which door, and what changed."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from backoffice.changes import Change, save_of, shortened, told_columns
from backoffice.details import EMPTY, plain_text, related_text
from backoffice.hanging import changes_of_rows
from backoffice.statements import field_label
from ledger.history import event_model
from matching.models import LeakStatement, Need
from zones.scoping import Principal

ENTRIES_AT_MOST = 100


class Entry(NamedTuple):
    at: Any
    who: str
    verb: str
    changes: list[Change]


def is_tracked(model: type[Model]) -> bool:
    return event_model(model) is not None


def entries_of(row: Model, principal: Principal) -> list[Entry]:
    """Newest first, at most a hundred. A new record and the rows written with it are told by one word."""
    events = event_model(type(row)).objects.filter(pgh_obj_id=row.pk).select_related("pgh_context")
    newest = list(events.order_by("-pgh_id")[: ENTRIES_AT_MOST + 1])
    made = {save_of(event) for event in newest if event.pgh_label == "insert"}
    in_rows = {save: told for save, told in changes_of_rows(row, principal).items() if save not in made}
    names = _names([*newest, *(event for event, _changes in in_rows.values())])
    entries = []
    for event, before in zip(newest, [*newest[1:], None], strict=True):
        _event, hanging = in_rows.pop(save_of(event), (None, []))
        entries.append(_entry(event, before, hanging, names, principal))
    entries += [_entry_of_rows(event, told, names) for event, told in in_rows.values()]
    entries += _stated(row, principal) if isinstance(row, Need) else []
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:ENTRIES_AT_MOST]


def _stated(need: Need, principal: Principal) -> list[Entry]:
    """What was stated to be no identity: it hangs on the need and changes no column of it."""
    rows = LeakStatement.objects.visible_to(principal).filter(need=need).select_related("stated_by")
    return [
        Entry(
            row.stated_at,
            str(row.stated_by or _("系统")),
            _("说明不是单位信息"),
            [Change(field_label(row.field), EMPTY, row.reason)],
        )
        for row in rows
    ]


def _entry(event: Any, before: Any, in_rows: list[Change], names: dict[int, str], principal: Principal) -> Entry:
    verb = {"insert": _("新建"), "update": _("修改"), "delete": _("删除")}.get(event.pgh_label, event.pgh_label)
    changes = [*_changes(event, before, principal), *in_rows] if before is not None else []
    return Entry(event.pgh_created_at, _who(event, names), verb, changes)


def _entry_of_rows(event: Any, changes: list[Change], names: dict[int, str]) -> Entry:
    """Of a save that wrote nothing but rows that hang on the record."""
    return Entry(event.pgh_created_at, _who(event, names), _("修改"), changes)


def _changes(event: Any, before: Any, principal: Principal) -> Iterator[Change]:
    for field in told_columns(type(event).pgh_tracked_model):
        if getattr(event, field.attname) != getattr(before, field.attname):
            yield Change(str(field.verbose_name), _text(before, field, principal), _text(event, field, principal))


def _text(event: Any, field: Any, principal: Principal) -> str:
    value = getattr(event, field.attname)
    if field.is_relation:
        return related_text(field, value, principal)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or EMPTY
    return shortened(plain_text(field.name, value))


def _user_of(event: Any) -> int:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    return int(metadata.get("user") or 0)


def _who(event: Any, names: dict[int, str]) -> str:
    return names.get(_user_of(event), _("系统"))


def _names(events: Iterable[Any]) -> dict[int, str]:
    users = User.objects.filter(pk__in={_user_of(event) for event in events})
    return {user.pk: str(user) for user in users}
