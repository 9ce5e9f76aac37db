"""Papers about a need: what the page says, as a page, DOCX and PDF; nothing that their reader may not see."""

import re
import zlib
from base64 import a85decode
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from docx import Document

from backoffice.papers.blocks import Block, Heading, Paper, Text, chinese_number, numbered
from matching.models import Match, Need
from matching.services.shortlists import shortlist_pair
from tests.builders import make_facts, make_match, make_need, make_resource, principal_of
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.teams import make_team

METRICS = [
    {"name": "分辨率", "is_must": True, "need": "≤ 5 nm", "offer": "1–5 nm", "verdict": "ok"},
    {"name": "产能", "is_must": True, "need": "≥ 10", "offer": "", "verdict": "unknown"},
]
NAMES = ("report", "card", "signing-card")


@pytest.fixture
def match(world: World) -> Match:
    """A need of East with a resource of West; its budget comes from a fund whose name stands nowhere else."""
    need = make_need(organization=world.enterprise, title_zh="晶圆/缺陷检测", budget_source_zh="朱雀专项资金")
    resource = make_resource(organization=world.laboratory, name_zh="西山缺陷检测平台")
    facts = {name: value for name, value in make_facts(0.5, metrics=METRICS).items() if name != "contributions"}
    return make_match(need, resource, facts=facts)


def url_of(need: Need, part: str) -> str:
    return f"/office/matching/need/{need.public_id}/{part}"


def words_of_docx(content: bytes) -> str:
    """Everything that is written in the file, tables and footers too."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    feet = [line.text for section in document.sections for line in section.footer.paragraphs]
    return "\n".join([*(line.text for line in document.paragraphs), *cells, *feet])


def words_of_pdf(content: bytes) -> str:
    """The Chinese and Latin texts of the pages, in the order in which they are drawn."""
    streams = re.findall(rb"/ASCII85Decode /FlateDecode.*?stream\r?\n(.*?)~>\s*endstream", content, re.DOTALL)
    drawn = b"".join(zlib.decompress(a85decode(stream)) for stream in streams)
    return "".join(map(_shown, re.findall(rb"\((.*?(?<!\\))\) Tj", drawn, re.DOTALL)))


def _shown(text: bytes) -> str:
    """Chinese is drawn as two bytes a letter, Latin as one."""
    plain = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), text)
    plain = re.sub(rb"\\(.)", rb"\1", plain, flags=re.DOTALL)
    is_wide = len(plain) % 2 == 0 and any(byte > 0x2D for byte in plain[::2]) and not plain.isascii()
    return plain.decode("utf-16-be" if is_wide or b"\x00" in plain else "latin-1", errors="replace")


def files(world: World, browse: Browse, need: Need, name: str) -> dict[str, str]:
    """The words of the page and of both files, as Ana gets them."""
    client = browse(world.ana)
    page = client.get(url_of(need, f"{name}/")).content.decode()
    return {
        "page": page[page.index("<article") : page.index("</article>")],
        "docx": words_of_docx(client.get(url_of(need, f"{name}.docx")).content),
        "pdf": words_of_pdf(client.get(url_of(need, f"{name}.pdf")).content),
    }


def test_the_report_says_in_three_forms_what_the_page_of_the_matches_says(
    world: World, browse: Browse, match: Match
) -> None:
    for form, text in files(world, browse, match.need, "report").items():
        for words in ("对接建议书", "西山缺陷检测平台", "西山光学实验室", "0.50", "2项硬指标中1项满足", "待确认"):
            assert words in text, (form, words)
        assert "一、需求概况" in text, form
        assert "（一）西山缺陷检测平台" in text, form
        assert "评分配置" in text, form


def test_the_report_is_of_the_shortlist_else_of_the_first_five(world: World, browse: Browse, match: Match) -> None:
    for rank in range(2, 8):
        other = make_resource(organization=world.laboratory, name_zh=f"西山资源{rank}")
        make_match(match.need, other, run=match.run, rank=rank, score=0.4, is_live=False)
    text = files(world, browse, match.need, "report")["docx"]
    assert "前 5 个资源" in text
    assert "西山资源5" in text
    assert "西山资源6" not in text
    chosen = Match.plain.get(need=match.need, rank=7)
    shortlist_pair(principal_of(world.ana), need_id=match.need_id, resource_id=chosen.resource_id, note="内部备注")
    text = files(world, browse, match.need, "report")["docx"]
    assert "入围的 1 个资源" in text
    assert "西山资源7" in text
    assert "西山资源5" not in text
    assert "内部备注" not in text


def test_a_pair_the_engine_rules_out_is_told_with_its_reason(world: World, browse: Browse, match: Match) -> None:
    row = shortlist_pair(principal_of(world.ana), need_id=match.need_id, resource_id=match.resource_id)
    type(row).plain.filter(pk=row.pk).update(facts={"removed_by": "no_capacity"}, is_by_hand=True)
    Match.plain.filter(pk=match.pk).delete()
    for form, text in files(world, browse, match.need, "report").items():
        assert "资源方当前无余量" in text, form


def test_consortia_stand_in_the_report(world: World, browse: Browse, match: Match) -> None:
    other = make_resource(organization=world.outside, name_zh="远海平台")
    make_team(match.need, match.resource, other)
    for form, text in files(world, browse, match.need, "report").items():
        assert "联合体方案" in text, form
        assert "远海平台" in text, form


def test_the_card_to_hand_on_names_neither_the_enterprise_nor_its_means(
    world: World, browse: Browse, match: Match
) -> None:
    secrets = (world.enterprise.name_zh, "朱雀专项资金", "50 万元")
    for form, text in files(world, browse, match.need, "card").items():
        assert "需要检测晶圆缺陷" in text, form
        assert [word for word in secrets if word in text] == [], form
    for form, text in files(world, browse, match.need, "signing-card").items():
        for word in (*secrets, "授权代表（签字）", "不含国家秘密"):
            assert word in text, (form, word)


def test_no_paper_but_the_one_to_sign_tells_whose_need_it_is(world: World, browse: Browse, match: Match) -> None:
    for name in ("report", "card"):
        for form, text in files(world, browse, match.need, name).items():
            assert world.enterprise.name_zh not in text, (name, form)
            assert "朱雀专项资金" not in text, (name, form)


@pytest.mark.parametrize("person", ["ana", "auditor", "bo", "cy", "secretariat", "lin", "eve", None])
def test_only_the_need_s_side_gets_a_paper(world: World, browse: Browse, match: Match, person: str | None) -> None:
    client = browse(getattr(world, person) if person else None)
    wanted = {"ana": 200, "auditor": 200, "lin": 302, "eve": 302, None: 302}.get(person, 404)
    for name in NAMES:
        for part in (f"{name}/", f"{name}.docx", f"{name}.pdf"):
            assert client.get(url_of(match.need, part)).status_code == wanted, part
    if wanted == 404:
        assert "文书" not in client.get(url_of(match.need, "matches/")).content.decode()


def test_a_hidden_need_and_none_answer_alike(world: World, browse: Browse, match: Match) -> None:
    Need.plain.filter(pk=match.need_id).update(visibility="zone")
    nothing = match.need.public_id.__class__(int=7)
    client = browse(world.cy)
    for part in ("report/", "report.pdf", "card.docx"):
        hidden = client.get(url_of(match.need, part))
        other = client.get(url_of(match.need, part).replace(str(match.need.public_id), str(nothing)))
        assert (hidden.status_code, hidden.content) == (404, other.content)


def test_files_have_chinese_names_that_file_systems_take(world: World, browse: Browse, match: Match) -> None:
    answer = browse(world.ana).get(url_of(match.need, "report.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert unquote(answer["Content-Disposition"]) == "attachment; filename*=utf-8''对接建议书-晶圆_缺陷检测.pdf"
    assert answer.content.startswith(b"%PDF-")


def test_the_docx_has_headings_that_word_knows_and_chinese_fonts(world: World, browse: Browse, match: Match) -> None:
    document = Document(BytesIO(browse(world.ana).get(url_of(match.need, "report.docx")).content))
    headings: list[Any] = [
        line for line in document.paragraphs if line.style is not None and "Heading" in str(line.style.name)
    ]
    assert [line.text for line in headings if line.style.name == "Heading 1"][:2] == [
        "一、需求概况",
        "二、建议对接的资源",
    ]
    fonts = {line.runs[0]._element.rPr.rFonts.values()[-1] for line in headings}
    assert fonts <= {"黑体", "楷体", "仿宋"}


def test_papers_are_english_for_who_reads_english(world: World, browse: Browse, match: Match) -> None:
    client = browse(world.ana)
    content = client.get(url_of(match.need, "report.docx"), headers={"accept-language": "en"}).content
    text = words_of_docx(content)
    for words in ("Match report", "1 The need", "2.1 西山缺陷检测平台", "How the score is made"):
        assert words in text
    assert client.get(url_of(match.need, "report.pdf"), headers={"accept-language": "en"}).content[:5] == b"%PDF-"


def test_what_people_typed_is_no_markup(world: World, browse: Browse, match: Match) -> None:
    Need.plain.filter(pk=match.need_id).update(summary_zh="<b>甲</b> & <font size='99'>乙\n丙", problem_zh="a" * 900)
    for form, text in files(world, browse, match.need, "card").items():
        assert ("&lt;b&gt;" if form == "page" else "<b>") in text, form


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (30, "三十"), (42, "四十二")]
)
def test_numbers_are_written_as_people_write_them(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_headings_are_numbered_by_level_and_begin_anew_under_the_next() -> None:
    levels = (1, 2, 3, 3, 2, 3, 1, 2)
    blocks: tuple[Block, ...] = (Text("甲"), *[Heading(level, "乙") for level in levels])
    chinese = [block.text for block in numbered(blocks, is_chinese=True) if isinstance(block, Heading)]
    assert chinese == ["一、乙", "（一）乙", "1. 乙", "2. 乙", "（二）乙", "1. 乙", "二、乙", "（一）乙"]
    english = [block.text for block in numbered(blocks, is_chinese=False) if isinstance(block, Heading)]
    assert english == ["1 乙", "1.1 乙", "1.1.1 乙", "1.1.2 乙", "1.2 乙", "1.2.1 乙", "2 乙", "2.1 乙"]


def test_a_paper_without_a_footer_s_run_says_so(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise)
    text = files(world, browse, need, "report")["docx"]
    assert "尚未匹配" in text
    assert "目前没有可推荐的资源" in text


def test_names_of_files_end_well() -> None:
    paper = Paper("甲", ' a:b*?"<>|\x07. ', (), (), "", has_cover=False, is_chinese=True)
    assert paper.file_name == "甲-a_b_______"
