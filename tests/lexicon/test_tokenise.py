"""Text becomes tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.tokenise import MAX_CHARACTERS, plain_tokens, token_weight, tokenise, tokens_of


def test_chinese_becomes_bigrams_and_lighter_single_characters() -> None:
    assert plain_tokens("外延片") == ["外延", "延片", "外", "延", "片"]
    assert (token_weight("外延"), token_weight("外")) == (1.0, 0.3)


def test_a_compound_is_kept_whole_and_split() -> None:
    assert plain_tokens("Ti-6Al-4V") == ["ti-6al-4v", "ti", "6al", "4v"]


def test_english_words_meet_in_their_stem() -> None:
    assert plain_tokens("bonding machines") == plain_tokens("bonded machine")


def test_stop_words_are_left_out() -> None:
    assert plain_tokens("the 的") == []


def test_numbers_and_units_survive() -> None:
    assert plain_tokens("0.3 μm、CNC") == ["0.3", "0", "3", "μm", "cnc"]


def test_a_synonym_brings_the_tokens_of_the_other_language() -> None:
    assert "gan" in tokens_of("氮化镓")
    assert {"氮化", "化镓"} <= set(tokens_of("GaN"))


def test_both_ways_of_writing_a_phrase_share_one_joined_token() -> None:
    assert "silicon_carbide" in tokens_of("Silicon-carbide wafer")
    assert "silicon_carbide" in tokens_of("碳化硅晶圆")


def test_a_short_name_inside_a_longer_word_is_no_mention() -> None:
    assert "氮化" not in tokens_of("organ slogan")


def test_repeated_words_are_counted() -> None:
    assert [token for token, _ in tokenise("镓镓")].count("镓") == 2


@pytest.mark.parametrize(
    "text", ["", " ", "。，！", "x", "镓", "\x00", "🙂", "a" * 100_000, "檢" * 100_000, "-" * 5_000]
)
def test_odd_texts_are_read_without_complaint(text: str) -> None:
    assert len(tokens_of(text)) <= 2 * MAX_CHARACTERS


@given(st.text(max_size=200))
def test_tokens_hold_no_blank_so_that_they_can_be_joined(text: str) -> None:
    assert all(token and not any(character.isspace() for character in token) for token in tokens_of(text))
