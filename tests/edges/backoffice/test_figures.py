"""Official series and published figures in the back office."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from figures.models import FigureReport, LockedFigure, Observation, Series
from tests.agreements import make_agreement
from tests.builders import make_region, make_role, make_staff
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.edges.backoffice.conftest import Browse, errors_of
from tests.edges.backoffice.test_papers import words_of_docx, words_of_pdf
from tests.figures.test_reports import _held
from tests.zones.importing.conftest import staged, worked
from tests.zones.importing.sheets import workbook
from zones.choices import Role
from zones.exporting.formats import XLSX
from zones.importing import jobs
from zones.importing.steps import work_until_idle
from zones.models import RegionGroup

pytestmark = pytest.mark.django_db
SERIES, PUBLISHED = "/office/figures/series/", "/office/figures/lockedfigure/"
REPORTS = "/office/figures/figurereport/"
VALUES = {"code": "east-output", "unit": "yuan", "name_zh": "东方高新区营业收入", "source_zh": "统计公报"}
OBSERVED = {"version": "1", "period": "2024", "value": "843.7", "unit": "亿元", "published_on": "2025-02-01"}


@pytest.fixture
def series(world: World, browse: Browse) -> Series:
    answer = browse(world.ana).post(f"{SERIES}add/", VALUES | {"zone": world.east.public_id})
    assert answer.status_code == 302, errors_of(answer)
    return Series.plain.get()


@pytest.fixture
def manager(world: World) -> Any:
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    return world.ana


def _panel(row: Any, name: str, page: str = SERIES) -> str:
    return f"{page}{row.public_id}/panels/{name}/"


def test_staff_set_up_a_series_and_write_down_its_values(world: World, browse: Browse, series: Series) -> None:
    assert series.zone == world.east
    assert browse(world.ana).post(_panel(series, "observe"), OBSERVED).status_code == 302
    page = browse(world.ana).get(f"{SERIES}{series.public_id}/change/", follow=True).content.decode()
    assert "843.7亿元" in page
    refused = browse(world.ana).post(_panel(series, "observe"), OBSERVED | {"value": "850"}).content.decode()
    assert "更正请写明原因" in refused
    corrected = browse(world.ana).post(_panel(series, "observe"), OBSERVED | {"value": "850", "reason": "年报"})
    assert corrected.status_code == 302
    assert list(Observation.plain.order_by("number").values_list("number", "reason_zh")) == [(1, ""), (2, "年报")]


def test_others_read_a_series_and_do_not_write_it(world: World, browse: Browse, series: Series) -> None:
    assert browse(world.cy).get(f"{SERIES}{series.public_id}/change/", follow=True).status_code == 200
    assert browse(world.cy).post(_panel(series, "observe"), OBSERVED).status_code == 404
    assert not Observation.plain.exists()


def _upload(text: str, encoding: str = "utf-8-sig") -> dict[str, Any]:
    return {"version": "1", "file": SimpleUploadedFile("values.csv", text.encode(encoding), "text/csv")}


def test_a_file_is_written_down_whole_or_not_at_all(world: World, browse: Browse, series: Series) -> None:
    head = "统计期,数值,单位,公布日,预计数\n"
    bad = _upload(f"{head}2023,748.6,亿元,2024-02-01,否\n2024,许多,亿元,2025-02-01,否\n")
    told = browse(world.ana).post(_panel(series, "observe-file"), bad).content.decode()
    assert "第 3 行" in told
    assert not Observation.plain.exists()
    good = _upload(f"{head}2023,748.6,亿元,2024-02-01,否\n2024,843.7,亿元,2025/02/01,\n", "gb18030")
    assert browse(world.ana).post(_panel(series, "observe-file"), good).status_code == 302
    assert Observation.plain.count() == 2


def _workbook(*rows: list[Any]) -> dict[str, Any]:
    titles = ["统计期", "数值", "单位", "公布日", "预计数", "出处", "更正原因"]
    return {"version": "1", "file": SimpleUploadedFile("values.xlsx", workbook([titles, *rows]), XLSX)}


def test_a_workbook_is_written_down_as_it_is_typed_into_the_template(
    world: World, browse: Browse, series: Series
) -> None:
    ana = browse(world.ana)
    page = ana.get(f"{SERIES}{series.public_id}/change/", follow=True).content.decode()
    assert f'href="{SERIES}template/"' in page
    template: Any = load_workbook(BytesIO(ana.get(f"{SERIES}template/").content)).active
    (titles,) = template.iter_rows(values_only=True)
    assert titles == ("统计期", "数值", "单位", "公布日", "预计数", "出处", "更正原因")
    rows = [[2023, 748.6, "亿元", date(2024, 2, 1)], [date(2024, 5, 1), "1,234.5", "亿元", "2024年6月5日", "否"]]
    assert ana.post(_panel(series, "observe-file"), _workbook(*rows)).status_code == 302
    assert list(Observation.plain.order_by("first_day").values_list("period", flat=True)) == ["2023", "2024-05"]


def test_everything_that_is_wrong_in_a_row_is_told_at_once(world: World, browse: Browse, series: Series) -> None:
    row = ["去年", "许多", "", "五月", "也许"]
    told = browse(world.ana).post(_panel(series, "observe-file"), _workbook(row)).content.decode()
    for words in ("第 2 行", "“去年”无法识别", "请填写金额单位", "“五月”不是日期", "“预计数”请写是或否"):
        assert words in told
    form = OBSERVED | {"period": "2199", "value": "许多", "published_on": "2199-01-01"}
    answer = browse(world.ana).post(_panel(series, "observe"), form).content.decode()
    assert all(words in answer for words in ("超出范围", "不是有效的数值", "公布日不能晚于今天"))
    assert not Observation.plain.exists()


def test_a_rate_that_a_workbook_keeps_as_a_fraction_is_not_written_down_as_one(world: World, browse: Browse) -> None:
    browse(world.ana).post(f"{SERIES}add/", VALUES | {"zone": world.east.public_id, "unit": "percent"})
    series = Series.plain.get()
    for value, words in ((0.127, "12.7% 写作 12.7"), (12.7, None), ("0.3", None)):
        answer = browse(world.ana).post(
            _panel(series, "observe-file"), _workbook([2024, value, "", "2025-02-01", "", "", "更正"])
        )
        assert (words in answer.content.decode()) if words else answer.status_code == 302


def test_the_figure_a_series_reports_is_chosen_by_name(world: World, browse: Browse) -> None:
    ana = browse(world.ana)
    form = ana.get(f"{SERIES}add/").context["adminform"].form
    named = {code: name for _group, choices in form.fields["scope"].choices[1:] for code, name in choices}
    assert (named["zone:east"], named["association:alliance"]) == ("东方高新区", "东西高新区联盟")
    assert dict(form.fields["milestone"].choices) == {"": "—", "signed": "促成", "completed": "完成"}
    told = {"figure": "cooperations.projects", "scope": "zone:east", "milestone": "signed"}
    assert ana.post(f"{SERIES}add/", VALUES | told | {"zone": world.east.public_id, "unit": "items"}).status_code == 302
    row = Series.plain.get()
    page = ana.get(f"{SERIES}{row.public_id}/change/", follow=True).content.decode()
    assert '<option value="zone:east" selected>东方高新区</option>' in page
    sections = ana.get(f"{SERIES}{row.public_id}/change/", follow=True).context["sections"]
    told = {pair["label"]: pair["value"] for section in sections for pair in section["pairs"]}
    assert (told["对应指标"], told["对应范围"], told["对应口径"]) == ("产学研与科研合作项目", "东方高新区", "促成")
    assert "cooperations.projects" not in ana.get(SERIES).content.decode()
    again = ana.post(f"{SERIES}add/", VALUES | {"zone": world.east.public_id, "unit": "items"})
    assert errors_of(again)["code"] == ["已有代号相同的官方数据系列：请更正，或使用已有的那一条。"]


def test_money_without_its_unit_is_refused_in_the_form_and_in_a_file(
    world: World, browse: Browse, series: Series
) -> None:
    refused = browse(world.ana).post(_panel(series, "observe"), OBSERVED | {"unit": ""}).content.decode()
    assert "请填写金额单位：元、万元、亿元或万亿元。" in refused
    for text in ("统计期,数值,单位,公布日\n2024,5,,2025-03-01\n", "统计期,数值,公布日\n2024,5,2025-03-01\n"):
        told = browse(world.ana).post(_panel(series, "observe-file"), _upload(text)).content.decode()
        assert "第 2 行：请填写金额单位：元、万元、亿元或万亿元。" in told
    assert not Observation.plain.exists()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "统计期,数值\n2023,5\n", "统计期,数值,公布日\n", 'x,"\x00\n'])
def test_a_file_that_is_none_says_what_to_do(world: World, browse: Browse, series: Series, text: str) -> None:
    answer = browse(world.ana).post(_panel(series, "observe-file"), _upload(text))
    assert answer.status_code == 200
    assert not Observation.plain.exists()


def _draft(browse: Browse, user: Any, **fields: str) -> Any:
    values = {"figure": "cooperations.projects", "scope": "zone:east", "period": "2024", "milestone": "signed"}
    return browse(user).post(f"{PUBLISHED}add/", values | fields)


def _step(row: LockedFigure, name: str) -> str:
    return f"{PUBLISHED}{row.public_id}/steps/{name}/"


def test_a_manager_publishes_and_restates(world: World, browse: Browse, manager: Any) -> None:
    make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    assert _draft(browse, manager).status_code == 302
    row = LockedFigure.plain.get()
    assert browse(manager).post(_step(row, "lock"), {"version": "1"}).status_code == 302
    make_cooperation(world.enterprise, signed_on=date(2024, 4, 1))
    page = browse(manager).get(f"{PUBLISHED}{row.public_id}/change/", follow=True).content.decode()
    assert "促成产学研与科研合作项目1个" in page
    assert "现有记录与发布时不同" in page
    restated = browse(manager).post(_panel(row, "restate", PUBLISHED), {"version": "1", "reason": "补报一项"})
    assert restated.status_code == 302
    second = LockedFigure.plain.get(number=2)
    browse(manager).post(_step(second, "lock"), {"version": "2"})
    row.refresh_from_db()
    assert (row.state, str(row.value).rstrip("0.")) == ("restated", "1")


def test_a_series_is_published_and_a_correction_restates_it(
    world: World, browse: Browse, series: Series, manager: Any
) -> None:
    browse(manager).post(_panel(series, "observe"), OBSERVED)
    made = _draft(browse, manager, figure="series.value", scope="series:east-output", milestone="")
    assert made.status_code == 302, errors_of(made)
    browse(manager).post(_step(LockedFigure.plain.get(), "lock"), {"version": "1"})
    refused = browse(manager).post(_panel(series, "observe"), OBSERVED | {"value": "850"}).content.decode()
    assert "将重述该统计" in refused
    browse(manager).post(_panel(series, "observe"), OBSERVED | {"value": "850", "reason": "年报"})
    rows = LockedFigure.plain.order_by("number").values_list("state", "sentence_zh", "reason_zh")
    assert list(rows) == [
        ("restated", "2024年，东方高新区营业收入843.7亿元。", ""),
        ("locked", "2024年，东方高新区营业收入850亿元。", "年报"),
    ]


def test_documents_growth_and_flows_are_published_by_who_keeps_them(world: World, browse: Browse, manager: Any) -> None:
    own, other = make_agreement(world.east, world.west), make_agreement(world.west, world.far)
    of_document = {"figure": "agreement.parties", "milestone": "", "period": ""}
    made = _draft(browse, manager, **of_document, scope=f"agreement:{own.public_id}")
    assert made.status_code == 302, errors_of(made)
    assert LockedFigure.plain.get().zone == world.east  # not the system's, which everybody reads
    assert "scope" in errors_of(_draft(browse, manager, **of_document, scope=f"agreement:{other.public_id}"))
    for year in (2023, 2024):
        make_cooperation(world.enterprise, signed_on=date(year, 3, 1))
    assert _draft(browse, manager, figure="cooperations.projects:yoy").status_code == 302
    make_region(code="120000", name_zh="天津市")
    RegionGroup.objects.create(slug="jj", name_zh="京津", member_codes=["110000", "120000"])
    asked = {"figure": "contracts.flow", "scope": "flow:region:110000>region:120000", "milestone": ""}
    assert "scope" in errors_of(_draft(browse, manager, **asked))
    made = _draft(browse, world.ops, **asked)
    assert made.status_code == 302, errors_of(made)


def test_a_draft_whose_rows_have_moved_says_both_and_is_not_locked(world: World, browse: Browse, manager: Any) -> None:
    _draft(browse, manager)
    row = LockedFigure.plain.get()
    make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    page = browse(manager).get(f"{PUBLISHED}{row.public_id}/change/", follow=True).content.decode()
    assert "项目0个。”（依据 0 条），现为“" in page
    browse(manager).post(_step(row, "lock"), {"version": "1"})
    row.refresh_from_db()
    assert row.state == "draft"


def test_staff_read_what_managers_publish(world: World, browse: Browse, manager: Any) -> None:
    _draft(browse, manager)
    row = LockedFigure.plain.get()
    assert browse(world.auditor).get(f"{PUBLISHED}{row.public_id}/change/", follow=True).status_code == 200
    assert browse(world.auditor).post(_step(row, "lock"), {"version": "1"}).status_code in (403, 404)
    assert browse(world.cy).get(f"{PUBLISHED}{row.public_id}/change/").status_code == 404
    assert _draft(browse, world.bo).status_code in (403, 404)


def _offered(client: Any, name: str) -> list[tuple[str, str]]:
    form = client.get(f"{PUBLISHED}add/").context["adminform"].form
    return [choice for _title, choices in form.fields[name].choices for choice in choices]


def test_the_form_lists_what_can_be_asked_of_the_places_and_no_two_alike(
    world: World, browse: Browse, manager: Any
) -> None:
    of_manager, of_ops = _offered(browse(manager), "figure"), _offered(browse(world.ops), "figure")
    assert not {"contracts.flow", "talent.flow", "series.value", "agreement.parties"} & dict(of_manager).keys()
    assert {"contracts.amount", "contracts.amount:yoy"} <= dict(of_manager).keys()
    assert {"contracts.flow", "contracts.flow_traded:yoy"} <= dict(of_ops).keys()
    for offered in (of_manager, of_ops):
        assert len({name for _figure, name in offered}) == len(offered)
    assert "2024-Q3" in browse(manager).get(f"{PUBLISHED}add/").content.decode()


def test_of_a_figure_with_a_draft_the_form_leads_to_it(world: World, browse: Browse, manager: Any) -> None:
    _draft(browse, manager)
    row = LockedFigure.plain.get()
    again = _draft(browse, manager)
    assert list(errors_of(again)) == ["figure"]
    assert f'<a href="{PUBLISHED}{row.public_id}/change/">打开草稿</a>' in again.content.decode()


def test_a_restatement_that_is_drafted_already_leads_to_its_draft(world: World, browse: Browse, manager: Any) -> None:
    _draft(browse, manager)
    row = LockedFigure.plain.get()
    browse(manager).post(_step(row, "lock"), {"version": "1"})
    make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    panel, asked = f"{PUBLISHED}{row.public_id}/panels/restate/", {"version": "1", "reason": "补报"}
    assert browse(manager).post(panel, asked).status_code == 302
    draft = LockedFigure.plain.get(state="draft")
    again = browse(manager).post(panel, asked).content.decode()
    assert f'<a href="{PUBLISHED}{draft.public_id}/change/">打开草稿</a>' in again


def test_what_is_wrong_with_a_milestone_or_a_year_is_said_in_words(browse: Browse, manager: Any) -> None:
    for fields, field, said in (
        ({"milestone": ""}, "milestone", "请选择统计口径：促成（signed）、完成（completed）。"),
        ({"figure": "events.all"}, "milestone", "“举办活动”不分口径：请将口径留空。"),
        ({"period": "2199"}, "period", "统计期“2199”的年份超出范围：请写 1978 至 2100 之间的年份。"),
        ({"period": "2024..2199"}, "period", "超出范围"),
    ):
        assert said in errors_of(_draft(browse, manager, **fields))[field][0]


def test_the_page_of_a_publication_names_what_is_kept_as_codes(world: World, browse: Browse, manager: Any) -> None:
    _draft(browse, manager)
    answer = browse(manager).get(f"{PUBLISHED}{LockedFigure.plain.get().public_id}/change/", follow=True)
    told = {pair["label"]: pair["value"] for section in answer.context["sections"] for pair in section["pairs"]}
    names = (told["指标"], told["统计范围"], told["统计期"], told["口径"], told["计量单位"])
    assert names == ("产学研与科研合作项目", "东方高新区", "2024年", "促成", "个")
    assert answer.context["record_facts"] == ["第 1 版"]
    page = answer.content.decode()
    assert "cooperations.projects" not in page
    assert "另有" not in page


def test_the_list_of_publications_speaks_the_language_of_its_reader(world: World, browse: Browse, manager: Any) -> None:
    _draft(browse, manager)
    row = LockedFigure.plain.get()
    ways = [{"accept-language": language} for language in ("zh-hans", "en")]
    chinese, english = (browse(manager).get(PUBLISHED, headers=way).content.decode() for way in ways)
    assert (row.sentence_zh in chinese, row.sentence_en in chinese) == (True, False)
    assert (row.sentence_zh in english, row.sentence_en in english) == (False, True)


def test_drafts_are_marked_and_hidden_from_staff_who_may_not_publish(
    world: World, browse: Browse, manager: Any
) -> None:
    dan = make_staff(world.east, username="dan")
    _draft(browse, manager)
    row = LockedFigure.plain.get()
    listed = browse(manager).get(PUBLISHED).content.decode()
    assert "统计发布：草稿与已发布" in listed
    assert (row.sentence_zh in listed, "草稿" in listed) == (True, True)
    assert row.sentence_zh not in browse(dan).get(PUBLISHED).content.decode()
    assert browse(dan).get(f"{PUBLISHED}{row.public_id}/change/").status_code == 404
    browse(manager).post(_step(row, "lock"), {"version": "1"})
    assert row.sentence_zh in browse(dan).get(PUBLISHED).content.decode()


def test_what_cannot_be_put_down_is_told_on_the_form(world: World, browse: Browse, manager: Any) -> None:
    assert "period" in errors_of(_draft(browse, manager, period="20244"))
    assert "milestone" in errors_of(_draft(browse, manager, milestone=""))
    assert "scope" in errors_of(_draft(browse, manager, scope="zone:west"))
    assert not LockedFigure.plain.exists()


def test_a_report_is_made_and_taken_along_in_three_formats(world: World, browse: Browse) -> None:
    _held("exchange", 2024, world)
    secretary = browse(world.secretariat)
    made = secretary.post(f"{REPORTS}add/", {"scope": "association:alliance", "period": "2024"})
    assert made.status_code == 302, errors_of(made)
    row = FigureReport.plain.get()
    page = secretary.get(f"{REPORTS}{row.public_id}/change/", follow=True).content.decode()
    assert "合计（去重）" in page
    docx, pdf, xlsx = (secretary.get(f"{REPORTS}{row.public_id}/report.{one}") for one in ("docx", "pdf", "xlsx"))
    assert "东西高新区联盟" in words_of_docx(docx.content)
    assert "东西高新区联盟" in words_of_pdf(pdf.content)
    sheets = load_workbook(BytesIO(xlsx.content))
    assert [sheet.title for sheet in sheets] == ["指标", "各园区", "表3 下一步工作建议", "图1数据"]
    assert secretary.get(f"{REPORTS}{row.public_id}/report.exe").status_code == 404
    assert browse(world.cy).get(f"{REPORTS}{row.public_id}/report.docx").status_code == 404
    assert "period" in errors_of(secretary.post(f"{REPORTS}add/", {"scope": "association:alliance", "period": "x"}))


def test_the_wizard_shows_what_would_differ_and_asks_why(world: World, browse: Browse, manager: Any) -> None:
    _draft(browse, manager, figure="conversions.count", milestone="")
    browse(manager).post(_step(LockedFigure.plain.get(), "lock"), {"version": "1"})
    titles = ["名称", "成果所在高新区", "落地高新区", "转化日"]
    rows = [titles, ["微加工工艺", "东方高新区", "西山高新区", "2024-03-01"]]
    job = staged(world, workbook(rows), kind="conversion", name="转化.xlsx")
    page = f"/office/zones/importjob/{job.public_id}"
    browse(manager).post(f"{page}/steps/apply/", {"version": jobs.version_of(job)})
    work_until_idle(job)
    shown = browse(manager).get(f"{page}/change/", follow=True).content.decode()
    assert "2024年，东方高新区科技成果转化0个。" in shown
    assert "按此原因写入" in shown
    assert "/steps/apply/" not in shown
    version = jobs.version_of(job)
    empty = browse(manager).post(f"{page}/panels/apply-with-reason/", {"version": version, "reason": ""})
    assert empty.status_code == 200
    stale = {"version": version - 1, "reason": "补报"}
    assert browse(manager).post(f"{page}/panels/apply-with-reason/", stale).status_code == 200
    sent = browse(manager).post(f"{page}/panels/apply-with-reason/", {"version": version, "reason": "补报"})
    assert sent.status_code == 302
    assert worked(job).state == "applied"
    assert set(LockedFigure.plain.values_list("state", "reason_zh")) == {("restated", ""), ("locked", "补报")}
