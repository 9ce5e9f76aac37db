"""Notices about framework agreements: to zones and associations that are parties or keep the record, and to members of
organizations that are parties.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from matching.models import Agreement, AgreementCommitment, AgreementParty
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, only
from zones.scoping import SYSTEM, Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _parties(row: Agreement) -> list[AgreementParty]:
    rows = AgreementParty.objects.visible_to(SYSTEM).filter(agreement=row)
    return list(rows.select_related("organization"))


def _url_of(row: Agreement, principal: Principal) -> str:
    key = (row.public_id,)
    door = "admin:matching_agreement_change" if principal.has_back_office else "portal:agreement"
    return address((door, key), ("portal:home", ()))


AGREEMENT: Final = Subject("matching.agreement", str, _url_of)


def _of(row: Agreement, parties: Iterable[AgreementParty]) -> Audience:
    """These parties, and who keeps the record."""
    told = list(parties)
    of_members = [one.organization.zone_id for one in told if one.organization]
    return Audience(
        zones=only(row.zone_id, *(one.zone_id for one in told), *of_members),
        organizations=only(*(one.organization_id for one in told)),
        secretariats=only(row.association_id, *(one.association_id for one in told)),
    )


def _all(row: Agreement, event: OutboxEvent) -> Audience:
    return _of(row, _parties(row))


def _promising(row: Agreement, event: OutboxEvent) -> Audience:
    """The party whose promise the event is about."""
    rows = AgreementCommitment.objects.visible_to(SYSTEM).filter(public_id=event.payload["commitment"])
    places = set(rows.values_list("party_position", flat=True))
    return _of(row, [one for one in _parties(row) if one.position in places])


_ALL: Final = _("各签署方与登记方：园区的工作人员、联盟秘书处、单位的成员")
_PROMISING: Final = _("承诺方与登记方：园区的工作人员、联盟秘书处、单位的成员")
_WHY: Final = _("您所在的园区、联盟或单位是该协议的签署方，或由其登记")


def _kind(
    event: str,
    words: tuple["StrPromise", "StrPromise"],
    *,
    who: "StrPromise" = _ALL,
    audience: Callable[[Any, OutboxEvent], Audience] = _all,
    is_urgent: bool = False,
) -> Kind:
    return Kind(
        event=event, topic=Topic.COOPERATIONS, subject=AGREEMENT, title=words[0], sentence=words[1], who=who, why=_WHY,
        audience=audience, is_urgent=is_urgent,
    )  # fmt: skip


_RENEW: Final = _("如需继续，请在到期前续签；到期后不再计入生效协议。")
KINDS: Final = (
    _kind("agreement.in_force", (_("协议已生效：%(name)s"), _("签署方可查看全文与承诺事项，并填报进展。"))),
    _kind("agreement.expiring_30", (_("协议 30 天后到期：%(name)s"), _RENEW)),
    _kind("agreement.expiring_7", (_("协议 7 天后到期：%(name)s"), _RENEW)),
    _kind("agreement.expiring_1", (_("协议明天到期：%(name)s"), _RENEW), is_urgent=True),
    _kind("agreement.expired", (_("协议已到期：%(name)s"), _("不再计入生效协议；仍可续签，也可补报承诺的进展。"))),
    _kind("agreement.ended", (_("协议提前终止：%(name)s"), _("原因见协议页。"))),
    _kind("agreement.renewed", (_("协议已续签：%(name)s"), _("新协议自生效日起计入。"))),
    _kind(
        "agreement.commitment_due", (_("承诺事项 7 天内到期：%(name)s"), _("请填报实际值与凭证。")),
        who=_PROMISING, audience=_promising, is_urgent=True,
    ),
    _kind("agreement.commitment_reported", (_("承诺事项有新进展：%(name)s"), _("实际值与凭证见协议页。"))),
)  # fmt: skip
