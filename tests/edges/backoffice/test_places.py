"""Zones and associations in the back office: what the lists of members claim."""

import re
from datetime import date

import pytest

from backoffice.panels import submitted
from backoffice.places import _leave_form
from tests.builders import make_association
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.errors import Conflict
from zones.models import Association, Membership
from zones.scoping import SYSTEM
from zones.services.places import end_membership, leave_association


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


def test_who_registers_a_leaving_second_is_told(world: World) -> None:
    """Both had the form before one of them sent it."""
    form = _leave_form(SYSTEM, world.alliance, {"zone": world.east.public_id, "left_on": "2026-03-01"})
    assert form.is_valid()
    member = Membership.objects.get(zone=world.east, association=world.alliance)
    end_membership(SYSTEM, membership=Membership.objects.get(pk=member.pk), left_on=date(2026, 2, 1))
    assert not submitted(form, lambda: leave_association(SYSTEM, association=world.alliance, **form.cleaned_data))
    assert "已登记退出" in str(form.non_field_errors())
    with pytest.raises(Conflict):
        end_membership(SYSTEM, membership=member, left_on=date(2026, 3, 1))
    member.refresh_from_db()
    assert member.left_on == date(2026, 2, 1)
