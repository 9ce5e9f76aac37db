"""The form of a resource asks for what its kind can have."""

import pytest

from tests.builders import make_part, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_writing import change_url


@pytest.mark.parametrize(("kind", "has_parts"), [("finance_product", False), ("equipment", True), ("laboratory", True)])
def test_instruments_and_parts_are_asked_for_where_a_resource_can_have_some(
    world: World, browse: Browse, kind: str, has_parts: bool
) -> None:
    client = browse(world.ana)
    page = client.get(f"/office/zones/resource/add/?kind={kind}").content.decode()
    assert ("仪器与部件" in page) == has_parts
    resource = make_resource(kind=kind, zone=world.east, organization=world.enterprise)
    url = change_url(resource)
    assert ("仪器与部件" in client.get(url).content.decode()) == has_parts
    make_part(resource)
    assert "仪器与部件" in client.get(url).content.decode(), "what is stored is shown"
