"""Imports in the browser: a file uploaded, its columns named, its rows checked, written, mended and taken back."""

import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matching.models import Need
from tests.builders import make_code, make_region, make_resource, principal_of
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, body_of
from tests.imports import make_import_job
from tests.matching.importing import test_contracts as contracts
from tests.zones.importing.conftest import worked
from tests.zones.importing.sheets import csv_text, repacked, workbook
from tests.zones.importing.test_catalogue import book, published
from zones.choices import KINDS_OF_THE_SYSTEM
from zones.importing.jobs import version_of
from zones.importing.kinds import IMPORTABLE
from zones.importing.mapping import find_header
from zones.importing.parsing.limits import MAX_FILE_BYTES
from zones.models import ImportFile, ImportJob, ImportMapping, Resource
from zones.services.catalogues import count_catalogue

LIST, ADD = "/office/zones/importjob/", "/office/zones/importjob/add/"
OWNER = "东方微电子有限公司"
TITLES = ["设备编号", "设备名称", "权属单位", "原值（万元）"]
ROWS: list[list[Any]] = [TITLES, ["E-1", "扫描电镜", OWNER, 35], ["E-2", "光谱仪", OWNER, "12万元"]]


def upload(client: Client, world: World, content: bytes, *, name: str = "设备.xlsx", **fields: Any) -> Any:
    values = {"zone": world.east.public_id, "kind": "equipment", "sheet": "", "organization": ""} | fields
    return client.post(ADD, values | {"file": SimpleUploadedFile(name, content)})


def uploaded(client: Client, world: World, content: bytes, **fields: Any) -> ImportJob:
    """A file uploaded and read."""
    response = upload(client, world, content, **fields)
    assert response.status_code == 302, response.context["form"].errors
    return worked(ImportJob.plain.order_by("-pk")[0])


def url_of(job: ImportJob, page: str = "change") -> str:
    return f"{LIST}{job.public_id}/{page}/"


def press(client: Client, job: ImportJob, step: str, **fields: Any) -> ImportJob:
    client.post(url_of(job, f"steps/{step}"), {"version": version_of(job)} | fields)
    return worked(job)


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    text: str = response.content.decode()
    return text


def test_a_file_goes_from_upload_to_receipt_and_back(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, workbook(ROWS))
    assert job.state == "staged"
    checked = page_of(client, url_of(job))
    assert "核对无误：将写入 2 行" in checked
    assert Resource.plain.count() == 0
    job = press(client, job, "apply")
    receipt = page_of(client, url_of(job))
    key = Resource.plain.get(external_id="E-1").public_id
    for told in ("回执", job.file.sha256, "设备.xlsx", "ana", f"/office/zones/resource/{key}/change/", "撤销本次导入"):
        assert told in receipt, told
    job = press(client, job, "undo")
    assert job.state == "undone"
    assert set(Resource.plain.values_list("status", flat=True)) == {"retired"}


def test_while_it_is_read_the_page_follows_and_then_loads_anew(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = make_import_job(world.east, state="applying", row_total=4_000, row_done=1_000)
    assert f'hx-get="{url_of(job, "progress")}"' in page_of(client, url_of(job))
    fragment = client.get(url_of(job, "progress"))
    assert (fragment.status_code, "1000 / 4000" in fragment.content.decode()) == (200, True)
    ImportJob.plain.filter(pk=job.pk).update(state="staged")
    ended = client.get(url_of(job, "progress"))
    assert (ended.status_code, ended["HX-Refresh"]) == (286, "true")


def test_columns_show_samples_guesses_and_what_is_missing_and_are_remembered(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    rows = [["设备编号", "叫法", "权属单位", "原值"], ["E-1", "扫描电镜", OWNER, 35], ["E-2", "光谱仪", OWNER, 12]]
    job = uploaded(client, world, workbook(rows))
    text = page_of(client, url_of(job, "columns"))
    assert "缺少必填的列：名称" in text
    assert "<span>扫描电镜</span><span>光谱仪</span>" in text
    form = client.get(url_of(job, "columns")).context["form"]
    assert [line.field.value() for line in form.lines()] == ["external_id", "", "organization", "original_value"]
    chosen = {"0-field": "external_id", "1-field": "name_zh", "2-field": "organization", "3-field": "original_value"}
    client.post(url_of(job, "columns"), chosen | {"3-unit": "万元", "version": version_of(job)})
    job = worked(job)
    assert job.counts == {"new": 2}
    assert job.rows.order_by("number")[0].values["original_value"] == "350000.00"
    assert set(ImportMapping.plain.get(zone=world.east).columns) == {"叫法", "原值"}
    assert uploaded(client, world, workbook(rows)).counts == {"new": 2}


def test_a_field_is_meant_by_one_column(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, workbook(ROWS))
    twice = {"0-field": "name_zh", "1-field": "name_zh", "2-field": "organization", "3-field": ""}
    response = client.post(url_of(job, "columns"), twice | {"version": version_of(job)})
    assert "请只保留一列" in response.content.decode()
    assert not ImportMapping.plain.exists()


def test_a_file_without_a_known_title_is_named_column_by_column(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, workbook([["甲", "乙"], ["扫描电镜", OWNER]]))
    assert (job.state, len(job.titles)) == ("refused", 2)
    assert "指定列对应" in page_of(client, url_of(job))
    chosen = {"0-field": "name_zh", "1-field": "organization", "version": version_of(job)}
    client.post(url_of(job, "columns"), chosen)
    assert worked(job).counts == {"new": 1}


def test_what_was_staged_anew_since_it_was_seen_is_not_written(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, workbook(ROWS))
    seen = version_of(job)
    press(client, job, "check")
    response = client.post(url_of(job, "steps/apply"), {"version": seen}, follow=True)
    assert "导入任务已有变化" in response.content.decode()
    assert worked(job).state == "staged"


def test_cells_tell_place_value_fault_and_remedy_and_changes_before_and_after(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    make_resource(
        kind="equipment", name_zh="光谱仪", organization=world.enterprise, zone=world.east, external_id="E-2",
        details={"original_value": "50000.00"},
    )  # fmt: skip
    job = uploaded(client, world, workbook([*ROWS, ["E-3", "离子注入机", OWNER, "约三十五"]]))
    assert job.counts == {"new": 1, "changed": 1, "error": 1}
    wrong = page_of(client, url_of(job))
    for told in ("<b>D4</b>", "原值（万元）", "<q>约三十五</q>", "请填数字，可带单位，如 35万元"):
        assert told in wrong, told
    assert "扫描电镜" not in wrong
    changed = page_of(client, url_of(job) + "?verdict=changed")
    assert "<del>5 万元</del> → <ins>12 万元</ins>" in changed
    assert "扫描电镜" in page_of(client, url_of(job) + "?verdict=all")
    assert client.get(url_of(job) + "?verdict=secret").status_code == 400


def test_news_of_a_contract_are_what_differs_in_words_and_its_receipt_leads_to_contracts(
    world: World, browse: Browse
) -> None:
    make_code("contract_type", "KF-WT")
    make_region(code="110000", name_zh="北京市")
    client = browse(world.ana)
    job = uploaded(client, world, contracts.book({}), kind="contract")
    done = page_of(client, url_of(press(client, job, "apply")))
    assert "/office/matching/techcontract/" in done
    assert "参与匹配" not in done
    job = uploaded(client, world, contracts.book(contracts.CHANGE), kind="contract")
    for page in (page_of(client, url_of(job)), page_of(client, url_of(press(client, job, "apply")))):
        told = re.findall(r"<dt>([^<]+)</dt><dd><del>([^<]*)</del> → <ins>([^<]*)</ins>", page)
        assert ("合同成交额（元）", "120 万元", "100 万元") in told
        assert {"合同名称", "登记编号", "合同类型", "买方省级区域"}.isdisjoint(label for label, _old, _new in told)
        assert all(old != new for _label, old, new in told)


def test_the_check_turns_its_pages_by_fifty(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, workbook([TITLES, *([f"E-{n}", f"仪器{n}", OWNER, n] for n in range(120))]))
    first, last = (client.get(url_of(job) + f"?verdict=new&p={page}").context["rows"] for page in (1, 3))
    assert (len(first), len(last), last[-1]["number"]) == (50, 20, 121)


def test_the_mended_copy_with_comments_is_imported(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, workbook([*ROWS, ["E-3", "离子注入机", OWNER, "约三十五"]]))
    response = client.get(url_of(job, "comments"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[0]
    assert sheet["E1"].value == "核对意见"
    assert str(sheet["E4"].value).startswith("D4 原值（万元）: ")
    assert sheet["D4"].fill.fgColor.rgb == "00FFF2CC"
    sheet["D4"] = 40
    mended = io.BytesIO()
    book.save(mended)
    assert uploaded(client, world, mended.getvalue()).counts == {"new": 3}


def test_a_job_without_faults_has_no_comments(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, workbook(ROWS))
    assert client.get(url_of(job, "comments")).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("content", "chinese", "english"),
    [
        (b"", "文件是空的", "empty"),
        (repacked(workbook(ROWS), xl__vbaProject_dot_bin=b"x"), "不含宏的 xlsx", "without macros"),
        (b"%PDF-1.7 ...", "不是表格", "not a table"),
        (b"a" * (MAX_FILE_BYTES + 1), "20 MB", "20 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_on_the_form(
    world: World, browse: Browse, content: bytes, chinese: str, english: str, language: str
) -> None:
    client = browse(world.ana)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    response = upload(client, world, content)
    assert response.status_code == 200
    assert (chinese if language == "zh-hans" else english) in response.content.decode()
    assert not ImportFile.plain.exists()


def test_a_table_that_is_too_long_says_so_on_its_page(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = uploaded(client, world, csv_text([["名称"], *([n] for n in range(10_050))]).encode(), name="长.csv")
    text = page_of(client, url_of(job))
    assert job.state == "refused"
    assert "最多 10000 行" in text
    assert "更正后重新上传" in text


def test_undo_is_refused_with_its_reason_where_a_record_changed_since(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    job = press(client, uploaded(client, world, workbook(ROWS)), "apply")
    Resource.plain.filter(external_id="E-1").update(version=7)
    job = press(client, job, "undo")
    assert job.state == "applied"
    assert "扫描电镜" in job.message
    assert job.message in page_of(client, url_of(job))


def test_the_first_page_counts_files_with_faults_until_a_later_one_comes(world: World, browse: Browse) -> None:
    client = browse(world.ana)

    def counted() -> int:
        cards = client.get("/office/").context["cards"]
        found: int = next(card["count"] for card in cards if card["url"].endswith("importjob/?faults=yes"))
        return found

    assert counted() == 0
    uploaded(client, world, workbook([TITLES, ["E-3", "离子注入机", OWNER, "约三十五"]]), name="错.xlsx")
    make_import_job(world.west, state="refused")
    assert counted() == 1
    assert "错.xlsx" in page_of(client, LIST + "?faults=yes")
    uploaded(client, world, workbook(ROWS))
    assert counted() == 0


def test_a_catalogue_of_hangzhou_s_size_goes_through_the_pages(world: World, browse: Browse) -> None:
    client, content = browse(world.ana), book()
    for kind, sheet in (("laboratory", "实验室"), ("equipment", "设备")):
        job = press(client, uploaded(client, world, content, kind=kind, sheet=sheet), "apply")
        assert job.state == "applied"
        assert "回执" in page_of(client, url_of(job))
    counts = count_catalogue(principal_of(world.ana), catalogue=published(world), on=date(2025, 7, 1))
    assert counts == (63, 317)


def test_an_auditor_reads_and_does_nothing(world: World, browse: Browse) -> None:
    job = uploaded(browse(world.ana), world, workbook([*ROWS, ["E-3", "离子注入机", OWNER, "约三十五"]]))
    client = browse(world.auditor)
    text = page_of(client, url_of(job))
    assert "离子注入机" in text
    assert "/steps/" not in text
    assert "disabled" in page_of(client, url_of(job, "columns"))
    assert client.get(url_of(job, "comments")).status_code == 200
    version = {"version": version_of(job)}
    for page in ("columns", "steps/apply", "steps/check", "steps/undo"):
        assert client.post(url_of(job, page), version).status_code == 404, page
    assert upload(client, world, workbook(ROWS)).status_code == 404


@pytest.mark.parametrize("person", ["bo", "cy", "secretariat"])
def test_others_get_nothing_of_a_job_on_any_of_its_pages(world: World, browse: Browse, person: str) -> None:
    job = uploaded(browse(world.ana), world, workbook([*ROWS, ["E-3", "离子注入机", OWNER, "约三十五"]]))
    client = browse(getattr(world, person))
    for page in ("change", "columns", "progress", "comments", "history"):
        assert client.get(url_of(job, page)).status_code == 404, page
    for page in ("columns", "steps/apply", "steps/check", "steps/undo"):
        assert client.post(url_of(job, page), {"version": version_of(job)}).status_code == 404, page
    assert "设备.xlsx" not in page_of(client, LIST)


def test_a_file_for_another_zone_or_owner_is_not_taken(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    for name, foreign in (("zone", world.west), ("organization", world.laboratory)):
        values: dict[str, Any] = {name: foreign.public_id}
        assert upload(client, world, workbook(ROWS), **values).status_code == 200
    assert not ImportJob.plain.exists()


def test_an_empty_list_says_how_to_begin(world: World, browse: Browse) -> None:
    page = browse(world.ana).get("/office/zones/importjob/").content.decode()
    assert "还没有导入任务" in page
    assert "上传现有的 Excel 或 CSV 目录" in page
    assert ">导入文件</a>" in page


def test_a_file_that_names_no_owner_is_told_that_one_can_be_chosen_for_all(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    rows = [["设备编号", "设备名称"], ["E-1", "显微镜"]]
    assert "选择“默认权属单位”" in page_of(client, url_of(uploaded(client, world, workbook(rows))))
    owned = uploaded(client, world, workbook(rows), organization=world.enterprise.public_id)
    assert "选择“默认权属单位”" not in page_of(client, url_of(owned))
    policies = uploaded(client, world, workbook([["名称", "发文机关"], ["若干措施", "管委会"]]), kind="policy")
    asked = page_of(client, url_of(policies))
    assert ("印发日" in asked, "选择“默认权属单位”" in asked) == (True, False)


def test_needs_go_through_the_pages_and_a_mixed_file_is_told(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    rows: list[list[Any]] = [
        ["行类型", "需求编号", "需求标题", "摘要", "需求单位", "技术指标"],
        ["需求", "N-1", "晶圆检测", "需要检测晶圆。", OWNER, "检测限 <= 5 nm; 通量 >= 10 片/小时 (加分)"],
        ["成果", "A-1", "传感器", "可以测量。", OWNER, None],
    ]
    job = uploaded(client, world, workbook(rows), kind="need", name="需求.xlsx")
    checked = page_of(client, url_of(job))
    for told in ("“成果” 1 行（科技成果）", "其余 1 行不读取", "要求完成日　未填写", "核对无误：将写入 1 行"):
        assert told in checked, told
    job = press(client, job, "apply")
    need = Need.plain.get()
    receipt = page_of(client, url_of(job))
    assert f"/office/matching/need/{need.public_id}/change/" in receipt
    assert "补全后提交审核" in receipt
    drafts = client.get("/office/matching/need/?side=own&state=draft")
    assert list(drafts.context["cl"].result_list) == [need]
    rows[1][5] = "检测限 <= 3 nm"
    job = uploaded(client, world, workbook(rows), kind="need")
    changed = page_of(client, url_of(job) + "?verdict=changed")
    assert "<del>检测限 &lt;= 5 nm; 通量 &gt;= 10 片/小时 (加分)</del> → <ins>检测限 &lt;= 3 nm</ins>" in changed
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "reads 1 of the rows" in page_of(client, url_of(job))


def test_every_kind_has_a_template_that_names_what_is_required(world: World, browse: Browse) -> None:
    """What the system's administrators keep is offered to them alone."""
    ana, upload = browse(world.ana), browse(world.ana).get("/office/zones/importjob/add/").content.decode()
    of_the_system = browse(world.ops).get("/office/zones/importjob/add/").content.decode()
    for kind, known in IMPORTABLE.items():
        url = f"/office/zones/importjob/template/{kind}/"
        assert (url in upload) == (kind not in KINDS_OF_THE_SYSTEM), kind
        assert url in of_the_system, kind
        sheet = openpyxl.load_workbook(io.BytesIO(body_of(ana.get(url)))).active
        assert sheet is not None
        titles = [cell.value for cell in next(sheet.iter_rows())]
        header = find_header([titles], known, {})
        assert header is not None, kind
        meant = {title.field for title in header.titles}
        assert {column.field for column in known.columns if column.is_required} <= meant, kind
    assert ana.get("/office/zones/importjob/template/nothing/").status_code == 404
    assert browse(world.auditor).get("/office/zones/importjob/template/fund/").status_code == 404
