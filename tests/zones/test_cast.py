"""The cast and the builders themselves: valid rows with the rights their names promise."""

import pytest

from tests.builders import make_catalogue, make_contact, make_grant, make_match, make_part, make_resource, principal_of
from tests.conftest import World
from zones.choices import ResourceKind


def test_each_of_the_cast_has_the_place_the_story_says(world: World) -> None:
    assert principal_of(world.ana).staff_zones == {world.east.pk}
    assert principal_of(world.bo).associations == principal_of(world.ana).associations == {world.alliance.pk}
    assert principal_of(world.cy).associations == frozenset()
    assert principal_of(world.eve).organizations == {world.enterprise.pk}
    assert principal_of(world.lin).organization_zones == {world.west.pk}
    assert principal_of(world.ops).is_system
    assert principal_of(world.auditor).auditor_zones == {world.east.pk}
    assert principal_of(world.secretariat).secretariats == {world.alliance.pk}


@pytest.mark.parametrize("kind", ResourceKind.values)
def test_a_built_resource_of_every_kind_passes_its_own_validation(db: None, kind: str) -> None:
    resource = make_resource(kind=kind)
    resource.full_clean()
    make_part(resource).full_clean()
    make_grant(resource).full_clean()
    make_catalogue(resource).full_clean()
    make_contact(resource.organization).full_clean()


def test_a_built_match_is_valid_and_its_contributions_sum_to_its_score(db: None) -> None:
    match = make_match()
    match.need.full_clean()
    assert sum(row["contribution"] for row in match.contributions) == pytest.approx(match.score)
