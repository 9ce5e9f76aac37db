"""How the parties of a cooperation that has ended found each other: each rates each other once."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import CooperationState as State
from matching.models import Cooperation, CooperationParty, CooperationRating, CooperationStep
from matching.services.cooperation_states import acts_for_party, locked_cooperation, parties_of
from zones.errors import IllegalTransition
from zones.scoping import PARTY_RATING_DAYS, Principal
from zones.services.base import must_be_editable, tell_fact, validated
from zones.services.service_steps import checked_text

ENDED = (State.COMPLETED, State.TERMINATED)
REASON = "the cooperation was found by its own rule; whether a party of one's own has rated"


class Rateable(NamedTuple):
    """Who may rate whom now."""

    rater: CooperationParty
    rated: CooperationParty


@transaction.atomic
def rate_party(
    principal: Principal, *, cooperation_id: int, rated: UUID, stars: int, comment: str = ""
) -> CooperationRating:
    """Rate another party, for the party the principal speaks for. Raises NotFound, NotAllowed, InvalidInput;
    IllegalTransition before the end, after the time for it, and where it has been done.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=None)
    pair = next((pair for pair in rateable(principal, row) if pair.rated.public_id == rated), None)
    if pair is None:
        message = _("现在不能评价：合作完成或终止后 %(days)d 天内，每方对另一方评价一次。")
        raise IllegalTransition(message % {"days": PARTY_RATING_DAYS})
    rating = CooperationRating(
        rater=pair.rater, rated=pair.rated, stars=stars, comment=checked_text("comment", comment),
        rated_by_id=principal.user_id,
    )  # fmt: skip
    validated(rating).save()
    must_be_editable(rating, principal)
    tell_fact(rating, "cooperation.rated", cooperation=row, rated=pair.rated)
    return rating


def rateable(principal: Principal, row: Cooperation) -> list[Rateable]:
    """Whom the principal's parties may rate now: the other parties on record, each once."""
    if not _is_time(row):
        return []
    parties = [party for party in parties_of(row) if party.organization_id is not None]
    mine = [party for party in parties if acts_for_party(principal, party)]
    done = CooperationRating.objects.unscoped(reason=REASON).filter(rater__in=mine)
    pairs = set(done.values_list("rater_id", "rated_id"))
    free = [Rateable(rater, rated) for rater in mine for rated in parties if rated.pk != rater.pk]
    return [pair for pair in free if (pair.rater.pk, pair.rated.pk) not in pairs]


def _is_time(row: Cooperation) -> bool:
    if row.state not in ENDED:
        return False
    steps = CooperationStep.objects.unscoped(reason=REASON).filter(cooperation=row, to_state__in=ENDED)
    ended_at = steps.order_by("-pk").values_list("at", flat=True).first()
    return ended_at is not None and timezone.now() <= ended_at + timedelta(days=PARTY_RATING_DAYS)
