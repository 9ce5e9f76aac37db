"""Framework agreements: kept by one, known to all parties once signed, renewed, ended or over by their day; promises
are reported by who made them, with evidence.
"""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ledger.models import OutboxEvent
from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementCommitment, AgreementDocument, AgreementParty, AgreementStep
from matching.services import agreements
from matching.services.agreements import AgreementParts
from matching.services.invariants import INVARIANTS
from tests.agreements import PDF, make_agreement, make_commitment
from tests.builders import principal_of
from tests.conftest import World
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import SYSTEM, Principal, today

DAY = timedelta(1)


def values(world: World, **changed: Any) -> dict[str, Any]:
    parties: list[dict[str, Any]] = [
        {"zone": world.east},
        {"organization": world.laboratory},
        {"name_zh": "某市人民政府"},
    ]
    promise = {"party_position": 2, "what_zh": "开放机时", "target": Decimal(100), "unit": "小时", "due_on": today()}
    return {
        "zone": world.east, "kind": "framework", "title_zh": "协同创新合作框架协议", "scopes": ["sharing", "research"],
        "valid_from": today(), "valid_to": today() + 90 * DAY, "signed_on": today(),
        "with_parts": AgreementParts(parties=parties, commitments=[promise]), **changed,
    }  # fmt: skip


def sees(principal: Principal, row: Agreement) -> bool:
    return bool(Agreement.objects.visible_to(principal).filter(pk=row.pk).exists())


def whole() -> None:
    wanted = {"agreement_path_is_legal", "agreement_is_whole"}
    assert {one.name: one.count() for one in INVARIANTS if one.name in wanted} == dict.fromkeys(wanted, 0)


def test_an_agreement_goes_from_its_draft_to_its_renewal(world: World) -> None:
    ana, lin, bo = (principal_of(one) for one in (world.ana, world.lin, world.bo))
    row = agreements.draft_agreement(ana, **values(world))
    assert [sees(one, row) for one in (ana, lin, bo)] == [True, False, False]
    with pytest.raises(InvalidInput, match="签署文件"):
        agreements.put_in_force(ana, agreement_id=row.pk, version=row.version)
    document = agreements.add_document(ana, agreement_id=row.pk, version=row.version, name="a.exe", content=PDF)
    assert (document.sha256, document.name) == (sha256(PDF).hexdigest(), "a.pdf")
    agreements.put_in_force(ana, agreement_id=row.pk, version=None)
    assert [sees(one, row) for one in (lin, bo, principal_of(world.cy), principal_of(world.eve))] == [
        True, True, False, False,
    ]  # fmt: skip
    with pytest.raises(IllegalTransition, match="内容不再修改"):
        agreements.change_draft(ana, agreement_id=row.pk, version=None, title_zh="改题")
    told = agreements.report_commitment(
        lin, agreement_id=row.pk, version=None, position=1, actual=Decimal(120), reported_on=today(),
        evidence="机时记录 2026-11",
    )  # fmt: skip
    assert (told.is_kept, told.reporter) == (True, world.lin)
    later = {"valid_from": today() + 91 * DAY, "valid_to": today() + 455 * DAY}
    renewal = agreements.renew_agreement(ana, agreement_id=row.pk, version=None, **later)
    assert (renewal.scopes, renewal.parties.count(), renewal.commitments.count()) == (["sharing", "research"], 3, 0)
    with pytest.raises(Conflict, match="续签草稿"):
        agreements.renew_agreement(ana, agreement_id=row.pk, version=None, **later)
    agreements.change_draft(ana, agreement_id=renewal.pk, version=None, signed_on=today())
    agreements.add_document(ana, agreement_id=renewal.pk, version=None, name="b", content=PDF)
    agreements.put_in_force(ana, agreement_id=renewal.pk, version=None)
    row.refresh_from_db()
    assert row.state == State.RENEWED
    assert list(AgreementStep.plain.filter(agreement=row).values_list("to_state", flat=True)) == [
        "draft", "in_force", "renewed",
    ]  # fmt: skip
    whole()


def test_only_who_keeps_it_changes_it_and_only_who_promised_reports(world: World) -> None:
    row = make_agreement(world.east, world.west, world.laboratory)
    make_commitment(row)
    ana, bo, lin, cy = (principal_of(one) for one in (world.ana, world.bo, world.lin, world.cy))
    ended: dict[str, Any] = {"agreement_id": row.pk, "version": None, "ended_on": today(), "reason": "mutual"}
    report: dict[str, Any] = {"agreement_id": row.pk, "version": None, "position": 1, "actual": Decimal(5)}
    report |= {"reported_on": today(), "evidence": "活动台账 3 号"}
    for other in (bo, lin):
        with pytest.raises(NotAllowed, match="登记"):
            agreements.end_agreement(other, **ended)
        with pytest.raises(NotAllowed, match="本方"):
            agreements.report_commitment(other, **report)
    with pytest.raises(NotFound):
        agreements.report_commitment(cy, **report)
    with pytest.raises(InvalidInput, match="凭证"):
        agreements.report_commitment(ana, **(report | {"evidence": "无"}))
    agreements.report_commitment(ana, **report)
    with pytest.raises(InvalidInput, match="晚于今天"):
        agreements.end_agreement(ana, **(ended | {"ended_on": today() + DAY}))
    agreements.end_agreement(ana, **ended)
    assert Agreement.plain.get().state == State.ENDED
    with pytest.raises(NotAllowed):
        agreements.draft_agreement(bo, **values(world))
    secretariat = principal_of(world.secretariat)
    kept = agreements.draft_agreement(secretariat, **values(world, zone=None, association=world.alliance))
    assert (sees(secretariat, kept), sees(ana, kept)) == (True, False)


def test_the_sweep_ends_what_is_over_and_tells_of_a_promise_once(world: World) -> None:
    over = make_agreement(world.east, world.west, valid_to=today() - DAY)
    last_day = make_agreement(world.east, world.west, valid_to=today())
    make_commitment(last_day)
    make_commitment(last_day, position=2, due_on=today() + 8 * DAY)
    assert (agreements.sweep(), agreements.sweep()) == (2, 0)
    over.refresh_from_db()
    last_day.refresh_from_db()
    assert (over.state, last_day.state) == (State.EXPIRED, State.IN_FORCE)
    kinds = OutboxEvent.objects.filter(object_type="matching.agreement").values_list("kind", flat=True)
    assert sorted(kinds) == ["agreement.commitment_due", "agreement.expired"]
    with pytest.raises(IllegalTransition):
        agreements.end_agreement(
            SYSTEM, agreement_id=over.pk, version=None, ended_on=today() - 2 * DAY, reason="mutual"
        )
    whole()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"scopes": []}, "scopes"),
        ({"valid_to": today() - DAY}, "到期日"),
        ({"with_parts": AgreementParts(parties=[{"name_zh": "甲"}, {"name_zh": "乙"}], commitments=[{
            "party_position": 3, "what_zh": "丙", "target": Decimal(1), "unit": "项", "due_on": today(),
        }])}, "签署方的序号"),
        ({"association": "alliance"}, "两者选一"),
        ({"signed_on": today() + DAY}, "晚于今天"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(world: World, changed: dict[str, Any], told: str) -> None:
    if changed.get("association"):
        changed = {"association": world.alliance}
    with pytest.raises(InvalidInput) as refused:
        agreements.draft_agreement(principal_of(world.ana), **values(world, **changed))
    assert told in str(refused.value.errors)
    assert not Agreement.plain.exists()


def test_the_database_holds_what_the_services_promise(world: World) -> None:
    row = make_agreement(world.east, world.west)
    make_commitment(row)
    for model, values in (
        (Agreement, {"document_sha256": ""}),
        (Agreement, {"state": "ended"}),
        (Agreement, {"association": world.alliance}),
        (AgreementParty, {"name_zh": "甲"}),
        (AgreementCommitment, {"actual": Decimal(1)}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.plain.update(**values)
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        AgreementDocument.plain.update(name="甲")
