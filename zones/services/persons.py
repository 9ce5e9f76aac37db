"""A person as the platform knows them: an account, the words by which others would recognize them, and the contacts
that are theirs. What is held of them is exported here; `zones.services.erasing` erases it.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from axes.models import AccessAttempt
from django.apps import apps
from django.db.models import CASCADE, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Context

from accounts.models import User
from ledger.classification import FieldClass, field_class
from ledger.models import KeptAnswer
from ledger.traces import Words
from zones.errors import NotAllowed, NotFound
from zones.models import Association, ContactPoint, Organization, StaffRole, Zone
from zones.scoping import Principal

FORM: Final = 1
REASON: Final = "a person asks what is held of them, wherever it is"
DISTINCT: Final = 8
"""A log-in name so long, or one with a digit or an @, is nobody else's and no word of a language."""
NEVER_TOLD: Final = frozenset(
    {"password", "data", "session_data", "session_key", "digest", "token_key", "password_mark", "token_hash"}
)
"""Of tables of others' making, which have no classes."""
OWN: Final = frozenset({
    "zones.StaffRole", "zones.Registration", "zones.Invitation", "zones.ContactAccess", "zones.ServiceRating",
    "matching.Consent", "matching.Disclosure", "matching.EventRegistration", "matching.NegotiationMessage",
    "matching.NegotiationMeeting", "matching.CooperationRating", "matching.OutcomePoll", "matching.NextStep",
    "accounts.ExternalIdentity",
})  # fmt: skip
"""Tables whose rows tell of the account itself, besides those that go with it; of all others a row is only named."""


@dataclass(frozen=True)
class Person:
    """An account with what tells of its person."""

    user: User
    words: Words
    contacts: tuple[ContactPoint, ...]
    organizations: tuple[int, ...]
    """For which they have worked here."""

    @property
    def ties(self) -> dict[type[Model], tuple[int, ...]]:
        return {User: (self.user.pk,), Organization: self.organizations}


def person_of(user: User) -> Person:
    """With the contacts that are theirs, and the names and numbers these tell. What others have too is nobody's own:
    the number of a switchboard, the address of an office, an account that is called like its zone.
    """
    roles = StaffRole.objects.unscoped(reason=REASON).filter(user=user, organization__isnull=False)
    at = set(roles.values_list("organization_id", flat=True))
    contacts = tuple(_contacts(user, at))
    sure = {user.email, *(row.email for row in contacts), *(row.phone for row in contacts)}
    names = {user.display_name, user.last_name + user.first_name, f"{user.first_name} {user.last_name}".strip()}
    names |= {row.person_name for row in contacts}
    (sure if _is_distinct(user.username) else names).add(user.username)
    sure -= _shared(sure, contacts)
    names -= _called_so(names)
    at |= {row.organization_id for row in contacts}
    return Person(user, Words(frozenset(sure - {""}), frozenset(names - {""})), contacts, tuple(sorted(at)))


def _contacts(user: User, organizations: set[int]) -> "QuerySet[ContactPoint]":
    """Those with the account's address, and those of its organizations that name its person."""
    theirs = Q(person_name=user.display_name, organization__in=organizations) if user.display_name else Q(pk__in=[])
    if user.email:
        theirs |= Q(email__iexact=user.email)
    found: QuerySet[ContactPoint] = ContactPoint.objects.unscoped(reason=REASON).filter(theirs)
    return found


def _shared(words: set[str], contacts: tuple[ContactPoint, ...]) -> set[str]:
    """Addresses and numbers that stand in contacts of others."""
    rows = ContactPoint.objects.unscoped(reason=REASON).exclude(pk__in=[row.pk for row in contacts])
    rows = rows.filter(Q(email__in=words) | Q(phone__in=words))
    return {word for pair in rows.values_list("email", "phone") for word in pair}


def _called_so(names: set[str]) -> set[str]:
    """Names that are those of a zone, an association or an organization."""
    tables = (Zone.objects, Association.objects, Organization.objects.unscoped(reason=REASON))
    return {name for rows in tables for name in rows.filter(name_zh__in=names).values_list("name_zh", flat=True)}


def account_named(name: str) -> User:
    """By log-in name, mail address or public id. Raises NotFound."""
    rows = User.objects.filter(Q(username=name) | Q(email__iexact=name) if name else Q(pk__in=[]))
    with suppress(ValueError):
        rows = rows | User.objects.filter(public_id=UUID(name))
    found = list(rows[:2])
    if len(found) != 1:
        raise NotFound(_("没有找到，或不止一个账号：请用登录名。"))
    return found[0]


def must_be_own(principal: Principal, user: User) -> None:
    """Raises NotAllowed: what is held of somebody is for them and for the system."""
    if not principal.is_system and principal.user_id != user.pk:
        raise NotAllowed(_("只能办理自己的个人信息：他人的请由系统管理员办理。"))


def export_person(principal: Principal, *, user: User) -> dict[str, Any]:
    """Everything that is held of a person, as data. Raises NotAllowed.

    Rows that tell of them are told whole, but for secrets; of what they have worked on, which belongs to zones and
    organizations, it is told that they did, as what, and when.
    """
    must_be_own(principal, user)
    person = person_of(user)
    own, named = {}, {}
    for model, columns in _tables_of_accounts():
        rows = model._base_manager.filter(_any(columns, user.pk)).order_by("pk")
        if _is_own(model, columns):
            own[model._meta.label] = [_whole(row) for row in rows.iterator()]
        else:
            named[model._meta.label] = [_named(row, columns, user.pk) for row in rows.iterator()]
    own |= {
        "zones.ContactPoint": [_whole(row) for row in person.contacts],
        "axes.AccessAttempt": [_whole(row) for row in AccessAttempt.objects.filter(username=user.username)],
        "ledger.KeptAnswer": [{"at": _plain(row.created_at)} for row in KeptAnswer.objects.filter(user_id=user.pk)],
    }
    return {
        "form": FORM, "made_at": timezone.now().isoformat(), "account": _whole(user),
        "held": {label: rows for label, rows in sorted(own.items()) if rows},
        "worked_on": {label: rows for label, rows in sorted(named.items()) if rows},
        "requests": [_request(row) for row in Context.objects.filter(metadata__user=user.pk).order_by("created_at")],
    }  # fmt: skip


def contacts_after(person: Person) -> "QuerySet[ContactPoint]":
    """Theirs, to be deleted."""
    rows = ContactPoint.objects.unscoped(reason=REASON).filter(pk__in=[row.pk for row in person.contacts])
    found: QuerySet[ContactPoint] = rows
    return found


def tables_that_go(person: Person) -> Iterator["QuerySet[Any]"]:
    """Rows nobody but the account needs, with what the history has kept of them."""
    for model, columns in _tables_of_accounts():
        if _goes(model, columns):
            yield model._base_manager.filter(_any(columns, person.user.pk))
    yield AccessAttempt.objects.filter(username=person.user.username)
    yield KeptAnswer.objects.filter(user_id=person.user.pk)


def _is_distinct(name: str) -> bool:
    return len(name) >= DISTINCT or any(letter.isdigit() or letter == "@" for letter in name)


def _tables_of_accounts() -> Iterator[tuple[type[Model], list[Any]]]:
    """Every table that names accounts, histories among them, with the columns that do."""
    for model in apps.get_models(include_auto_created=True):
        columns = [field for field in model._meta.concrete_fields if field.related_model is User]
        if columns and model._meta.managed and model is not User and not model._meta.proxy:
            yield model, columns


def _tracked(model: type[Model]) -> type[Model]:
    """Of a table of history, the table whose history it is."""
    found: type[Model] = getattr(model, "pgh_tracked_model", model)
    return found


def _goes(model: type[Model], columns: list[Any]) -> bool:
    """Whether its rows go with the account, and so what the history has kept of them."""
    kept, names = _tracked(model), {column.name for column in columns}
    fields: list[Any] = [field for field in kept._meta.concrete_fields if field.name in names]
    return kept._meta.label == "accounts.ExternalIdentity" or any(
        field.related_model is User and field.remote_field.on_delete is CASCADE for field in fields
    )


def _is_own(model: type[Model], columns: list[Any]) -> bool:
    return _goes(model, columns) or _tracked(model)._meta.label in OWN


def _any(columns: list[Any], pk: int) -> Q:
    found = Q(pk__in=[])
    for field in columns:
        found |= Q(**{field.attname: pk})
    return found


def _whole(row: Any) -> dict[str, Any]:
    model = row._meta.model
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in model._meta.concrete_fields
        if field.name not in NEVER_TOLD and field_class(_tracked(model), field.name) is not FieldClass.SECRET
    }


def _named(row: Any, columns: list[Any], pk: int) -> dict[str, Any]:
    """Which row, as what the person stands in it, and since when."""
    told = {
        "id": _plain(getattr(row, "public_id", row.pk)),
        "as": [f.name for f in columns if getattr(row, f.attname) == pk],
    }
    at = next((getattr(row, name) for name in ("pgh_created_at", "created_at", "at") if hasattr(row, name)), None)
    return told | ({"at": _plain(at)} if at is not None else {})


def _request(row: Any) -> dict[str, Any]:
    return {
        "at": _plain(row.created_at),
        **{key: row.metadata.get(key) for key in ("url", "reason") if row.metadata.get(key)},
    }


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, dict) else str(value)
