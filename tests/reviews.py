"""Builders of what stands before an open need: calls that ask for it, reviews that wait for a decision."""

from datetime import timedelta
from itertools import count
from typing import Any

from matching.models import Need, NeedCall, NeedReview
from matching.services.review_policies import active_policy
from tests.builders import plain_create
from zones.models import Association
from zones.scoping import today

_numbers = count(1)


def make_call(association: Association, **fields: Any) -> NeedCall:
    """An open call of the association, from yesterday for a month."""
    values: dict[str, Any] = {"title_zh": f"测试征集{next(_numbers)}", "purpose_zh": "征集技术需求。", "state": "open"}
    values |= {"opens_on": today() - timedelta(days=1), "closes_on": today() + timedelta(days=30)}
    return plain_create(NeedCall, {"association": association} | values | fields)


def make_review(need: Need, **fields: Any) -> NeedReview:
    """A review of the need's text that its own zone is asked for and has not decided."""
    values = {"need": need, "need_version": need.text_version, "zone": need.zone, "submitted_by": need.author}
    values |= {"policy": active_policy(), "due_on": today() + timedelta(days=3)}
    return plain_create(NeedReview, values | fields)
