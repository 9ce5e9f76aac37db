"""The days of a need's steps that its own row does not keep: written here, and by the exposure log."""

from typing import Final

from django.utils import timezone

from matching.choices import NeedState, NeedStep
from matching.models import Need, NeedDay
from zones.scoping import today

UNMET: Final = (NeedState.EXPIRED, NeedState.CLOSED_UNMET)
"""Nobody could serve it."""


def keep_day(need: Need, target: NeedState) -> None:
    """Before a need enters a state: the day it was first opened, before it is opened once more; the days on which it
    was unmet, from the one to the other.
    """
    if target == NeedState.OPEN and need.opened_at is not None:
        day = timezone.localdate(need.opened_at)
        NeedDay.objects.get_or_create(need=need, step=NeedStep.OPENED, defaults={"day": day})
    if need.state in UNMET:
        NeedDay.objects.filter(need=need, step=NeedStep.UNMET, until=None).update(until=today())
    if target in UNMET:
        NeedDay.objects.update_or_create(need=need, step=NeedStep.UNMET, until=None, defaults={"day": today()})
