"""A need is reviewed by somebody else before others see it: who, by what thresholds, until when, and what follows."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import NeedState, ReviewDecision
from matching.models import Need, NeedReview
from matching.services import reviews
from matching.services.needs import NeedParts, draft_need, open_need, update_need
from matching.services.review_policies import FIRST, active_policy, add_policy
from matching.services.reviewed_texts import changes_since_last_review
from matching.services.reviews import (
    decide_review,
    recall_need,
    remind,
    reviewable_by,
    submit_need,
)
from matching.services.rubric import Grades, decision_of
from tests.builders import make_staff
from tests.conftest import World
from zones.choices import Role
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Zone
from zones.scoping import SYSTEM, scope_of, today
from zones.services.base import tell_fact

pytestmark = pytest.mark.django_db
METRIC = {"key": "porosity", "name_zh": "孔隙率", "operator": "<=", "value": 10, "unit": "%"}
GOOD, POOR, HOPELESS = Grades(3, 3, 3, 3), Grades(4, 1, 2, 2), Grades(1, 1, 1, 1)


@pytest.fixture
def manager(world: World) -> User:
    """East's manager: the other pair of eyes."""
    return make_staff(world.east, role=Role.ZONE_MANAGER, username="manager")


def draft(world: World, *, visibility: str = "association", review_zone: Zone | None = None, **values: Any) -> Need:
    given = {
        "kind": "joint_development",
        "title_zh": "低温烧结银膏",
        "summary_zh": "求低温烧结银膏配方。",
        "zone": world.east,
        "organization": world.enterprise,
        "association": world.alliance,
        "consent_recorded_on": today(),
        "deadline": today() + timedelta(days=90),
        "visibility": visibility,
        "review_zone": review_zone,
    } | values
    return draft_need(scope_of(world.ana), with_parts=NeedParts(metrics=[METRIC]), **given)


def submitted(world: World, **values: Any) -> Need:
    return submit_need(scope_of(world.ana), need_id=draft(world, **values).pk)


def review_of(need: Need, zone: Zone) -> NeedReview:
    found: NeedReview = NeedReview.plain.get(need=need, zone=zone, decision="")
    return found


def decide(user: User, review: NeedReview, grades: Grades, comment: str = "") -> NeedReview:
    return decide_review(scope_of(user), review_id=review.pk, grades=grades, comment=comment)


def state_of(need: Need) -> str:
    need.refresh_from_db()
    return need.state


@pytest.mark.parametrize(
    ("grades", "decision"),
    [
        (Grades(3, 3, 2, 2), "pass"),  # 10 of 20
        (Grades(3, 2, 2, 2), "return"),  # 9
        (Grades(2, 1, 1, 1), "return"),  # 5
        (Grades(1, 1, 1, 1), "reject"),  # 4
        (Grades(5, 5, 5, 0), "return"),  # a zero
        (Grades(4, 0, 0, 0), "reject"),
    ],
)
def test_the_thresholds_decide(grades: Grades, decision: str) -> None:
    assert decision_of(grades, active_policy()) == decision


def test_a_draft_is_not_opened_without_review(world: World) -> None:
    need = draft(world)
    with pytest.raises(NotAllowed, match="审核"):
        open_need(scope_of(world.ana), need_id=need.pk)
    assert state_of(need) == "draft"
    assert open_need(SYSTEM, need_id=need.pk).state == "open"


def test_a_colleague_passes_it_and_it_is_open(world: World, manager: User) -> None:
    need = submitted(world)
    assert state_of(need) == "submitted"
    review = decide(manager, review_of(need, world.east), GOOD)
    assert (review.decision, review.reviewer, review.decided_at is not None) == ("pass", manager, True)
    assert state_of(need) == "open"
    assert need.expires_on is not None
    kinds = set(OutboxEvent.objects.values_list("kind", flat=True))
    assert {"need.submitted", "need.reviewed", "need.opened"} <= kinds


def test_a_chosen_zone_reviews_instead(world: World) -> None:
    need = submitted(world, review_zone=world.west)
    assert [review.zone for review in NeedReview.plain.all()] == [world.west]
    decide(world.bo, review_of(need, world.west), GOOD)
    assert state_of(need) == "open"


def test_for_the_nation_both_zones_review(world: World, manager: User) -> None:
    need = submitted(world, visibility="national", review_zone=world.west)
    decide(manager, review_of(need, world.east), GOOD)
    assert state_of(need) == "in_review"
    decide(world.bo, review_of(need, world.west), GOOD)
    assert state_of(need) == "open"


@pytest.mark.parametrize("visibility", ["national", "public"])
def test_for_the_nation_another_zone_must_be_named(world: World, visibility: str) -> None:
    for zone in (None, world.east):
        with pytest.raises(InvalidInput) as error:
            submitted(world, visibility=visibility, review_zone=zone, title_zh=f"银膏{zone}")
        assert "review_zone" in error.value.errors


@pytest.mark.parametrize(("grades", "state"), [(POOR, "returned"), (HOPELESS, "rejected")])
def test_a_refusal_goes_back_to_the_author_with_a_comment(
    world: World, manager: User, grades: Grades, state: str
) -> None:
    need = submitted(world, visibility="national", review_zone=world.west)
    review = review_of(need, world.east)
    with pytest.raises(InvalidInput) as error:
        decide(manager, review, grades, comment="  ")
    assert "comment_zh" in error.value.errors
    decide(manager, review, grades, comment="请写明烧结温度")
    assert state_of(need) == state
    assert not NeedReview.plain.filter(decision="").exists(), "the other zone is not asked any more"


@pytest.mark.django_db(transaction=True)
def test_a_returned_text_must_change_before_it_is_submitted_again(world: World, manager: User) -> None:
    need, ana = submitted(world), scope_of(world.ana)
    decide(manager, review_of(need, world.east), POOR, comment="请写明烧结温度")
    need.refresh_from_db()
    with pytest.raises(InvalidInput, match="修改"):
        submit_need(ana, need_id=need.pk)
    update_need(ana, need_id=need.pk, version=need.version, summary_zh="求 200 ℃ 烧结银膏配方。")
    submit_need(ana, need_id=need.pk)
    again = review_of(need, world.east)
    changes = changes_since_last_review(ana, again)
    assert changes is not None
    assert [(change.before, change.after) for change in changes] == [
        ("求低温烧结银膏配方。", "求 200 ℃ 烧结银膏配方。")
    ]
    decide(manager, again, GOOD)
    assert state_of(need) == "open"


@pytest.mark.django_db(transaction=True)
def test_another_zone_is_not_shown_what_was_returned_before_it_was_asked(world: World, manager: User) -> None:
    """The text may have been returned because it told whose need it is."""
    need, ana = submitted(world, summary_zh="东方厂求银膏配方。", association=world.alliance), scope_of(world.ana)
    decide(manager, review_of(need, world.east), POOR, comment="看得出是谁")
    need.refresh_from_db()
    update_need(ana, need_id=need.pk, version=need.version, summary_zh="求银膏配方。", review_zone=world.west)
    submit_need(ana, need_id=need.pk)
    asked = review_of(need, world.west)
    assert changes_since_last_review(scope_of(world.bo), asked) is None
    assert changes_since_last_review(ana, asked) is not None


@pytest.mark.django_db(transaction=True)
def test_changed_metrics_stand_side_by_side_too(world: World, manager: User) -> None:
    need, ana = submitted(world), scope_of(world.ana)
    first = review_of(need, world.east)
    assert changes_since_last_review(ana, first) is None
    decide(manager, first, POOR, comment="指标过宽")
    need.refresh_from_db()
    stricter = NeedParts(metrics=[METRIC | {"value": 5}])
    update_need(ana, need_id=need.pk, version=need.version, with_parts=stricter)
    submit_need(ana, need_id=need.pk)
    (change,) = changes_since_last_review(ana, review_of(need, world.east)) or []
    assert "孔隙率" in change.label
    assert ("10" in change.before, "5.0" in change.after) == (True, True)


def test_what_is_in_review_is_not_edited_but_taken_back(world: World, manager: User) -> None:
    need, ana = submitted(world, visibility="national", review_zone=world.west), scope_of(world.ana)
    decide(manager, review_of(need, world.east), GOOD)
    need.refresh_from_db()
    with pytest.raises(IllegalTransition, match="撤回审核"):
        update_need(ana, need_id=need.pk, version=need.version, summary_zh="改")
    assert recall_need(ana, need_id=need.pk).state == "draft"
    assert not NeedReview.plain.filter(decision="").exists()
    submit_need(ana, need_id=need.pk)
    asked = [review.zone for review in NeedReview.plain.filter(decision="")]
    assert asked == [world.west], "East has passed this text"


def test_four_eyes(world: World, manager: User) -> None:
    """Neither who wrote nor who submitted it decides; nor somebody of a zone that was not asked."""
    need = draft(world, review_zone=None)
    submit_need(scope_of(manager), need_id=need.pk)
    review = review_of(need, world.east)
    for person in (world.ana, manager):
        with pytest.raises(NotAllowed, match="另一位同事"):
            decide(person, review, GOOD)
        assert reviewable_by(scope_of(person), [review]) == []
    for person in (world.bo, world.cy, world.eve, world.auditor, world.secretariat):
        with pytest.raises(NotFound):
            decide(person, review, GOOD)
        assert reviewable_by(scope_of(person), [review]) == []
    third = make_staff(world.east, username="third")
    assert reviewable_by(scope_of(third), [review]) == [review]
    decide(third, review, GOOD)


def test_the_database_keeps_four_eyes_and_whole_decisions(world: World, manager: User) -> None:
    review = review_of(submitted(world), world.east)
    rows = NeedReview.plain.filter(pk=review.pk)
    grades = dict.fromkeys(("necessity", "clarity", "cooperation", "deidentification"), 3)
    for values in (
        {"decision": "pass"},
        {"decision": "pass", "reviewer": manager, "decided_at": "2026-01-01T00:00Z"},
        grades | {"decision": "pass", "reviewer": world.ana, "decided_at": "2026-01-01T00:00Z"},
        grades | {"decision": "pass", "reviewer": manager, "decided_at": "2026-01-01T00:00Z", "clarity": 6},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_a_review_is_decided_once(world: World, manager: User) -> None:
    review = review_of(submitted(world), world.east)
    decide(manager, review, GOOD)
    with pytest.raises(Conflict, match="已由他人完成"):
        decide(manager, review, GOOD)


@pytest.mark.django_db(transaction=True)
def test_two_zones_that_decide_at_once_do_not_wait_for_each_other_for_ever(
    world: World, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One returns what the other passes: whoever comes second finds the round ended."""
    need = submitted(world, visibility="national", review_zone=world.west)
    both_have_decided = Barrier(2)

    def tell_when_both_have(*given: Any, **named: Any) -> None:
        with suppress(BrokenBarrierError):
            both_have_decided.wait(timeout=1)
        tell_fact(*given, **named)

    monkeypatch.setattr(reviews, "tell_fact", tell_when_both_have)
    waiting = [(manager, review_of(need, world.east), POOR), (world.bo, review_of(need, world.west), GOOD)]

    def decided(one: tuple[User, NeedReview, Grades]) -> str:
        try:
            return decide(*one, comment="请写明测试条件").decision
        except NotFound:
            return "too late"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = list(pool.map(decided, waiting))
    assert outcome in (["return", "too late"], ["return", "pass"])
    assert state_of(need) == "returned"


def test_a_need_that_is_not_ready_is_not_submitted(world: World) -> None:
    with pytest.raises(InvalidInput) as error:
        submitted(world, deadline=None)
    assert "deadline" in error.value.errors
    assert not NeedReview.plain.exists()


def test_what_has_become_unfit_since_is_told_to_the_reviewer(world: World, manager: User) -> None:
    need = submitted(world)
    Need.plain.filter(pk=need.pk).update(deadline=today() - timedelta(days=1))
    with pytest.raises(InvalidInput) as error:
        decide(manager, review_of(need, world.east), GOOD)
    assert "deadline" in error.value.errors
    assert state_of(need) == "submitted"


def test_the_asked_zone_reads_the_need_while_it_is_asked_and_no_other_does(world: World) -> None:
    need = submitted(world, visibility="zone", review_zone=world.west)

    def sees(person: User) -> bool:
        return bool(Need.objects.visible_to(scope_of(person)).filter(pk=need.pk).exists())

    assert (sees(world.bo), sees(world.lin), sees(world.cy), sees(world.secretariat)) == (True, False, False, False)
    decide(world.bo, review_of(need, world.west), GOOD)
    assert not sees(world.bo), "open within its own zone only"


def test_who_sees_a_review(world: World) -> None:
    review = review_of(submitted(world, review_zone=world.west), world.west)
    seen = {name: bool(NeedReview.objects.visible_to(scope_of(person))) for name, person in world.people().items()}
    assert seen == {
        "ana": True, "auditor": True, "bo": True, "cy": False, "eve": True, "lin": False, "ops": True,
        "secretariat": False,
    }  # fmt: skip
    assert review.due_on > today()


@time_machine.travel(date(2026, 2, 12), tick=False)
def test_the_term_counts_working_days(world: World, settings: Any) -> None:
    from zones.importing.reference import load_reference

    load_reference(settings.REFERENCE_DIR)
    need = submitted(world, deadline=date(2026, 6, 1), consent_recorded_on=date(2026, 2, 1))
    assert review_of(need, world.east).due_on == date(2026, 2, 24)


def test_reminders_are_told_once_a_day(world: World) -> None:
    review = review_of(submitted(world), world.east)
    assert remind() == 0
    NeedReview.plain.filter(pk=review.pk).update(due_on=today())
    assert (remind(), remind()) == (1, 0)
    NeedReview.plain.filter(pk=review.pk).update(reminded_on=today() - timedelta(days=1))
    assert remind() == 1
    assert OutboxEvent.objects.filter(kind="need.review_due").count() == 2


def test_thresholds_are_versions_and_reviews_keep_theirs(world: World, manager: User) -> None:
    review = review_of(submitted(world), world.east)
    stricter = FIRST | {"pass_from": 16, "note": "从严"}
    with pytest.raises(NotAllowed):
        add_policy(scope_of(manager), **stricter)
    for wrong in ({"pass_from": 3}, {"pass_from": 21}, {"working_days": 0}, {"comment_below": 6}):
        with pytest.raises(InvalidInput):
            add_policy(SYSTEM, **(FIRST | wrong))
    assert add_policy(SYSTEM, **stricter).number == 2
    assert active_policy().pass_from == 16
    assert decide(manager, review, GOOD).decision == ReviewDecision.PASS
    later = review_of(submitted(world, title_zh="高温银膏"), world.east)
    assert decide(manager, later, GOOD).decision == ReviewDecision.RETURN


def test_states_of_a_need_that_went_through(world: World, manager: User) -> None:
    need = submitted(world)
    decide(manager, review_of(need, world.east), HOPELESS, comment="无实际需要")
    assert state_of(need) == NeedState.REJECTED
    with pytest.raises(IllegalTransition):
        submit_need(scope_of(world.ana), need_id=need.pk)
