"""The golden data set read and bent: every change is undone, so that a module loads it once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import pgtrigger
from django.db import transaction

from figures.answering import Answer, Answering
from figures.article import DAY, ENTRIES, asked
from figures.facts import Fact
from figures.questions import Question
from figures.services.locks import evidence_list
from zones.errors import DomainError

Told = dict[str, object]


def questions(as_of: date = DAY) -> dict[str, Question]:
    return {entry.id: asked(entry, as_of=as_of, samples=True) for entry in ENTRIES}


def answers(asked_for: Mapping[str, Question]) -> dict[str, Answer | str]:
    """Answers of one reading; the sentence of the refusal where there is none."""
    answering = Answering(as_of=next(iter(asked_for.values())).as_of, samples=True)
    found: dict[str, Answer | str] = {}
    for name, one in asked_for.items():
        try:
            found[name] = answering.answer(one)
        except DomainError as refusal:
            found[name] = refusal.message
    return found


def told(found: Mapping[str, Answer | str]) -> Told:
    """What is said of each, and by what rows."""
    return {
        name: (one.value, one.is_forecast, evidence_list(one)) if isinstance(one, Answer) else one
        for name, one in found.items()
    }


def facts_of(found: Mapping[str, Answer | str]) -> dict[str, tuple[Fact, ...]]:
    return {name: one.facts for name, one in found.items() if isinstance(one, Answer)}


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is gone afterwards; triggers are off, for a fact to be bent that is never changed."""
    with pgtrigger.ignore(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(model: Any, **found: Any) -> Any:
    return model._base_manager.filter(**found)
