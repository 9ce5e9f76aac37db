"""The synonym table and its use."""

from lexicon.normalise import normalise
from lexicon.synonyms import PLACES, TABLE, Synonyms, read_table
from lexicon.tokenise import plain_tokens

GROUPS = [["氮化镓", "GaN", "gallium nitride"], ["射频", "RF"]]


def test_every_mention_brings_the_other_terms() -> None:
    assert Synonyms.of(GROUPS).expansions("gan与gan", plain_tokens("gan与gan")) == ["氮化镓", "gallium nitride"] * 2


def test_a_phrase_brings_itself_joined() -> None:
    assert Synonyms.of(GROUPS).expansions("gallium-nitride", plain_tokens("gallium-nitride")) == [
        "氮化镓",
        "gan",
        "gallium nitride",
    ]


def test_a_term_belongs_to_its_first_group_only() -> None:
    assert Synonyms.of([["a1", "b1"], ["b1", "c1", "d1"]]).expansions("b1", plain_tokens("b1")) == ["a1"]


def test_a_group_of_one_means_nothing() -> None:
    assert Synonyms.of([["氮化镓"]]).expansions("氮化镓", plain_tokens("氮化镓")) == []


def test_the_shipped_table_has_no_term_in_two_groups() -> None:
    table = read_table(next(place / TABLE for place in PLACES if (place / TABLE).is_file()))
    terms = [normalise(term.strip()) for group in table for term in group if term.strip()]
    assert len(table) >= 150
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_a_term_of_two_scripts_is_found_inside_a_text() -> None:
    table = Synonyms.of([["x射线", "射线透视"], ["α相", "alpha phase"]])
    text = "用x射线观察α相"
    assert table.expansions(text, plain_tokens(text)) == ["射线透视", "alpha phase"]
