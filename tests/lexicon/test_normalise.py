"""One written form per word."""

from hypothesis import given
from hypothesis import strategies as st

from lexicon.normalise import clean, normalise


def test_full_width_letters_and_capitals_are_folded() -> None:
    assert normalise("ＧａＮ　２００ｍｍ") == "gan 200mm"


def test_traditional_characters_become_simplified() -> None:
    assert normalise("氮化鎵磊晶片檢測") == "氮化镓磊晶片检测"


def test_a_phrase_is_converted_as_a_phrase() -> None:
    assert normalise("乾燥與乾坤") == "干燥与乾坤"


def test_nul_and_lone_surrogates_are_dropped() -> None:
    assert clean("a\x00b\ud800c") == "abc"


def test_a_hundred_thousand_characters_without_a_break_convert() -> None:
    assert normalise("檢" * 100_000) == "检" * 100_000


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_the_result_can_always_be_stored(text: str) -> None:
    assert "\x00" not in normalise(text)
    normalise(text).encode("utf-8")
