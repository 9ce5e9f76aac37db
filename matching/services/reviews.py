"""Reviews of needs: asked for, taken back, decided. What passes everywhere is opened in the same transaction.

A draft is submitted; somebody else of its zone reviews it, or the zone that its author has chosen; where the whole
nation would see it, both do. The first decision that is not "pass" ends the round; the author mends the need and
submits it anew.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from matching.choices import NeedState, NeedVisibility, ReviewDecision
from matching.models import Need, NeedReview
from matching.models.reviews import CRITERIA
from matching.services.calls import check_answer
from matching.services.leaks import Finding, LeaksFound
from matching.services.needs import check_before_strangers, enter, enter_open
from matching.services.review_policies import active_policy
from matching.services.rubric import Grades, decision_of, needs_comment
from zones.errors import Conflict, InvalidInput, NotAllowed, NotFound
from zones.models import Zone
from zones.scoping import Principal, today
from zones.services.base import (
    clean_text,
    editable_or_error,
    expect_version,
    save_next_version,
    tell,
    tell_fact,
    validated,
)
from zones.services.calendar import after_working_days

SEEN_BY_THE_NATION = (NeedVisibility.NATIONAL, NeedVisibility.PUBLIC)
STATE_AFTER = {ReviewDecision.RETURN: NeedState.RETURNED, ReviewDecision.REJECT: NeedState.REJECTED}


@transaction.atomic
def submit_need(principal: Principal, *, need_id: int, version: int | None = None) -> Need:
    """Ask for the reviews of a need. It must be ready to be opened. Raises InvalidInput, Conflict, NotFound,
    IllegalTransition.
    """
    need = editable_or_error(Need, principal, pk=need_id)
    expect_version(need, version)
    _check_fit(need)
    enter(need, NeedState.SUBMITTED)
    save_next_version(need)
    for zone in _zones_to_ask(need):
        _ask(principal, need, zone)
    tell(need, "need.submitted")
    return need


@transaction.atomic
def recall_need(principal: Principal, *, need_id: int, version: int | None = None) -> Need:
    """Take a need back from review, to be edited. What was decided already stays on record."""
    need = editable_or_error(Need, principal, pk=need_id)
    expect_version(need, version)
    enter(need, NeedState.DRAFT)
    _waiting_of(need).delete()
    save_next_version(need)
    tell(need, "need.recalled")
    return need


@transaction.atomic
def decide_review(principal: Principal, *, review_id: int, grades: Grades, comment: str = "") -> NeedReview:
    """Grade a need. Raises NotFound, NotAllowed (one's own need), Conflict (decided already, or the need has changed),
    InvalidInput.
    """
    review = _reviewable(principal, review_id)
    review.comment_zh = clean_text("comment_zh", comment)
    if needs_comment(grades, review.policy) and not review.comment_zh:
        message = _("有一项低于 %(bar)d 分：请写明意见，让填报人知道怎么改。")
        raise InvalidInput.single("comment_zh", message % {"bar": review.policy.comment_below})
    for name in CRITERIA:
        setattr(review, name, getattr(grades, name))
    review.decision = decision_of(grades, review.policy)
    review.reviewer_id, review.decided_at = principal.user_id, Now()
    validated(review, exclude=("decided_at",)).save()
    review.refresh_from_db(fields=["decided_at"])
    tell_fact(review, "need.reviewed", need=review.need, zone=review.zone, decision=review.decision)
    _move_on(review)
    return review


def reviewable_by(principal: Principal, rows: Iterable[NeedReview]) -> list[NeedReview]:
    """Those of the reviews that the principal may decide."""
    return [row for row in rows if row.zone_id in principal.staff_zones and _is_other_pair_of_eyes(principal, row)]


def remind() -> int:
    """Tell, once a day and review, of reviews that are due today or overdue. Returns how many."""
    day = today()
    rows = NeedReview.objects.unscoped(reason="reminders are the system's work").filter(decision="", due_on__lte=day)
    with transaction.atomic():
        late = list(rows.exclude(reminded_on=day).select_related("need", "zone").select_for_update(of=("self",)))
        for review in late:
            tell_fact(review, "need.review_due", need=review.need, zone=review.zone, day=review.due_on)
        NeedReview.objects.unscoped(reason="reminders are the system's work").filter(
            pk__in=[review.pk for review in late]
        ).update(reminded_on=day)
    return len(late)


def _check_fit(need: Need) -> None:
    """All that keeps a need from being reviewed, at once. Raises InvalidInput."""
    errors: dict[str, list[str]] = {}
    findings: tuple[Finding, ...] = ()
    for check in (_check_review_zone, check_answer, check_before_strangers):
        try:
            check(need)
        except LeaksFound as found:
            findings = found.findings
        except InvalidInput as error:
            errors |= error.errors
    if findings:
        raise LeaksFound(findings, others=errors)
    if errors:
        raise InvalidInput(errors)


def _check_review_zone(need: Need) -> None:
    if need.review_zone_id == need.zone_id:
        raise InvalidInput.single("review_zone", _("复核园区不能是本园区：请选择另一园区。"))
    if need.review_zone_id is None and need.visibility in SEEN_BY_THE_NATION:
        raise InvalidInput.single("review_zone", _("可见范围为全国的需求须由另一园区复核：请选择复核园区。"))


def _zones_to_ask(need: Need) -> list[Zone]:
    """Who reviews this text: a zone that has passed it is not asked again."""
    rows = NeedReview.objects.unscoped(reason="what was decided of a text stands")
    decided = dict(rows.filter(need=need, need_version=need.text_version).values_list("zone_id", "decision"))
    if set(decided.values()) - {ReviewDecision.PASS}:
        raise InvalidInput.single("__all__", _("此文本已被退回：请先按审核意见修改，再提交。"))
    return [zone for zone in _reviewing_zones(need) if zone.pk not in decided]


def _reviewing_zones(need: Need) -> list[Zone]:
    """Its own zone and another where the nation would see it; else one of both."""
    if need.review_zone is None:
        return [need.zone]
    return [need.zone, need.review_zone] if need.visibility in SEEN_BY_THE_NATION else [need.review_zone]


def _ask(principal: Principal, need: Need, zone: Zone) -> None:
    policy = active_policy()
    asked = NeedReview(
        need=need,
        need_version=need.text_version,
        zone=zone,
        policy=policy,
        submitted_by_id=principal.user_id,
        due_on=after_working_days(today(), policy.working_days),
    )
    validated(asked).save()


def _reviewable(principal: Principal, review_id: int) -> NeedReview:
    """The review, locked after its need: every step of a round takes the need first, so that no two wait for each
    other.
    """
    rows = NeedReview.objects.editable_by(principal).filter(pk=review_id)
    needs = Need.objects.unscoped(reason="whoever may decide a review moves its need").select_for_update()
    needs.filter(pk__in=rows.values("need_id")).first()
    locked = rows.select_for_update(of=("self",)).select_related("need", "zone", "policy")
    review: NeedReview | None = locked.first()
    if review is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    if review.decision:
        raise Conflict(_("该审核已由他人完成：请刷新页面查看结论。"))
    if review.need_version != review.need.text_version:
        raise Conflict(_("需求在提交后有改动：请刷新页面，按新版本审核。"))
    if not _is_other_pair_of_eyes(principal, review):
        raise NotAllowed(_("填报人、提交人不能审核自己的需求：请由同园区的另一位同事审核。"))
    return review


def _is_other_pair_of_eyes(principal: Principal, review: NeedReview) -> bool:
    return principal.user_id is not None and principal.user_id not in (review.submitted_by_id, review.need.author_id)


def _move_on(review: NeedReview) -> None:
    """The need after a decision: back to its author, waiting for the other zone, or open."""
    need: Need = review.need
    if review.decision != ReviewDecision.PASS:
        _waiting_of(need).delete()
        enter(need, STATE_AFTER[ReviewDecision(review.decision)])
    elif _waiting_of(need).exists():
        enter(need, NeedState.IN_REVIEW)
    else:
        enter(need, NeedState.APPROVED)
        check_before_strangers(need)
        enter_open(need)
    save_next_version(need)
    kind = "need.opened" if need.state == NeedState.OPEN else f"need.{need.state}"
    tell(need, kind)


def _waiting_of(need: Need) -> QuerySet[NeedReview]:
    rows: QuerySet[NeedReview] = NeedReview.objects.unscoped(reason="a round of reviews ends as a whole")
    return rows.filter(need=need, decision="")
