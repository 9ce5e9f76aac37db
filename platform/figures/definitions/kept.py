"""What the definitions of kept records share: which count, and for which places."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from figures.facts import Reading
from figures.geography import NOWHERE
from figures.rows import counted
from zones.models.kept import Kept


def kept(model: type[Kept], reading: Reading) -> "QuerySet[Any]":
    """Records that stand: one that was withdrawn should never have been, and counts on no day."""
    return counted(model, reading).filter(withdrawn_on__isnull=True)


def keepers(reading: Reading, zone: int | None, association: int | None, day: date) -> frozenset[str]:
    """Places of who keeps the record."""
    if association is not None:
        return reading.geography.of_association(association)
    return reading.geography.of_zone(zone, day)


def keeper_alone(reading: Reading, association: int | None) -> frozenset[str]:
    """The place of a keeper that is no zone."""
    return NOWHERE if association is None else reading.geography.of_association(association)


def day_after(last: date | None) -> date | None:
    """The first day without, of a row whose last day still counts."""
    return None if last is None else last + timedelta(days=1)
