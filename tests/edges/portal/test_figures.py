"""The article with its figures, and what each is made of, as everybody reads them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from figures.golden.loading import load_article
from figures.golden.series import FLOW
from figures.models import Series
from tests.builders import make_role, make_user
from tests.edges.portal.conftest import See
from zones.importing.reference import load_reference

pytestmark = pytest.mark.django_db
ARTICLE = "/figures/article/"
MOST_BYTES = 60_000


@pytest.fixture(scope="module", autouse=True)
def _golden(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once, and gone with the module."""
    with django_db_blocker.unblock(), transaction.atomic(), override("zh-hans"):
        load_reference(django_settings.REFERENCE_DIR)
        load_article()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


def test_41_of_41_sentences_agree(see: See) -> None:
    page = see(None, ARTICLE)
    assert "截至 2025年12月15日：41 个数字中 41 个与报道一致。" in page.text
    assert "不一致" not in page.text
    assert "这是演示站点" in page.text
    assert len(page.html.encode()) <= MOST_BYTES
    english = see(None, ARTICLE, language="en")
    assert "41 of the 41 figures" in english.text
    assert "up 12.7% year on year" in english.text
    assert "over CNY 370 billion" in english.text


def test_while_a_demo_loads_its_rows_no_number_is_shown(see: See) -> None:
    Series.plain.filter(code=FLOW).update(is_sample=False)
    page = see(None, ARTICLE)
    assert "请稍后刷新本页" in page.text
    assert page.text.count("示例记录正在载入。") == 41
    assert "一致" not in page.text
    assert "843.7亿元" in page.text  # the sentence itself stays


def test_small_numbers_of_projects_are_told_inside_only(see: See) -> None:
    asked = {"as_of": "2024-11-30"}  # four projects of the Internet of Things were signed by then
    assert "数据涉及的单位不足 5 家（项）" in see(None, ARTICLE, **asked).text
    system = make_user("inside")
    make_role(system, "system")
    inside = see(system, ARTICLE, **asked)
    assert "不足 5 家" not in inside.text
    assert "4个" in inside.text


def test_strangers_are_told_sums_of_the_day_of_the_article_alone(see: See) -> None:
    """The sums of two days would tell the one project that was signed between them."""
    today, before = (see(None, ARTICLE, as_of=day).text for day in ("2025-12-15", "2025-12-14"))
    assert today.count("50多亿元") == before.count("50多亿元") + 1  # what the article says stays
    assert "报道公布的是 2025年12月15日 的数字" in before
    assert "不予公布" not in see(None, f"{ARTICLE}F09/").text
    assert "不予公布" in see(None, f"{ARTICLE}F09/", as_of="2025-12-14").text
    system = make_user("inside")
    make_role(system, "system")
    assert "不予公布" not in see(system, f"{ARTICLE}F09/", as_of="2025-12-14").text


def test_another_day_is_computed_anew(see: See) -> None:
    page = see(None, ARTICLE, as_of="2026-02-13")
    assert "179家" in page.text
    assert "不一致" in page.text
    early = see(None, ARTICLE, as_of="2024-06-30")
    assert "在截止日 2024-06-30 之后才开始" in early.text


@pytest.mark.parametrize(
    ("day", "words"),
    [("2199-01-01", "不能晚于今天"), ("2001-01-01", "不能早于 2013-01-01"), ("gestern", "日期格式有误")],
)
def test_a_day_out_of_reach_says_what_to_do_and_keeps_what_was_typed(see: See, day: str, words: str) -> None:
    page = see(None, ARTICLE, as_of=day)
    assert page.status == 400
    assert words in page.text
    assert f'value="{day}"' in page.html
    assert "41 个与报道一致" in page.text


def test_without_samples_it_says_what_is_missing(see: See, settings: Any) -> None:
    settings.DEMO = False
    page = see(None, ARTICLE)
    assert "尚未登记《京津冀G2产业创新走廊合作倡议》" in page.text
    assert "这是演示站点" not in page.text


def test_each_sentence_leads_to_its_rows(see: See) -> None:
    page = see(None, f"{ARTICLE}F03/")
    assert "共 63 条记录。" in page.text
    assert len([link for link in page.links if link.startswith("/resources/")]) == 50
    assert "?page=2" in page.html
    assert len([link for link in see(None, f"{ARTICLE}F03/", page="2").links if "/resources/" in link]) == 13
    assert "截止日当天在资源目录中的公共实验室" in page.text  # the rule in words
    hidden = see(None, f"{ARTICLE}F21/")
    assert "共 57 条记录。 这些记录您无权逐条查看" in hidden.text
    assert "东北" in hidden.text
    assert see(None, f"{ARTICLE}F99/").status == 404


def test_the_article_says_of_each_sentence_which_rows_the_reader_may_open(see: See) -> None:
    ends = {one.split(" ")[0]: one for one in see(None, ARTICLE).text.split("依据 ")[1:]}
    assert "逐条记录不对您公开" in ends["57"]
    assert "不对您公开" not in ends["63"]
    system = make_user("inside")
    make_role(system, "system")
    assert "不对您公开" not in see(system, ARTICLE).text


def test_what_is_computed_and_what_was_reported_stand_side_by_side(see: See) -> None:
    page = see(None, f"{ARTICLE}F05/")
    assert "按记录计算 843.7亿元 官方公布（北京流向津冀技术合同成交额） 843.7亿元" in page.text


def test_the_rows_are_a_file(client_of: Callable[..., Client]) -> None:
    answer = client_of(None).get(f"{ARTICLE}F20/", {"format": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 124
    assert "events.matchmaking-20251215.csv" in answer["Content-Disposition"]
    assert client_of(None).get(f"{ARTICLE}F20/", {"format": "exe"}).status_code == 400


def test_any_figure_shows_its_rows_and_small_numbers_are_told_to_nobody_outside(see: See) -> None:
    address = "/figures/cooperations.projects/evidence/"
    asked = {"scope": "zone:wuxi", "period": "2026", "milestone": "completed", "as_of": "2026-06-30"}
    assert "请改选整年" in see(None, address, **asked).text
    page = see(None, address, scope="zone:xian", period="2025", milestone="completed")
    assert "不足 5 条" in page.text
    assert "条记录" not in page.text
    system = make_user("inside")
    make_role(system, "system")
    asked = {"scope": "association:dongbei", "period": "2024"}
    assert "共 23 条记录。" in see(system, "/figures/events.exchange/evidence/", **asked).text
    assert "不足 5 条" in see(None, "/figures/events.exchange/evidence/", **asked).text  # its zones would be told by it
    assert see(None, address, scope="zone:nowhere", period="2024", milestone="signed").status == 400
    assert see(None, "/figures/unknown/evidence/").status == 400
    assert (
        "/figures/" in see(None, "/figures/events.all/evidence/", period="2199").links
    )  # its own would be refused too


def test_a_day_that_is_too_early_for_the_figure_is_refused(see: See) -> None:
    assert see(None, f"{ARTICLE}F14/", as_of="2024-06-30").status == 400
