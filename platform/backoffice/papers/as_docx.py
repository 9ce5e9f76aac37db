"""A paper as DOCX, in the style of official papers: 仿宋 for text, 黑体 and 楷体 for headings. A reader without these
fonts gets its own, on Debian those of Noto CJK.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from backoffice.papers.blocks import Bar, Blanks, Block, Chart, Heading, Paper, Signature, Table, Text, numbered
from backoffice.papers.native import embed

LATIN, TEXT, TITLE = "Times New Roman", "仿宋", "黑体"
HEADING_FONTS = {1: "黑体", 2: "楷体", 3: "仿宋"}
HEADING_SIZES = {1: 16, 2: 16, 3: 16}
TEXT_SIZE, TABLE_SIZE, QUIET_SIZE = 16, 10.5, 10.5
LEADING = 28
"""Points from line to line, so that a page has the 22 lines GB/T 9704 asks for."""
GRAY, BLUE, TRACK = RGBColor(0x5B, 0x66, 0x70), RGBColor(0x14, 0x61, 0x96), RGBColor(0xD5, 0xDC, 0xE2)
BAR_CELLS = 20
TEXT_WIDTH = 156
"""Millimeters between the margins."""


def docx_of(paper: Paper) -> bytes:
    """The file's bytes."""
    document = Document()
    _page(document, paper)
    _head(document, paper)
    for number, block in enumerate(numbered(paper.blocks, is_chinese=paper.is_chinese)):
        _add(document, block, number)
    properties = document.core_properties
    properties.title, properties.author = f"{paper.title}{paper.colon}{paper.subject}", "ZoneLink"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Any, paper: Paper) -> None:
    """A4 with the margins of official papers, lines of 1.5, and the footer with the page's number."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(30),
        Mm(28),
        Mm(26),
    )
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(TEXT_SIZE), LATIN
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TEXT)
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(0)
    section.different_first_page_header_footer = False
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(footer, paper.footer, TEXT, 9, GRAY)
    number = section.footer.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(number, "— ", TEXT, 10.5)
    _field(number, "PAGE", 10.5)
    _run(number, " —", TEXT, 10.5)


def _field(paragraph: Any, code: str, size: float) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = _run(paragraph, "1", TEXT, size)  # a reader that counts no pages shows it
    paragraph._p.append(field)
    field.append(run._r)


def _head(document: Any, paper: Paper) -> None:
    """The cover on a page of its own, or the title above the text."""
    title = _centered(document, paper.title, TITLE, 26 if paper.has_cover else 22)
    title.paragraph_format.space_before = Pt(120 if paper.has_cover else 0)
    _centered(document, paper.subject, TEXT, 18).paragraph_format.space_before = Pt(24 if paper.has_cover else 6)
    for number, (label, value) in enumerate(paper.facts):
        line = _centered(document, f"{label}{paper.colon}{value}", TEXT, 14)
        line.paragraph_format.space_before = Pt(160 if paper.has_cover and not number else 0)
    if paper.has_cover:
        document.add_page_break()


def _centered(document: Any, text: str, font: str, size: float) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font, size)
    return paragraph


def _run(
    paragraph: Any, text: str, font: str, size: float, color: RGBColor | None = None, *, bold: bool = False
) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = LATIN, Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if color is not None:
        run.font.color.rgb = color
    return run


def _add(document: Any, block: Block, number: int) -> None:
    match block:
        case Heading():
            _heading(document, block)
        case Text():
            _text(document, block)
        case Table():
            _table(document, block)
        case Bar():
            _bar(document, block)
        case Blanks():
            _blanks(document, block)
        case Chart():
            embed(document, _centered(document, "", TEXT, TABLE_SIZE), block, number)
            _centered(document, block.title, "黑体", TABLE_SIZE).paragraph_format.space_after = Pt(6)
        case Signature():
            _signature(document, block)


def _text(document: Any, block: Text) -> None:
    size, color = (QUIET_SIZE, GRAY) if block.is_quiet else (TEXT_SIZE, None)
    for line in block.lines:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        paragraph.paragraph_format.line_spacing = 1.3 if block.is_quiet else Pt(LEADING)
        _run(paragraph, line, TEXT, size, color)


def _heading(document: Any, block: Heading) -> None:
    """Word's own heading, so that the outline and a table of contents work, in our fonts."""
    paragraph = document.add_heading(level=block.level)
    paragraph.paragraph_format.page_break_before = block.is_annex
    paragraph.paragraph_format.space_before = Pt(12 if block.level == 1 else 6)
    paragraph.paragraph_format.space_after = Pt(3)
    size = HEADING_SIZES[block.level]
    _run(paragraph, block.text, HEADING_FONTS[block.level], size, RGBColor(0, 0, 0), bold=block.level == 3)


def _signature(document: Any, block: Signature) -> None:
    for place, line in enumerate(block.lines):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_before = Pt(0 if place else 2 * LEADING)
        paragraph.paragraph_format.right_indent = Pt(2 * TEXT_SIZE)
        _run(paragraph, line, TEXT, TEXT_SIZE)


def _table(document: Any, block: Table) -> None:
    """The caption stays with its table."""
    if block.caption:
        caption = _centered(document, block.caption, "黑体", TABLE_SIZE)
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(6)
    width = len(block.headings) or len(block.rows[0])
    table = document.add_table(rows=0, cols=width)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    if block.headings:
        _cells(table, block.headings, is_head=True)
    for place, row in enumerate(block.rows):
        _cells(table, row, is_head=False, leads=not block.headings, shades=block.shades[place] if block.shades else ())
    _set_widths(table, block)
    document.add_paragraph().paragraph_format.line_spacing = 0.5


def _set_widths(table: Any, block: Table) -> None:
    """By the columns' weights, in the table and in each cell, as Word and LibreOffice read them."""
    total, weights = sum(block.weights), block.weights
    table.autofit = False
    for column, weight in zip(table.columns, weights, strict=True):
        column.width = Mm(TEXT_WIDTH * weight / total)
        for cell in column.cells:
            cell.width = column.width


def _cells(
    table: Any, texts: tuple[str, ...], *, is_head: bool, leads: bool = False, shades: tuple[float, ...] = ()
) -> None:
    """One row; a headings' row is repeated on the next page, and no row is torn by a page's end."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = 1.15
        is_label = is_head or (leads and place == 0)
        _run(paragraph, text, "黑体" if is_label else TEXT, TABLE_SIZE)
        share = shades[place] if shades else 0
        if is_label or share:
            _shade(cell, _tint(share) if share else "EEF3F7")


def _tint(share: float) -> str:
    """White to a blue on which black is still read."""
    return "".join(f"{round(255 * (1 - most * share)):02X}" for most in (0.45, 0.25, 0.08))


def _shade(cell: Any, color: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), color)
    cell._tc.get_or_add_tcPr().append(shade)


def _bar(document: Any, block: Bar) -> None:
    paragraph = document.add_paragraph()
    filled = round(BAR_CELLS * block.share)
    _run(paragraph, f"{block.label} {block.share:.2f}  ", "黑体", TEXT_SIZE)
    _run(paragraph, "█" * filled, LATIN, 9, BLUE)
    _run(paragraph, "█" * (BAR_CELLS - filled), LATIN, 9, TRACK)
    _run(paragraph, f"  {block.note}", TEXT, QUIET_SIZE, GRAY)


def _blanks(document: Any, block: Blanks) -> None:
    for label in block.labels:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(18)
        _run(paragraph, f"{label}　", TEXT, TEXT_SIZE)
        _run(paragraph, "　" * 12, TEXT, TEXT_SIZE).underline = True
