"""What commands tell operators: Chinese first, then English, whatever language is active."""

from collections.abc import Callable
from typing import TypeVar

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import translation

from zones.errors import DomainError, InvalidInput

Answer = TypeVar("Answer")
CHINESE, ENGLISH = "zh-hans", "en"
REFUSED = 1
NAMELESS = frozenset({"__all__", "file"})
"""Fields of a refusal that say nothing to people."""


def answered(ask: Callable[[], Answer], *, returncode: int = REFUSED) -> Answer:
    """Do what is asked. Raises CommandError where a rule says no, with its sentence in both languages.

    Sentences are translated where they are raised: for the English one the same is asked again, and whatever it does is
    rolled back. A refusal stores nothing, so that the second answer is the first.
    """
    try:
        with translation.override(CHINESE):
            return ask()
    except DomainError as refusal:
        raise CommandError(both(said(refusal), _said_in_english(ask)), returncode=returncode) from refusal


def in_both_languages(say: Callable[[], object]) -> str:
    """What is said in Chinese and in English."""
    found = []
    for language in (CHINESE, ENGLISH):
        with translation.override(language):
            found.append(str(say()))
    return both(*found)


def both(chinese: str, english: str) -> str:
    return chinese if english in ("", chinese) else f"{chinese} / {english}"


def said(refusal: DomainError) -> str:
    """A refusal's sentences, each with the field it is about."""
    if not isinstance(refusal, InvalidInput):
        return refusal.message
    lines = {field: " ".join(messages) for field, messages in refusal.errors.items()}
    return " ".join(text if field in NAMELESS else f"{field}: {text}" for field, text in lines.items())


def _said_in_english(ask: Callable[[], object]) -> str:
    try:
        with translation.override(ENGLISH), transaction.atomic():
            ask()
            transaction.set_rollback(True)
    except DomainError as refusal:
        return said(refusal)
    return ""
