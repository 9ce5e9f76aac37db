"""Members of organizations: log in, post a need as the back office would store it, follow it, see its matches."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from matching.choices import NeedState
from matching.models import Need, NeedMetric, NeedReview
from matching.services.dismissals import dismiss_pair
from tests.builders import make_code, make_match, make_membership, make_need, make_resource, principal_of
from tests.conftest import World
from tests.edges.portal.conftest import Page, See
from zones.scoping import today

ClientOf = Callable[[User | None], Client]
NEW = "/my/needs/new/"
PASSWORD = "correct horse battery staple"


BLANK = {"name_zh": "", "operator": ">=", "value": "", "unit": "", "priority": "must", "condition_zh": "", "key": ""}
METRIC = BLANK | {"name_zh": "支持晶圆直径", "value": "200", "unit": "mm"}


def sent(**changed: Any) -> dict[str, Any]:
    """A form as a browser sends it: one metric, and blank rows behind it."""
    rows = enumerate((METRIC, BLANK, BLANK))
    metrics = {f"metrics-{place}-{name}": text for place, row in rows for name, text in row.items()}
    return {
        "kind": "testing_sharing", "title_zh": "氮化镓外延片缺陷检测", "summary_zh": "需要无损检测。",
        "problem_zh": "漏检。", "content_zh": "", "keywords": "氮化镓、缺陷",
        "deadline": (today() + timedelta(days=200)).isoformat(), "budget_max": "300000", "visibility": "zone",
        "association": "", "review_zone": "", "confirmed": "on", "metrics-TOTAL_FORMS": "3",
        "metrics-INITIAL_FORMS": "0", **metrics, **changed,
    }  # fmt: skip


def post(client: Client, path: str, **changed: Any) -> Page:
    return Page.of(client.post(path, sent(**changed)))


def test_a_member_posts_a_need_for_review_and_its_zone_is_asked(client_of: ClientOf, world: World) -> None:
    make_code("industry", "9", name_zh="电子信息")
    page = post(client_of(world.eve), NEW, submit="1", industry_codes=["9"])
    need = Need.plain.get()
    assert page.headers["Location"] == f"/my/needs/{need.public_id}/"
    assert (need.state, need.organization, need.zone, need.author) == (
        "submitted",
        world.enterprise,
        world.east,
        world.eve,
    )
    assert (need.consent_recorded_on, need.keywords, need.industry_codes) == (today(), ["氮化镓", "缺陷"], ["9"])
    metric = NeedMetric.plain.get()
    assert (metric.name_zh, metric.low, metric.unit, metric.operator) == ("支持晶圆直径", 200.0, "mm", ">=")
    assert [review.zone for review in NeedReview.plain.all()] == [world.east]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"title_zh": "东方微电子有限公司的难题", "visibility": "association", "association": "alliance"},
            "疑为需求单位的名称",
        ),
        ({"deadline": ""}, "请填写要求完成日"),
        ({"metrics-0-name_zh": "", "metrics-0-value": ""}, "指标"),
        ({"metrics-0-value": "很大"}, "请填写数字"),
        ({"metrics-0-unit": "尺度"}, "单位“尺度”无法识别"),
        ({"visibility": "national"}, "请选择复核园区"),
        ({"visibility": "association"}, "请选择联盟或网络"),
        ({"confirmed": ""}, "请填写此项"),
        ({"review_zone": "nowhere"}, "选择"),
    ],
)
def test_what_will_not_do_is_told_and_nothing_is_stored(
    client_of: ClientOf, world: World, changed: dict[str, str], told: str
) -> None:
    page = post(client_of(world.eve), NEW, submit="1", **changed)
    assert page.status == 400
    assert told in page.text
    assert 'value="300000"' in page.html
    assert not Need.plain.exists()


def test_a_draft_is_changed_with_the_version_that_was_read(client_of: ClientOf, world: World) -> None:
    client = client_of(world.eve)
    post(client, NEW)
    need = Need.plain.get()
    metric = NeedMetric.plain.get()
    path = f"/my/needs/{need.public_id}/edit/"
    page = Page.of(client.get(path))
    assert 'value="氮化镓外延片缺陷检测"' in page.html
    row = {"metrics-INITIAL_FORMS": "1", "metrics-0-key": metric.key, "metrics-0-value": "150"}
    assert post(client, path, version="1", title_zh="氮化镓外延片检测", **row).status == 302
    need.refresh_from_db()
    assert (need.title_zh, need.version, need.state) == ("氮化镓外延片检测", 2, "draft")
    assert [(one.key, one.low) for one in NeedMetric.plain.all()] == [(metric.key, 150.0)]
    late = post(client, path, version="1", title_zh="另一标题", **row)
    assert late.status == 409
    assert "您填写的内容还在下面" in late.text
    assert 'name="version" value="2"' in late.html
    assert 'value="另一标题"' in late.html
    assert post(client, path, version="2", **row, **{"metrics-0-DELETE": "on"}).status == 302
    assert not NeedMetric.plain.exists()


def test_steps_lead_a_need_through_review_and_out(client_of: ClientOf, world: World) -> None:
    client = client_of(world.eve)
    post(client, NEW)
    path = f"/my/needs/{Need.plain.get().public_id}/"
    for step, state in (("submit", "submitted"), ("recall", "draft"), ("withdraw", "withdrawn")):
        assert client.post(path, {"step": step, "version": Need.plain.get().version}).status_code == 302
        assert Need.plain.get().state == state
    refused = Page.of(client.post(path, {"step": "submit", "version": Need.plain.get().version}))
    assert refused.status == 409
    assert "不能转为" in refused.text
    assert client.post(path, {"step": "open"}).status_code == 404


def test_a_step_is_taken_with_what_was_read_only(client_of: ClientOf, world: World) -> None:
    client = client_of(world.eve)
    post(client, NEW)
    path = f"/my/needs/{Need.plain.get().public_id}/"
    assert 'name="version" value="1"' in Page.of(client.get(path)).html
    post(client, f"{path}edit/", version="1", title_zh="同事改过的标题")
    for known in ({"version": "1"}, {"version": "x"}, {}):
        late = Page.of(client.post(path, {"step": "submit", **known}))
        assert (late.status, Need.plain.get().state) == (409, "draft")
    assert "同事改过的标题" in late.text


def test_a_members_own_page_shows_needs_with_matches_and_what_it_offers(see: See, world: World) -> None:
    need = make_need(organization=world.enterprise, visibility="zone", title_zh="晶圆检测")
    make_match(need, make_resource(organization=world.laboratory, name_zh="西山电镜"), score=0.61)
    make_need(organization=world.laboratory, zone=world.west, title_zh="别家需求")
    make_resource(organization=world.enterprise, name_zh="东方产线", visibility="zone")
    page = see(world.eve, "/my/")
    assert "晶圆检测" in page.text
    assert "1 项匹配" in page.text
    assert "东方产线" in page.text
    assert "别家需求" not in page.text
    told = see(world.eve, f"/my/needs/{need.public_id}/")
    assert told.titles() == ["西山电镜"]
    assert "61" in told.text
    assert "no-store" in told.headers["Cache-Control"]


def test_a_pair_that_a_broker_has_dismissed_is_not_shown(see: See, world: World) -> None:
    need = make_need(zone=world.east, organization=world.enterprise)
    offered = make_resource(organization=world.laboratory, name_zh="西山电镜")
    make_match(need, offered)
    assert "西山电镜" in see(world.eve, f"/my/needs/{need.public_id}/").text
    dismiss_pair(principal_of(world.ana), need_id=need.pk, resource_id=offered.pk, reason="price")
    assert "西山电镜" not in see(world.eve, f"/my/needs/{need.public_id}/").text


def test_a_returned_need_shows_what_its_reviewer_said(see: See, world: World) -> None:
    need = make_need(organization=world.enterprise, state=NeedState.RETURNED)
    review = NeedReview.plain.create(
        need=need, zone=world.east, need_version=1, due_on=today(), policy_id=_policy(), decision="return",
        reviewer=world.ana, decided_at=need.created_at, comment_zh="请补充测试条件", necessity=3, clarity=2,
        cooperation=3, deidentification=3,
    )  # fmt: skip
    page = see(world.eve, f"/my/needs/{need.public_id}/")
    assert review.comment_zh in page.text
    assert "审核退回" in page.text


def _policy() -> int:
    from matching.services.review_policies import active_policy

    return active_policy().pk


def test_pages_of_members_are_theirs_alone(see: See, client_of: ClientOf, world: World) -> None:
    need = make_need(organization=world.enterprise)
    paths = ("/my/", NEW, f"/my/needs/{need.public_id}/", f"/my/needs/{need.public_id}/edit/")
    for path in paths:
        assert see(None, path).headers["Location"].startswith("/account/log-in/?next=/my/")
        for other in (world.ana, world.cy, world.ops):
            assert see(other, path).status == 404
    for path in paths[2:]:
        assert see(world.lin, path).status == 404
        assert client_of(world.lin).post(path, sent(step="withdraw")).status_code == 404


def test_members_log_in_here_and_staff_go_on_to_the_back_office(client_of: ClientOf, world: World) -> None:
    for user, place in ((world.eve, "/my/"), (world.ana, "/office/")):
        user.set_password(PASSWORD)
        user.save()
        client = client_of(None)
        answer = client.post("/account/log-in/", {"username": user.username, "password": PASSWORD})
        assert answer["Location"] == place
        assert client.cookies["language_of_account"].value == "1"
    wrong = client_of(None).post("/account/log-in/", {"username": "eve", "password": "wrong"})
    assert (wrong.status_code, "trouble" in wrong.content.decode()) == (200, True)
    away = {"username": "eve", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client_of(None).post("/account/log-in/", away)["Location"] == "/my/"


def test_what_was_searched_for_begins_a_need(see: See, world: World) -> None:
    make_membership(world.far, world.alliance)
    words = "氮化镓外延片缺陷检测"
    page = see(world.eve, "/search/", q=words)
    (address,) = {link for link in page.links if link.startswith(NEW)}
    assert f'value="{words}"' in see(world.eve, address).html
    long = "缺陷检测" * 40
    assert long in see(world.eve, NEW, words=long).html
    assert see(None, "/search/", q=words).text.count("发布为需求") >= 1
    assert "/office/matching/need/add/" in see(world.ana, "/search/", q=words).links
