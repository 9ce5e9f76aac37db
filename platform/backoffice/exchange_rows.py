"""What the back office tells of an exchange: the names both sides were told, and those the reader may see by now."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.details import EMPTY, LONG
from backoffice.rows import visible_rows
from matching.choices import ExchangeState, NeedState, Side
from matching.models import Cooperation, Exchange, Need
from matching.services.consents import are_open, standing_consents
from matching.services.exchange_sides import acts_for, organization_of, sides_of
from zones.choices import ResourceStatus
from zones.errors import listed
from zones.models import Organization, Resource
from zones.models.base import in_language
from zones.scoping import Principal, as_reader, today
from zones.wording import plain_text

Items = Sequence[dict[str, Any]]
TONES = {
    ExchangeState.INTEREST_SENT: "warning",
    ExchangeState.CONSENT_PENDING: "info",
    ExchangeState.DISCLOSED: "info",
    ExchangeState.NEGOTIATING: "info",
    ExchangeState.AGREED: "success",
    ExchangeState.DECLINED: "danger",
    ExchangeState.RECALLED: "default",
    ExchangeState.EXPIRED: "danger",
    ExchangeState.SUPERSEDED: "default",
    ExchangeState.FAILED: "danger",
}


class Pair(NamedTuple):
    """Need and resource as the sides read of each other when the interest was sent."""

    need: str
    resource: str


def pair_of(exchange: Exchange) -> Pair:
    """The names that were told then: the records may have changed or been closed to the reader since."""
    need, resource = exchange.told.get("need", {}), exchange.told.get("resource", {})
    return Pair(
        in_language(need.get("title_zh", ""), need.get("title_en", "")) or EMPTY,
        in_language(resource.get("name_zh", ""), resource.get("name_en", "")) or EMPTY,
    )


def own_sides(principal: Principal, exchange: Exchange) -> frozenset[Side]:
    """The sides the principal acts for or reads whole."""
    return sides_of(as_reader(principal), exchange)


def sides_text(sides: frozenset[Side]) -> str:
    """The sides in their usual order, for reading."""
    return listed([str(side.label) for side in Side if side in sides])


def need_owner(principal: Principal, exchange: Exchange) -> str:
    """Whose the need is: told to its own side, and to the other once both have consented."""
    owner = organization_of(exchange, Side.NEED)
    if Side.NEED in own_sides(principal, exchange) or are_open(as_reader(principal), exchange):
        return str(owner)
    return _("%(zone)s的单位（双方同意后可见）") % {"zone": exchange.need.zone}


def resource_owner(principal: Principal, exchange: Exchange) -> str:
    """Whose the resource is, to those who may see that organization."""
    owner = visible_rows(Organization, principal).filter(pk=exchange.resource.organization_id).first()
    return str(owner) if owner is not None else _("%(zone)s的单位（未公开名称）") % {"zone": exchange.resource.zone}


def resource_owners(principal: Principal, exchanges: Sequence[Exchange]) -> dict[int, str]:
    """organization id → name, of those the reader may see."""
    ids = {exchange.resource.organization_id for exchange in exchanges}
    return {row.pk: str(row) for row in visible_rows(Organization, principal).filter(pk__in=ids)}


def zones_text(exchange: Exchange) -> str:
    """From the zone of the need to that of the resource."""
    return f"{exchange.need.zone} → {exchange.resource.zone}"


def urgency_of(exchange: Exchange) -> str:
    """Of an interest that waits: `overdue` from the day of the answer on, `soon` from the day of the reminder on."""
    if exchange.answer_due_on <= today():
        return "overdue"
    return "soon" if exchange.remind_on <= today() else "later"


def whose_turn(principal: Principal, exchange: Exchange) -> str:
    """What is waited for, and what the reader can do about it; nothing where nothing is."""
    acting = sides_of(principal, exchange)
    if exchange.state == ExchangeState.INTEREST_SENT:
        return _answer_text(exchange, is_ours=exchange.answering_side in acting)
    if exchange.state != ExchangeState.CONSENT_PENDING:
        return ""
    given = standing_consents(exchange)
    lacking = frozenset(side for side in Side if side not in given)
    if lacking & acting:
        return _("请先征得%(side)s同意，再登记其联系方式与可见内容。") % {"side": sides_text(lacking & acting)}
    return _("等待%(side)s同意互换联系方式。") % {"side": sides_text(lacking)}


def _answer_text(exchange: Exchange, *, is_ours: bool) -> str:
    terms = {"due": exchange.answer_due_on.isoformat(), "end": exchange.expires_on.isoformat()}
    if urgency_of(exchange) == "overdue":
        late = _("已到应答复日 %(due)s 仍未答复，已告知应答复方园区；%(end)s 自动失效。") % terms
        return late + (_("请尽快接受或谢绝。") if is_ours else _("可联系对方园区催办。"))
    return (_("请于 %(due)s 前答复。") if is_ours else _("等待对方于 %(due)s 前答复。")) % terms


def sections_of(principal: Principal, exchange: Exchange) -> list[dict[str, Any]]:
    """What was asked and answered, and who the sides are, as far as the reader may know."""
    told = exchange.told.get("need", {}).get("summary_zh", "")
    sides = [
        (_("需求摘要"), told),
        (_("需求方"), need_owner(principal, exchange)),
        (_("资源方"), resource_owner(principal, exchange)),
    ]
    asked = [
        (_("发起方"), exchange.get_asked_by_side_display()),
        (_("希望怎样合作"), exchange.cooperation_zh),
        (_("还需对方说明什么"), exchange.unclear_zh),
        (_("我方能带来什么"), exchange.offer_zh),
        (_("发起时间"), plain_text("", exchange.sent_at)),
        (_("应答复日"), plain_text("", exchange.answer_due_on)),
        (_("失效日"), plain_text("", exchange.expires_on)),
    ]
    answered = [
        (_("答复时间"), plain_text("", exchange.answered_at)),
        (_("答复"), exchange.answer_zh),
        (_("结束时间"), plain_text("", exchange.ended_at)),
        (_("结束方"), exchange.get_exit_side_display()),
        (_("结束原因"), exchange.get_exit_reason_display()),
        (_("结束说明"), exchange.exit_zh),
    ]
    found = ((_("双方"), sides), (_("对接意向"), asked), (_("答复与结束"), answered))
    return [section for title, pairs in found if (section := _section(title, pairs))["pairs"]]


def _section(title: str, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    shown = [(label, str(value)) for label, value in pairs if value]
    return {
        "title": title,
        "pairs": [{"label": label, "value": value, "is_long": len(value) > LONG} for label, value in shown],
    }


def links_of(principal: Principal, exchange: Exchange) -> list[dict[str, str]]:
    """The records of both sides, where the reader may see them now."""
    need = visible_rows(Need, principal).filter(pk=exchange.need_id).first()
    resource = visible_rows(Resource, principal).filter(pk=exchange.resource_id).first()
    agreed = visible_rows(Cooperation, principal).filter(exchange=exchange).order_by("-pk").first()
    pages = (
        ("matching_cooperation", agreed, _("打开合作")),
        ("matching_need", need, _("打开需求")),
        ("zones_resource", resource, _("打开资源")),
    )
    return [
        {"url": reverse(f"admin:{name}_change", args=[row.public_id]), "title": title}
        for name, row, title in pages
        if row is not None
    ]


def live_exchanges_of(principal: Principal, **pair: Any) -> list[Exchange]:
    """Exchanges that are not over, of a need or of a resource, that the reader sees."""
    rows = Exchange.objects.visible_to(principal).filter(ended_at__isnull=True, **pair)
    return list(rows.order_by("pk"))


def with_talks(principal: Principal, side: Side, row: Need | Resource, items: Items, name: str) -> list[dict[str, Any]]:
    """Items about `row` and another record under `name`, each with the exchange that runs between the two, or with the
    page on which who speaks for this side begins one.
    """
    running = {getattr(one, f"{name}_id"): one for one in live_exchanges_of(principal, **{side.value: row})}
    may_begin = acts_for(principal, row)
    return [item | {"talk": _talk(side, row, item[name], running.get(item[name].pk), may_begin)} for item in items]


def _talk(side: Side, row: Any, across: Any, running: Exchange | None, may_begin: bool) -> dict[str, str] | None:
    if running is not None:
        url = reverse("admin:matching_exchange_change", args=[running.public_id])
        return {"url": url, "title": _("对接：%(state)s") % {"state": running.get_state_display()}}
    need, resource = (row, across) if side == Side.NEED else (across, row)
    if not may_begin or need.state != NeedState.OPEN or resource.status != ResourceStatus.ACTIVE:
        return None
    url = reverse("admin:matching_exchange_interest", args=[need.public_id, resource.public_id, side])
    return {"url": url, "title": _("表达意向")}
