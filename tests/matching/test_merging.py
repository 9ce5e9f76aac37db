"""Two records that are one: what hangs on the other moves, decisions and needs too, and its matches are made anew."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from threading import Event
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from matching.choices import DismissalReason
from matching.models import Booking, Dismissal, Exchange, Label, Need, Shortlisting
from matching.services.dismissals import dismiss_pair
from matching.services.labels import record_label
from matching.services.merging import (
    DECIDED,
    NAMING_ORGANIZATIONS,
    NAMING_RESOURCES,
    merge_organizations,
    merge_resources,
)
from matching.services.shortlists import shortlist_pair
from tests.builders import (
    make_capability,
    make_catalogue,
    make_contact,
    make_grant,
    make_need,
    make_organization,
    make_part,
    make_resource,
    make_role,
    make_user,
    plain_create,
    principal_of,
)
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.zones.importing.conftest import staged, worked
from tests.zones.importing.sheets import workbook
from zones.choices import Role
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.importing.jobs import apply_import
from zones.models import CatalogueItem, EquipmentDetail, Organization, Resource
from zones.scoping import SYSTEM, Principal
from zones.services import kept_merging
from zones.services.likeness import likely_organizations, likely_resources
from zones.services.merging import NAMED_BY, SAME_CHILD, keep_separate

LEFT_WHERE_THEY_ARE = {
    "zones.Resource.merged_into", "zones.Organization.merged_into", "matching.Match.resource",
    "matching.ResourceDocument.resource", "matching.ConsortiumPart.resource", "matching.ConsortiumMember.organization",
    "matching.Exposure.resource", "zones.CatalogueItem.resource", "zones.Resource.organization",
    "zones.OrganizationAlias.organization", "zones.ContactPoint.organization",
    "zones.ContactAccess.organization", "notifications.Endpoint.organization",
}  # fmt: skip
"""Results, logs and rows that go with their record, and those whose moving is tested by name below."""


def twins(world: World, **fields: Any) -> tuple[Resource, Resource]:
    east: dict[str, Any] = {"zone": world.east, "kind": "equipment", "organization": world.enterprise} | fields
    return make_resource(name_zh="扫描电镜", **east), make_resource(name_zh="扫描 电镜", **east)


def test_what_hangs_on_the_other_moves_and_blanks_are_filled(world: World) -> None:
    kept, merged = twins(world)
    Resource.plain.filter(pk=merged.pk).update(external_id="E-1", trl=7, keywords=["电镜"], confirmed_on="2026-01-02")
    EquipmentDetail.plain.filter(pk=merged.pk).update(model="S-4800")
    make_part(kept, name_zh="真空泵", manufacturer="", model="")
    make_part(merged, name_zh="真空泵", manufacturer="", model="")
    make_part(merged, name_zh="能谱仪")
    make_capability(merged, key="resolution")
    make_grant(merged, association=world.alliance)
    now = merge_resources(principal_of(world.ana), kept_id=kept.pk, merged_id=merged.pk)
    now.refresh_from_db()
    assert (now.external_id, now.trl, now.keywords, now.confirmed_on) == ("E-1", 7, ["电镜"], date(2026, 1, 2))
    assert EquipmentDetail.plain.get(pk=kept.pk).model == "S-4800"
    assert sorted(now.parts.values_list("name_zh", flat=True)) == sorted(["真空泵", "能谱仪"])
    assert (now.capabilities.count(), now.grants.count()) == (1, 1)
    merged.refresh_from_db()
    assert (merged.status, merged.merged_into_id, merged.external_id) == ("retired", kept.pk, "")


def test_a_catalogue_lists_one_and_keeps_what_it_counted(world: World) -> None:
    kept, merged = twins(world)
    both = make_catalogue(kept, merged, zone=world.east)
    other = make_catalogue(merged, zone=world.east)
    merge_resources(principal_of(world.ana), kept_id=kept.pk, merged_id=merged.pk)
    assert CatalogueItem.objects.get(catalogue=other).resource_id == kept.pk
    assert CatalogueItem.objects.get(catalogue=both, resource=merged).withdrawn_on is not None
    assert CatalogueItem.objects.get(catalogue=both, resource=kept).withdrawn_on is None


def test_decisions_about_pairs_move_and_still_stand(world: World) -> None:
    kept, merged = twins(world)
    need = make_need(organization=world.enterprise)
    dismiss_pair(principal_of(world.ana), need_id=need.pk, resource_id=merged.pk, reason=DismissalReason.OFF_TOPIC)
    merge_resources(principal_of(world.ana), kept_id=kept.pk, merged_id=merged.pk)
    assert Dismissal.plain.get(need=need).resource_id == kept.pk
    assert Label.plain.get(need=need).resource_id == kept.pk
    with pytest.raises(Conflict):
        dismiss_pair(principal_of(world.ana), need_id=need.pk, resource_id=kept.pk, reason=DismissalReason.OFF_TOPIC)


DECISIONS: dict[str, Callable[[Principal, int, int], Any]] = {
    "label": lambda ana, need, resource: record_label(
        ana, need_id=need, resource_id=resource, source="rating", grade=1
    ),
    "dismissal": lambda ana, need, one: dismiss_pair(ana, need_id=need, resource_id=one, reason="price"),
    "shortlisting": lambda ana, need, one: shortlist_pair(ana, need_id=need, resource_id=one, by_hand=True),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_resource_that_is_being_merged_away_gets_no_decision(world: World, decision: str) -> None:
    kept, merged = twins(world)
    need, ana = make_need(zone=world.east, organization=world.enterprise, author=world.ana), principal_of(world.ana)
    is_merging, is_decided = Event(), Event()

    def merge() -> str:
        with closing(connection), transaction.atomic():
            merge_resources(ana, kept_id=kept.pk, merged_id=merged.pk)
            is_merging.set()
            is_decided.wait(timeout=1)
        return "merged"

    def decide() -> str:
        is_merging.wait(timeout=30)
        try:
            DECISIONS[decision](ana, need.pk, merged.pk)
        except Conflict as late:
            return late.message
        finally:
            is_decided.set()
            connection.close()
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        told = [work.result() for work in (pool.submit(merge), pool.submit(decide))]
    assert told[0] == "merged"
    assert "已并入" in told[1]
    for model in (Label, Dismissal, Shortlisting):
        assert not model.plain.exists()


def test_an_organization_takes_over_names_people_resources_and_needs(world: World) -> None:
    kept, merged = world.enterprise, make_organization(name_zh="东方微电子", zone=world.east)
    Organization.plain.filter(pk=merged.pk).update(credit_code="91350100M000100Y43")
    same, own = (
        make_resource(name_zh=name, organization=merged, zone=world.east, kind="equipment") for name in ("甲", "乙")
    )
    twin = make_resource(name_zh="甲", organization=kept, zone=world.east, kind="equipment")
    need = make_need(organization=merged)
    contact, child = make_contact(merged), make_organization(zone=world.east, parent=merged)
    role = make_role(make_user(), Role.ORGANIZATION_MEMBER, organization=merged)
    now = merge_organizations(principal_of(world.ana), kept_id=kept.pk, merged_id=merged.pk)
    for row in (same, own, need, contact, child, role, now):
        row.refresh_from_db()
    assert now.credit_code == "91350100M000100Y43"
    assert list(now.aliases.values_list("name", flat=True)) == ["东方微电子"]
    assert {own.organization_id, need.organization_id, contact.organization_id, child.parent_id} == {kept.pk}
    assert role.organization_id == kept.pk
    assert (same.merged_into_id, same.status) == (twin.pk, "retired")
    assert need.version == 2
    assert not Organization.objects.visible_to(principal_of(world.ana)).filter(pk=merged.pk).exists()


def test_a_file_that_names_the_merged_organization_means_the_kept_one(world: World) -> None:
    merged = make_organization(name_zh="东方微电子", zone=world.east)
    make_resource(name_zh="电镜", organization=merged, zone=world.east, kind="equipment")
    merge_organizations(principal_of(world.ana), kept_id=world.enterprise.pk, merged_id=merged.pk)
    content = workbook([["名称", "权属单位"], ["电镜", "东方微电子"], ["光谱仪", "东方微电子"]])
    assert staged(world, content).counts == {"unchanged": 1, "new": 1}


def test_an_owner_merged_between_check_and_writing_is_the_kept_one(world: World) -> None:
    merged = make_organization(name_zh="东方微电子", zone=world.east)
    job = staged(world, workbook([["名称", "权属单位"], ["光谱仪", "东方微电子"]]))
    merge_organizations(principal_of(world.ana), kept_id=world.enterprise.pk, merged_id=merged.pk)
    worked(apply_import(principal_of(world.ana), job_id=job.pk))
    job.refresh_from_db()
    assert (job.state, job.message) == ("applied", "")
    assert Resource.plain.get(name_zh="光谱仪").organization == world.enterprise


@pytest.mark.parametrize(
    ("person", "fields", "error"),
    [
        ("ana", {"merged": "kept"}, InvalidInput),
        ("ana", {"merged": "west"}, NotAllowed),
        ("bo", {}, NotAllowed),
        ("cy", {"kept": "hidden", "merged": "hidden too"}, NotFound),
        ("ops", {"merged": "west"}, InvalidInput),
        ("ana", {"merged": "laboratory"}, InvalidInput),
    ],
)
def test_foreign_rows_other_zones_kinds_and_oneself_are_refused(
    world: World, person: str, fields: dict[str, str], error: type[DomainError]
) -> None:
    kept, merged = twins(world)
    rows = {
        "kept": kept,
        "merged": merged,
        "west": make_resource(name_zh="电镜", kind="equipment", organization=world.laboratory, zone=world.west),
        "hidden": make_resource(name_zh="暗", kind="equipment", organization=world.enterprise, visibility="zone"),
        "hidden too": make_resource(name_zh="暗二", kind="equipment", organization=world.enterprise, visibility="zone"),
        "laboratory": make_resource(name_zh="实验室", organization=world.enterprise, zone=world.east),
    }
    principal = principal_of(getattr(world, person))
    first, second = (rows[fields.get(name, name)] for name in ("kept", "merged"))
    with pytest.raises(error):
        merge_resources(principal, kept_id=first.pk, merged_id=second.pk)
    assert not Resource.plain.filter(merged_into__isnull=False).exists()


def test_what_changed_since_it_was_seen_and_what_was_merged_already_is_refused(world: World) -> None:
    kept, merged = twins(world)
    ana = principal_of(world.ana)
    with pytest.raises(Conflict):
        merge_resources(ana, kept_id=kept.pk, merged_id=merged.pk, merged_version=7)
    merge_resources(ana, kept_id=kept.pk, merged_id=merged.pk)
    with pytest.raises(IllegalTransition):
        merge_resources(ana, kept_id=kept.pk, merged_id=merged.pk)


def test_organizations_of_two_credit_codes_are_two(world: World) -> None:
    other = make_organization(name_zh="东方微电子", zone=world.east, credit_code="91350100M000100Y43")
    Organization.plain.filter(pk=world.enterprise.pk).update(credit_code="914403001922038216")
    with pytest.raises(InvalidInput):
        merge_organizations(principal_of(world.ana), kept_id=world.enterprise.pk, merged_id=other.pk)


def test_doubles_are_found_by_number_name_and_nearly_the_same_words(world: World) -> None:
    ana = principal_of(world.ana)
    first, second = twins(world)
    series = [
        make_resource(name_zh=f"分析天平 {n}", kind="equipment", organization=world.enterprise, zone=world.east)
        for n in range(3)
    ]
    near = make_resource(
        name_zh="场发射扫描电子显微镜系统", kind="equipment", organization=world.enterprise, zone=world.east
    )
    like = make_resource(
        name_zh="场发射扫描电子显微镜", kind="equipment", organization=world.enterprise, zone=world.east
    )
    pairs = {(pair.first, pair.second): pair.reason for pair in likely_resources(ana, world.east)}
    assert pairs == {(first.pk, second.pk): "same_name", (near.pk, like.pk): "alike"}
    assert not {row.pk for row in series} & {pk for pair in pairs for pk in pair}
    keep_separate(ana, rows=[second, first])
    assert (first.pk, second.pk) not in {pair[:2] for pair in likely_resources(ana, world.east)}
    assert likely_resources(principal_of(world.bo), world.east) == []
    other = make_organization(name_zh="东方微电子股份有限公司", zone=world.east)
    assert [pair[:2] for pair in likely_organizations(ana, world.east)] == [(world.enterprise.pk, other.pk)]


def test_every_foreign_key_to_a_resource_or_an_organization_has_an_answer_in_a_merge() -> None:
    moved = {f"{model._meta.label}.resource" for model in DECIDED}
    moved |= {f"{model._meta.label}.resource" for model in SAME_CHILD}
    moved |= {f"{model._meta.label}.organization" for model in NAMED_BY}
    moved |= {"zones.Organization.parent", "zones.Catalogue.partner", "zones.EquipmentDetail.laboratory"}
    moved |= {"matching.Need.organization", "matching.NeedExclusion.organization"}
    moved |= {"matching.Exchange.resource", "matching.Booking.resource", "zones.ServiceRequest.resource"}
    moved |= {"matching.CooperationParty.organization", "matching.AgreementParty.organization"}
    moved |= {"matching.EventInvitation.organization", "matching.EventRegistration.organization"}
    naming = (*kept_merging.NAMING_RESOURCES, *kept_merging.NAMING_ORGANIZATIONS, *NAMING_RESOURCES)
    moved |= {f"{one.model._meta.label}.{one.column}" for one in (*naming, *NAMING_ORGANIZATIONS)}
    moved |= {"matching.TechContract.seller_organization", "matching.TechContract.buyer_organization"}
    found = set()
    for model in (Resource, Organization):
        for relation in model._meta.related_objects:
            label = relation.related_model._meta.label
            if not label.endswith(("Event", "Detail", "Vector")):
                found.add(f"{label}.{relation.field.name}")
    assert found - moved - LEFT_WHERE_THEY_ARE == set()


def test_exchanges_go_on_with_the_kept_resource_and_keep_their_places(world: World) -> None:
    kept, merged = twins(world)
    Resource.plain.filter(pk=kept.pk).update(capacity=2)
    exchanges = [accepted(resource) for resource in (kept, merged)]
    merge_resources(SYSTEM, kept_id=kept.pk, merged_id=merged.pk)
    assert {row.resource_id for row in Exchange.plain.all()} == {kept.pk}
    assert sorted(Booking.plain.values_list("resource_id", "slot")) == [(kept.pk, 0), (kept.pk, 1)]
    assert Exchange.plain.get(pk=exchanges[1].pk).version == 2


@pytest.mark.parametrize(("capacity", "is_same_need"), [(1, False), (5, True)])
def test_what_one_record_cannot_hold_is_not_merged(world: World, capacity: int, is_same_need: bool) -> None:
    kept, merged = twins(world)
    Resource.plain.filter(pk=kept.pk).update(capacity=capacity)
    first = accepted(kept)
    accepted(merged, first.need if is_same_need else None)
    with pytest.raises(Conflict):
        merge_resources(SYSTEM, kept_id=kept.pk, merged_id=merged.pk)
    assert Resource.plain.get(pk=merged.pk).merged_into_id is None


def accepted(resource: Resource, need: Need | None = None) -> Exchange:
    """An exchange that holds the first place of its resource."""
    exchange = make_exchange(need or make_need(zone=resource.zone), resource, state="consent_pending")
    plain_create(Booking, {"exchange": exchange, "resource": resource, "slot": 0})
    return exchange


def test_history_tells_of_both(world: World) -> None:
    kept, merged = twins(world)
    merge_resources(SYSTEM, kept_id=kept.pk, merged_id=merged.pk)
    events: Any = apps.get_model("zones", "ResourceEvent").objects
    assert events.filter(pgh_obj_id=merged.pk).latest("pgh_id").merged_into_id == kept.pk
    assert events.filter(pgh_obj_id=kept.pk, pgh_label="update").exists()
