"""Shares in %: every row that could count is a fact of amount 1 or 0; none where there is no such row."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from figures.definitions.base import Definition
from figures.facts import Fact, total
from figures.units import PERCENT

if TYPE_CHECKING:
    from figures.questions import Question

HUNDRED: Final = Decimal(100)


class Share(Definition):
    """So many of hundred. It is no sum of its places: it is asked for, not kept ready."""

    unit = PERCENT
    is_open = False

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        return total(facts) * HUNDRED / len(facts) if facts else None
