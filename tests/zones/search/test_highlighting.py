"""Hits are marked where they stand in the text as written, and nothing is lost or added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.search.highlighting import FRAGMENT_CHARACTERS, marker_of


def hits(question: str, text: str) -> list[str]:
    return [piece.text for piece in marker_of(question).mark(text) if piece.is_hit]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("氮化镓", "GaN 外延片", ["GaN"]),
        ("GaN", "氮化镓外延片", ["氮化镓"]),
        ("gan", "gang plank", []),
        ("氮化鎵", "氮化镓与氮化硅", ["氮化镓", "氮化"]),
        ("inspection", "Inspecting wafers", ["Inspecting"]),
        ("ｇａｎ", "ＧａＮ器件", ["ＧａＮ"]),
        ("镓", "氮化镓", ["镓"]),
        ("的", "我的", []),
        ("", "随便", []),
    ],
)
def test_hits(question: str, text: str, expected: list[str]) -> None:
    assert hits(question, text) == expected


@given(st.text(max_size=40), st.text(max_size=200))
def test_pieces_are_the_text(question: str, text: str) -> None:
    assert "".join(piece.text for piece in marker_of(question).mark(text)) == text


def test_a_fragment_shows_where_most_hits_are() -> None:
    text = "无关的说明。" * 100 + "氮化镓外延片缺陷检测" + "其他说明。" * 100
    pieces = marker_of("氮化镓缺陷检测").fragment(text)
    assert [piece.text for piece in pieces if piece.is_hit] == ["氮化镓", "缺陷检测"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert sum(len(piece.text) for piece in pieces) == FRAGMENT_CHARACTERS + 2


def test_markup_stays_text() -> None:
    pieces = marker_of("script").mark("<script>alert(1)</script>")
    assert "".join(piece.text for piece in pieces) == "<script>alert(1)</script>"
    assert all("<mark" not in piece.text for piece in pieces)
