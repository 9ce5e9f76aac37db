"""For whom a question is asked: a user's zones, associations and organizations as of a day. What they may see and edit,
`zones.scoping` says.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from zones.choices import Role

Ids = frozenset[int]
NO_IDS: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom a question is asked: ids of zones, associations and organizations with the rights in them."""

    user_id: int | None = None
    is_system: bool = False
    manager_zones: Ids = NO_IDS
    staff_zones: Ids = NO_IDS  # includes the manager's zones
    auditor_zones: Ids = NO_IDS
    organizations: Ids = NO_IDS
    organization_zones: Ids = NO_IDS
    secretariats: Ids = NO_IDS
    associations: Ids = NO_IDS  # of all zones above, today, and the secretariats

    @property
    def own_zones(self) -> Ids:
        """Zones whose records this principal reads whole."""
        return self.staff_zones | self.auditor_zones

    @property
    def zones(self) -> Ids:
        return self.own_zones | self.organization_zones

    @property
    def is_member(self) -> bool:
        """Belongs to some zone, association or organization; a visitor does not."""
        return self.is_system or bool(self.zones or self.secretariats or self.organizations)

    @property
    def has_back_office(self) -> bool:
        return self.is_system or bool(self.own_zones or self.secretariats)

    @property
    def may_grant(self) -> bool:
        """Whether there are roles to give; which, `editable` says."""
        return self.is_system or bool(self.manager_zones or self.secretariats)

    def gives_numbers_in(self, zone_id: int | None) -> bool:
        """Whether it gives records of a zone their external numbers: it sees whose they are."""
        return self.is_system or zone_id in self.staff_zones

    @property
    def can_write(self) -> bool:
        return self.is_system or bool(self.staff_zones or self.organizations)


VISITOR = Principal()
SYSTEM = Principal(is_system=True)


def today() -> date:
    """The day in China: memberships, grants and roles begin and end on it."""
    return timezone.localdate()


def in_force(on: date, *, start: str = "valid_from", end: str = "valid_to") -> Q:
    """Dated rows in force on a day. Intervals are half-open: the end day is the first day without."""
    starts = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on})
    return starts & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on}))


def scope_of(user: object) -> Principal:
    """Return the principal of a user as of today. Anonymous and inactive users are visitors."""
    if not getattr(user, "is_authenticated", False) or not getattr(user, "is_active", False):
        return VISITOR
    user_id: int = user.pk  # type: ignore[attr-defined]
    return _principal(user_id, [tuple(row) for _user, *row in _asked(_roles, today(), [user_id])])


def scopes_of(user_ids: Collection[int]) -> dict[int, Principal]:
    """`scope_of` for many active accounts, in as many queries as for one."""
    users = plain_rows("accounts", "User").filter(pk__in=user_ids, is_active=True)
    rows: dict[int, list[tuple[str, int | None, int | None, int | None]]] = {
        pk: [] for pk in users.values_list("pk", flat=True)
    }
    for user_id, *row in _roles(today(), list(rows)):
        rows[user_id].append(tuple(row))
    places = _places([row for held in rows.values() for row in held])
    return {user_id: _principal(user_id, held, places) for user_id, held in rows.items()}


@dataclass(frozen=True, slots=True)
class _Places:
    """The zones of organizations, and the associations of zones today."""

    zone_of: Mapping[int, int]
    associations_of: Mapping[int, Ids]


def _places(rows: list[tuple[str, int | None, int | None, int | None]]) -> _Places:
    organizations = {row[3] for row in rows if row[3] is not None}
    owned = plain_rows("zones", "Organization").filter(pk__in=organizations, zone__isnull=False)
    zone_of = dict(owned.values_list("pk", "zone_id")) if organizations else {}
    zones = {row[1] for row in rows if row[1] is not None} | set(zone_of.values())
    found: dict[int, set[int]] = {}
    for zone, association in _asked(_memberships, today(), sorted(zones)):
        found.setdefault(zone, set()).add(association)
    return _Places(zone_of, {zone: frozenset(ids) for zone, ids in found.items()})


def _roles(on: date, users: Collection[int]) -> "QuerySet[Any, Any]":
    held = plain_rows("zones", "StaffRole").filter(in_force(on), user_id__in=users)
    return held.values_list("user_id", "role", "zone_id", "association_id", "organization_id")


def _memberships(on: date, zones: Collection[int]) -> "QuerySet[Any, Any]":
    members = plain_rows("zones", "Membership").filter(
        in_force(on, start="joined_on", end="left_on"), zone_id__in=zones
    )
    return members.values_list("zone_id", "association_id")


Question = Callable[[date, Collection[int]], "QuerySet[Any, Any]"]
WRITTEN_OUT_UP_TO = 20


def _asked(question: Question, on: date, ids: list[int]) -> list[tuple[Any, ...]]:
    """The answers to a question that every request asks: Django takes thrice as long to write its SQL as to ask it."""
    if not 0 < len(ids) <= WRITTEN_OUT_UP_TO:
        return list(question(on, ids))
    sql, parameters = _written(question, on, len(ids))
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids[-1 - value] if value in range(-len(ids), 0) else value for value in parameters])
        return list(cursor.fetchall())


@lru_cache(maxsize=64)
def _written(question: Question, on: date, count: int) -> tuple[str, tuple[Any, ...]]:
    """The SQL of a question about as many rows, with -1, -2 … in the places of their ids."""
    return question(on, range(-1, -count - 1, -1)).query.sql_with_params()


def _principal(
    user_id: int, rows: list[tuple[str, int | None, int | None, int | None]], places: _Places | None = None
) -> Principal:
    def ids(column: int, *roles: str) -> Ids:
        return frozenset(value for row in rows if row[0] in roles and (value := row[column]) is not None)  # type: ignore[misc]

    organizations = ids(3, Role.ORGANIZATION_MEMBER)
    known = places or _places(rows)
    organization_zones = frozenset(known.zone_of[pk] for pk in organizations if pk in known.zone_of)
    managers, secretariats = ids(1, Role.ZONE_MANAGER), ids(2, Role.SECRETARIAT)
    staff, auditors = ids(1, Role.ZONE_STAFF) | managers, ids(1, Role.AUDITOR)
    zones = staff | auditors | organization_zones
    return Principal(
        user_id=user_id,
        is_system=any(row[0] == Role.SYSTEM for row in rows),
        manager_zones=managers,
        staff_zones=staff,
        auditor_zones=auditors,
        organizations=organizations,
        organization_zones=organization_zones,
        secretariats=secretariats,
        associations=frozenset().union(*(known.associations_of.get(pk, NO_IDS) for pk in zones)) | secretariats,
    )


def staff_of(zone_id: int) -> Principal:
    """What the staff of a zone may see today, whoever they are."""
    zones = frozenset({zone_id})
    return Principal(staff_zones=zones, associations=associations_of(zones, on=today()))


def secretariat_of(association_id: int) -> Principal:
    """What the secretariat of an association may see today."""
    ids = frozenset({association_id})
    return Principal(secretariats=ids, associations=ids)


def members_of(organization_id: int) -> Principal:
    """What the members of an organization may see today."""
    ids = frozenset({organization_id})
    rows = plain_rows("zones", "Organization").filter(pk=organization_id, zone__isnull=False)
    zones = frozenset(rows.values_list("zone_id", flat=True))
    return Principal(organizations=ids, organization_zones=zones, associations=associations_of(zones, on=today()))


def associations_of(zones: Ids, *, on: date) -> Ids:
    """Associations of which any of the zones is a member on that day."""
    if not zones:
        return NO_IDS
    rows = plain_rows("zones", "Membership").filter(in_force(on, start="joined_on", end="left_on"), zone_id__in=zones)
    return frozenset(rows.values_list("association_id", flat=True))


def plain_rows(app: str, model: str) -> "QuerySet[Model]":
    """Rows of a table by the name of its model, for rules only."""
    rows: QuerySet[Model] = apps.get_model(app, model)._default_manager.all()
    return rows


def as_reader(principal: Principal) -> Principal:
    """The principal with its rights to audit taken for rights to edit: for questions of reading only."""
    return replace(principal, staff_zones=principal.own_zones)
