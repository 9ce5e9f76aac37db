"""On the page of its matches the side of a need keeps a shortlist and pushes from it; nobody else is told of it."""

import pytest
from django.test import Client

from accounts.models import User
from matching.models import Match, Need, Push, Shortlisting
from matching.services.documents import refresh_stale_documents
from matching.services.shortlists import push_pair, shortlist_pair
from tests.builders import make_match, make_need, make_resource, principal_of
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.models import Resource
from zones.scoping import SYSTEM
from zones.services.resources import ResourceParts, update_resource

NOTE = "已与院长通话"


@pytest.fixture
def match(world: World) -> Match:
    """A need of East with a resource of West."""
    return make_match(make_need(organization=world.enterprise), make_resource(organization=world.laboratory))


@pytest.fixture
def row(world: World, match: Match) -> Shortlisting:
    return shortlist_pair(principal_of(world.ana), need_id=match.need_id, resource_id=match.resource_id, note=NOTE)


def page(match: Match, part: str = "") -> str:
    return f"/office/matching/need/{match.need.public_id}/matches/{part}"


def read(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_ana_shortlists_with_a_note_and_takes_it_off(world: World, browse: Browse, match: Match) -> None:
    client = browse(world.ana)
    assert "还没有入围资源" in read(client, page(match))
    posted = {"resource": match.resource.public_id, "note": NOTE}
    told = client.post(page(match, "shortlist/"), posted, follow=True)
    assert "已入围：" in told.content.decode()
    assert f"“{NOTE}”" in told.content.decode()
    (item,) = told.context["shortlist"]
    assert (item["row"].note, item["score"], item["where"]) == (NOTE, "0.50", "本次第 1 名")
    assert 'office-tag-shortlist">入围</span>' in told.content.decode()
    back = client.post(page(match, "take-off/"), {"shortlisting": item["row"].public_id}, follow=True)
    assert back.context["shortlist"] == []


def test_the_list_of_needs_counts_them_for_the_own_side(world: World, browse: Browse, row: Shortlisting) -> None:
    found = {}
    for person in ("ana", "auditor", "bo"):
        rows = browse(getattr(world, person)).get("/office/matching/need/").context["cl"].result_list
        (found[person],) = (need.shortlisted for need in rows if need.pk == row.need_id)
    assert found == {"ana": 1, "auditor": 1, "bo": 0}


def test_a_pair_no_longer_proposed_keeps_its_facts(
    world: World, browse: Browse, match: Match, row: Shortlisting
) -> None:
    other = make_match(match.need, make_resource(organization=world.outside), score=0.9)
    response = browse(world.ana).get(page(match))
    assert [item["match"] for item in response.context["matches"]] == [other]
    (item,) = response.context["shortlist"]
    assert item["score"] == "0.50"
    assert "本次未进入推荐" in item["where"]
    assert item["told"].sentence


def test_a_pair_among_the_candidates_shows_its_present_score(
    world: World, browse: Browse, match: Match, row: Shortlisting
) -> None:
    other = make_match(match.need, make_resource(organization=world.outside), score=0.9)
    lists = type(match.need.candidate_lists.get(run=other.run)).objects.filter(run=other.run)
    lists.update(resource_ids=[other.resource_id, match.resource_id], scores=[0.9, 0.31])
    (item,) = browse(world.ana).get(page(match)).context["shortlist"]
    assert (item["score"], item["where"]) == ("0.31", "本次列第 2 位，未进入推荐")


def test_ana_pushes_one_or_all(world: World, browse: Browse, match: Match, row: Shortlisting) -> None:
    client = browse(world.ana)
    told = client.post(page(match, "push/"), {"shortlisting": row.public_id}, follow=True).content.decode()
    assert "已推送：" in told
    assert "需求第 1 版" in told
    assert "全部推送" not in told
    Push.plain.all().delete()
    assert "已推送 1 个资源" in client.post(page(match, "push/"), follow=True).content.decode()
    assert Push.plain.get().resource_id == match.resource_id


def test_bo_finds_on_his_first_page_what_was_pushed_to_his_zone(
    world: World, browse: Browse, match: Match, row: Shortlisting
) -> None:
    def card(person: User) -> tuple[int, list[Resource]]:
        client = browse(person)
        (found,) = [one for one in client.get("/office/").context["cards"] if "pushed=open" in one["url"]]
        return found["count"], list(client.get(found["url"]).context["cl"].result_list)

    assert card(world.bo) == (0, [])
    push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    assert card(world.bo) == (1, [match.resource])
    assert card(world.ana) == (0, []), "the resource is not hers"
    Need.plain.update(state="withdrawn")
    assert card(world.bo) == (0, [])


def test_a_refusal_of_one_is_told_by_its_name(world: World, browse: Browse, match: Match, row: Shortlisting) -> None:
    parts = ResourceParts(exclusions=[{"zone": world.east}])
    update_resource(SYSTEM, resource_id=match.resource_id, version=None, with_parts=parts)
    refresh_stale_documents()
    told = browse(world.ana).post(page(match, "push/"), follow=True).content.decode()
    assert f"{match.resource}：不能对接" in told
    assert not Push.plain.exists()


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat"])
def test_nobody_else_may_act_or_is_offered_to(
    world: World, browse: Browse, match: Match, row: Shortlisting, person: str
) -> None:
    client = browse(getattr(world, person))
    told = read(client, page(match))
    assert "列入入围" not in told
    assert "人工添加" not in told
    assert (NOTE in told) is (person == "auditor")
    for part, values in (
        ("shortlist/", {"resource": match.resource.public_id}),
        ("add/", {"hand-resource": match.resource.public_id}),
        ("take-off/", {"shortlisting": row.public_id}),
        ("push/", {"shortlisting": row.public_id}),
        ("push/", {}),
    ):
        client.post(page(match, part), values)
    row.refresh_from_db()
    assert row.ended_at is None
    assert Shortlisting.plain.count() == 1
    assert not Push.plain.exists()


def test_the_other_side_reads_the_same_page_with_and_without_a_shortlist(
    world: World, browse: Browse, match: Match
) -> None:
    client = browse(world.bo)
    before = client.get(page(match)).context["matches"]
    shortlist_pair(principal_of(world.ana), need_id=match.need_id, resource_id=match.resource_id, note=NOTE)
    response = client.get(page(match))
    assert [item["score"] for item in response.context["matches"]] == [item["score"] for item in before]
    assert response.context["shortlist"] == []
    assert "入围" not in response.content.decode()


def test_adding_by_hand_without_a_resource_is_told(world: World, browse: Browse, match: Match) -> None:
    for key in ("", "1", "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"):
        told = browse(world.ana).post(page(match, "add/"), {"hand-resource": key}, follow=True)
        assert "请先搜索并选择一个资源" in told.content.decode()
    assert not Shortlisting.plain.exists()


def test_only_visible_resources_are_suggested(world: World, browse: Browse) -> None:
    make_resource(organization=world.laboratory, name_zh="白虎平台", visibility="zone")
    make_resource(organization=world.laboratory, name_zh="白虎中心")
    url = "/office/autocomplete/?app_label=matching&model_name=shortlisting&field_name=resource&term=白虎"
    found = browse(world.ana).get(url).json()["results"]
    assert [choice["text"] for choice in found] == ["白虎中心"]


@pytest.mark.parametrize("key", ["", "1", "\x00", "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"])
def test_a_key_nobody_gave_out_is_a_404(world: World, browse: Browse, match: Match, key: str) -> None:
    client = browse(world.ana)
    assert client.post(page(match, "shortlist/"), {"resource": key}).status_code == 404
    for part in ("take-off/", "push/"):
        assert client.post(page(match, part), {"shortlisting": key}).status_code == 404
    hidden = page(match).replace(str(match.need.public_id), "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d")
    assert client.post(f"{hidden}push/").status_code == 404


def test_what_was_pushed_before_shows_after_the_pair_left(
    world: World, browse: Browse, match: Match, row: Shortlisting
) -> None:
    push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    client = browse(world.ana)
    client.post(page(match, "take-off/"), {"shortlisting": row.public_id})
    posted = {"resource": match.resource.public_id}
    (item,) = client.post(page(match, "shortlist/"), posted, follow=True).context["shortlist"]
    assert item["push"] is not None
    assert not item["may_push"]


def test_the_resource_s_side_finds_the_push_and_learns_nothing_else(
    world: World, browse: Browse, match: Match, row: Shortlisting
) -> None:
    url = f"/office/zones/resource/{match.resource.public_id}/needs/"
    client = browse(world.bo)
    (before,) = client.get(url).context["rows"]
    assert before["push"] is None
    push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    response = client.get(url)
    (after,) = response.context["rows"]
    assert (after["push"].need_version, after["told"]) == (1, before["told"])
    told = response.content.decode()
    assert "需求方已推送" in told
    assert NOTE not in told
    assert str(world.ana) not in told
    assert world.enterprise.name_zh not in told


@pytest.mark.parametrize(("person", "status"), [("bo", 200), ("ana", 404), ("cy", 404), ("secretariat", 404)])
def test_only_the_resource_s_side_opens_its_list_of_needs(
    world: World, browse: Browse, match: Match, row: Shortlisting, person: str, status: int
) -> None:
    push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    client = browse(getattr(world, person))
    resource = f"/office/zones/resource/{match.resource.public_id}/"
    assert client.get(f"{resource}needs/").status_code == status
    assert ("相关需求" in read(client, f"{resource}change/")) is (status == 200)


def test_a_push_of_a_need_that_was_hidden_since_is_not_told(
    world: World, browse: Browse, match: Match, row: Shortlisting
) -> None:
    push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    type(match.need).plain.filter(pk=match.need_id).update(visibility="zone")
    assert browse(world.bo).get(f"/office/zones/resource/{match.resource.public_id}/needs/").context["rows"] == []


def test_ana_changes_a_note_and_has_a_pair_scored_again(world: World, browse: Browse, row: Shortlisting) -> None:
    client, match = browse(world.ana), Match.plain.get(need=row.need)
    named = {"shortlisting": row.public_id}
    shown = read(client, page(match))
    assert "修改备注" in shown
    assert "重新计算" not in shown, "its live match says how it stands"
    client.post(page(match, "note/"), named | {"note": "下周见面", "seen": NOTE})
    stale = client.post(page(match, "note/"), named | {"note": "不再考虑", "seen": NOTE}, follow=True)
    assert "备注已被他人修改" in stale.content.decode()
    assert "“下周见面”" in stale.content.decode()
    assert "已重新计算" in client.post(page(match, "score-again/"), named, follow=True).content.decode()
    match.delete()
    assert "重新计算" in read(client, page(match))
    for person in (world.bo, world.cy, world.auditor):
        for part in ("note/", "score-again/"):
            answer = browse(person).post(page(match, part), named | {"note": "无关", "seen": "下周见面"})
            assert answer.status_code == 404, (person, part)
