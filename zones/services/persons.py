"""A person as the platform knows them: an account, the words by which others would recognize them, and the contacts
that are theirs. What is held of them is exported here; `zones.services.erasing` erases it.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from axes.models import AccessAttempt
from django.apps import apps
from django.db.models import CASCADE, Model, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Context

from accounts.models import User
from ledger.classification import FieldClass, field_class
from ledger.models import KeptAnswer
from ledger.traces import Ties, Words
from lexicon.persons import is_whole_name
from zones.errors import NotAllowed, NotFound
from zones.models import Association, ContactPoint, Organization, StaffRole, Zone
from zones.scoping import Principal

FORM: Final = 1
REASON: Final = "a person asks what is held of them, wherever it is"
DISTINCT: Final = 8
"""A log-in name so long, with digits among its letters, is no word of a language."""
FEWEST_DIGITS: Final = 7
"""Of a telephone number: shorter ones are extensions, which stand in every date."""
NEVER_TOLD: Final = frozenset(
    {"password", "data", "session_data", "session_key", "digest", "token_key", "password_mark", "token_hash"}
)
"""Of tables of others' making, which have no classes."""
OWN: Final = {
    "accounts.ExternalIdentity": "user",
    "matching.Consent": "giver",
    "matching.CooperationRating": "rated_by",
    "matching.Disclosure": "user",
    "matching.EventRegistration": "registrant",
    "matching.NegotiationMeeting": "proposer",
    "matching.NegotiationMessage": "author",
    "matching.NextStep": "setter",
    "matching.OutcomePoll": "answerer",
    "zones.ContactAccess": "user",
    "zones.Invitation": "accepted_by",
    "zones.Registration": "user",
    "zones.ServiceRating": "rated_by",
    "zones.StaffRole": "user",
}
"""Tables whose rows tell of the account that stands in this column, besides those that go with it; in any other column,
as in any other table, the account is only named.
"""


OF_PARTIES: Final = ("matching.Cooperation", "matching.Agreement")
"""Which belong to the organizations that are `parties` of them."""


@dataclass(frozen=True)
class Person:
    """An account with what tells of its person."""

    user: User
    words: Words
    contacts: tuple[ContactPoint, ...]
    organizations: tuple[int, ...]
    """For which they have worked here."""

    @property
    def ties(self) -> Ties:
        """The account, and what its organizations are, or are party to."""
        of_parties = {}
        for label in OF_PARTIES:
            model = apps.get_model(label)
            rows = model._base_manager.filter(parties__organization__in=self.organizations)
            of_parties[model] = tuple(rows.values_list("pk", flat=True).distinct())
        return Ties({User: (self.user.pk,), Organization: self.organizations}, of_parties)


def person_of(user: User) -> Person:
    """With the contacts that are theirs, and the names and numbers these tell. What others have too is nobody's own:
    the number of a switchboard, the address of an office, an account that is called like its zone.
    """
    roles = StaffRole.objects.unscoped(reason=REASON).filter(user=user)
    is_known = user.is_superuser or roles.exists()
    at = tuple(sorted(set(roles.exclude(organization=None).values_list("organization_id", flat=True))))
    contacts = tuple(_contacts(user, at))
    return Person(user, _words(user, contacts, is_known=is_known), contacts, at)


def _words(user: User, contacts: tuple[ContactPoint, ...], *, is_known: bool) -> Words:
    """Whoever was never taken in has proven no address: it goes where the account's own rows tell it."""
    addresses = {user.email.lower(), *(row.email.lower() for row in contacts)} - {""}
    numbers = {row.phone for row in contacts if len(re.sub(r"\D", "", row.phone)) >= FEWEST_DIGITS}
    taken = _shared(user, addresses | numbers, contacts)
    called = {user.display_name, user.last_name + user.first_name, f"{user.first_name} {user.last_name}".strip()}
    called |= {row.person_name for row in contacts} | {user.username}
    called -= _called_so(called) | {""}
    names = {name for name in called if is_whole_name(name) or _is_distinct(name)}
    if not is_known:
        names, addresses = names | addresses, set()
    return Words(frozenset(addresses - taken), frozenset(numbers - taken), frozenset(names), frozenset(called - names))


def _contacts(user: User, organizations: tuple[int, ...]) -> "QuerySet[ContactPoint]":
    """Those of the organizations it has worked for that have the account's address or name its person."""
    theirs = Q(person_name=user.display_name) if user.display_name else Q(pk__in=[])
    if user.email:
        theirs |= Q(email__iexact=user.email)
    rows = ContactPoint.objects.unscoped(reason=REASON)
    found: QuerySet[ContactPoint] = rows.filter(theirs, organization__in=organizations)
    return found


def _shared(user: User, words: set[str], contacts: tuple[ContactPoint, ...]) -> set[str]:
    """Addresses and numbers that others have, too: in their contacts, or for their log-in."""
    rows = ContactPoint.objects.unscoped(reason=REASON).exclude(pk__in=[row.pk for row in contacts])
    rows = rows.annotate(address=Lower("email")).filter(Q(address__in=words) | Q(phone__in=words))
    found = {word for pair in rows.values_list("address", "phone") for word in pair}
    others = User.objects.exclude(pk=user.pk).annotate(address=Lower("email")).filter(address__in=words)
    return found | set(others.values_list("address", flat=True))


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
        about = columns if _goes(model, columns) else _about(model, columns)
        is_own = _any(about, user.pk)
        own[model._meta.label] = [_whole(row) for row in rows.filter(is_own).iterator()]
        named[model._meta.label] = [_named(row, columns, user.pk) for row in rows.exclude(is_own).iterator()]
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
    """No word of a language, and of no standard or model either."""
    return len(name) >= DISTINCT and any(one.isdigit() for one in name) and any(one.islower() for one in name)


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


def _about(model: type[Model], columns: list[Any]) -> list[Any]:
    """The column by which a row tells of the account, if any."""
    return [column for column in columns if column.name == OWN.get(_tracked(model)._meta.label)]


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
