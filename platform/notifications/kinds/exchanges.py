"""Notices about exchanges. They name the need and the resource as both sides read them, never whose the need is, and
never a contact: who may see one looks at the exchange's page, where each look is asked for anew and written down.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from matching.choices import Side
from matching.models import Exchange
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, only
from zones.models.base import in_language
from zones.scoping import Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

BOTH: Final = (Side.NEED, Side.RESOURCE)


def exchange_name(exchange: Exchange) -> str:
    need, resource = exchange.told.get("need", {}), exchange.told.get("resource", {})
    title = in_language(need.get("title_zh", ""), need.get("title_en", ""))
    name = in_language(resource.get("name_zh", ""), resource.get("name_en", ""))
    return f"{title} × {name}"


def exchange_url(exchange: Exchange, principal: Principal) -> str:
    own = {exchange.need.organization_id, exchange.resource.organization_id}
    key = (exchange.public_id,)
    if own & principal.organizations:
        return address(("portal:exchange", key), ("portal:own", ()))
    return address(("admin:matching_exchange_change", key), ("admin:index", ()))


EXCHANGE: Final = Subject("matching.exchange", exchange_name, exchange_url, ("need", "resource"))


def of_sides(exchange: Exchange, sides: Sequence[str]) -> Audience:
    rows: dict[str, Any] = {Side.NEED.value: exchange.need, Side.RESOURCE.value: exchange.resource}
    told = [rows[str(side)] for side in sides]
    return Audience(
        zones=only(*(row.zone_id for row in told)), organizations=only(*(row.organization_id for row in told))
    )


def _asked(exchange: Exchange, event: OutboxEvent) -> Audience:
    return of_sides(exchange, [exchange.answering_side])


def _asking(exchange: Exchange, event: OutboxEvent) -> Audience:
    return of_sides(exchange, [exchange.asked_by_side])


def both(exchange: Exchange, event: OutboxEvent) -> Audience:
    return of_sides(exchange, BOTH)


def other(exchange: Exchange, event: OutboxEvent) -> Audience:
    """The side across from who acted; both where the system did."""
    acted = event.payload.get("side", "")
    return of_sides(exchange, [side for side in BOTH if side != acted])


def _across_from(side: Side) -> Callable[[Any, OutboxEvent], Audience]:
    return lambda exchange, event: of_sides(exchange, [one for one in BOTH if one != side])


def _zones_of_both(exchange: Exchange, event: OutboxEvent) -> Audience:
    return Audience(zones=only(exchange.need.zone_id, exchange.resource.zone_id))


_ASKED: Final = _("被询问一方：单位的成员与所在园区的工作人员")
_ASKING: Final = _("发起一方：单位的成员与所在园区的工作人员")
_OTHER: Final = _("另一方：单位的成员与所在园区的工作人员")
_BOTH: Final = _("双方：单位的成员与所在园区的工作人员")
_WHY: Final = _("您所在的单位或园区是该对接的一方")


def _kind(
    event: str,
    who: "StrPromise",
    audience: Callable[[Any, OutboxEvent], Audience],
    words: tuple["StrPromise", "StrPromise"],
    *,
    is_urgent: bool = True,
) -> Kind:
    return Kind(
        event=event, topic=Topic.EXCHANGES, subject=EXCHANGE, title=words[0], sentence=words[1], who=who, why=_WHY,
        audience=audience, is_urgent=is_urgent,
    )  # fmt: skip


_CONSENTED: Final = (_("对方已同意互换联系方式：%(name)s"), _("双方都同意后才互相可见；如同意，请填写本方同意书。"))
_WITHDRAWN: Final = (_("对方撤回了同意：%(name)s"), _("联系方式即刻不再可见；可在对接页与对方沟通。"))
KINDS: Final = (
    _kind(
        "exchange.interest_sent", _ASKED, _asked,
        (_("收到合作意向：%(name)s"), _("请阅读对方的三个问题并答复：接受，或选择原因谢绝。")),
    ),
    _kind(
        "exchange.consent_pending", _ASKING, _asking,
        (_("对方接受了合作意向：%(name)s"), _("下一步：双方同意后互换联系方式。")),
    ),
    _kind("exchange.declined", _ASKING, _asking, (_("对方谢绝了合作意向：%(name)s"), _("原因见对接页；可另选匹配。"))),
    _kind(
        "exchange.recalled", _ASKED, _asked, (_("对方撤回了合作意向：%(name)s"), _("无需再答复。")), is_urgent=False
    ),
    _kind("exchange.reminded", _ASKED, _asked, (_("合作意向等待答复：%(name)s"), _("请在期限前答复，以免错过合作。"))),
    _kind(
        "exchange.overdue", _("双方所在园区的工作人员"), _zones_of_both,
        (_("合作意向逾期未答复：%(name)s"), _("请联系被询问一方，或代为答复。")),
    ),
    _kind("exchange.expired", _BOTH, both, (_("合作意向已失效：%(name)s"), _("期限内没有答复，可另选匹配。"))),
    _kind("consent.given.need", _OTHER, _across_from(Side.NEED), _CONSENTED),
    _kind("consent.given.resource", _OTHER, _across_from(Side.RESOURCE), _CONSENTED),
    _kind("consent.withdrawn.need", _OTHER, _across_from(Side.NEED), _WITHDRAWN),
    _kind("consent.withdrawn.resource", _OTHER, _across_from(Side.RESOURCE), _WITHDRAWN),
    _kind(
        "exchange.disclosed", _BOTH, both,
        (_("双方已同意互换联系方式：%(name)s"), _("请在对接页查看对方联系方式，尽快取得联系。")),
    ),
    _kind(
        "exchange.agreed", _BOTH, both,
        (_("双方达成合作：%(name)s"), _("请在对接页继续登记合作。")),
    ),
    _kind("exchange.superseded", _BOTH, both, (_("对接已结束：%(name)s"), _("需求或资源已关闭。")), is_urgent=False),
    _kind("exchange.failed", _OTHER, other, (_("对接未达成合作：%(name)s"), _("原因见对接页。")), is_urgent=False),
)  # fmt: skip
