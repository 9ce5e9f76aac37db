"""Rows that figures count. A figure counts every row, whoever may read it; which of them a reader is shown as evidence,
`visible_to` says, row by row (`figures.evidence`).
"""

from typing import Any, Final

from django.db.models import Model, QuerySet

from figures.facts import Reading
from zones.models.base import ScopedModel

REASON: Final = "a figure counts every row; the evidence that is shown is asked for by visible_to"


def counted(model: type[Model], reading: Reading, *, sample: str = "is_sample") -> "QuerySet[Any]":
    """All rows of a table; samples only where they are asked for; `sample` is the way to the mark, empty where who asks
    tells them apart.
    """
    manager: Any = model._default_manager
    rows = model.objects.unscoped(reason=REASON) if issubclass(model, ScopedModel) else manager.all()
    found: QuerySet[Any] = rows if reading.samples or not sample else rows.filter(**{sample: False})
    return found
