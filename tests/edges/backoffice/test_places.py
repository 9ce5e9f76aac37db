"""Zones and associations in the back office: what the lists of members claim."""

import re

import pytest

from tests.builders import make_association
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.models import Association, Membership


def told(browse: Browse, world: World, association: Association) -> tuple[str, str]:
    client = browse(world.cy)
    page = client.get(f"/office/zones/association/{association.public_id}/change/").content.decode()
    return page, client.get("/office/zones/association/", {"q": association.name_zh}).content.decode()


@pytest.mark.parametrize(("stated", "confidence"), [(16, "verified"), (None, "verified"), (2, "inferred")])
def test_members_are_called_known_where_the_list_was_not_published(
    world: World, browse: Browse, stated: int | None, confidence: str
) -> None:
    association = make_association(world.east, world.west, name_zh="集成电路网络", members_stated=stated)
    Membership.objects.filter(association=association).update(confidence=confidence)
    page, listed = told(browse, world, association)
    assert "已知成员" in page
    assert "未完整公布" in page
    assert "已知 2" in listed


def test_members_are_called_members_where_all_are_on_record(world: World, browse: Browse) -> None:
    association = make_association(world.east, world.west, name_zh="集成电路网络", members_stated=2)
    page, listed = told(browse, world, association)
    assert "已知" not in page
    assert "已知" not in listed


def test_two_panels_of_a_page_have_controls_of_their_own(world: World, browse: Browse) -> None:
    association = make_association(world.east, world.west, name_zh="集成电路网络")
    page = browse(world.ops).get(f"/office/zones/association/{association.public_id}/change/").content.decode()
    ids = re.findall(r'<(?:select|input)[^>]* id="(id_[a-z_]+)"', page)
    assert {"id_join_zone", "id_leave_zone"} <= set(ids)
    assert len(ids) == len(set(ids))
