"""Needs from files: drafts with verdicts and warnings by cell, written at once, taken back at once."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from ledger.history import event_model
from matching.models import Need
from matching.services.needs import update_need
from matching.services.reviews import submit_need
from tests.builders import make_code, make_metric, make_need, make_organization, principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, rows_of, staged, told, worked
from tests.zones.importing.sheets import workbook
from zones.errors import InvalidInput
from zones.exporting.formats import export
from zones.importing import jobs
from zones.models import ImportJob, Organization
from zones.scoping import today

OWNER = "东方微电子有限公司"
SOON = (today() + timedelta(days=200)).isoformat()
TITLES = ["需求编号", "需求标题", "摘要", "需求单位", "需求类型", "技术指标", "完成时限", "预算（万元）", "授权日期"]
METRICS = "检测限 <= 5 nm; 通量 >= 10 片/小时 [25 ℃] (加分)"
ROWS: list[list[Any]] = [
    TITLES,
    ["N-1", "晶圆缺陷检测", "需要在线检测晶圆表面缺陷。", OWNER, "委托研发", METRICS, SOON, 80, "2026-01-05"],
    ["N-2", "低温封装材料", "寻找低温封装材料。", OWNER, "技术转让", None, None, None, None],
]


def staged_needs(world: World, content: bytes, **fields: Any) -> ImportJob:
    return staged(world, content, kind="need", **{"name": "需求.xlsx"} | fields)


def applied_needs(world: World, content: bytes, **fields: Any) -> ImportJob:
    return applied(world, content, kind="need", **{"name": "需求.xlsx"} | fields)


def refused_needs(world: World, content: bytes) -> ImportJob:
    """A file whose rows are checked and not written."""
    job = staged_needs(world, content)
    with pytest.raises(InvalidInput, match="未写入"):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    return job


def test_needs_become_drafts_with_their_metrics(world: World) -> None:
    job = applied_needs(world, workbook(ROWS))
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 2})
    need = Need.plain.get(external_id="N-1")
    assert (need.state, need.author_id, need.zone_id) == ("draft", world.ana.pk, world.east.pk)
    assert (need.kind, str(need.budget_max), need.consent_recorded_on) == (
        "commissioned_development", "800000.00", date(2026, 1, 5),
    )  # fmt: skip
    assert Need.plain.get(external_id="N-2").kind == "technology_acquisition"
    found = [(m.name_zh, m.operator, m.low, m.high, m.unit, m.priority, m.condition_zh) for m in need.metrics.all()]
    assert found == [
        ("检测限", "<=", None, 5.0, "nm", "must", ""),
        ("通量", ">=", 10.0, None, "片/小时", "nice", "25 ℃"),
    ]


def test_the_check_tells_what_the_review_will_ask_for(world: World) -> None:
    job = staged_needs(world, workbook(ROWS))
    assert job.counts == {"new": 2}
    assert told(job)["F3"] == ["wanted_for_review"]
    assert told(job)["G3"] == ["wanted_for_review"]


def test_a_file_that_comes_again_changes_drafts_and_leaves_the_rest(world: World) -> None:
    applied_needs(world, workbook(ROWS))
    assert staged_needs(world, workbook(ROWS)).counts == {"unchanged": 2}
    changed = [TITLES, [*ROWS[1][:5], "检测限 <= 3 nm; 防水 = 是", *ROWS[1][6:]], ROWS[2]]
    need = Need.plain.get(external_id="N-1")
    key = need.metrics.get(name_zh="检测限").key
    job = applied_needs(world, workbook(changed))
    assert job.counts == {"changed": 1, "unchanged": 1}
    need.refresh_from_db()
    assert (need.version, need.text_version) == (2, 2)
    assert [(m.name_zh, m.high, m.truth) for m in need.metrics.all()] == [("检测限", 3.0, None), ("防水", None, True)]
    assert need.metrics.get(name_zh="检测限").key == key


@pytest.mark.parametrize("state", ["submitted", "open", "paused", "withdrawn"])
def test_a_need_others_work_with_is_a_conflict_and_stays(world: World, state: str) -> None:
    make_need(
        state=state, zone=world.east, organization=world.enterprise, external_id="N-1", title_zh="晶圆缺陷检测",
        summary_zh="需要在线检测晶圆表面缺陷。",
    )  # fmt: skip
    job = refused_needs(world, workbook(ROWS))
    assert job.counts == {"conflict": 1, "new": 1}
    assert told(job)["A2"] == ["not_a_draft"]
    assert Need.plain.count() == 1


def test_a_need_that_is_submitted_between_check_and_writing_stops_the_whole(world: World) -> None:
    applied_needs(world, workbook(ROWS))
    need = Need.plain.get(external_id="N-1")
    update_need(principal_of(world.ana), need_id=need.pk, version=1, visibility="zone")
    changed = [TITLES, [*ROWS[1][:2], "摘要改了。", *ROWS[1][3:]], [*ROWS[2][:2], "也改了。", *ROWS[2][3:]]]
    job = staged_needs(world, workbook(changed))
    assert job.counts == {"changed": 2}
    submit_need(principal_of(world.ana), need_id=need.pk)
    worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk))
    job.refresh_from_db()
    assert (job.state, job.counts) == ("staged", {"changed": 1, "conflict": 1})
    assert not Need.plain.filter(summary_zh="也改了。").exists()


def test_undo_withdraws_new_needs_and_restores_changed_ones(world: World) -> None:
    applied_needs(world, workbook(ROWS[:2]))
    changed = [TITLES, [*ROWS[1][:2], "摘要改了。", *ROWS[1][3:5], "检测限 <= 3 nm", *ROWS[1][6:]], ROWS[2]]
    job = applied_needs(world, workbook(changed))
    undone = worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    assert undone.state == "undone"
    first = Need.plain.get(external_id="N-1")
    assert (first.state, first.summary_zh, first.metrics.count()) == ("draft", ROWS[1][2], 2)
    second = Need.plain.get(title_zh="低温封装材料")
    assert (second.state, second.external_id) == ("withdrawn", "")
    history = event_model(Need).objects.filter(pgh_obj=second).order_by("pgh_id")
    assert list(history.values_list("state", "external_id")) == [("draft", "N-2"), ("withdrawn", "")]
    assert applied_needs(world, workbook(ROWS)).counts == {"unchanged": 1, "new": 1}


def test_undo_gives_metrics_their_keys_back(world: World) -> None:
    need = make_need(
        state="draft", metrics=0, zone=world.east, organization=world.enterprise, external_id="N-1", title_zh="检测"
    )
    make_metric(need, name_zh="检测限", key="limit", operator="<=", high=5.0, unit="nm")
    rows = [[*TITLES[:4], "技术指标"], ["N-1", "检测", "需要检测。", OWNER, "通量 >= 10 片/小时"]]
    job = applied_needs(world, workbook(rows))
    assert list(need.metrics.values_list("name_zh", flat=True)) == ["通量"]
    assert worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk)).state == "undone"
    assert list(need.metrics.values_list("key", "name_zh", "high")) == [("limit", "检测限", 5.0)]


def test_undo_is_refused_where_somebody_touched_a_draft(world: World) -> None:
    job = applied_needs(world, workbook(ROWS))
    need = Need.plain.get(external_id="N-2")
    update_need(principal_of(world.ana), need_id=need.pk, version=1, summary_zh="改过。")
    refused = worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    assert (refused.state, "低温封装材料" in refused.message) == ("applied", True)
    assert set(Need.plain.values_list("state", flat=True)) == {"draft"}


def test_texts_that_tell_who_asks_are_warnings_by_cell_in_both_languages(world: World) -> None:
    rows = [
        [*TITLES[:4], "技术难题", "指标"],
        ["N-1", "检测", f"{OWNER}需要检测。", OWNER, "联系电话 13812345678", "检测限 <= 5 nm [联系 13812345678]"],
    ]
    job = staged_needs(world, workbook(rows))
    assert job.counts == {"new": 1}
    cells = told(job)
    assert (cells["C2"], cells["E2"]) == (["tells_who"], ["tells_who"])
    assert "tells_who" in cells["F2"]
    said = next(message for message in rows_of(job)[0].messages if message["cell"] == "E2")["params"]["text"]
    assert "手机号码" in said["zh-hans"][0]
    assert "13812345678" not in json.dumps(said)
    assert said["en"][0].isascii() or "“" in said["en"][0]
    sealed = [[*rows[0], "可见范围"], [*rows[1], "密封"]]
    assert "E2" not in told(staged_needs(world, workbook(sealed)))


@pytest.mark.parametrize(
    ("title", "cell", "code"),
    [
        ("技术指标", "越快越好", "bad_metric"),
        ("技术指标", "检测限 <= 5 nm；检测限 >= 1 nm", "metric_repeated"),
        ("技术指标", "检测限 <= 5 咕噜", "unknown_unit"),
        ("技术指标", "检测限 <= 五 nm", "bad_metric"),
        ("技术指标", "厚度 = 20–5 μm", "bad_metric"),
        ("技术指标", "检测限 <= 1e999 nm", "out_of_range"),
        ("技术指标", "材料 包含 1e999", "out_of_range"),
        ("完成时限", "尽快", "not_a_date"),
        ("预算", 80, "no_unit"),
        ("需求类型", "别的", "unknown_choice"),
        ("可见范围", "都行", "unknown_choice"),
        ("联盟或网络", "月球联盟", "unknown_association"),
        ("复核园区", "月球高新区", "unknown_zone"),
        ("复核园区", "东方高新区", "unknown_zone"),
        ("涉密", "是", "said_by_rule"),
        ("授权日期", "2099-01-01", "said_by_rule"),
        ("产业分类", "X-99", "unknown_code"),
        ("摘要", "长" * 201, "too_long"),
        ("需求标题", "长" * 81, "too_long"),
        ("需求内容", "长" * 1001, "too_long"),
        ("期望推荐数", 99, "said_by_rule"),
    ],
)
def test_a_dirty_cell_is_told_by_its_place_and_nothing_is_written(
    world: World, title: str, cell: Any, code: str
) -> None:
    good = dict(zip(TITLES, ROWS[1], strict=True))
    row = {name: value for name, value in good.items() if name != "预算（万元）"} | {title: cell}
    job = refused_needs(world, workbook([list(row), list(row.values())]))
    assert job.counts == {"error": 1}
    place = f"{chr(ord('A') + list(row).index(title))}2"
    assert told(job)[place] == [code]
    assert not Need.plain.exists()


def test_budgets_that_cross_and_levels_that_fall_are_told_by_cell(world: World) -> None:
    titles = [*TITLES[:4], "预算下限（万元）", "预算上限（万元）", "现有就绪度", "目标就绪度"]
    crossed = ["N-1", "检测", "需要检测。", OWNER, 90, 80, None, None]
    falling = ["N-2", "封装", "需要封装。", OWNER, None, None, 6, 4]
    cells = told(staged_needs(world, workbook([titles, crossed, falling])))
    assert (cells["F2"], cells["H3"]) == (["said_by_rule"], ["said_by_rule"])


def test_numbers_and_titles_repeated_in_the_file_are_errors(world: World) -> None:
    rows = [TITLES[:4], ["N-1", "甲", "要甲。", OWNER], ["N-1", "乙", "要乙。", OWNER]]
    assert told(staged_needs(world, workbook(rows)))["A3"] == ["repeated_id"]
    unnumbered = [TITLES[1:4], ["甲", "要甲。", OWNER], ["甲", "要乙。", OWNER]]
    assert told(staged_needs(world, workbook(unnumbered)))["A3"][0] == "repeated_name"


@pytest.mark.parametrize("numbers", [("N-1", None), (None, "N-1"), ("N-1", "N-2")])
def test_two_rows_that_mean_one_draft_are_told_and_neither_overwrites_the_other(
    world: World, numbers: tuple[str | None, str | None]
) -> None:
    make_need(state="draft", zone=world.east, organization=world.enterprise, title_zh="甲")
    rows = [TITLES[:4], [numbers[0], "甲", "要甲。", OWNER], [numbers[1], "甲", "要乙。", OWNER]]
    job = refused_needs(world, workbook(rows))
    assert job.counts == {"changed": 1, "error": 1}
    assert told(job)["B3"] == ["same_record"]
    assert {"row": 2} in [message["params"] for message in rows_of(job)[1].messages]


def test_an_organization_the_zone_has_not_is_told_and_registered(world: World) -> None:
    job = applied_needs(world, workbook([TITLES[:4], ["N-1", "检测", "需要检测。", "新来的公司"]]))
    assert "new_organization" in told(job)["D2"]
    owner = Organization.plain.get(name_zh="新来的公司")
    assert (Need.plain.get().organization_id, owner.zone_id) == (owner.pk, world.east.pk)


def test_an_association_makes_a_need_its_own_and_others_are_refused(world: World) -> None:
    rows = [[*TITLES[:4], "联盟"], ["N-1", "检测", "需要检测。", OWNER, world.alliance.name_en]]
    applied_needs(world, workbook(rows))
    need = Need.plain.get()
    assert (need.visibility, need.association_id) == ("association", world.alliance.pk)


def test_a_file_that_names_another_zone_s_needs_learns_nothing_of_them(world: World) -> None:
    rows = [TITLES[:4], ["W-1", "光刻需求", "需要光刻。", "西山光学实验室"]]
    blind = [(row.verdict, row.values, row.messages) for row in rows_of(staged_needs(world, workbook(rows)))]
    make_need(
        zone=world.west, organization=world.laboratory, external_id="W-1", title_zh="光刻需求", state="draft",
        author=world.bo,
    )  # fmt: skip
    make_organization(name_zh="暗厂", zone=world.west)
    assert [(row.verdict, row.values, row.messages) for row in rows_of(staged_needs(world, workbook(rows)))] == blind
    assert "new_organization" in [message["code"] for message in blind[0][2]]


EEN = """<profiles>
<profile><reference><external>TOFR20250103001</external><type>Technology Offer</type></reference>
 <content><title>Gas sensor</title><summary>Small.</summary></content></profile>
<profile><reference><external>TRDE20250103002</external><type>Technology Request</type></reference>
 <content><title>{title}</title><summary>{summary}</summary><description>Yields drop.</description></content>
 <cooperation><partner><area>Laser optics</area></partner></cooperation>
 <datum><deadline>{deadline}T00:00:00</deadline></datum>
 <keyword><technologies><technology><label>Lasers</label></technology></technologies></keyword>
 <partnerships><string>R&amp;D cooperation</string></partnerships></profile>
</profiles>"""


def een(summary: str = "A laser is sought.") -> bytes:
    title = "Laser source for inspecting wafers at high speed, looked for by a maker of instruments"
    return EEN.format(title=title, summary=summary, deadline=SOON).encode()


def test_een_requests_are_read_as_needs_and_offers_are_told(world: World) -> None:
    job = applied_needs(world, een(), name="een.xml", organization=world.enterprise)
    assert (job.message, job.counts) == ("", {"new": 1})
    assert job.row_types == {"Technology Offer": 1, "Technology Request": 1}
    need = Need.plain.get()
    assert (need.external_id, need.kind, need.problem_zh, need.content_zh) == (
        "TRDE20250103002", "joint_development", "Yields drop.", "Laser optics",
    )  # fmt: skip
    assert (need.keywords, need.deadline and need.deadline.isoformat()) == (["Lasers"], SOON)
    assert (len(need.title_zh), need.title_en) == (
        80,
        "Laser source for inspecting wafers at high speed, looked for by a maker of instruments",
    )
    assert "shortened" in [message["code"] for message in rows_of(job)[0].messages]


def test_een_texts_longer_than_ours_are_cut_and_told(world: World) -> None:
    job = staged_needs(world, een("A long summary. " * 40), name="een.xml", organization=world.enterprise)
    assert job.counts == {"new": 1}
    (row,) = rows_of(job)
    assert len(row.values["summary_zh"]) <= 200
    faults = {(message["code"], message["field"]): message["params"] for message in row.messages}
    assert faults["shortened", "summary_zh"]["length"] == 639


def test_a_file_of_offers_alone_says_so(world: World) -> None:
    content = een().replace(b"Technology Request", b"Technology Offer")
    job = staged_needs(world, content, name="een.xml", organization=world.enterprise)
    assert job.state == "refused"
    assert "“Technology Offer” 2 行（科技成果）" in job.message
    offers = staged(world, een(), kind="achievement", organization=world.enterprise)
    assert offers.row_types == {"Technology Offer": 1, "Technology Request": 1}
    assert offers.counts == {"new": 1}


def test_a_column_that_is_no_row_type_is_told_in_a_sentence_of_a_few_names(world: World) -> None:
    rows = [[*TITLES[:4], "Type"], *([f"N-{n}", f"需求{n}", "摘要。", OWNER, f"种类{n}"] for n in range(60))]
    job = staged_needs(world, workbook(rows))
    assert job.state == "refused"
    assert "“种类0” 1 行" in job.message
    assert "另有 55 种共 55 行" in job.message
    assert len(job.message) < 300


def furnish(world: World) -> None:
    """A draft with everything a file can say, an open need, and one without a number."""
    own: dict[str, Any] = {"zone": world.east, "organization": world.enterprise, "author": world.ana}
    make_code("industry", "C39")
    full = make_need(
        state="draft", metrics=0, external_id="N-1", title_zh="=晶圆检测", title_en="Wafers", problem_zh="上\n下",
        industry_codes=["C39"], keywords=["晶圆", "检测"], trl_have=3, trl_need=6, duration_months=12,
        visibility="association", association=world.alliance, review_zone=world.west, ip_preference_zh="共有",
        expires_on=None, **own,
    )  # fmt: skip
    make_metric(full, name_zh="检测限; 全片", key="limit", operator="<=", high=0.1 + 0.2, condition_zh="室温 [暗室]")
    make_metric(full, name_zh="材料", operator="includes", high=None, choices=["硅", "4", 4], unit="", priority="nice")
    make_metric(full, name_zh="在线", operator="bool", high=None, truth=True, unit="")
    make_need(state="open", **own)
    make_need(state="draft", title_zh="无编号", **own)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_needs_come_back_unchanged(world: World, name: str, language: str) -> None:
    furnish(world)
    content = export(principal_of(world.ana), zone=world.east, kind="need", name=name, language=language)
    job = staged_needs(world, content)
    assert (job.message, job.counts) == ("", {"unchanged": 3})


def test_a_file_of_needs_holds_those_of_the_asker_s_own_side(world: World) -> None:
    furnish(world)
    make_need(state="withdrawn", zone=world.east, organization=world.enterprise, title_zh="撤回的")
    titles = [row["标题"] for row in exported(world, world.ana)]
    assert (len(titles), "撤回的" in titles) == (3, False)
    assert exported(world, world.auditor) == exported(world, world.ana)
    for person in (world.bo, world.cy):
        assert exported(world, person) == []


def exported(world: World, user: User) -> list[dict[str, str]]:
    content = export(principal_of(user), zone=world.east, kind="need", name="csv")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_needs_have_no_open_format_but_tables(world: World) -> None:
    with pytest.raises(InvalidInput, match="xlsx"):
        export(principal_of(world.ana), zone=world.east, kind="need", name="jsonld")
