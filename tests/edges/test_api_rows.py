"""Which rows and which fields leave through the API, for whom."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from api.serializers.base import ClassifiedSerializer
from matching.choices import RunKind
from tests.builders import (
    make_association,
    make_capability,
    make_contact,
    make_grant,
    make_level,
    make_match,
    make_membership,
    make_need,
    make_organization,
    make_part,
    make_resource,
    make_run,
    make_zone,
)
from tests.conftest import World
from tests.edges.conftest import Ask
from zones.choices import ResourceKind, ZoneLevelKind
from zones.models import ContactPoint

NEVER = "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"


def test_the_root_names_every_resource(ask: Ask, db: None) -> None:
    body = ask(None, "").body
    assert set(body) == {
        *("zones", "associations", "organizations", "resources", "needs", "matches", "consortia", "runs"),
        *(
            "requests",
            "calls",
            "exchanges",
            "cooperations",
            "contracts",
            "agreements",
            "searches",
            "search",
            "suggestions",
            "schema",
            "docs",
        ),
        *("events", "registrations"),
        *("catalogues", "policies", "funds", "chains", "enclaves", "conversions", "talent_exchanges", "trials"),
        *("figures", "series", "publications"),
        *("notices", "subscriptions", "endpoints"),
    }
    assert body["zones"].endswith("/api/v1/zones/")


def test_a_zone_has_the_level_and_the_associations_of_the_day_asked_for(ask: Ask, world: World) -> None:
    zone = make_zone(level=None)
    make_level(zone, level=ZoneLevelKind.PROVINCIAL, valid_from=date(2010, 1, 1), valid_to=date(2020, 5, 1))
    make_level(zone, level=ZoneLevelKind.NATIONAL, valid_from=date(2020, 5, 1))
    make_membership(zone, world.alliance, joined_on=date(2021, 1, 1), left_on=date(2022, 1, 1))
    path = f"zones/{zone.public_id}/"

    assert ask(None, path).body["level"] == "national"
    assert ask(None, path, on="2020-04-30").body["level"] == "provincial"
    assert ask(None, path, on="2020-05-01").body["level"] == "national"
    assert ask(None, path, on="2009-12-31").body["level"] is None
    assert ask(None, path, on="2022-01-01").body["associations"] == []
    assert [row["association"] for row in ask(None, path, on="2021-12-31").body["associations"]] == [
        str(world.alliance.public_id)
    ]
    assert ask(None, "zones/", on="2020-04-30", level="provincial").ids == [str(zone.public_id)]
    assert str(zone.public_id) in ask(None, "zones/", on="2021-06-01", association=world.alliance.public_id).ids
    assert str(zone.public_id) not in ask(None, "zones/", association=world.alliance.public_id).ids


@pytest.mark.parametrize(("stated", "is_published"), [(2, True), (40, False), (None, False)])
def test_an_association_tells_whether_its_members_are_all_there_are(
    ask: Ask, world: World, stated: int | None, is_published: bool
) -> None:
    association = make_association(world.east, world.west, name_zh="集成电路网络", members_stated=stated)
    told = ask(None, f"associations/{association.public_id}/").body
    assert (told["is_member_list_published"], len(told["members"])) == (is_published, 2)


def test_an_association_has_the_members_of_the_day_asked_for(ask: Ask, world: World) -> None:
    make_membership(world.far, world.alliance, joined_on=date(2030, 1, 1))
    path = f"associations/{world.alliance.public_id}/"
    members = {row["zone"] for row in ask(None, path).body["members"]}
    assert members == {str(world.east.public_id), str(world.west.public_id)}
    assert len(ask(None, path, on="2030-01-01").body["members"]) == 3
    assert ask(None, "associations/", zone=world.far.public_id).ids == []
    assert ask(None, "associations/", zone=world.far.public_id, on="2030-01-01").ids == [str(world.alliance.public_id)]


def test_an_organization_shows_its_credit_code_to_its_own_side_only_and_contacts_to_nobody(
    ask: Ask, world: World, ana: User, cy: User
) -> None:
    organization = make_organization(zone=world.east, credit_code="91350100M000100Y43", parent=world.outside)
    contact = make_contact(organization)
    path = f"organizations/{organization.public_id}/"
    assert ask(ana, path).body["credit_code"] == "91350100M000100Y43"
    assert ask(ana, path).body["parent"] == str(world.outside.public_id)
    assert ask(cy, path).body["credit_code"] is None
    assert ask(cy, path).body["parent"] is None
    for user in world.people().values():
        assert contact.phone not in str(ask(user, path).body)


def test_a_hidden_organization_is_null_on_its_visible_resource_and_finds_nothing(
    ask: Ask, world: World, cy: User
) -> None:
    hidden = make_organization(zone=world.east, is_listed=False)
    resource = make_resource(organization=hidden, visibility="public")
    assert ask(cy, f"organizations/{hidden.public_id}/").status == 404
    assert ask(cy, f"resources/{resource.public_id}/").body["organization"] is None
    assert ask(cy, "resources/", organization=hidden.public_id).ids == []
    assert ask(world.ana, "resources/", organization=hidden.public_id).ids == [str(resource.public_id)]
    assert ask(world.ana, f"resources/{resource.public_id}/").body["organization"] == str(hidden.public_id)


def test_a_resource_brings_details_parts_and_capabilities_and_grants_to_its_own_side(
    ask: Ask, world: World, ana: User, bo: User
) -> None:
    laboratory = make_resource(organization=world.enterprise, visibility="zone")
    equipment = make_resource(
        organization=world.enterprise,
        kind=ResourceKind.EQUIPMENT,
        visibility="association",
        details={"original_value": "1200000.00", "model": "SU8600", "laboratory": laboratory},
    )
    make_part(equipment, original_value="5000.00")
    make_capability(equipment, key="resolution")
    make_grant(equipment, association=world.alliance)
    path = f"resources/{equipment.public_id}/"

    own = ask(ana, path).body
    assert own["details"]["original_value"] == "1200000.00"
    assert own["details"]["laboratory"] == str(laboratory.public_id)
    assert own["parts"][0]["original_value"] == "5000.00"
    assert own["grants"][0]["association"] == str(world.alliance.public_id)

    other = ask(bo, path).body
    assert other["details"]["model"] == "SU8600"
    assert other["details"]["original_value"] is None
    assert other["details"]["laboratory"] is None
    assert other["parts"][0]["original_value"] is None
    assert other["capabilities"][0]["key"] == "resolution"
    assert other["grants"] == []


@pytest.mark.parametrize("kind", ResourceKind.values)
def test_a_resource_of_every_kind_is_told_with_its_details(ask: Ask, db: None, kind: str) -> None:
    resource = make_resource(kind=kind, visibility="public")
    assert isinstance(ask(None, f"resources/{resource.public_id}/").body["details"], dict)


def test_nobody_but_the_own_side_learns_who_needs_it_and_what_it_may_cost(ask: Ask, world: World) -> None:
    need = make_need(organization=world.enterprise, visibility="public")
    path = f"needs/{need.public_id}/"
    for user in (world.ana, world.eve, world.auditor, world.ops):
        body = ask(user, path).body
        assert (body["organization"], body["budget_max"]) == (str(world.enterprise.public_id), "500000.00")
    for other in (world.bo, world.cy, world.lin, world.secretariat, None):
        body = ask(other, path).body
        assert (body["organization"], body["budget_max"], body["budget_source_zh"]) == (None, None, None)
        assert body["title_zh"] == need.title_zh
        assert len(body["metrics"]) == 1


def test_a_sealed_need_is_listed_for_its_own_side_only(ask: Ask, world: World) -> None:
    need = make_need(organization=world.enterprise, visibility="sealed")
    assert ask(world.ana, "needs/").ids == [str(need.public_id)]
    for other in (world.bo, world.cy, world.lin, world.secretariat, None):
        assert ask(other, "needs/").ids == []
        assert ask(other, f"needs/{need.public_id}/").status == 404


def test_what_may_not_be_seen_answers_as_what_is_not_there(ask: Ask, world: World, cy: User) -> None:
    need = make_need(organization=world.enterprise, visibility="zone")
    absent, hidden = ask(cy, f"needs/{NEVER}/"), ask(cy, f"needs/{need.public_id}/")
    assert absent == hidden == ask(cy, "needs/no-uuid/") == ask(cy, "nowhere/")
    assert (hidden.status, hidden.body["type"]) == (404, "urn:zonelink:not_found")


def test_a_match_is_told_with_reasons_that_sum_to_its_score(ask: Ask, world: World, ana: User, lin: User) -> None:
    need = make_need(organization=world.enterprise, visibility="national")
    resource = make_resource(organization=world.laboratory)
    match = make_match(need, resource, rank=2, score=0.61)
    path = f"matches/{match.public_id}/"

    body = ask(ana, path).body
    assert (body["need"], body["resource"]) == (str(need.public_id), str(resource.public_id))
    assert (body["rank"], body["score"]) == (2, 0.61)
    assert sum(row["value"] for row in body["contributions"]) == pytest.approx(0.61, abs=1e-9)
    assert body["explanation"]["sentence"] != ask(ana, path, language="en").body["explanation"]["sentence"]

    theirs = ask(lin, path).body
    assert theirs["rank"] is None
    assert "budget" not in {row["name"] for row in theirs["contributions"]}
    assert sum(row["value"] for row in theirs["contributions"]) == pytest.approx(0.61, abs=1e-9)


def test_only_live_matches_are_told_and_only_to_their_sides(ask: Ask, world: World) -> None:
    need = make_need(organization=world.enterprise, visibility="national")
    old = make_match(need, make_resource(organization=world.laboratory))
    new = make_match(need, make_resource(organization=world.laboratory))
    for user in (world.ana, world.bo, world.lin, world.eve, world.auditor):
        assert ask(user, "matches/").ids == [str(new.public_id)]
        assert ask(user, "matches/", need=need.public_id).ids == [str(new.public_id)]
        assert ask(user, f"matches/{old.public_id}/").status == 404
    for other in (world.cy, None):
        assert ask(other, "matches/").ids == []
        assert ask(other, f"matches/{new.public_id}/").status == 404


def test_runs_are_told_to_members_full_ones_only_and_amounts_to_the_system(ask: Ask, world: World) -> None:
    full = make_run(need_total=7, need_done=7)
    make_run(kind=RunKind.DELTA)
    assert ask(None, "runs/").ids == []
    assert ask(world.cy, "runs/").ids == [str(full.public_id)]
    path = f"runs/{full.public_id}/"
    assert ask(world.cy, path).body["progress"] is None
    assert ask(world.cy, path).body["percent"] == 100
    assert ask(world.ops, path).body["progress"]["total"] == 7


def test_an_infinite_number_is_told_as_null(ask: Ask, db: None) -> None:
    resource = make_resource(visibility="public")
    make_capability(resource, low=1.0, high=float("inf"))
    capability = ask(None, f"resources/{resource.public_id}/").body["capabilities"][0]
    assert (capability["low"], capability["high"]) == (1.0, None)


def test_a_personal_column_cannot_be_declared_in_a_serializer() -> None:
    class Leaking(ClassifiedSerializer):
        class Meta:
            model = ContactPoint
            fields = ("title", "phone")

    with pytest.raises(ImproperlyConfigured, match="phone is pii"):
        _ = Leaking().fields
