"""Reviews in the back office: what waits stands on the first page, is graded beside its text, opens or goes back."""

import json
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from matching.models import Need, NeedReview, ReviewPolicy
from matching.services.configs import active_config
from matching.services.review_policies import FIRST, active_policy
from tests.builders import make_need, make_staff
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, body_of
from tests.edges.backoffice.test_writing import ADD_NEED, change_url, need_form
from tests.reviews import make_review
from zones.choices import Role
from zones.scoping import today

pytestmark = pytest.mark.django_db
LIST = "/office/matching/needreview/"
GOOD = {"necessity": 4, "clarity": 3, "cooperation": 3, "deidentification": 4, "comment": ""}


@pytest.fixture
def manager(world: World) -> User:
    return make_staff(world.east, role=Role.ZONE_MANAGER, username="manager")


def waiting(need: Need, zone: Any) -> NeedReview:
    found: NeedReview = NeedReview.plain.get(need=need, zone=zone, decision="")
    return found


def grade(browse: Browse, person: User, review: NeedReview, **values: Any) -> Any:
    url = f"{LIST}{review.public_id}/panels/grade/"
    return browse(person).post(url, GOOD | values, follow=True)


def test_from_the_form_to_open_by_two_zones(world: World, browse: Browse, manager: User) -> None:
    browse(world.ana).post(ADD_NEED, need_form(world, _submit="1"))
    need = Need.plain.get()
    home = browse(manager).get("/office/").context
    (card,) = [card for card in home["cards"] if "待审核" in str(card["title"])]
    assert card["count"] == 1
    listed = browse(manager).get(card["url"]).context["cl"].result_list
    assert [review.need for review in listed] == [need]
    page = grade(browse, manager, waiting(need, world.east))
    assert "审核结论已登记" in page.content.decode()
    need.refresh_from_db()
    assert need.state == "in_review"
    grade(browse, world.bo, waiting(need, world.west))
    need.refresh_from_db()
    assert need.state == "open"


def test_who_may_not_decide_is_told_who_may(world: World, browse: Browse, manager: User) -> None:
    review = make_review(make_need(organization=world.enterprise, state="submitted", author=manager))
    url = f"{LIST}{review.public_id}/change/"
    assert "须由本园区的其他人审核" in browse(manager).get(url).content.decode()
    assert "由 东方高新区 的经办人或负责人评分" in browse(world.auditor).get(url).content.decode()
    assert browse(world.ana).get(url).context["record_note"] == ""


def test_a_low_grade_asks_for_a_comment_where_it_is_missing(world: World, browse: Browse, manager: User) -> None:
    review = make_review(make_need(organization=world.enterprise, state="submitted", author=world.ana))
    answer = grade(browse, manager, review, clarity=1)
    (panel,) = answer.context["panels"]
    assert "请写明意见" in panel["form"].non_field_errors()[0] + str(panel["form"].errors)
    answer = grade(browse, manager, review, clarity=1, cooperation=1, necessity=2, comment="请写明测试条件")
    assert "退回修改" in answer.content.decode()
    told = browse(world.ana).get(change_url(review.need)).content.decode()
    assert "请写明测试条件" in told
    assert "保存并提交审核" in told


@pytest.mark.parametrize("wrong", ["", "6", "-1", "x", "2.5"])
def test_a_grade_that_is_none_is_refused_at_its_field(world: World, browse: Browse, manager: User, wrong: str) -> None:
    review = make_review(make_need(organization=world.enterprise, state="submitted", author=world.ana))
    answer = grade(browse, manager, review, clarity=wrong)
    (panel,) = answer.context["panels"]
    assert list(panel["form"].errors) == ["clarity"]
    review.refresh_from_db()
    assert review.decision == ""


def test_who_wrote_it_gets_no_form(world: World, browse: Browse, manager: User) -> None:
    review = make_review(make_need(organization=world.enterprise, state="submitted", author=world.ana))
    assert browse(world.ana).get(f"{LIST}{review.public_id}/change/").context["panels"] == []
    assert len(browse(manager).get(f"{LIST}{review.public_id}/change/").context["panels"]) == 1
    assert browse(world.ana).post(f"{LIST}{review.public_id}/panels/grade/", GOOD).status_code == 404


def test_another_zone_reads_what_others_would_read_and_no_more(world: World, browse: Browse) -> None:
    need = make_need(
        organization=world.enterprise, state="submitted", author=world.ana, visibility="association",
        association=world.alliance, problem_zh="孔隙率过高", budget_source_zh="国拨资金",
    )  # fmt: skip
    review = make_review(need, zone=world.west)
    page = browse(world.bo).get(f"{LIST}{review.public_id}/change/").content.decode()
    assert "孔隙率过高" in page
    for hidden in (world.enterprise.name_zh, "国拨资金", "500000", "50 万元"):
        assert hidden not in page
    assert browse(world.cy).get(f"{LIST}{review.public_id}/change/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_who_has_decided_reads_what_was_decided_and_not_what_became_of_it(world: World, browse: Browse) -> None:
    """West has returned the text; what East writes into its draft afterwards is East's own."""
    need = make_need(
        organization=world.enterprise, state="submitted", author=world.ana, visibility="zone", title_zh="银膏难题",
    )  # fmt: skip
    review = make_review(need, zone=world.west)
    url = f"{LIST}{review.public_id}/change/"
    grade(browse, world.bo, review, clarity=0, comment="请写明测试条件")
    shown = body_of(browse(world.bo).get(url))
    listed = body_of(browse(world.bo).get(LIST))
    assert "银膏难题" in shown.decode()
    assert "银膏难题" in listed.decode()
    Need.plain.filter(pk=need.pk).update(title_zh="朱雀密钥", problem_zh="朱雀密钥的配方")
    for address in (url, LIST, f"{LIST}?q=朱雀", f"{url.replace('change', 'history')}"):
        assert "朱雀密钥" not in browse(world.bo).get(address).content.decode(), address
    assert body_of(browse(world.bo).get(url)) == shown
    assert not browse(world.bo).get(f"{LIST}?q=朱雀").context["cl"].result_list
    assert "朱雀密钥" in browse(world.ana).get(url).content.decode()


def test_overdue_reviews_are_marked_and_counted(world: World, browse: Browse, manager: User) -> None:
    need = make_need(organization=world.enterprise, state="submitted", author=world.ana)
    review = make_review(need, due_on=today() - timedelta(days=1))
    (card,) = [card for card in browse(manager).get("/office/").context["cards"] if "待审核" in str(card["title"])]
    assert "1 条已超期" in str(card["hint"])
    overdue = browse(manager).get(f"{LIST}?term=overdue").context["cl"].result_list
    assert list(overdue) == [review]


def test_thresholds_and_calendar_are_the_systems_to_change(world: World, browse: Browse) -> None:
    policy = {"pass_from": 12, "return_from": 6, "comment_below": 3, "working_days": 5, "note": "从严", "version": 1}
    active_policy()
    day = {"day": "2027-01-01", "name_zh": "元旦", "name_en": "", "source": ""}
    for url, form in (("matching/reviewpolicy", policy), ("zones/specialday", day)):
        assert browse(world.ana).get(f"/office/{url}/").status_code == 200
        assert browse(world.ana).post(f"/office/{url}/add/", form).status_code == 404
        assert browse(world.ops).post(f"/office/{url}/add/", form).status_code == 302
        assert "从严" in (text := browse(world.ana).get(f"/office/{url}/").content.decode()) or "元旦" in text


def test_a_new_version_starts_from_the_one_in_force_or_is_refused(world: World, browse: Browse) -> None:
    """Two who tighten the same standard: the second has not seen what the first decided."""
    url, before = "/office/matching/reviewpolicy/add/", active_policy()
    form = browse(world.ops).get(url).context["adminform"].form
    assert form["version"].value() == before.number
    values = FIRST | {"note": "从严", "pass_from": 12}
    assert browse(world.ops).post(url, values | {"version": before.number}).status_code == 302
    for version in (before.number, ""):
        assert browse(world.ops).post(url, values | {"note": "从宽", "version": version}).status_code == 409
    assert ReviewPolicy.objects.count() == 2
    config = {"note": "试", "parameters": json.dumps(active_config().parameters), "version": active_config().number}
    url = "/office/matching/scoringconfig/add/"
    assert [browse(world.ops).post(url, config).status_code for _twice in range(2)] == [302, 409]


def test_weights_are_edited_one_a_line(world: World, browse: Browse) -> None:
    form = browse(world.ops).get("/office/matching/scoringconfig/add/").context["adminform"].form
    text = form["parameters"].value()
    assert json.loads(text) == active_config().parameters
    assert '\n  "alpha": ' in text
