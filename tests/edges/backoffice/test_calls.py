"""Calls in the back office: the secretariat writes one, its zones find it on their first page and answer it."""

from datetime import timedelta

import pytest

from matching.models import Need, NeedCall
from tests.builders import make_association, make_need
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from tests.edges.backoffice.test_writing import need_form
from tests.reviews import make_call
from zones.models import Association
from zones.scoping import today

pytestmark = pytest.mark.django_db
LIST = "/office/matching/needcall/"


def form(association: Association) -> dict[str, object]:
    return {
        "association": association.public_id,
        "title_zh": "2026 年需求征集",
        "title_en": "",
        "purpose_zh": "征集技术需求。",
        "opens_on": today().isoformat(),
        "closes_on": (today() + timedelta(days=20)).isoformat(),
        "kinds": ["testing_sharing"],
        "required_fields": ["problem_zh"],
        "guidance_zh": "请写明测试条件。",
    }


def test_from_the_call_to_an_answer(world: World, browse: Browse) -> None:
    secretary = browse(world.secretariat)
    assert secretary.post(f"{LIST}add/", form(world.alliance)).status_code == 302
    call = NeedCall.plain.get()
    assert call.public_id not in [row.public_id for row in browse(world.ana).get(LIST).context["cl"].result_list]
    secretary.post(f"{LIST}{call.public_id}/steps/open/", {"version": call.version})
    ana = browse(world.ana)
    (card,) = [card for card in ana.get("/office/").context["cards"] if "征集" in str(card["title"])]
    assert card["count"] == 1
    assert list(ana.get(card["url"]).context["cl"].result_list) == [call]
    page = ana.get(f"/office/matching/need/add/?call={call.public_id}")
    assert "请写明测试条件。" in page.content.decode()
    offered = page.context["adminform"].form.initial
    assert (offered["call"], offered["kind"], offered["association"]) == (call, "testing_sharing", world.alliance)
    answer = need_form(world, call=call.public_id, _submit="1")
    assert list(errors_of(ana.post("/office/matching/need/add/", answer))) == ["problem_zh"]
    assert ana.post("/office/matching/need/add/", answer | {"problem_zh": "漏检。"}).status_code == 302
    assert Need.plain.get().call == call
    (table,) = secretary.get(f"{LIST}{call.public_id}/change/").context["side_tables"]
    assert [str(world.east), 1, 0, 0] in table["rows"]


def test_another_association_is_not_offered_and_refused(world: World, browse: Browse) -> None:
    foreign = make_association(world.far)
    answer = browse(world.secretariat).post(f"{LIST}add/", form(foreign))
    assert list(errors_of(answer)) == ["association"]
    assert not NeedCall.plain.exists()


def test_a_zone_reads_its_own_progress_only(world: World, browse: Browse) -> None:
    call = make_call(world.alliance)
    make_need(organization=world.laboratory, state="submitted", call=call)
    (table,) = browse(world.ana).get(f"{LIST}{call.public_id}/change/").context["side_tables"]
    assert table["rows"] == [[str(world.east), 0, 0, 0]]
    assert browse(world.cy).get(f"{LIST}{call.public_id}/change/").status_code == 404


@pytest.mark.parametrize("key", ["1", "x", "\x00", "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"])
def test_an_address_that_names_no_call_gives_the_empty_form(world: World, browse: Browse, key: str) -> None:
    page = browse(world.ana).get("/office/matching/need/add/", {"call": key})
    assert "call" not in page.context["adminform"].form.initial
