"""The demo: its accounts, and needs that wait for their reviews."""

from collections import Counter
from typing import Any

import pytest

from accounts.models import User
from matching.importing.demo import MEMBER, load_demo, make_accounts, make_member, make_requests, submit_samples
from matching.importing.demo_agreements import make_agreement, make_cooperations
from matching.importing.demo_events import make_events
from matching.importing.demo_exchanges import PAIRS, make_exchanges
from matching.importing.demo_mechanisms import make_mechanisms
from matching.models import (
    Agreement,
    Cooperation,
    Event,
    EventOutcome,
    EventRegistration,
    Exchange,
    Need,
    NeedReview,
    NegotiationMeeting,
    TechContract,
)
from matching.services.reviews import reviewable_by
from matching.services.transfers import CONVERSION, TALENT, TRIAL
from tests.builders import make_run
from zones.importing.reference import load_reference
from zones.models import ServiceRequest
from zones.scoping import scope_of
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY

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


def test_the_demo_has_exchanges_at_every_stage_and_events_before_and_after(settings: Any) -> None:
    load_reference(settings.REFERENCE_DIR)
    load_demo(settings.DEMO_DIR)
    make_accounts()
    make_member()
    make_run()
    assert make_exchanges() == len(PAIRS)
    counts = Counter(Exchange.plain.values_list("state", flat=True))
    assert counts == {"interest_sent": 3, "consent_pending": 2, "disclosed": 1, "negotiating": 1, "declined": 1}
    assert set(Exchange.plain.values_list("is_sample", flat=True)) == {True}
    member = scope_of(User.objects.get(username=MEMBER[0]))
    assert NegotiationMeeting.objects.visible_to(member).count() == 1
    assert (make_cooperations(), make_agreement().state) == (2, "in_force")
    for model, states in (
        (Cooperation, ["proposed", "running"]),
        (TechContract, ["registered"]),
        (Agreement, ["in_force"]),
    ):
        rows = model.objects.visible_to(member).filter(is_sample=True)
        assert list(rows.order_by("state").values_list("state", flat=True)) == states
    assert make_events() == 2
    held, to_come = Event.plain.order_by("starts_at")
    assert [(one.state, one.is_sample) for one in (held, to_come)] == [("held", True), ("published", True)]
    assert Counter(EventOutcome.plain.values_list("result", flat=True)) == {
        "interested": 1, "nothing": 1, "cooperation": 1,
    }  # fmt: skip
    assert EventRegistration.objects.visible_to(member).filter(event=to_come).count() > 2
    assert make_mechanisms() == 14
    shapes = (POLICY, FUND, CHAIN, ENCLAVE, CONVERSION, TALENT, TRIAL)
    assert [shape.name for shape in shapes if not shape.model.objects.visible_to(member).exists()] == []
    kinds = set(Cooperation.plain.filter(is_sample=True).values_list("kind", flat=True))
    assert {"project", "joint_centre", "consortium", "paired_project", "scenario_adoption", "financing"} <= kinds
