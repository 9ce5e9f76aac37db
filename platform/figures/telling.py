"""An answer as data, as far as its reader may be told: for the API, the command line, pages and open data."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from figures.answering import Answer, answer
from figures.by_zone import by_zone
from figures.definitions.registry import all_definitions
from figures.evidence import Evidence, evidence
from figures.geography import read_geography
from figures.models import Series
from figures.protection import FEWEST, reads_whole
from figures.questions import Question
from figures.scopes import parsed
from figures.sentences import sentence
from figures.strangers import KeptBack, is_kept_back, kept_back
from zones.scoping import Principal

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Told:
    """What a reader is told: the answer, or why it is not told; what an official series says beside it."""

    answer: Answer
    why: KeptBack | None
    evidence: Evidence
    reported: Answer | None
    zones: dict[str, Decimal] | None = None
    """What counts in each zone, for who reads the scope whole."""

    @property
    def is_suppressed(self) -> bool:
        return self.why is not None

    @property
    def value(self) -> Decimal | date | None:
        return None if self.is_suppressed else self.answer.value

    def sentence(self) -> str:
        """In the reader's language."""
        if self.why is KeptBack.QUESTION:
            return _(
                "不予公布：对外只公布整年、截至今天的数字，流向只公布省级区域之间的技术合同。请改选整年，不填截止日，不按类型、领域等细分。"
            )
        if self.why is KeptBack.NUMBER:
            return _("不予公布：涉及的记录不足 %(fewest)d 条，或可由此推算出不足 %(fewest)d 条的数字。") % {
                "fewest": FEWEST
            }
        return sentence(self.answer)


def told(asked: Question, reader: Principal, *, most: int | None = None, was_reported: bool = False) -> Told:
    """Answer a question for a reader, with up to `most` rows of evidence; one he is not told is not even counted, so
    that no refusal tells of it. Raises FigureRefused, InvalidInput.
    """
    why = None if was_reported else kept_back(asked, reader)
    given = answer(asked) if why is None else Answer(asked, None, ())
    if was_reported and is_kept_back(given, reader, was_reported=True):
        why = KeptBack.NUMBER
    shown = Evidence((), 0) if why else evidence(given, reader, most=most)
    return Told(given, why, shown, reported(asked, reader), _zones(given, reader))


def _zones(given: Answer, reader: Principal) -> dict[str, Decimal] | None:
    """Zone by zone, where no zone's small number could be taken from it."""
    if given.definition.is_sensitive and not reads_whole(reader, given.question.scope):
        return None
    return by_zone(given, read_geography(samples=given.question.samples))


def reported(asked: Question, reader: Principal) -> Answer | None:
    """What an official series says of the same figure, scope, milestone and period; None where none does."""
    rows = Series.objects.visible_to(reader).filter(
        figure=asked.definition.id, scope=asked.scope.code, milestone=asked.milestone
    )
    series = rows.filter(is_sample=False).first() or (rows.first() if asked.samples else None)
    if series is None or asked.period is None:
        return None
    found = answer(asked.of(all_definitions()["series.value"]).at(parsed(f"series:{series.code}", reader)))
    return None if found.value is None else found


def told_json(one: Told) -> dict[str, Any]:
    """Value, unit, sentences, definition version, and the evidence one may see."""
    asked, is_suppressed = one.answer.question, one.is_suppressed
    return {
        "figure": asked.definition.id,
        "version": asked.definition.version,
        "scope": asked.scope.code,
        "period": None if asked.period is None else asked.period.code,
        "as_of": asked.as_of.isoformat(),
        "milestone": asked.milestone or None,
        "value": _plain(one.value),
        "whole_count": None if one.zones is None else _plain(sum(one.zones.values(), Decimal(0))),
        "unit": one.answer.unit.key,
        "is_forecast": one.answer.is_forecast,
        "is_suppressed": is_suppressed,
        **{f"sentence_{language[:2]}": _in(language, one) for language in LANGUAGES},
        "reported": None if one.reported is None else _plain(one.reported.value),
        "zones": [{"scope": code, "value": _plain(value)} for code, value in (one.zones or {}).items()],
        "evidence_count": None if is_suppressed else len(one.answer.facts),
        "evidence_hidden": None if is_suppressed else one.evidence.hidden,
        "evidence": [
            {"table": row.table, "id": row.id, "on": row.on and row.on.isoformat(), "amount": _plain(row.amount)}
            for row in one.evidence.rows
        ],
    }


def _plain(value: Decimal | date | None) -> str | None:
    """Digits without exponent or trailing zeros; a day as ISO 8601."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _in(language: str, one: Told) -> str:
    with override(language):
        return one.sentence()
