"""An answer as data: for the API, the command line and open data."""

from datetime import date
from typing import Any

from figures.answering import Answer
from figures.evidence import Evidence
from figures.sentences import sentence_in


def answer_json(given: Answer, shown: Evidence) -> dict[str, Any]:
    """Value, unit, sentences, definition version, and the evidence one may see."""
    asked, value = given.question, given.value
    return {
        "figure": asked.definition.id,
        "version": asked.definition.version,
        "scope": asked.scope.code,
        "period": None if asked.period is None else asked.period.code,
        "as_of": asked.as_of.isoformat(),
        "milestone": asked.milestone or None,
        "value": value.isoformat()
        if isinstance(value, date)
        else (None if value is None else f"{value.normalize():f}"),
        "unit": given.unit.key,
        "is_forecast": given.is_forecast,
        "sentence_zh": sentence_in("zh-hans", given),
        "sentence_en": sentence_in("en", given),
        "evidence_count": len(given.facts),
        "evidence_hidden": shown.hidden,
        "evidence": [
            {
                "table": row.table,
                "id": row.id,
                "on": row.on and row.on.isoformat(),
                "amount": f"{row.amount.normalize():f}",
            }
            for row in shown.rows
        ],
    }
