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

from backoffice.papers.blocks import Bar, Blanks, Block, Heading, Paper, Table, Text, numbered

LATIN, TEXT, TITLE = "Times New Roman", "仿宋", "黑体"
HEADING_FONTS = {1: "黑体", 2: "楷体", 3: "仿宋"}
HEADING_SIZES = {1: 16, 2: 14, 3: 14}
TEXT_SIZE, TABLE_SIZE, QUIET_SIZE = 14, 10.5, 10.5
GRAY, BLUE, TRACK = RGBColor(0x5B, 0x66, 0x70), RGBColor(0x14, 0x61, 0x96), RGBColor(0xD5, 0xDC, 0xE2)
BAR_CELLS = 20


def docx_of(paper: Paper) -> bytes:
    """The file's bytes."""
    document = Document()
    _page(document, paper)
    _head(document, paper)
    for block in numbered(paper.blocks, is_chinese=paper.is_chinese):
        _add(document, block)
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
    _field(number, "PAGE")
    _run(number, " —", TEXT, 10.5)


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


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


def _add(document: Any, block: Block) -> None:
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


def _text(document: Any, block: Text) -> None:
    size, color = (QUIET_SIZE, GRAY) if block.is_quiet else (TEXT_SIZE, None)
    for line in block.lines:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        _run(paragraph, line, TEXT, size, color)


def _heading(document: Any, block: Heading) -> None:
    """Word's own heading, so that the outline and a table of contents work, in our fonts."""
    paragraph = document.add_heading(level=block.level)
    paragraph.paragraph_format.space_before = Pt(12 if block.level == 1 else 6)
    paragraph.paragraph_format.space_after = Pt(3)
    size = HEADING_SIZES[block.level]
    _run(paragraph, block.text, HEADING_FONTS[block.level], size, RGBColor(0, 0, 0), bold=block.level == 3)


def _table(document: Any, block: Table) -> None:
    width = len(block.headings) or len(block.rows[0])
    table = document.add_table(rows=0, cols=width)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    if block.headings:
        _cells(table, block.headings, is_head=True)
    for row in block.rows:
        _cells(table, row, is_head=False, leads=not block.headings)
    document.add_paragraph().paragraph_format.line_spacing = 0.5


def _cells(table: Any, texts: tuple[str, ...], *, is_head: bool, leads: bool = False) -> None:
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
        if is_label:
            _shade(cell)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "EEF3F7")
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
