"""Answers: the value of a figure with the facts it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from figures.definitions.base import Definition
from figures.definitions.derived import Derived
from figures.facts import Fact, Reading, reading
from figures.questions import Question
from figures.units import Unit


@dataclass(frozen=True)
class Answer:
    """A value (None: not known) with its facts, each once."""

    question: Question
    value: Decimal | date | None
    facts: tuple[Fact, ...]
    parts: "tuple[Answer, ...]" = ()

    @property
    def definition(self) -> Definition:
        return self.question.definition

    @cached_property
    def is_forecast(self) -> bool:
        return self.definition.is_forecast(self.facts)

    @cached_property
    def unit(self) -> Unit:
        return self.definition.unit_of(self.question)

    @cached_property
    def number(self) -> Decimal | None:
        """The value where it is a number."""
        return self.value if isinstance(self.value, Decimal) else None


class Answering:
    """Answers questions as of one day; what was read for one question is used for the next."""

    def __init__(self, *, as_of: date, samples: bool) -> None:
        self.reading: Reading = reading(as_of=as_of, samples=samples)
        self._facts: dict[tuple[str, str], list[Fact]] = {}
        self._begins: dict[tuple[str, str], date] = {}

    def answer(self, question: Question) -> Answer:
        """Raises FigureRefused, InvalidInput."""
        definition = question.definition
        if isinstance(definition, Derived):
            return self._derived(definition, question)
        facts = definition.picked(self.facts(definition, question.milestone), question)
        return Answer(question, definition.value_of(facts, question), tuple(facts))

    def facts(self, definition: Definition, milestone: str) -> list[Fact]:
        """All facts of a definition, read once."""
        key = (definition.id, milestone)
        if key not in self._facts:
            self._facts[key] = list(definition.facts(self.reading, milestone))
        return self._facts[key]

    def _derived(self, definition: Derived, question: Question) -> Answer:
        parts = tuple(self.answer(part) for part in definition.parts(question))
        value = definition.value(question, [part.number if self._has_begun(part) else None for part in parts])
        return Answer(question, value, _once(fact for part in parts for fact in part.facts), parts)

    def _has_begun(self, part: Answer) -> bool:
        """Whether anything anywhere was on record by then: before the first row nothing is known, least of all 0."""
        question = part.question
        if question.period is None or part.facts:
            return True
        key = (part.definition.id, question.milestone)
        if key not in self._begins:
            days = (fact.start for fact in self.facts(part.definition, question.milestone) if fact.start is not None)
            self._begins[key] = min(days, default=date.max)
        return self._begins[key] <= question.period.end


def answer(question: Question) -> Answer:
    """One question, from the rows. Raises FigureRefused, InvalidInput."""
    return Answering(as_of=question.as_of, samples=question.samples).answer(question)


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({(fact.table, fact.key, fact.start): fact for fact in facts}.values())
