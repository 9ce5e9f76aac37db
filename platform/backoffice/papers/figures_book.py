"""The report of a period as a workbook, for going on with: figures, zones, gaps, and charts that can be edited."""

import re
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from backoffice.papers.blocks import Chart, Paper, Table
from backoffice.papers.figures import paper_of
from figures.models import FigureReport
from zones.exporting.tables import neutral
from zones.models.base import in_language

WIDTHS: Final = (34, 20, 20, 20, 14, 14, 40, 60)
FRAME: Final = re.compile(r'(<(?:\w+:)?cNvPr id="(\d+)" name="Chart \d+")')


def workbook_of(report: FigureReport) -> bytes:
    """The file's bytes."""
    from openpyxl import Workbook  # loaded when a file is asked for

    content, paper, book = report.content, paper_of(report), Workbook()
    sheet: Any = book.active
    sheet.title = _("指标")
    headings = [_("指标"), _("本期"), _("数值"), _("上年同期"), _("同比（%）"), _("依据行数"), _("依据编号"), _("口径")]
    _fill(sheet, headings, [_line(row) for section in content["sections"] for row in section["rows"]])
    if content["zones"]:
        zones = content["zones"]
        rows = [[_in(row["name"]), *map(_in, row["values"])] for row in zones["rows"]]
        rows.append([_("合计（去重）"), *map(_in, zones["total"])])
        _fill(book.create_sheet(_("各园区")), [_("高新区"), *map(_in, zones["columns"])], rows)
    _tables(book, paper)
    alts = _charts(book, paper)
    stream = BytesIO()
    book.save(stream)
    return _described(stream.getvalue(), alts)


def _line(row: dict[str, Any]) -> list[Any]:
    before = _in(row["before"]) if row.get("before") else ""
    number = "" if row["number"] is None else float(row["number"])
    return [_in(row["name"]), _in(row["value"]), number, before, "" if row["growth"] is None else float(row["growth"]),
            row["evidence"], row.get("proof", ""), _in(row["rule"])]  # fmt: skip


def _tables(book: Any, paper: Paper) -> None:
    """What the paper tells as tables of its own: the matrix, gaps and next steps."""
    wanted = [block for block in paper.blocks if isinstance(block, Table) and block.caption]
    for place, block in enumerate(wanted):
        if place == 0 or block.headings[0] == _("高新区"):
            continue
        sheet = book.create_sheet(_sheet_name(block.caption, book))
        _fill(sheet, list(block.headings), [list(row) for row in block.rows])


def _sheet_name(caption: str, book: Any) -> str:
    """As spreadsheets allow it: 31 letters, none of them a bracket or slash."""
    name = re.sub(r"[\[\]:*?/\\]", " ", caption.replace("　", " "))[:28]
    return name if name not in book.sheetnames else f"{name}*"[:31].replace("*", "_")


def _charts(book: Any, paper: Paper) -> list[str]:
    """All on one sheet, each beside the numbers it is drawn from. Returns what they show, in words."""
    charts = [block for block in paper.blocks if isinstance(block, Chart)]
    if not charts:
        return []
    from backoffice.papers.native import chart_of, fill

    for number, block in enumerate(charts, start=1):
        sheet = book.create_sheet(_("图%(number)d数据") % {"number": number})
        fill(sheet, block)
        sheet.column_dimensions["A"].width = WIDTHS[0]
        sheet.append([block.title])
        sheet.add_chart(chart_of(sheet, block), f"{'ABCDEFGH'[len(block.series) + 2]}2")
        _landscape(sheet)
    return [block.alt for block in charts]


def _described(content: bytes, alts: list[str]) -> bytes:
    """With alternative texts, which the writer of the workbook knows nothing of."""
    if not alts:
        return content
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            found = re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", item.filename)
            if found:
                described = r"\1 descr=" + quoteattr(alts[int(found[1]) - 1]).replace("\\", r"\\")
                data = FRAME.sub(described, data.decode()).encode()
            new.writestr(item, data)
    return stream.getvalue()


def _fill(sheet: Any, headings: list[str], rows: list[list[Any]]) -> None:
    from openpyxl.styles import Font

    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    for column, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "B2"
    _landscape(sheet)


def _landscape(sheet: Any) -> None:
    """Printed as wide as a page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _in(words: dict[str, str]) -> str:
    return in_language(words["zh"], words["en"])
