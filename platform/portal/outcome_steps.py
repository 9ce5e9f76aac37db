"""What a member says came of a cooperation, and how the other party was: the steps, and what is told of them."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from matching.choices import Gain
from matching.models import CooperationRating, OutcomePoll
from matching.services.cooperation_ratings import rate_party, rateable
from matching.services.outcomes import answer_poll, answerable
from portal.forms.outcomes import OutcomeForm, PartyRatingForm
from portal.record_steps import RecordStep
from zones.errors import NotFound
from zones.scoping import Principal


def open_polls(principal: Principal, row: Any) -> list[OutcomePoll]:
    """Those of the member's own parties that can be answered today."""
    own = answerable(principal).filter(party__organization__in=principal.organizations)
    return list(own.filter(party__cooperation=row))


def _outcome_form(principal: Principal, row: Any, *arguments: Any, **options: Any) -> forms.BaseForm:
    return OutcomeForm(open_polls(principal, row)[0], *arguments, **options)


def _answer(principal: Principal, row: Any, version: int, values: dict[str, Any]) -> Any:
    """The poll as it was read, whatever has become of the cooperation meanwhile."""
    key, read = values.pop("poll"), values.pop("read")
    poll = next((one for one in open_polls(principal, row) if one.public_id == key), None)
    if poll is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    return answer_poll(principal, poll_id=poll.pk, version=read, **values)


def _rate(principal: Principal, row: Any, version: int, values: dict[str, Any]) -> Any:
    return rate_party(principal, cooperation_id=row.pk, **values)


OUTCOME_STEPS: Final[Mapping[str, RecordStep]] = {
    "outcome": RecordStep(
        gettext_lazy("填报成效"),
        lambda principal, row: bool(open_polls(principal, row)),
        _outcome_form,
        _answer,
        True,
    ),
    "rate": RecordStep(
        pgettext_lazy("button", "评价对方"),
        lambda principal, row: bool(rateable(principal, row)),
        lambda principal, row, *arguments, **options: PartyRatingForm(rateable(principal, row), *arguments, **options),
        _rate,
        True,
    ),
}


def told_outcomes(principal: Principal, row: Any) -> dict[str, Any]:
    """Polls of one's own side, and ratings one may read."""
    polls = OutcomePoll.objects.visible_to(principal).filter(party__cooperation=row)
    ratings = CooperationRating.objects.visible_to(principal).filter(rater__cooperation=row)
    return {
        "polls": [
            {"row": poll, "gains": [Gain(gain).label for gain in poll.gains]}
            for poll in polls.select_related("party__organization")
        ],
        "ratings": list(ratings.select_related("rater__organization", "rated__organization")),
    }
