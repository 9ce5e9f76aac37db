"""Reports: written once a month for whom somebody works for, as a secretary would write them, and never changed."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils.translation import override

from accounts.models import User
from backoffice.papers.figures import paper_of
from backoffice.papers.figures_book import workbook_of
from backoffice.papers.pages import bytes_of
from figures.errors import ReportsFailed
from figures.models import FigureReport
from figures.questions import question
from figures.reports.content import content_of
from figures.reports.zones import SideBySide
from figures.scopes import Scope
from figures.services.locks import draft_figure, lock_figure
from figures.services.reports import make_due_reports, make_report
from matching.models import CooperationAssociation
from notifications.models import Notice
from notifications.planning import plan
from notifications.showing import shown
from notifications.subscribing import choose
from tests.builders import make_need, plain_create
from tests.conftest import World, principal_of
from tests.cooperations import make_cooperation
from tests.edges.backoffice.test_papers import words_of_docx
from tests.events import make_event
from tests.figures.test_golden_rules import _at
from zones.errors import InvalidInput, NotAllowed
from zones.models import Zone
from zones.scoping import SYSTEM, today

pytestmark = pytest.mark.django_db


def _held(kind: str, year: int, world: World) -> None:
    times = {"starts_at": _at(year, 5, 1), "ends_at": _at(year, 5, 1, 17), "registration_closes_at": _at(year, 4, 1)}
    make_event(state="held", kind=kind, zone=world.east, slots=0, meetings_start_at=None, **times)


@pytest.fixture
def report(world: World) -> FigureReport:
    for kind, year in (("exchange", 2023), ("exchange", 2024), ("exchange", 2024), ("industry", 2024)):
        _held(kind, year, world)
    row = make_cooperation(world.enterprise, world.laboratory, signed_on=date(2024, 3, 1))
    plain_create(CooperationAssociation, {"cooperation": row, "association": world.alliance})
    return make_report(principal_of(world.secretariat), scope="association:alliance", period="2024")


def _text(report: FigureReport, title: str, language: str = "zh") -> str:
    return next(str(one["text"][language]) for one in report.content["sections"] if one["title"]["zh"] == title)


def test_a_report_reads_like_one_a_secretary_would_send(report: FigureReport) -> None:
    assert _text(report, "交流对接") == (
        "2024年，东西高新区联盟举办交流活动2场，同比增长100%；开展产业、人才、金融等对接活动1场。"
    )
    assert _text(report, "合作成果") == "2024年，东西高新区联盟促成产学研与科研合作项目1个。"
    assert _text(report, "技术合同") == "本期没有记录。"
    assert _text(report, "交流对接", "en").startswith("2024, East–West Alliance: exchange events held: 2 events")


def test_each_zone_stands_whole_beside_a_total_in_which_nothing_counts_twice(report: FigureReport) -> None:
    zones = report.content["zones"]
    projects = [[row["name"]["zh"], row["values"][1]["zh"]] for row in zones["rows"]]
    assert projects == [["东方高新区", "1个"], ["西山高新区", "1个"]]
    assert zones["total"][1]["zh"] == "1个"


def test_a_report_is_never_changed_and_made_again_is_the_next_version(world: World, report: FigureReport) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureReport.plain.filter(pk=report.pk).update(content={})
    again = make_report(principal_of(world.secretariat), scope="association:alliance", period="2024")
    assert (report.number, again.number) == (1, 2)


def test_who_publishes_makes_reports_of_its_own(world: World) -> None:
    for user in (world.ana, world.cy, world.eve):
        with pytest.raises(NotAllowed):
            make_report(principal_of(user), scope="association:alliance", period="2024")
    with pytest.raises(InvalidInput):
        make_report(SYSTEM, scope="association:alliance", period="2199")
    make_report(SYSTEM, scope="nation", period="2024")
    readers: dict[str, Any] = {name: principal_of(user) for name, user in world.people().items()}
    seen = {name for name, reader in readers.items() if FigureReport.objects.visible_to(reader).exists()}
    assert seen == {"ops"}


def test_the_clock_makes_each_report_once(world: World) -> None:
    with time_machine.travel(_at(2026, 11, 3), tick=False):
        made = make_due_reports(samples=False)
        assert made == FigureReport.plain.filter(period="2026-10").count() == 4  # the alliance and three zones
        assert make_due_reports(samples=False) == 0
    with time_machine.travel(_at(2027, 1, 3), tick=False):
        assert make_due_reports(samples=False) == 8  # the month and the year
    assert FigureReport.plain.filter(period="2026").count() == 4


def test_what_is_wrong_with_one_zone_keeps_no_other_from_its_report(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def content(place: Scope, *asked: Any) -> dict[str, Any]:
        if place.code == "zone:east":
            raise ZeroDivisionError
        return content_of(place, *asked)

    monkeypatch.setattr("figures.services.reports.content_of", content)
    with time_machine.travel(_at(2026, 11, 3), tick=False):
        with pytest.raises(ReportsFailed, match="zone:east 2026-10"):
            make_due_reports(samples=False)
        assert "no report of zone:east for 2026-10" in caplog.text
        assert set(FigureReport.plain.values_list("scope", flat=True)) == {
            "association:alliance", "zone:west", "zone:far",
        }  # fmt: skip
        monkeypatch.undo()
        assert make_due_reports(samples=False) == 1


def test_a_report_of_some_days_does_not_stand_for_that_of_all(world: World) -> None:
    with time_machine.travel(_at(2026, 10, 15), tick=False):
        make_report(SYSTEM, scope="zone:east", period="2026-10")
    with time_machine.travel(_at(2026, 11, 3), tick=False):
        make_due_reports(samples=False)
    assert list(FigureReport.plain.filter(scope="zone:east").order_by("number").values_list("as_of", flat=True)) == [
        date(2026, 10, 15),
        date(2026, 11, 3),
    ]


def _row(report: FigureReport, figure: str) -> dict[str, Any]:
    return next(one for section in report.content["sections"] for one in section["rows"] if one["figure"] == figure)


def test_what_was_published_is_told_with_its_version_and_what_the_rows_say_beside_it(world: World) -> None:
    _held("exchange", 2024, world)
    asked = question("events.exchange", scope="association:alliance", period="2024")
    lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)
    same = _row(make_report(SYSTEM, scope="association:alliance", period="2024"), "events.exchange")
    assert same["published"]["version"] == 1
    assert not same["published"]["differs"]
    _held("exchange", 2024, world)
    report = make_report(SYSTEM, scope="association:alliance", period="2024")
    row = _row(report, "events.exchange")
    assert (row["value"]["zh"], row["published"]["counted"]["zh"]) == ("1场", "2场")
    assert "举办交流活动1场（已发布第1版；按现有记录为2场）" in _text(report, "交流对接")
    assert report.content["steps"][0][0]["zh"] == "举办交流活动"


def test_a_year_that_is_not_over_is_compared_with_the_same_days_of_the_one_before_not_with_what_was_published(
    world: World,
) -> None:
    for year, months in ((2025, (5, 12)), (2026, (5,))):
        for month in months:
            times = {"starts_at": _at(year, month, 1), "ends_at": _at(year, month, 1, 17)}
            times["registration_closes_at"] = _at(year, month - 1, 1)
            make_event(state="held", kind="exchange", zone=world.east, slots=0, meetings_start_at=None, **times)
    with time_machine.travel(_at(2026, 11, 3), tick=False):
        for period in ("2025", "2025-05"):
            asked = question("events.exchange", scope="association:alliance", period=period)
            lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)
        so_far = _row(make_report(SYSTEM, scope="association:alliance", period="2026"), "events.exchange")
        _held("exchange", 2025, world)
        of_may = _row(make_report(SYSTEM, scope="association:alliance", period="2026-05"), "events.exchange")
    assert (so_far["before"]["zh"], so_far["growth"]) == ("1场", "0.0")
    assert of_may["before"]["zh"] == "1场"  # all its days are over: as it was published, though there are two by now


def test_fields_with_more_needs_than_resources_are_what_is_to_be_done(world: World) -> None:
    make_need(organization=world.enterprise, state="open", industry_codes=["B"])
    report = make_report(SYSTEM, scope="zone:east", period=f"{today().year}")
    assert [(one["code"], one["open"], one["offered"]) for one in report.content["gaps"]] == [("B", 1, 0)]
    assert report.content["steps"][0][2]["zh"].startswith("列入招引方向")
    assert report.content["zones"] is None


def test_equals_are_all_named_or_counted_and_none_is_picked(world: World) -> None:
    for year, month in ((2024, 3), (2024, 5)):
        times = {"starts_at": _at(year, month, 1), "ends_at": _at(year, month, 1, 17)}
        times["registration_closes_at"] = _at(year, month - 1, 1)
        make_event(state="held", kind="exchange", zone=world.east, slots=0, meetings_start_at=None, **times)
    report = make_report(SYSTEM, scope="association:alliance", period="2024")
    assert report.content["highlights"][0]["zh"] == "交流与对接活动最多的月份是3月、5月，各1场。"
    told = {}
    for counts in ([7, 6, 6, 6, 5], [7] + [6] * 13, [6] * 13, [3, 2, 1, 1]):
        rows = [(Zone(short_zh=f"{place}区", pinyin_key=f"{place:02}"), [SimpleNamespace(number=count)])
                for place, count in enumerate(counts)]  # fmt: skip
        zones: Any = rows
        told[len(counts), counts[0]] = [len(part) for part in SideBySide([], zones, []).most(0, at_most=3)]
    assert told == {(5, 7): [1, 3], (14, 7): [1, 13], (13, 6): [0, 13], (4, 3): [2, 2]}


def test_a_report_of_a_year_that_is_over_says_that_gaps_are_those_of_today(world: World) -> None:
    for code in ("B", "C"):
        make_need(organization=world.enterprise, state="open", industry_codes=[code])
    text = words_of_docx(bytes_of(paper_of(make_report(SYSTEM, scope="zone:east", period="2024")), "docx"))
    assert "当前供需缺口（截至" in text
    assert text.count("列入招引方向") == 1
    assert "国家高新区1家" not in text
    asked = question("zones.national", scope="association:alliance")
    assert asked.definition.words(asked) == "成员中国家高新区"
    now = words_of_docx(bytes_of(paper_of(make_report(SYSTEM, scope="zone:east", period=f"{today().year}")), "docx"))
    assert "当前供需缺口" not in now


def test_samples_are_told_of_under_the_title(world: World) -> None:
    report = make_report(SYSTEM, scope="zone:east", period="2024")
    assert "提示" not in dict(paper_of(report).facts)
    report.samples = True
    assert paper_of(report).facts[0] == ("提示", "本报告含演示数据，不得作为正式统计使用。")


def test_a_report_of_the_first_form_is_still_a_paper(report: FigureReport) -> None:
    """Reports never change: those that were made before keep the content they have."""
    kept = {"name", "when", "sections", "zones"}
    rows = {"figure", "version", "milestone", "name", "value", "number", "unit", "growth", "evidence", "rule"}
    old = {name: value for name, value in report.content.items() if name in kept}
    for section in old["sections"]:
        section["rows"] = [{name: one[name] for name in rows} for one in section["rows"]]
    report.content = old
    assert "促成产学研与科研合作项目" in words_of_docx(bytes_of(paper_of(report), "docx"))
    assert bytes_of(paper_of(report), "pdf").startswith(b"%PDF")
    assert workbook_of(report)


def _told_of(report: FigureReport) -> set[User]:
    rows = Notice.plain.filter(kind="figures.reported", object_public_id=report.public_id).select_related("user")
    return {row.user for row in rows if row.user}


def test_who_works_for_a_zone_is_told_of_its_report_and_nobody_else(world: World) -> None:
    User.objects.filter(pk=world.ana.pk).update(email="ana@people.example")
    choose(world.bo, topic="figures", way="inbox", rhythm="off")
    plan()
    with time_machine.travel(_at(2026, 11, 3), tick=False):
        make_due_reports(samples=False)
    plan()
    of = {row.scope: row for row in FigureReport.plain.all()}
    assert world.ana in _told_of(of["zone:east"])
    assert not _told_of(of["zone:east"]) & {world.bo, world.cy, world.eve, world.lin}
    assert _told_of(of["association:alliance"]) == {world.secretariat}
    (notice,) = Notice.plain.filter(user=world.ana, kind="figures.reported")
    assert (notice.topic, notice.rhythm, notice.is_in_inbox) == ("figures", "daily", True)
    with override("zh-hans"):
        (told,) = shown([notice], principal_of(world.ana))
    assert told.told is not None
    assert (told.told.title, told.told.url) == (
        "统计报告已生成：东方高新区 2026-10",
        f"/office/figures/figurereport/{of['zone:east'].public_id}/change/",
    )
    assert not [one for one in Notice.plain.filter(user=world.bo, kind="figures.reported") if one.is_in_inbox]


def test_who_made_a_report_by_hand_is_not_told_of_it(world: World) -> None:
    report = make_report(principal_of(world.secretariat), scope="association:alliance", period="2024")
    nation = make_report(principal_of(world.ops), scope="nation", period="2024")
    plan()
    assert world.secretariat not in _told_of(report)
    assert _told_of(nation) == set()
