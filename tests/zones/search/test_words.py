"""What is typed becomes units, tokens and words; whatever it is, nothing breaks."""

import pytest

from zones.search.words import MAX_UNITS, Question, read_question


def covered(question: Question, *tokens: str) -> int:
    bits = 0
    for token in question.tokens:
        if token.text in tokens:
            bits |= token.units
    return bits


def test_pairs_cover_their_characters_whatever_stands_between_words() -> None:
    question = read_question("氮化镓外延片")
    assert question.units == 6
    assert covered(question, "氮化", "化镓", "外延", "延片") == question.all_units
    assert covered(question, "氮化", "外延", "延片") != question.all_units


def test_single_characters_of_a_run_cover_nothing() -> None:
    assert covered(read_question("氮化镓"), "氮", "化", "镓") == 0
    alone = read_question("镓")
    assert covered(alone, "镓") == alone.all_units == 1


def test_a_compound_covers_its_parts() -> None:
    question = read_question("epi-wafer")
    assert question.units == 2
    assert covered(question, "epi-wafer") == question.all_units


def test_an_english_term_of_the_table_covers_all_its_words() -> None:
    question = read_question("gallium nitride wafer")
    assert question.units == 3
    assert covered(question, "gallium_nitride").bit_count() == 2


def test_words_are_known_terms_and_what_stands_between() -> None:
    assert [word.text for word in read_question("氮化镓外延片缺陷检测").words] == ["氮化镓", "外延片", "缺陷检测"]
    assert [word.text for word in read_question("GaN 晶圆").words] == ["gan", "晶圆"]


@pytest.mark.parametrize("written", ['"激光 切割"', "“激光 切割”", "「激光 切割」"])
def test_quotation_marks_of_all_kinds_make_a_phrase(written: str) -> None:
    assert read_question(written).phrases == ("激光 切割",)


def test_traditional_and_full_width_forms_are_the_same_question() -> None:
    assert read_question("氮化鎵　ＧａＮ").tokens == read_question("氮化镓 gan").tokens


def test_a_long_text_has_no_units_of_its_own() -> None:
    question = read_question("".join(chr(0x4E00 + n) for n in range(3 * MAX_UNITS)))
    assert question.is_long
    assert question.units == 0
    assert question.words == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "的",
        "the of",
        "…。，!?",
        "\x00\x01\x1f",
        "AND OR NOT + - * : ^ ~ ( ) [ ] { } \\ /",
        '"',
        '""',
        "\ud800",
        "a" * 100_000,
    ],
)
def test_anything_can_be_asked(text: str) -> None:
    question = read_question(text)
    assert question.is_cut == (len(text) > 20_000)
    assert question.units <= MAX_UNITS
