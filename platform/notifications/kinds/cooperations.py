"""Notices about cooperations and technology contracts: to the organizations that are parties, and to the staff of the
zones they signed in. No amount stands in one.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from matching.models import Cooperation, CooperationParty, TechContract
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, only
from zones.scoping import SYSTEM, Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _parties(row: Cooperation) -> list[CooperationParty]:
    return list(CooperationParty.objects.visible_to(SYSTEM).filter(cooperation=row))


def _url_of(row: Cooperation, principal: Principal) -> str:
    key = (row.public_id,)
    is_member = not principal.own_zones or any(one.organization_id in principal.organizations for one in _parties(row))
    door = ("portal:cooperation", key) if is_member else ("admin:matching_cooperation_change", key)
    return address(door, ("portal:home", ()))


def _contract_url(row: TechContract, principal: Principal) -> str:
    key = (row.public_id,)
    is_member = bool({row.seller_organization_id, row.buyer_organization_id} & principal.organizations)
    door = ("portal:contract", key) if is_member else ("admin:matching_techcontract_change", key)
    return address(door, ("portal:home", ()))


COOPERATION: Final = Subject("matching.cooperation", str, _url_of)
CONTRACT: Final = Subject("matching.techcontract", str, _contract_url)


def _of(parties: Iterable[CooperationParty]) -> Audience:
    told = list(parties)
    return Audience(
        zones=only(*(one.zone_id for one in told)), organizations=only(*(one.organization_id for one in told))
    )


def _asked(row: Cooperation, event: OutboxEvent) -> Audience:
    """Parties that have not confirmed; who has proposed it knows."""
    waiting = _of(one for one in _parties(row) if one.organization_id and one.confirmed_at is None)
    return Audience(zones=waiting.zones, organizations=waiting.organizations, but=only(row.proposer_id))


def _proposing(row: Cooperation, event: OutboxEvent) -> Audience:
    told = _of(one for one in _parties(row) if one.is_proposing)
    return Audience(zones=told.zones, organizations=told.organizations, users=only(row.proposer_id))


def _all(row: Cooperation, event: OutboxEvent) -> Audience:
    return _of(_parties(row))


def _both_sides(row: TechContract, event: OutboxEvent) -> Audience:
    return Audience(
        zones=only(row.zone_id, row.seller_zone_id, row.buyer_zone_id),
        organizations=only(row.seller_organization_id, row.buyer_organization_id),
    )


def _seller(row: TechContract, event: OutboxEvent) -> Audience:
    return Audience(zones=only(row.zone_id), organizations=only(row.seller_organization_id))


def _registering(row: TechContract, event: OutboxEvent) -> Audience:
    return Audience(zones=only(row.zone_id))


_ASKED: Final = _("尚未确认的各方：单位的成员与所在园区的工作人员（提交人除外）")
_PROPOSING: Final = _("提交一方：单位的成员与所在园区的工作人员，以及提交人")
_ALL: Final = _("合作各方：单位的成员与签约时所在园区的工作人员")
_SIDES: Final = _("合同双方：单位的成员、所在园区与登记园区的工作人员")
_WHY: Final = _("您所在的单位或园区是该合作的一方")
_WHY_CONTRACT: Final = _("您所在的单位是该合同的一方，或由您所在园区登记")


def _kind(
    event: str,
    who: "StrPromise",
    audience: Callable[[Any, OutboxEvent], Audience],
    words: tuple["StrPromise", "StrPromise"],
    *,
    is_urgent: bool = False,
) -> Kind:
    is_contract = event.startswith("contract.")
    return Kind(
        event=event, topic=Topic.COOPERATIONS, subject=CONTRACT if is_contract else COOPERATION, title=words[0],
        sentence=words[1], who=who, why=_WHY_CONTRACT if is_contract else _WHY, audience=audience, is_urgent=is_urgent,
    )  # fmt: skip


KINDS: Final = (
    _kind(
        "cooperation.proposed", _ASKED, _asked,
        (_("合作待确认：%(name)s"), _("请核对签约日、金额与各方：确认，或写明哪里不符后退回。")), is_urgent=True,
    ),
    _kind(
        "cooperation.changed", _ASKED, _asked,
        (_("合作已更正，待确认：%(name)s"), _("提交的内容有变化，请重新核对后确认。")), is_urgent=True,
    ),
    _kind(
        "cooperation.refused", _PROPOSING, _proposing,
        (_("合作被退回更正：%(name)s"), _("请按对方所写更正后重新提交。")), is_urgent=True,
    ),
    _kind("cooperation.agreed", _ALL, _all, (_("合作已确认：%(name)s"), _("自签约日起计入统计；请登记里程碑与合同。"))),
    _kind(
        "cooperation.milestone_due", _ALL, _all,
        (_("里程碑 7 天内到期：%(name)s"), _("达到后请在合作页登记日期与凭证。")),
    ),
    _kind(
        "cooperation.milestone_late", _ALL, _all,
        (_("里程碑已逾期：%(name)s"), _("请登记达到日；确需延后的，请登记延期与原因。")), is_urgent=True,
    ),
    _kind("cooperation.milestone_met", _ALL, _all, (_("里程碑已达到：%(name)s"), _("日期与凭证见合作页。"))),
    _kind("cooperation.delayed", _ALL, _all, (_("合作延期：%(name)s"), _("原因与新的安排见合作页。"))),
    _kind("cooperation.completed", _ALL, _all, (_("合作已完成：%(name)s"), _("完成日计入统计；资源名额已释放。"))),
    _kind("cooperation.terminated", _ALL, _all, (_("合作已终止：%(name)s"), _("原因见合作页；资源名额已释放。"))),
    _kind(
        "contract.to_submit", _("卖方单位的成员与登记园区的工作人员"), _seller,
        (_("技术合同将到提交登记的期限：%(name)s"), _("请提交登记，并登记提交日。")), is_urgent=True,
    ),
    _kind(
        "contract.submitted", _("登记园区的工作人员"), _registering,
        (_("技术合同已提交登记：%(name)s"), _("请审核后登记入册。")),
    ),
    _kind("contract.registered", _SIDES, _both_sides, (_("技术合同已登记：%(name)s"), _("登记日与编号见合同页。"))),
    _kind("contract.changed", _SIDES, _both_sides, (_("技术合同已变更登记：%(name)s"), _("原版次保留，见合同页。"))),
    _kind("contract.cancelled", _SIDES, _both_sides, (_("技术合同已注销：%(name)s"), _("原因见合同页。"))),
)  # fmt: skip
