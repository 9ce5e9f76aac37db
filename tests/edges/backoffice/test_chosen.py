"""Rows chosen on a list: each moves in the version its reader saw, or not at all."""

import pytest

from tests.builders import make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", ["", ":", ":x", ":7"])
def test_an_action_moves_rows_as_they_were_seen_only(world: World, browse: Browse, version: str) -> None:
    """A row that changed since the list was drawn is not confirmed unread."""
    row = make_resource(organization=world.enterprise, confirmed_on=None)
    listed = browse(world.ana).get("/office/zones/resource/").content.decode()
    assert f'value="{row.public_id}:{row.version}"' in listed
    chosen = {"action": "confirm_chosen", "_selected_action": [f"{row.public_id}{version}"]}
    told = browse(world.ana).post("/office/zones/resource/", chosen, follow=True).content.decode()
    assert "已被他人修改" in told or "未带记录的版本" in told
    row.refresh_from_db()
    assert row.confirmed_on is None
