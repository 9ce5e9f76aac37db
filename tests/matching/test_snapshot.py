"""What the engine is told of visibility is what the scoping says: the one mirror of that rule."""

from itertools import product
from typing import Any

import pytest

from matching.snapshot import need_scopes, read_resource_facts
from tests.builders import make_grant, make_organization, make_resource
from tests.conftest import World
from zones.choices import Visibility
from zones.models import Resource
from zones.scoping import associations_of, scope_of, today

GRANTS = ("none", "zone", "association", "national")


@pytest.mark.parametrize(("visibility", "grant"), list(product(Visibility.values, GRANTS)))
def test_the_engine_sees_what_the_side_of_a_need_may_see(world: World, visibility: str, grant: str) -> None:
    resource = make_resource(organization=world.laboratory, visibility=visibility)
    targets: dict[str, dict[str, Any]] = {
        "zone": {"zone": world.far}, "association": {"association": world.alliance}, "national": {}
    }  # fmt: skip
    if grant in targets:
        make_grant(resource, **targets[grant])
    (facts,) = read_resource_facts([resource.pk], on=today())
    told, allowed = {}, {}
    for name, zone in (("ana", world.east), ("bo", world.west), ("cy", world.far)):
        joined = associations_of(frozenset({zone.pk}), on=today())
        scopes = need_scopes(zone.pk, make_organization(zone=zone).pk, joined)
        told[name] = not set(scopes).isdisjoint(facts.see_scopes)
        reader = scope_of(getattr(world, name))
        allowed[name] = Resource.objects.visible_to(reader).filter(pk=resource.pk).exists()
    assert told == allowed
    assert told["bo"]
