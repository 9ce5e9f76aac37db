"""The report of a period as a paper and as a workbook: what was reported when it was made, in the reader's language."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from backoffice.details import EMPTY
from backoffice.papers.blocks import Block, Heading, Paper, Table, Text
from figures.models import FigureReport
from figures.units import is_english
from zones.exporting.tables import neutral
from zones.models.base import in_language

WIDTHS = (34, 20, 14, 14, 70)


def paper_of(report: FigureReport) -> Paper:
    """For printing: sections with sentences and tables, the zones side by side, and the rules."""
    content = report.content
    return Paper(
        title=_("统计报告"),
        subject=f"{_in(content['name'])} {_in(content['when'])}",
        facts=(
            (_("统计范围"), _in(content["name"])),
            (_("统计期"), _in(content["when"])),
            (_("截止日"), report.as_of.isoformat()),
            (_("版次"), str(report.number)),
        ),
        blocks=(*_sections(content), *_zones(content), *_rules(content)),
        footer=_("本报告由平台按记录计算，每个数字可查依据 · %(id)s") % {"id": str(report.public_id)[:8]}
        + (_(" · 含演示数据") if report.samples else ""),
        has_cover=True,
        is_chinese=not is_english(),
    )  # fmt: skip


def _sections(content: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    for section in content["sections"]:
        rows = tuple(
            (_in(row["name"]), _in(row["value"]), _growth(row), str(row["evidence"])) for row in section["rows"]
        )
        blocks += [Heading(1, _in(section["title"])), Text(_in(section["text"]))]
        blocks.append(Table((_("指标"), _("数值"), _("同比"), _("依据行数")), rows))
    return blocks


def _zones(content: dict[str, Any]) -> list[Block]:
    zones = content["zones"]
    if not zones:
        return []
    rows = [(_in(row["name"]), *map(_in, row["values"])) for row in zones["rows"]]
    total = (_("合计（去重）"), *map(_in, zones["total"]))
    note = _("各园区按全数统计；几个园区共同参与的在每个园区各计一次，合计只计一次，因此各园区之和可大于合计。")
    headings = (_("高新区"), *map(_in, zones["columns"]))
    return [Heading(1, _("各园区情况")), Table(headings, (*rows, total)), Text(note, is_quiet=True)]


def _rules(content: dict[str, Any]) -> list[Block]:
    rules = {_in(row["name"]): _in(row["rule"]) for section in content["sections"] for row in section["rows"]}
    return [Heading(1, _("指标口径")), Table((), tuple(rules.items()))]


def workbook_of(report: FigureReport) -> bytes:
    """For going on with: one sheet of figures, one of the zones."""
    from openpyxl import Workbook  # loaded when a file is asked for

    content, book = report.content, Workbook()
    sheet: Any = book.active
    sheet.title = _("指标")
    _fill(sheet, [_("指标"), _("数值"), _("同比（%）"), _("依据行数"), _("口径")], [
        [_in(row["name"]), _in(row["value"]), row["growth"] or "", row["evidence"], _in(row["rule"])]
        for section in content["sections"]
        for row in section["rows"]
    ])  # fmt: skip
    if content["zones"]:
        zones = content["zones"]
        rows = [[_in(row["name"]), *map(_in, row["values"])] for row in zones["rows"]]
        rows.append([_("合计（去重）"), *map(_in, zones["total"])])
        _fill(book.create_sheet(_("各园区")), [_("高新区"), *map(_in, zones["columns"])], rows)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, headings: list[str], rows: list[list[Any]]) -> None:
    from openpyxl.styles import Font

    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    for column, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "B2"


def _growth(row: dict[str, Any]) -> str:
    return EMPTY if row["growth"] is None else f"{row['growth']}%"


def _in(words: dict[str, str]) -> str:
    return in_language(words["zh"], words["en"])
