"""Thresholds of reviews: versions, never edits."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import ReviewPolicy
from matching.services.configs import must_be_in_force
from zones.errors import NotAllowed
from zones.scoping import Principal
from zones.services.base import clean_values, tell_fact, validated

FIRST: dict[str, Any] = {
    "pass_from": 10, "return_from": 5, "does_zero_return": True, "comment_below": 3, "working_days": 3,
}  # fmt: skip


def active_policy() -> ReviewPolicy:
    """The policy that new reviews follow; the usual thresholds become version 1 when there is none."""
    policy = ReviewPolicy.objects.filter(is_active=True).first()
    if policy is not None:
        return policy
    policy, is_new = ReviewPolicy.objects.get_or_create(
        number=1, defaults={**FIRST, "note": "默认标准", "is_active": True}
    )
    if is_new:
        tell_fact(policy, "review_policy.added", number=policy.number)
    return policy


@transaction.atomic
def add_policy(principal: Principal, *, replacing: int | None = None, **values: Any) -> ReviewPolicy:
    """Store a new version and make it the active one; reviews under way keep theirs. `replacing` is the number the
    caller believes active. Raises NotAllowed, InvalidInput, Conflict.
    """
    if not principal.is_system:
        raise NotAllowed(_("审核标准由系统管理员维护。"))
    must_be_in_force(ReviewPolicy, replacing)
    latest = ReviewPolicy.objects.select_for_update().order_by("-number").first()
    added = ReviewPolicy(number=latest.number + 1 if latest else 1, created_by_id=principal.user_id)
    for name, value in clean_values(values).items():
        setattr(added, name, value)
    validated(added)
    ReviewPolicy.objects.filter(is_active=True).update(is_active=False)
    added.is_active = True
    added.save()
    tell_fact(added, "review_policy.added", number=added.number)
    return added
