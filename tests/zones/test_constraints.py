"""What the database itself refuses, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.builders import (
    make_association,
    make_catalogue,
    make_grant,
    make_level,
    make_membership,
    make_resource,
    make_role,
    make_user,
    make_zone,
)
from zones.choices import Role
from zones.models import CatalogueItem

FIRST, MIDDLE, LAST = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
INTERVALS: list[tuple[Any, Any, bool]] = [
    (MIDDLE, None, True),
    (None, None, True),
    (None, MIDDLE, True),
    (FIRST, LAST, True),
    (LAST, None, False),
    (None, FIRST, False),
]
"""An interval beside [FIRST, LAST), and whether they overlap: intervals are half-open."""


def refused(make: Any) -> bool:
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(("start", "end", "overlaps"), INTERVALS)
def test_memberships_of_a_pair_do_not_overlap(db: None, start: Any, end: Any, overlaps: bool) -> None:
    zone, association = make_zone(), make_association()
    make_membership(zone, association, joined_on=FIRST, left_on=LAST)
    assert refused(lambda: make_membership(zone, association, joined_on=start, left_on=end)) is overlaps
    make_membership(zone, make_association(), joined_on=start, left_on=end)


@pytest.mark.parametrize(("start", "end", "overlaps"), INTERVALS)
def test_levels_of_a_zone_do_not_overlap(db: None, start: Any, end: Any, overlaps: bool) -> None:
    zone = make_zone(level=None)
    make_level(zone, valid_from=FIRST, valid_to=LAST)
    assert refused(lambda: make_level(zone, valid_from=start, valid_to=end)) is overlaps
    make_level(make_zone(level=None), valid_from=start, valid_to=end)


@pytest.mark.parametrize(("start", "end", "overlaps"), [row for row in INTERVALS if row[0]])
def test_a_resource_is_listed_once_at_a_time(db: None, start: Any, end: Any, overlaps: bool) -> None:
    resource = make_resource()
    catalogue = make_catalogue(resource)
    CatalogueItem.objects.update(listed_on=FIRST, withdrawn_on=LAST)
    again = {"catalogue": catalogue, "resource": resource, "listed_on": start, "withdrawn_on": end}
    assert refused(lambda: CatalogueItem.objects.create(**again)) is overlaps


def test_intervals_end_after_they_begin(db: None) -> None:
    zone, association, user = make_zone(level=None), make_association(), make_user()
    assert refused(lambda: make_membership(zone, association, joined_on=LAST, left_on=FIRST))
    assert refused(lambda: make_level(zone, valid_from=LAST, valid_to=LAST))
    assert refused(lambda: make_role(user, Role.ZONE_STAFF, zone=zone, valid_from=LAST, valid_to=FIRST))


def test_a_grant_names_what_its_scope_says(db: None) -> None:
    resource, zone = make_resource(), make_zone()
    assert refused(lambda: make_grant(resource, zone=zone, scope="national"))
    assert refused(lambda: make_grant(resource, scope="zone"))
    assert refused(lambda: make_grant(resource, zone=zone, association=make_association()))


@pytest.mark.parametrize("role", Role.values)
def test_a_role_names_its_place_and_no_other(db: None, role: str) -> None:
    user = make_user()
    if role != Role.SYSTEM:
        assert refused(lambda: make_role(user, role))
    places = {"zone": make_zone(), "association": make_association()}
    assert refused(lambda: make_role(user, role, **places))
