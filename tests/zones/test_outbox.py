"""Facts without a version of their own are told too: each change once, with the records it concerns by public id."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ledger.models import OutboxEvent
from matching.engine.config import DEFAULT
from matching.services.configs import active_config, add_config
from tests.builders import make_membership, make_resource, make_role, make_user, make_zone
from tests.conftest import World
from zones.models import CatalogueItem
from zones.scoping import SYSTEM, today
from zones.services.catalogues import publish_catalogue, withdraw_resource
from zones.services.places import add_membership, change_zone_level, end_membership
from zones.services.staff import create_account, end_role, grant_role


def told() -> list[tuple[str, dict[str, Any]]]:
    return list(OutboxEvent.objects.order_by("pk").values_list("kind", "payload"))


def catalogue_item(world: World) -> CatalogueItem:
    resource = make_resource(organization=world.enterprise)
    day = date(2026, 1, 1)
    publish_catalogue(SYSTEM, zone=world.east, title_zh="目录", title_en="", published_on=day, resources=[resource])
    return CatalogueItem.objects.get()


FACTS: dict[str, Callable[[World], object]] = {
    "account.created": lambda world: create_account(username="new", display_name="新"),
    "role.granted": lambda world: grant_role(SYSTEM, user=make_user(), role="zone_staff", zone=world.east),
    "role.ended": lambda world: end_role(
        SYSTEM, role_id=make_role(make_user(), "zone_staff", zone=world.east).pk, valid_to=today()
    ),
    "zone.level_changed": lambda world: change_zone_level(
        SYSTEM, zone=make_zone(level=None), level="national", valid_from=date(2020, 1, 1), source="批文"
    ),
    "membership.added": lambda world: add_membership(
        SYSTEM, zone=world.far, association=world.alliance, joined_on=date(2026, 1, 1)
    ),
    "membership.ended": lambda world: end_membership(
        SYSTEM, membership=make_membership(world.far, world.alliance), left_on=date(2026, 1, 1)
    ),
    "catalogue.listed": catalogue_item,
    "catalogue.withdrawn": lambda world: withdraw_resource(
        SYSTEM, item=catalogue_item(world), withdrawn_on=date(2026, 6, 1)
    ),
    "scoring_config.added": lambda world: add_config(SYSTEM, parameters=DEFAULT.to_dict(), note=""),
}


@pytest.mark.parametrize("kind", FACTS)
def test_a_fact_is_told_once_and_by_public_ids(world: World, kind: str) -> None:
    FACTS[kind](world)
    payloads = [payload for name, payload in told() if name == kind]
    assert len(payloads) == 1
    assert not any(isinstance(value, int) for name, value in payloads[0].items() if name != "number")


def test_the_same_change_made_again_is_told_again(world: World) -> None:
    role = make_role(make_user(), "zone_staff", zone=world.east)
    for day in (date(2027, 1, 1), date(2028, 1, 1), date(2027, 1, 1)):
        end_role(SYSTEM, role_id=role.pk, valid_to=day)
    days = [payload["day"] for kind, payload in told() if kind == "role.ended"]
    assert days == ["2027-01-01", "2028-01-01", "2027-01-01"]
    assert told()[0][1]["zone"] == str(world.east.public_id)


def test_the_first_configuration_is_told_when_it_comes_into_being(db: None) -> None:
    active_config()
    active_config()
    assert [kind for kind, _ in told()] == ["scoring_config.added"]
