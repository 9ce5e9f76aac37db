"""A paper as PDF. Chinese is set in the predefined font STSong-Light, which every reader of PDF brings or replaces, so
that no font file has to be shipped (decision 14).
"""

import re
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from backoffice.papers.blocks import Bar, Blanks, Block, Chart, Heading, Paper, Signature, Table, Text, numbered
from backoffice.papers.drawn import drawing_of

FONT, LATIN = "STSong-Light", "Times-Roman"
LATIN_RUN = re.compile(r"[!-~][ -~]*[!-~]|[!-~]")
CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
INK, GRAY, BLUE, TRACK, LINE, SHADE = map(HexColor, ("#1b1f23", "#5b6670", "#146196", "#d5dce2", "#9aa6b1", "#eef3f7"))
LEFT, RIGHT, TOP, BOTTOM = 28 * mm, 26 * mm, 30 * mm, 28 * mm
FRAME_PADDING = 6
WIDTH = A4[0] - LEFT - RIGHT - 2 * FRAME_PADDING
FIRST_COLUMN = 34 * mm
registerFont(UnicodeCIDFont(FONT))


def pdf_of(paper: Paper) -> bytes:
    """The file's bytes."""
    stream = BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=LEFT,
        rightMargin=RIGHT,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=f"{paper.title}{paper.colon}{paper.subject}",
        author="ZoneLink",
    )
    story = _head(paper)
    for block in numbered(paper.blocks, is_chinese=paper.is_chinese):
        story += _flow(block)
    foot = partial(_foot, footer=paper.footer)
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return stream.getvalue()


def _foot(canvas: Any, document: Any, *, footer: str) -> None:
    """The footer of every page: where the numbers come from, and the page's number."""
    canvas.saveState()
    line = _line(footer, size=8, color=GRAY, centered=True)
    _width, height = line.wrap(WIDTH, 20 * mm)
    line.drawOn(canvas, LEFT + FRAME_PADDING, 17 * mm - height)
    number = _line(f"— {document.page} —", size=10, centered=True)
    number.wrap(WIDTH, 10 * mm)
    number.drawOn(canvas, LEFT + FRAME_PADDING, 19 * mm)
    canvas.restoreState()


def _head(paper: Paper) -> list[Flowable]:
    """The cover on a page of its own, or the title above the text."""
    size = 30 if paper.has_cover else 22
    title, subject = _line(paper.title, size=size, centered=True), _line(paper.subject, size=17, centered=True)
    facts: list[Flowable] = [
        _line(f"{label}{paper.colon}{value}", size=13, centered=True) for label, value in paper.facts
    ]
    if not paper.has_cover:
        return [title, Spacer(0, 2 * mm), subject, *facts, Spacer(0, 4 * mm)]
    rule = _Rule(60 * mm)
    gap, wide = Spacer(0, 8 * mm), Spacer(0, 70 * mm)
    return [Spacer(0, 45 * mm), title, gap, rule, gap, subject, wide, *facts, PageBreak()]


def _line(
    text: str, *, size: float, color: Any = INK, centered: bool = False, indent: float = 0, at_right: bool = False
) -> Paragraph:
    """A paragraph. Chinese breaks anywhere but before its punctuation, English between words."""
    is_chinese = len(CHINESE.findall(text)) * 4 > len(text)
    style = ParagraphStyle(
        "line",
        fontName=FONT,
        fontSize=size,
        leading=size * 1.55,
        textColor=color,
        alignment=TA_CENTER if centered else TA_RIGHT if at_right else TA_LEFT,
        firstLineIndent=indent if is_chinese else 0,
        wordWrap="CJK" if is_chinese else None,
    )
    return Paragraph(_marked(text), style)


def _marked(text: str) -> str:
    """Runs of Latin letters and digits in a Latin font, the rest in the Chinese one."""
    parts, end = [], 0
    for run in LATIN_RUN.finditer(text):
        parts += [escape(text[end : run.start()]), f'<font name="{LATIN}">{escape(run[0])}</font>']
        end = run.end()
    return "".join([*parts, escape(text[end:])])


def _flow(block: Block) -> list[Flowable]:
    match block:
        case Heading():
            return _heading(block)
        case Text():
            size, color = (9.5, GRAY) if block.is_quiet else (11.5, INK)
            return [_line(line, size=size, color=color, indent=2 * size) for line in block.lines] + [Spacer(0, 1 * mm)]
        case Table():
            caption = [_line(block.caption, size=10.5, centered=True)] if block.caption else []
            return [CondPageBreak(30 * mm), *caption, _grid(block), Spacer(0, 3 * mm)]
        case Chart():
            below = _line(block.title, size=10.5, centered=True)
            return [KeepTogether([drawing_of(block, WIDTH, FONT), below, Spacer(0, 4 * mm)])]
        case Signature():
            return [Spacer(0, 8 * mm), *(_line(line, size=11.5, at_right=True) for line in block.lines)]
        case Bar():
            note = _line(block.note, size=9.5, color=GRAY)
            return [_Score(block), note, Spacer(0, 1 * mm)]
        case Blanks():
            return [part for label in block.labels for part in (Spacer(0, 9 * mm), _Blank(label))]


def _heading(block: Heading) -> list[Flowable]:
    if block.is_annex:
        return [PageBreak(), _line(block.text, size=16), Spacer(0, 3 * mm)]
    size = {1: 16, 2: 13.5, 3: 12}[block.level]
    gap = Spacer(0, (5 if block.level == 1 else 3) * mm)
    return [CondPageBreak(50 * mm), gap, _line(block.text, size=size), Spacer(0, 1.5 * mm)]


def _grid(block: Table) -> Grid:
    head = [[_line(text, size=9.5) for text in block.headings]] if block.headings else []
    body = [[_line(text, size=9.5) for text in row] for row in block.rows]
    shaded = ((0, 0), (-1, 0)) if head else ((0, 0), (0, -1))
    total = sum(block.weights)
    widths = [WIDTH * one / total for one in block.weights] if head else [FIRST_COLUMN, WIDTH - FIRST_COLUMN]
    style: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.5, LINE),
        ("BACKGROUND", *shaded, SHADE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        *_shaded(block, len(head)),
    ]
    return Grid([*head, *body], colWidths=widths, style=style, repeatRows=len(head))


def _shaded(block: Table, first: int) -> list[Any]:
    return [
        ("BACKGROUND", (column, first + row), (column, first + row), _tint(share))
        for row, shares in enumerate(block.shades)
        for column, share in enumerate(shares)
        if share
    ]


def _tint(share: float) -> Color:
    """White to a blue on which black is still read."""
    return Color(1 - 0.45 * share, 1 - 0.25 * share, 1 - 0.08 * share)


class _Rule(Flowable):
    """A short line in the middle."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.rule = width

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return WIDTH, 1

    def draw(self) -> None:
        self.canv.setStrokeColor(BLUE)
        self.canv.setLineWidth(1.2)
        self.canv.line((WIDTH - self.rule) / 2, 0, (WIDTH + self.rule) / 2, 0)


class _Score(Flowable):
    """Label, number and bar in one line."""

    LABEL, TRACK_WIDTH = 32 * mm, 90 * mm

    def __init__(self, block: Bar) -> None:
        super().__init__()
        self.head = _line(f"{block.label} {block.share:.2f}", size=12)
        self.share = block.share

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return WIDTH, 7 * mm

    def draw(self) -> None:
        height = self.head.wrap(self.LABEL, 20 * mm)[1]
        self.head.drawOn(self.canv, 0, 6.5 * mm - height)
        for color, width in ((TRACK, self.TRACK_WIDTH), (BLUE, self.TRACK_WIDTH * self.share)):
            self.canv.setFillColor(color)
            self.canv.rect(self.LABEL, 1.5 * mm, width, 3 * mm, stroke=0, fill=1)


class _Blank(Flowable):
    """A label and a line to write on."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = _line(label, size=11.5)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return WIDTH, 8 * mm

    def draw(self) -> None:
        self.label.wrap(50 * mm, 10 * mm)
        self.label.drawOn(self.canv, 0, 0)
        self.canv.setStrokeColor(LINE)
        self.canv.line(46 * mm, 1 * mm, 120 * mm, 1 * mm)
