"""The drawn example of `zones.scoping` as a table: visibility × principal × model, and rights that begin and end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from matching.models import Match, MatchRun, Need, NeedMetric
from tests.builders import (
    make_capability,
    make_contact,
    make_grant,
    make_match,
    make_membership,
    make_need,
    make_organization,
    make_part,
    make_resource,
    make_role,
    make_run,
    make_staff,
    make_user,
    principal_of,
)
from tests.conftest import World
from tests.people import make_access, make_invitation
from zones.choices import ResourceKind, Role
from zones.errors import UnscopedQuery
from zones.models import (
    Capability,
    ContactAccess,
    ContactPoint,
    EquipmentDetail,
    Invitation,
    Organization,
    Resource,
    ResourcePart,
    SharingGrant,
    StaffRole,
)
from zones.scoping import READ_BY_OTHER_ZONES, VISITOR, Principal, is_seen_with, today

PEOPLE = ("ana", "bo", "cy", "eve", "lin", "ops", "auditor", "secretariat", "visitor")
EAST = {"ana", "eve", "ops", "auditor"}
MEMBERS = set(PEOPLE) - {"visitor"}
ALLIANCE = EAST | {"bo", "lin", "secretariat"}
SEES: dict[str, set[str]] = {
    "zone": EAST,
    "association": ALLIANCE,
    "national": MEMBERS,
    "public": set(PEOPLE),
    "sealed": EAST,
    "draft": EAST,
}
"""A record of East's enterprise (Eve's), by its visibility; drafts are public ones not yet open."""
NEED_EDITORS = {"ana", "eve", "ops"}


def principals(world: World) -> dict[str, Principal]:
    return {name: principal_of(user) for name, user in world.people().items()} | {"visitor": VISITOR}


def who(world: World, model: Any, pk: int) -> set[str]:
    return {name for name, p in principals(world).items() if model.objects.visible_to(p).filter(pk=pk).exists()}


def who_edits(world: World, model: Any, pk: int) -> set[str]:
    return {name for name, p in principals(world).items() if model.objects.editable_by(p).filter(pk=pk).exists()}


def need_of(world: World, case: str) -> Need:
    if case == "draft":
        return make_need(organization=world.enterprise, visibility="public", state="draft")
    association = world.alliance if case == "association" else None
    return make_need(organization=world.enterprise, visibility=case, association=association)


def resource_of(world: World, case: str) -> Resource:
    status, visibility = ("draft", "public") if case == "draft" else ("active", case)
    resource = make_resource(
        organization=world.enterprise, visibility=visibility, status=status, kind=ResourceKind.EQUIPMENT
    )
    if case == "association":
        make_grant(resource, association=world.alliance)
    return resource


@pytest.mark.parametrize("case", SEES)
def test_a_need_and_its_metrics_are_seen_as_drawn(world: World, case: str) -> None:
    need = need_of(world, case)
    assert who(world, Need, need.pk) == SEES[case]
    assert who(world, NeedMetric, need.metrics.get().pk) == SEES[case]
    assert who_edits(world, Need, need.pk) == NEED_EDITORS


@pytest.mark.parametrize("case", [case for case in SEES if case != "sealed"])
def test_a_resource_and_its_children_are_seen_as_drawn(world: World, case: str) -> None:
    resource = resource_of(world, case)
    part, capability = make_part(resource), make_capability(resource)
    assert who(world, Resource, resource.pk) == SEES[case]
    assert who(world, ResourcePart, part.pk) == SEES[case]
    assert who(world, Capability, capability.pk) == SEES[case]
    assert who(world, EquipmentDetail, resource.pk) == SEES[case]
    assert who_edits(world, Resource, resource.pk) == NEED_EDITORS


@pytest.mark.parametrize("case", ["zone", "association", "national", "public"])
def test_a_grant_is_seen_by_its_owner_s_side_only(world: World, case: str) -> None:
    resource = resource_of(world, case)
    grant = make_grant(resource, zone=world.far)
    assert who(world, type(grant), grant.pk) == EAST


@pytest.mark.parametrize(("is_listed", "seen_by"), [(True, set(PEOPLE)), (False, EAST)])
def test_an_unlisted_organization_is_seen_by_its_own_side(world: World, is_listed: bool, seen_by: set[str]) -> None:
    organization = make_organization(zone=world.east, is_listed=is_listed)
    assert who(world, Organization, organization.pk) == seen_by - ({"eve"} if not is_listed else set())
    assert who_edits(world, Organization, organization.pk) == {"ana", "ops"}


def test_contacts_are_seen_by_their_editors_only(world: World) -> None:
    contact = make_contact(world.enterprise)
    assert who(world, ContactPoint, contact.pk) == {"ana", "eve", "ops"}


def test_who_was_shown_a_contact_is_known_to_managers_and_auditors(world: World) -> None:
    access = make_access(make_contact(world.enterprise))
    assert who(world, ContactAccess, access.pk) == {"auditor", "ops"}
    assert who_edits(world, ContactAccess, access.pk) == {"ops"}
    manager = make_staff(world.east, role=Role.ZONE_MANAGER)
    assert ContactAccess.objects.visible_to(principal_of(manager)).filter(pk=access.pk).exists()


def test_roles_are_seen_by_their_user_and_their_zone(world: World) -> None:
    role = StaffRole.plain.get(user=world.eve)
    assert who(world, StaffRole, role.pk) == {"ana", "auditor", "eve", "ops"}
    assert who_edits(world, StaffRole, role.pk) == {"ops"}
    manager = make_user("mae")
    make_role(manager, Role.ZONE_MANAGER, zone=world.east)
    assert StaffRole.objects.editable_by(principal_of(manager)).filter(pk=role.pk).exists()


def test_members_see_who_belongs_to_their_organization_and_invite_to_it_alone(world: World) -> None:
    colleague = make_role(make_user("col"), Role.ORGANIZATION_MEMBER, organization=world.enterprise)
    assert who(world, StaffRole, colleague.pk) == {"ana", "auditor", "eve", "ops"}
    assert who_edits(world, StaffRole, colleague.pk) == {"ops"}
    own = make_invitation(role=Role.ORGANIZATION_MEMBER, organization=world.enterprise)
    assert who(world, Invitation, own.pk) == {"ana", "auditor", "eve", "ops"}
    assert who_edits(world, Invitation, own.pk) == {"eve", "ops"}
    other = make_invitation(role=Role.ORGANIZATION_MEMBER, organization=world.outside)
    assert who_edits(world, Invitation, other.pk) == {"ops"}
    of_the_zone = make_invitation(zone=world.east)
    assert "eve" not in who(world, Invitation, of_the_zone.pk)


MATCH_SEEN: dict[tuple[str, str], set[str]] = {
    ("national", "national"): {"ana", "auditor", "eve", "bo", "lin", "ops"},
    ("zone", "national"): {"ana", "auditor", "eve", "ops"},
    ("sealed", "national"): {"ana", "auditor", "eve", "ops"},
    ("national", "zone"): {"bo", "lin", "ops"},
    ("sealed", "zone"): {"ops"},
}


@pytest.mark.parametrize(("need", "resource"), MATCH_SEEN)
def test_a_match_is_seen_by_a_side_that_sees_the_other(world: World, need: str, resource: str) -> None:
    match = make_match(
        make_need(organization=world.enterprise, visibility=need),
        make_resource(organization=world.laboratory, visibility=resource),
    )
    assert who(world, Match, match.pk) == MATCH_SEEN[need, resource]
    assert who_edits(world, Match, match.pk) == {"ops"}


def test_runs_are_never_seen_by_visitors_and_edited_by_the_system_only(world: World) -> None:
    run = make_run()
    assert "visitor" not in who(world, MatchRun, run.pk)
    assert who_edits(world, MatchRun, run.pk) == {"ops"}


def test_a_grant_to_a_zone_opens_a_record_to_it_alone(world: World) -> None:
    resource = resource_of(world, "zone")
    make_grant(resource, zone=world.far)
    assert who(world, Resource, resource.pk) == EAST | {"cy"}


def test_a_grant_to_an_association_opens_association_records_only(world: World) -> None:
    resource = resource_of(world, "zone")
    make_grant(resource, association=world.alliance)
    assert who(world, Resource, resource.pk) == EAST


INTERVALS = [
    (None, None, True),
    (0, None, True),
    (1, None, False),
    (-9, 1, True),
    (-9, 0, False),
    (None, 0, False),
    (None, 1, True),
]
"""First day and end in days from today, and whether it counts today: the end day is the first day without."""


def day(offset: int | None) -> Any:
    return None if offset is None else today() + timedelta(days=offset)


@pytest.mark.parametrize(("start", "end", "counts"), INTERVALS)
def test_a_grant_counts_from_its_first_day_to_the_day_before_its_end(
    world: World, start: int | None, end: int | None, counts: bool
) -> None:
    resource = make_resource(organization=world.enterprise, visibility="association")
    make_grant(resource, association=world.alliance, valid_from=day(start), valid_to=day(end))
    assert ("bo" in who(world, Resource, resource.pk)) is counts


@pytest.mark.parametrize(("start", "end", "counts"), INTERVALS)
def test_a_membership_counts_from_its_first_day_to_the_day_before_its_end(
    world: World, start: int | None, end: int | None, counts: bool
) -> None:
    make_membership(world.far, world.alliance, joined_on=day(start), left_on=day(end))
    need = need_of(world, "association")
    assert ("cy" in who(world, Need, need.pk)) is counts


@pytest.mark.parametrize(("start", "end", "counts"), [row for row in INTERVALS if row[0] is not None])
def test_a_role_counts_from_its_first_day_to_the_day_before_its_end(
    world: World, start: int, end: int | None, counts: bool
) -> None:
    user = make_user()
    make_role(user, Role.ZONE_STAFF, zone=world.east, valid_from=day(start), valid_to=day(end))
    assert (principal_of(user).staff_zones == {world.east.pk}) is counts


def test_who_may_not_log_in_is_a_visitor(world: World) -> None:
    world.ana.is_active = False
    assert principal_of(world.ana) == VISITOR


UNSCOPED: list[Callable[[], Any]] = [
    lambda: Need.objects.all(),
    lambda: Need.objects.count(),
    lambda: Need.objects.filter(pk=1),
    lambda: Need.objects.get(pk=1),
    lambda: list(Resource.objects.values("pk")),
    lambda: Organization.objects.first(),
    lambda: Resource.objects.create(),
    lambda: Need.objects.unscoped(reason=""),
    lambda: SharingGrant.objects.below_visible(Resource),
    lambda: ResourcePart.objects.below_visible(Need),
    lambda: Resource.objects.below_visible(Resource),
]


@pytest.mark.parametrize("ask", UNSCOPED)
def test_rows_of_a_scoped_model_are_not_given_without_a_principal(db: None, ask: Callable[[], Any]) -> None:
    with pytest.raises(UnscopedQuery):
        ask()


def test_parts_are_seen_below_a_whole_by_whoever_sees_the_whole_and_grants_are_not(db: None) -> None:
    part = make_part(make_resource())
    assert list(ResourcePart.objects.below_visible(Resource)) == [part]
    assert is_seen_with(ResourcePart, Resource)
    assert not is_seen_with(SharingGrant, Resource)


def test_what_other_zones_read_is_said_once() -> None:
    """Whoever asks "do strangers read it?" asks the drawn example."""
    assert {visibility for visibility, readers in SEES.items() if readers - EAST} == READ_BY_OTHER_ZONES
