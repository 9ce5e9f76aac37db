"""Whom cooperations, their milestones and contracts are told to, and what of them stands in calendars."""

from datetime import timedelta

from accounts.models import User
from matching.choices import CooperationState as State
from matching.models import CooperationParty
from matching.services import contracts
from matching.services.cooperation_progress import meet_milestone, sweep
from matching.services.cooperations import change_proposal, confirm_agreement
from notifications.feeds.dates import entries_for
from notifications.inbox import inbox_of
from notifications.planning import plan
from notifications.showing import readable
from tests.builders import principal_of
from tests.conftest import World
from tests.cooperations import SIGNED, make_amount, make_contract, make_cooperation, make_milestone
from zones.scoping import today


def titles(user: User) -> list[str]:
    plan()
    principal = principal_of(user)
    told = readable(list(inbox_of(principal)), principal)
    return [one.title.partition("：")[0] for _notice, one in told]


def test_who_is_asked_hears_of_a_proposal_and_everybody_of_what_comes_of_it(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.PROPOSED, proposer=world.eve)
    make_amount(row)
    make_milestone(row, due_on=today() - timedelta(1))
    asking = CooperationParty.plain.filter(cooperation=row, organization=world.enterprise)
    asking.update(is_proposing=True, confirmed_at="2026-03-02T00:00Z")
    eve, lin = principal_of(world.eve), principal_of(world.lin)
    change_proposal(eve, cooperation_id=row.pk, version=None, title_zh="改题")
    assert [titles(one) for one in (world.lin, world.bo, world.eve, world.ana, world.cy)] == [
        ["合作已更正，待确认"], ["合作已更正，待确认"], [], [], [],
    ]  # fmt: skip
    confirm_agreement(lin, cooperation_id=row.pk, version=None)
    assert sweep() == 1
    assert titles(world.eve) == titles(world.ana) == ["里程碑已逾期", "合作已确认"]
    waits = [entry for entry in entries_for(lin) if entry.uid.startswith("milestone")]
    assert [(entry.start, entry.is_cancelled) for entry in waits] == [(today() - timedelta(1), False)]
    assert not entries_for(principal_of(world.cy))
    meet_milestone(eve, cooperation_id=row.pk, version=None, position=1, met_on=today())
    assert [entry.is_cancelled for entry in entries_for(lin) if entry.uid.startswith("milestone")] == [True]


def test_a_registered_contract_is_told_to_both_sides(world: World) -> None:
    row = make_contract(world.laboratory, world.enterprise)
    contracts.remind_of_submission()
    contracts.submit_contract(principal_of(world.lin), contract_id=row.pk, version=None, submitted_on=SIGNED)
    bo = principal_of(world.bo)
    contracts.register_contract(
        bo, contract_id=row.pk, version=None, registered_on=today(), registration_number="2026110100000001"
    )
    assert titles(world.lin) == ["技术合同已登记", "技术合同将到提交登记的期限"]
    assert titles(world.eve) == ["技术合同已登记"]
    assert titles(world.bo) == ["技术合同已登记", "技术合同已提交登记", "技术合同将到提交登记的期限"]
