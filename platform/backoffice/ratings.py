"""A broker's word on a suggestion, one press on the page of a need's matches."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.details import refusal_text
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from matching.choices import Grade, LabelSource
from matching.models import LIVE, Match, Need
from matching.services.labels import record_label
from zones.errors import DomainError, NotFound


class Rating(NamedTuple):
    """One button."""

    name: str
    grade: int
    label: Any
    icon: str


RATINGS = (
    Rating("suitable", Grade.SUITABLE, Grade.SUITABLE.label, "thumb_up"),
    Rating("unsuitable", Grade.UNSUITABLE, Grade.UNSUITABLE.label, "thumb_down"),
)


def rate(request: HttpRequest, need: Need, match_key: str, name: str) -> None:
    """Record the rating of a live match of the need; a refusal is shown on the page. Raises Http404."""
    rating = next((known for known in RATINGS if known.name == name), None)
    match = _live_match(request, need, match_key)
    if rating is None or match is None:
        raise Http404
    try:
        record_label(
            principal_of(request),
            need_id=need.pk,
            resource_id=match.resource_id,
            source=LabelSource.RATING,
            grade=rating.grade,
        )
    except NotFound as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, str(_("已记录评价，将用于改进推荐。")))


def _live_match(request: HttpRequest, need: Need, key: str) -> Match | None:
    public_id = parse_public_id(key)
    rows = Match.objects.visible_to(principal_of(request)).filter(LIVE, need=need, public_id=public_id)
    found: Match | None = rows.first() if public_id else None
    return found
