"""Hashes that never change: they lie in stored records."""

from lexicon.hashing import token_hash


def test_the_hash_of_a_token_is_fixed_for_ever() -> None:
    assert (token_hash("氮化"), token_hash("gan")) == (6561356519670157585, 4534126529118742073)


def test_tokens_of_any_text_have_a_hash_and_zero_is_none_of_them() -> None:
    assert all(0 < token_hash(token) < 2**64 for token in ("", "a", "镓", "\ud800"))
