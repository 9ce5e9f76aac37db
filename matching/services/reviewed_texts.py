"""What a review is of, for its readers: a zone that has decided reads what it decided on, not what became of it."""

from collections.abc import Collection

from ledger.history import event_model
from matching.models import Need, NeedReview
from matching.services.text_versions import TextChange, changes_between, text_at
from zones.models.base import in_language
from zones.scoping import Principal


def titles_of(principal: Principal, reviews: Collection[NeedReview]) -> dict[int, str]:
    """review id → the title of its need: as it stands where the reader sees the need, else as it was when decided."""
    needs = Need.objects.visible_to(principal).in_bulk([review.need_id for review in reviews])
    titles = {review.pk: str(needs[review.need_id]) for review in reviews if review.need_id in needs}
    return titles | _titles_when_decided([review for review in reviews if review.pk not in titles])


def text_as_decided(principal: Principal, review: NeedReview) -> dict[str, str] | None:
    """label → text of the need at the decision; None for who sees the need itself."""
    if Need.objects.visible_to(principal).filter(pk=review.need_id).exists():
        return None
    return text_at(review.need, review.decided_at)


def changes_since_last_review(principal: Principal, review: NeedReview) -> list[TextChange] | None:
    """What the need said at the last decision that the reader knows of, beside what this review is of; None for a
    first review. What was returned to its author before another zone was asked may have told whose need it is.
    """
    rows = NeedReview.objects.visible_to(principal).filter(need=review.need_id, decided_at__lt=review.submitted_at)
    earlier: NeedReview | None = rows.order_by("-decided_at").first()
    if earlier is None or earlier.decided_at is None:
        return None
    return changes_between(review.need, earlier=earlier.decided_at, later=review.decided_at)


def _titles_when_decided(reviews: Collection[NeedReview]) -> dict[int, str]:
    """By the history of the needs, read once for all."""
    events = event_model(Need).objects.filter(pgh_obj_id__in=[review.need_id for review in reviews]).order_by("pgh_id")
    told = list(events.values_list("pgh_obj_id", "pgh_created_at", "title_zh", "title_en")) if reviews else []
    return {
        review.pk: in_language(chinese, english)
        for review in reviews
        for need_id, at, chinese, english in told
        if need_id == review.need_id and review.decided_at is not None and at <= review.decided_at
    }
