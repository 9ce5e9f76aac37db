"""A wrong alarm about an identity: stated with a reason, while the text stands, and never of a phone or an address."""

import json
from typing import Any

import pytest

from ledger.models import OutboxEvent
from matching.models import LeakStatement, Need
from matching.services.intake import look_at
from matching.services.leaks import Finding, LeaksFound, open_needs_that_tell
from matching.services.needs import NeedParts, open_need, update_need
from matching.services.reviews import submit_need
from matching.services.statements import statements_of
from tests.builders import make_user
from tests.conftest import World
from tests.matching.test_needs import METRIC, write
from tests.reviews import make_review
from zones.errors import InvalidInput
from zones.models import OrganizationAlias
from zones.scoping import SYSTEM, Principal, scope_of

pytestmark = pytest.mark.django_db
BRAND = "银力"
REASON = "这是材料术语"


@pytest.fixture
def ana_scope(world: World) -> Principal:
    OrganizationAlias.objects.create(organization=world.enterprise, name=f"{BRAND}牌")
    return scope_of(world.ana)


def alarming(principal: Principal, world: World, **values: Any) -> Need:
    return write(principal, world, **({"summary_zh": f"用于{BRAND}牌焊膏。"} | values))


def findings_of(need: Need) -> tuple[Finding, ...]:
    need.refresh_from_db()
    with pytest.raises(LeaksFound) as refused:
        open_need(SYSTEM, need_id=need.pk)
    return refused.value.findings


def state(principal: Principal, need: Need, reason: str = REASON, **values: Any) -> Need:
    """Say of everything that is found that it is no identity."""
    reasons = {finding.fingerprint: reason for finding in findings_of(need)}
    need.refresh_from_db()
    parts = NeedParts(no_identity=reasons)
    return update_need(principal, need_id=need.pk, version=need.version, with_parts=parts, **values)


def test_a_stated_need_is_submitted_and_opened(world: World, ana_scope: Principal) -> None:
    need = alarming(ana_scope, world, review_zone=world.west)
    with pytest.raises(InvalidInput, match="summary_zh"):
        submit_need(ana_scope, need_id=need.pk)
    state(ana_scope, need)
    assert submit_need(ana_scope, need_id=need.pk).state == "submitted"
    other = alarming(ana_scope, world)
    state(ana_scope, other)
    assert open_need(SYSTEM, need_id=other.pk).state == "open"
    assert open_needs_that_tell() == 0


def test_who_when_what_and_why_is_kept_and_told_without_the_text(world: World, ana_scope: Principal) -> None:
    need = state(ana_scope, alarming(ana_scope, world))
    row = LeakStatement.plain.get()
    assert (row.stated_by, row.kind, row.field, row.reason) == (world.ana, "name", "summary_zh", REASON)
    (payload,) = OutboxEvent.objects.filter(kind="need.identity_denied").values_list("payload", flat=True)
    assert payload["need"] == str(need.public_id)
    assert BRAND not in json.dumps(payload, ensure_ascii=False) + row.fingerprint


def test_a_person_may_be_a_wrong_alarm_too(world: World, ana_scope: Principal) -> None:
    need = alarming(ana_scope, world, summary_zh="请联系王工。")
    assert {finding.kind for finding in findings_of(need)} == {"person"}
    state(ana_scope, need)
    assert open_need(SYSTEM, need_id=need.pk).state == "open"


@pytest.mark.parametrize(
    "text",
    ["电话 13812345678", "写信 li@example.cn", "见 https://example.cn/a", "微信号 abc_12345", "专利 ZL202110123456.7"],
)
def test_numbers_and_addresses_take_no_statement(world: World, ana_scope: Principal, text: str) -> None:
    need = alarming(ana_scope, world, summary_zh=text)
    assert not any(finding.is_statable for finding in findings_of(need))
    state(ana_scope, need)
    assert not LeakStatement.plain.exists()
    assert findings_of(need)


def test_the_full_name_of_the_organization_takes_none(world: World, ana_scope: Principal) -> None:
    need = alarming(ana_scope, world, summary_zh=f"{world.enterprise.name_zh}求焊膏")
    assert not any(finding.is_statable for finding in findings_of(need))


@pytest.mark.parametrize("reason", ["术语", "  ", "不是的", " 不是的 "])
def test_a_reason_says_something(world: World, ana_scope: Principal, reason: str) -> None:
    need = alarming(ana_scope, world)
    if reason.strip():
        with pytest.raises(LeaksFound, match="至少 4 个字"):
            state(ana_scope, need, reason)
    else:
        state(ana_scope, need, reason)
    assert not LeakStatement.plain.exists()


def test_another_text_in_the_same_field_is_asked_for_anew(world: World, ana_scope: Principal) -> None:
    need = state(ana_scope, alarming(ana_scope, world))
    update_need(ana_scope, need_id=need.pk, version=need.version, summary_zh=f"新的说法，用于{BRAND}牌焊膏。")
    assert open_need(SYSTEM, need_id=need.pk).state == "open"
    need.refresh_from_db()
    with pytest.raises(LeaksFound):
        update_need(ana_scope, need_id=need.pk, version=need.version, summary_zh="请联系王工。")
    with pytest.raises(LeaksFound):
        update_need(ana_scope, need_id=need.pk, version=need.version, title_zh=f"{BRAND}牌焊膏")


def test_a_metric_keeps_its_statement_when_it_moves(world: World, ana_scope: Principal) -> None:
    metric = METRIC | {"condition_zh": f"按{BRAND}牌方法"}
    need = state(ana_scope, alarming(ana_scope, world, summary_zh="焊膏", metrics=[metric]))
    moved = NeedParts(metrics=[METRIC | {"key": "other", "name_zh": "厚度"}, metric])
    update_need(ana_scope, need_id=need.pk, version=need.version, with_parts=moved)
    assert open_need(SYSTEM, need_id=need.pk).state == "open"


def test_the_statement_of_another_need_counts_for_nothing(world: World, ana_scope: Principal) -> None:
    state(ana_scope, alarming(ana_scope, world))
    assert findings_of(alarming(ana_scope, world))


def test_the_invariant_counts_an_unstated_text(world: World, ana_scope: Principal) -> None:
    need = state(ana_scope, alarming(ana_scope, world))
    open_need(SYSTEM, need_id=need.pk)
    LeakStatement.plain.all().delete()
    assert open_needs_that_tell() == 1


def test_the_writer_is_not_warned_of_what_was_stated(world: World, ana_scope: Principal) -> None:
    need = state(ana_scope, alarming(ana_scope, world))
    need.refresh_from_db()
    values = {field.name: getattr(need, field.name) for field in Need._meta.concrete_fields}
    assert look_at(ana_scope, values, [METRIC], own_id=need.pk).leaks == {}
    assert look_at(ana_scope, values, [METRIC]).leaks


def test_its_side_and_its_reviewers_read_it_and_nobody_else(world: World, ana_scope: Principal) -> None:
    need = state(ana_scope, alarming(ana_scope, world))
    open_need(SYSTEM, need_id=need.pk)
    for person in ("ana", "eve", "auditor", "ops"):
        assert statements_of(scope_of(getattr(world, person)), need), person
    for person in ("bo", "cy", "lin", "secretariat"):
        assert not statements_of(scope_of(getattr(world, person)), need), person
    make_review(need, zone=world.west, submitted_by=make_user())
    assert statements_of(scope_of(world.bo), need)
