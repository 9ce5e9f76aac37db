"""What surrounds needs and resources, read for the engine: who belongs together, which zones and codes are close.
Part of the snapshot: read only.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from matching.engine.records import CodeTree, Geography
from zones.choices import AssociationKind, CodeScheme
from zones.models import Code, Crosswalk, Membership, Organization, RegionGroup, Zone
from zones.scoping import in_force

REASON = "the snapshot reads for the engine, which applies scopes itself"
CODE_SCHEMES = (CodeScheme.INDUSTRY, CodeScheme.DISCIPLINE, CodeScheme.EQUIPMENT)
PAIRINGS = (AssociationKind.ALLIANCE, AssociationKind.PAIRING, AssociationKind.CORRIDOR)

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

_read_before: ContextVar[dict[Any, Any] | None] = ContextVar("read_before", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read what surrounds needs and resources once for all work inside: a look and the small run it leads to see the
    same memberships, groups and codes.
    """
    token = _read_before.set({})
    try:
        yield
    finally:
        _read_before.reset(token)


def _once(read: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Let a function that reads give its earlier answer again inside `read_once`."""

    @wraps(read)
    def answer(*args: Asked.args, **named: Asked.kwargs) -> Found:
        before = _read_before.get()
        if before is None:
            return read(*args, **named)
        key = (read.__name__, args, tuple(named.items()))
        if key not in before:
            before[key] = read(*args, **named)
        found: Found = before[key]
        return found

    return answer


@dataclass(frozen=True, slots=True)
class NeedContext:
    """What the record of a need takes from other tables, as of a day: associations by zone, and the head of each
    organization's group. Whatever `_need_facts` reads beyond the need's own rows belongs here, or documents of needs go
    stale unnoticed.
    """

    associations: Mapping[int, tuple[int, ...]]
    groups: Mapping[int, int]
    groups_key: str

    def key_of(self, zone: int) -> str:
        """A short digest: needs of a zone whose documents carry another one are encoded again."""
        return _digest(f"{self.associations.get(zone, ())} {self.groups_key}")

    @property
    def key(self) -> str:
        """A digest of the whole: while it stays the same, no document has lost its context."""
        return _digest(f"{sorted(self.associations.items())} {self.groups_key}")


@_once
def read_need_context(*, on: date) -> NeedContext:
    """The context of all needs as of a day."""
    groups = legal_groups()
    return NeedContext(associations_by_zone(on=on), groups, _digest(str(sorted(groups.items()))))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def associations_by_zone(*, on: date) -> dict[int, tuple[int, ...]]:
    """Associations each zone is a member of on that day."""
    members: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(in_force(on, start="joined_on", end="left_on")).order_by("association_id")
    for zone, association in rows.values_list("zone_id", "association_id"):
        members[zone].append(association)
    return {zone: tuple(dict.fromkeys(found)) for zone, found in members.items()}


def legal_groups() -> dict[int, int]:
    """Organization → the head of its group, for organizations that have a parent."""
    parents = dict(
        Organization.objects.unscoped(reason=REASON).filter(parent__isnull=False).values_list("pk", "parent_id")
    )
    return {pk: _head(pk, parents) for pk in {*parents, *parents.values()}}


def _head(pk: int, parents: Mapping[int, int]) -> int:
    seen = {pk}
    while (parent := parents.get(pk)) is not None and parent not in seen:
        seen.add(parent)
        pk = parent
    return pk


@_once
def read_geography(*, on: date) -> Geography:
    """Which zones share a network, an alliance (pairings and corridors too) or a region group on that day."""
    rows = Membership.objects.filter(in_force(on, start="joined_on", end="left_on")).order_by(
        "association_id", "zone_id"
    )
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for kind, association, zone in rows.values_list("association__kind", "association_id", "zone_id"):
        groups[kind, association].append(zone)
    zones = tuple(Zone.objects.order_by("pk").values_list("pk", "region__code", "division_code"))
    return _geography(
        tuple(pk for pk, _, _ in zones),
        tuple(tuple(found) for (kind, _), found in groups.items() if kind == AssociationKind.NETWORK),
        tuple(tuple(found) for (kind, _), found in groups.items() if kind in PAIRINGS),
        tuple(
            tuple(pk for pk, region, division in zones if region in codes or f"{division[:4]}00" in codes)
            for codes in map(frozenset, RegionGroup.objects.order_by("slug").values_list("member_codes", flat=True))
        ),
    )


Groups = tuple[tuple[int, ...], ...]


@lru_cache(maxsize=4)
def _geography(zones: tuple[int, ...], networks: Groups, alliances: Groups, region_groups: Groups) -> Geography:
    return Geography.of(zones, networks=networks, alliances=alliances, region_groups=region_groups)


@_once
def read_codes() -> CodeTree:
    """The code trees with their crosswalks, computed once per state of the tables and process."""
    rows = (
        Code.objects.filter(scheme__in=CODE_SCHEMES, is_active=True)
        .order_by("scheme", "code")
        .values_list("code", "parent_code")
    )
    bridges = Crosswalk.objects.filter(scheme__in=CODE_SCHEMES).order_by("pk").values_list("source", "target", "weight")
    return _code_tree(tuple(rows), tuple(bridges))


@lru_cache(maxsize=2)
def _code_tree(rows: tuple[tuple[str, str], ...], bridges: tuple[tuple[str, str, float], ...]) -> CodeTree:
    return CodeTree.of(dict(rows), bridges)
