"""A need split into what one partner alone may take on: each metric, each sentence of the content, each classification
it needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matching.engine.facts import NeedFacts, Quantity
from matching.engine.quantities import displayed
from matching.engine.wording import quantity_text

METRIC: Final = "metric"
REQUIREMENT: Final = "requirement"
DISCIPLINE: Final = "discipline"
EQUIPMENT: Final = "equipment"
WEIGHTS: Final = {"must": 8, "nice": 3, REQUIREMENT: 4, DISCIPLINE: 1, EQUIPMENT: 1}
"""How much it matters that a sub-task is covered; a must-metric as much as two sentences."""

SENTENCE_END: Final = re.compile(r"[;；。\n\r！？!?]+|(?<=[^0-9])\.(?=\s|$)")
LIST_MARK: Final = re.compile(r"^\s*(?:[(（]?[0-9一二三四五六七八九十]{1,2}[)）、.．]|[-–•·*])\s*")
SHORTEST: Final = 6
"""Characters of the shortest sentence that asks for something."""

MAX_REQUIREMENTS: Final = 12
MAX_TASKS: Final = 40


@dataclass(frozen=True, slots=True)
class SubTask:
    """One sub-task. ``label``: the metric's name, the sentence or the code; ``wanted``: what the metric asks for;
    ``position``: of a metric among the need's, -1 for others."""

    kind: str
    label: str
    weight: int
    wanted: str = ""
    is_must: bool = False
    position: int = -1


def tasks_of(need: NeedFacts) -> tuple[SubTask, ...]:
    """Return the sub-tasks of a need in the order in which it states them: metrics, sentences, classifications."""
    metrics = [_metric_task(place, metric) for place, metric in enumerate(need.quantities)]
    sentences = [SubTask(REQUIREMENT, text, WEIGHTS[REQUIREMENT]) for text in requirements_of(need.content)]
    codes = [SubTask(DISCIPLINE, code, WEIGHTS[DISCIPLINE]) for code in need.discipline_codes]
    codes += [SubTask(EQUIPMENT, code, WEIGHTS[EQUIPMENT]) for code in need.equipment_codes]
    return (*metrics, *sentences, *codes)[:MAX_TASKS]


def requirements_of(content: str) -> list[str]:
    """Return the sentences and list items of a text, without their marks; short ones and repetitions are left out."""
    return list(dict.fromkeys(_sentences(content)))[:MAX_REQUIREMENTS]


def _sentences(content: str) -> Iterator[str]:
    for part in SENTENCE_END.split(content):
        text = LIST_MARK.sub("", part).strip(" ，,、：:")
        if len(text) >= SHORTEST:
            yield text


def _metric_task(place: int, metric: Quantity) -> SubTask:
    weight = WEIGHTS["must" if metric.is_must else "nice"]
    return SubTask(METRIC, metric.name, weight, quantity_text(displayed(metric)), metric.is_must, place)
