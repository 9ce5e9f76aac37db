"""A chart of a paper as a drawing for PDF: lines and letters, no picture, in the fonts of the text."""

from typing import Any, Final

from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from backoffice.papers.blocks import Chart

COLORS: Final = ("146196", "c9781c", "5b8c5a", "8a6fae")
"""Told apart in print without color too: from dark to light."""
HEIGHT, LEGEND_LINE = 56 * mm, 4 * mm
SMALL: Final = 8
NAMES: Final = 42 * mm
"""Room for the names of lying bars."""


def drawing_of(block: Chart, width: float, font: str) -> Drawing:
    """As wide as the text."""
    drawing = Drawing(width, HEIGHT + len(block.series) * LEGEND_LINE)
    drawing.add(_lying(block, width, font) if block.is_lying else _standing(block, width, font))
    if len(block.series) > 1:
        drawing.add(_legend(block, font))
    for title in _titles(block, width, font):
        drawing.add(title)
    return drawing


def _titles(block: Chart, width: float, font: str) -> list[Any]:
    """What the axes are of: at their ends, where no label stands."""
    upright, level = block.axes if block.is_lying else reversed(block.axes)
    style: dict[str, Any] = {"fontName": font, "fontSize": SMALL}
    left: Any = String(0, HEIGHT - SMALL, upright, textAnchor="start", **style)
    right: Any = String(width, 0, level, textAnchor="end", **style)
    return [one for one in (left, right) if one.text]


def _standing(block: Chart, width: float, font: str) -> Any:
    chart: Any = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 12 * mm, 10 * mm, width - 16 * mm, HEIGHT - 14 * mm
    return _set(chart, block, font)


def _lying(block: Chart, width: float, font: str) -> Any:
    chart: Any = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = NAMES, 6 * mm, width - NAMES - 12 * mm, HEIGHT - 8 * mm
    chart.categoryAxis.reverseDirection = 1
    return _set(chart, block, font)


def _set(chart: Any, block: Chart, font: str) -> Any:
    chart.data = [list(values) for _name, values in block.series]
    chart.categoryAxis.categoryNames = list(block.labels)
    chart.valueAxis.valueMin = 0
    chart.valueAxis.labelTextFormat = "%g"
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName, axis.labels.fontSize = font, SMALL
    chart.groupSpacing, chart.barSpacing = 6, 1
    chart.barLabels.fontName, chart.barLabels.fontSize, chart.barLabels.nudge = font, SMALL - 1, 6
    chart.barLabelFormat = _digits
    for place in range(len(block.series)):
        chart.bars[place].fillColor = HexColor(f"#{COLORS[place % len(COLORS)]}")
        chart.bars[place].strokeColor = None
    return chart


def _digits(value: float) -> str:
    """A bar of nothing has no number."""
    return f"{value:g}" if value else ""


def _legend(block: Chart, font: str) -> Any:
    legend: Any = Legend()
    legend.x, legend.y, legend.boxAnchor = 12 * mm, HEIGHT + len(block.series) * LEGEND_LINE, "nw"
    legend.fontName, legend.fontSize, legend.alignment = font, SMALL, "right"
    legend.columnMaximum, legend.dx, legend.dy, legend.deltay = len(block.series), 7, 7, LEGEND_LINE
    legend.colorNamePairs = [
        (HexColor(f"#{COLORS[place % len(COLORS)]}"), name) for place, (name, _values) in enumerate(block.series)
    ]
    return legend
