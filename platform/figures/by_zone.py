"""An answer zone by zone: each counts whole what lies in it, so that their sum may be more than the total, in which
every fact counts once, and less where facts lie in no zone.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from figures.answering import Answer
from figures.definitions.base import AREAS, Definition
from figures.facts import Fact
from figures.geography import Geography

LARGER: Final = frozenset(AREAS) - {"zone"}


def by_zone(given: Answer, geography: Geography) -> dict[str, Decimal] | None:
    """Codes of the zones of the scope in which something counts, as they were on the day of each fact, with the sums of
    their facts. None where there is nothing to divide: a single zone, a document, a figure that
    zones do not have, or a value that is no sum.
    """
    if not _is_sum_of_places(given):
        return None
    keys = {code: pk for pk, code in geography.zones.items()}
    scope, sums = given.question.scope, dict[str, Decimal]()
    for fact in given.facts:
        for code in fact.places & keys.keys():
            if scope.covers(geography.of_zone(keys[code], _day(given, fact))):
                sums[code] = sums.get(code, Decimal(0)) + fact.amount
    return dict(sorted(sums.items()))


def _is_sum_of_places(given: Answer) -> bool:
    is_sum = type(given.definition).value_of is Definition.value_of and not given.parts
    return is_sum and "zone" in given.definition.scopes and given.question.scope.kind in LARGER


def _day(given: Answer, fact: Fact) -> date:
    """When the fact counts: a flow when it happened, a stock on the day that was asked for."""
    return given.question.day if given.definition.is_stock or fact.start is None else fact.start
