"""The demo: its accounts, and needs that wait for their reviews."""

from typing import Any

import pytest

from accounts.models import User
from matching.importing.demo import load_demo, make_accounts, make_member, make_requests, submit_samples
from matching.models import Need, NeedReview
from matching.services.reviews import reviewable_by
from zones.importing.reference import load_reference
from zones.models import ServiceRequest
from zones.scoping import scope_of

pytestmark = pytest.mark.django_db


def test_each_reviewer_finds_a_need_to_review(settings: Any) -> None:
    load_reference(settings.REFERENCE_DIR)
    make_accounts()
    assert submit_samples(settings.DEMO_DIR) == 2
    assert set(Need.plain.values_list("state", flat=True)) == {"submitted"}
    for username, count in (("demo-reviewer", 2), ("demo-manager", 1), ("demo-staff", 0), ("demo-outside", 0)):
        reader = scope_of(User.objects.get(username=username))
        seen = NeedReview.objects.visible_to(reader).select_related("need")
        assert len(reviewable_by(reader, seen)) == count, username


def test_the_enterprise_of_the_sample_has_needs_of_its_own(settings: Any) -> None:
    load_reference(settings.REFERENCE_DIR)
    load_demo(settings.DEMO_DIR)
    reader = scope_of(User.objects.get(username=make_member().username))
    assert not reader.has_back_office
    assert Need.objects.visible_to(reader).filter(organization__in=reader.organizations).exists()
    assert make_requests() == 3
    assert list(ServiceRequest.plain.order_by("pk").values_list("state", "is_sample")) == [
        ("sent", True), ("accepted", True), ("recorded", True)
    ]  # fmt: skip
