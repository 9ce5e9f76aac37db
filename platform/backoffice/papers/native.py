"""A chart of a paper as Office draws it: in DOCX and XLSX the same bars, which can be edited there, with their numbers
kept beside them so that readers that compute nothing show them too.
"""

from io import BytesIO
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, NumData, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.xml.functions import tostring

from backoffice.papers.blocks import Chart
from backoffice.papers.drawn import COLORS

SHEET: Final = "Sheet1"
CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH, HEIGHT = 150, 64
"""Millimeters."""
LABELS: Final[dict[str, Any]] = {
    "numFmt": "General;-General;",  # none where there is nothing
    "showVal": True, "showSerName": False, "showCatName": False, "showLegendKey": False, "showPercent": False,
    "showBubbleSize": False,
}  # fmt: skip
FRAME: Final = """
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <wp:inline distT="0" distB="0" distL="0" distR="0">
  <wp:extent/><wp:docPr/><wp:cNvGraphicFramePr/>
  <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart/></a:graphicData></a:graphic>
 </wp:inline>
</w:drawing>
"""


def fill(sheet: Any, block: Chart) -> None:
    """The numbers a chart is drawn from: labels down, series across."""
    sheet.append([block.unit, *(name for name, _values in block.series)])
    for place, label in enumerate(block.labels):
        sheet.append([label, *(values[place] for _name, values in block.series)])


def chart_of(sheet: Any, block: Chart) -> BarChart:
    """Drawn from the numbers that `fill` wrote."""
    chart: Any = BarChart()
    last = len(block.labels) + 1
    chart.add_data(
        Reference(sheet, min_col=2, max_col=len(block.series) + 1, min_row=1, max_row=last), titles_from_data=True
    )
    labels = f"'{sheet.title}'!$A$2:$A${last}"
    for place, (series, (name, values)) in enumerate(zip(chart.series, block.series, strict=True)):
        series.cat = AxDataSource(strRef=StrRef(f=labels, strCache=_words(block.labels)))
        series.val.numRef.numCache = _digits(values)
        series.tx.strRef.strCache = _words((name,))
        series.graphicalProperties.solidFill = COLORS[place % len(COLORS)]
        series.dLbls = DataLabelList(**LABELS)
    chart.barDir = "bar" if block.is_lying else "col"
    chart.x_axis.scaling.orientation = "maxMin" if block.is_lying else "minMax"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines, chart.y_axis.numFmt, chart.gapWidth = None, "General", 60
    chart.y_axis.scaling.min = 0
    for axis, title in zip((chart.x_axis, chart.y_axis), block.axes, strict=True):
        axis.title = title or None
    if len(block.series) > 1:
        chart.legend.position = "t"
    else:
        chart.legend = None
    chart.width, chart.height = WIDTH / 10, HEIGHT / 10
    return chart  # type: ignore[no-any-return]


def _words(words: tuple[str, ...]) -> StrData:
    return StrData(ptCount=len(words), pt=[StrVal(idx=place, v=word) for place, word in enumerate(words)])


def _digits(values: tuple[float, ...]) -> NumData:
    points = [NumVal(idx=place, v=f"{value:g}") for place, value in enumerate(values)]
    return NumData(formatCode="General", ptCount=len(points), pt=points)


def embed(document: Any, paragraph: Any, block: Chart, number: int) -> None:
    """Put the chart into a DOCX, with the workbook that is opened to edit it and what it shows in words."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    fill(sheet, block)
    package = document.part.package
    drawing: Any = chart_of(sheet, block)
    drawn = parse_xml(tostring(drawing._write()))
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    kept = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK_TYPE, _bytes(book), package)
    editable = OxmlElement("c:externalData")
    editable.set(qn("r:id"), part.relate_to(kept, RELATIONSHIP_TYPE.PACKAGE))
    drawn.append(editable)
    part._blob = serialize_part_xml(drawn)
    paragraph.add_run()._r.append(_frame(block, document.part.relate_to(part, RELATIONSHIP_TYPE.CHART), number))


def _frame(block: Chart, relation: str, number: int) -> Any:
    frame = parse_xml(FRAME.strip())
    extent, named, chart = (next(frame.iter(qn(name))) for name in ("wp:extent", "wp:docPr", "c:chart"))
    extent.set("cx", str(Mm(WIDTH)))
    extent.set("cy", str(Mm(HEIGHT)))
    for name, value in (("id", str(100 + number)), ("name", block.title), ("descr", block.alt)):
        named.set(name, value)
    chart.set(qn("r:id"), relation)
    return frame


def _bytes(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
