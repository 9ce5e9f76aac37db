"""What the demo's organizations have agreed on: two cooperations, a registered contract, an agreement about to expire.
All is led there by the services the parties themselves use.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from matching.agreement_choices import AgreementKind, AgreementScope
from matching.choices import AmountKind, CooperationKind, CooperationSource, PartyRole
from matching.importing.demo import AUTHOR, MEMBER
from matching.models import Agreement, Cooperation, TechContract
from matching.services.agreements import (
    AgreementParts,
    add_document,
    draft_agreement,
    put_in_force,
    report_commitment,
)
from matching.services.contracts import record_contract, register_contract, submit_contract
from matching.services.cooperation_progress import meet_milestone, start_cooperation
from matching.services.cooperations import CooperationParts, confirm_agreement, record_cooperation
from zones.models import Organization, Resource, Zone
from zones.scoping import SYSTEM, Principal, scope_of, staff_of, today

DAY: Final = timedelta(days=1)
PARTNER = "铟镓砷单光子雪崩探测器芯片与制冷模组"
"""A resource whose owner works with the sample's enterprise."""
OTHER = "深紫外显微成像物镜团队"
"""One whose owner has proposed to."""
KEEPER, SECOND = "shenyang", "wuhan-donghu"
NUMBER: Final = "2026990000000001"
SIGNED_PAGE: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@transaction.atomic
def make_cooperations() -> int:
    """One that runs, with a milestone reached and one due soon, and a registered contract; one that waits for the
    enterprise of the sample. Returns how many there are.
    """
    member, own = scope_of(User.objects.get(username=MEMBER[0])), _organization(MEMBER[2])
    partner, other = _owner_of(PARTNER), _owner_of(OTHER)
    _contract(_running(member, own, partner), partner, own)
    record_cooperation(
        _staff(other), is_sample=True, kind=CooperationKind.JOINT_CENTRE, title_zh="量子光学联合研发中心",
        summary_zh="共建联合研发中心，面向量子通信的光学系统设计与装调。", source=CooperationSource.DIRECT,
        signed_on=today() - 3 * DAY, evidence_zh="合作协议（示例）2026-031 号",
        with_parts=CooperationParts(
            parties=[_party(other, PartyRole.LEAD), _party(own, PartyRole.MEMBER)],
            amounts=[{"kind": AmountKind.INVESTMENT, "amount": Decimal(5_000_000)}],
            milestones=[{"name_zh": "联合研发中心揭牌", "due_on": today() + 60 * DAY}],
        ),
    )  # fmt: skip
    count: int = Cooperation.objects.visible_to(SYSTEM).filter(is_sample=True).count()
    return count


@transaction.atomic
def make_agreement() -> Agreement:
    """A framework agreement of two zones and the enterprise of the sample, whose last day is near."""
    keeper, second = (Zone.objects.get(slug=slug) for slug in (KEEPER, SECOND))
    own, day = _organization(MEMBER[2]), today()
    author = scope_of(User.objects.get(username=AUTHOR))
    promises: list[dict[str, Any]] = [
        {"party_position": 1, "what_zh": "联合举办产学研对接会", "target": Decimal(4), "unit": "场", "due_on": day},
        {"party_position": 2, "what_zh": "向对方企业开放仪器机时", "target": Decimal(800), "unit": "小时",
         "due_on": day + 5 * DAY},
        {"party_position": 3, "what_zh": "接收实习工程师", "target": Decimal(6), "unit": "人次", "due_on": day + DAY},
    ]  # fmt: skip
    row = draft_agreement(
        author, is_sample=True, zone=keeper, kind=AgreementKind.FRAMEWORK,
        title_zh="沈阳—武汉东湖高新区协同创新合作框架协议",
        title_en="Framework agreement on joint innovation, Shenyang – Wuhan East Lake",
        summary_zh="围绕量子信息与智能装备，共享研发资源，联合举办对接活动，互派工程技术人员。",
        scopes=[AgreementScope.SHARING, AgreementScope.EVENTS, AgreementScope.TALENT], signed_on=day - 360 * DAY,
        valid_from=day - 359 * DAY, valid_to=day + 6 * DAY,
        with_parts=AgreementParts(
            parties=[{"zone": keeper}, {"zone": second}, {"organization": own}], commitments=promises
        ),
    )  # fmt: skip
    add_document(author, agreement_id=row.pk, version=None, name="合作框架协议（示例）.pdf", content=SIGNED_PAGE)
    row = put_in_force(author, agreement_id=row.pk, version=None)
    report_commitment(
        author, agreement_id=row.pk, version=None, position=1, actual=Decimal(5), reported_on=day,
        evidence="活动台账（示例）2026 年 1–5 号",
    )  # fmt: skip
    return row


def _running(member: Principal, own: Organization, partner: Organization) -> Cooperation:
    day = today()
    row = record_cooperation(
        member, is_sample=True, kind=CooperationKind.PROJECT, title_zh="铟镓砷单光子探测模组联合开发",
        summary_zh="联合开发用于量子密钥分发的高效率单光子探测模组，完成样机与小批量试制。",
        source=CooperationSource.DIRECT, signed_on=day - 120 * DAY, evidence_zh="技术开发合同（示例）2026-018 号",
        with_parts=CooperationParts(
            parties=[_party(own, PartyRole.LEAD), _party(partner, PartyRole.MEMBER)],
            amounts=[{"kind": AmountKind.CONTRACT_SUM, "amount": Decimal(1_200_000)}],
            milestones=[
                {"name_zh": "芯片选型与制冷方案评审", "due_on": day - 40 * DAY},
                {"name_zh": "首批样机测试", "due_on": day + 5 * DAY},
                {"name_zh": "小批量试制验收", "due_on": day + 150 * DAY},
            ],
        ),
    )  # fmt: skip
    speaker = _staff(partner)
    confirm_agreement(speaker, cooperation_id=row.pk, version=None)
    start_cooperation(speaker, cooperation_id=row.pk, version=None)
    meet_milestone(
        speaker,
        cooperation_id=row.pk,
        version=None,
        position=1,
        met_on=day - 42 * DAY,
        evidence="评审意见（示例）12 号",
    )
    return row


def _contract(row: Cooperation, seller: Organization, buyer: Organization) -> TechContract:
    office, day = _staff(seller), today()
    made = record_contract(
        office, is_sample=True, cooperation=row, title_zh="铟镓砷单光子探测模组委托开发合同", contract_type="KF-WT",
        seller_organization=seller, buyer_organization=buyer, total_amount=Decimal(1_200_000),
        traded_amount=Decimal(900_000), signed_on=day - 120 * DAY,
    )  # fmt: skip
    submit_contract(office, contract_id=made.pk, version=None, submitted_on=day - 110 * DAY)
    return register_contract(
        office, contract_id=made.pk, version=None, registered_on=day - 95 * DAY, registration_number=NUMBER
    )


def _party(organization: Organization, role: PartyRole) -> dict[str, Any]:
    return {"organization": organization, "role": role}


def _staff(organization: Organization) -> Principal:
    assert organization.zone_id is not None, "organizations of the sample are in a zone"
    return staff_of(organization.zone_id)


def _organization(name: str) -> Organization:
    found: Organization = Organization.objects.visible_to(SYSTEM).get(name_zh=name)
    return found


def _owner_of(resource: str) -> Organization:
    rows = Resource.objects.visible_to(SYSTEM).select_related("organization__zone")
    owner: Organization = rows.get(name_zh=resource).organization
    return owner
