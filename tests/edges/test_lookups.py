"""Lookups of PostgreSQL that Django does not have."""

import pytest

from tests.builders import make_resource, make_zone
from zones.models import Resource, Zone
from zones.scoping import SYSTEM

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds_with_one_parameter() -> None:
    wanted, other, _third = make_zone(), make_zone(), make_zone()
    found = Zone.objects.filter(pk__among=[other.pk, wanted.pk, 0]).order_by("pk")
    assert list(found) == [wanted, other]
    assert found.query.sql_with_params()[1] == ([other.pk, wanted.pk, 0],)


def test_among_finds_nothing_in_nothing() -> None:
    make_zone()
    assert not Zone.objects.filter(pk__among=[]).exists()


def test_among_takes_the_ids_of_a_relation() -> None:
    resource = make_resource()
    rows = Resource.objects.visible_to(SYSTEM)
    assert list(rows.filter(zone__among=[resource.zone_id])) == list(rows.filter(zone_id__among={resource.zone_id}))
    assert list(rows.filter(zone__among=[resource.zone_id])) == [resource]
