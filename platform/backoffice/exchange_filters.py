"""Filters of exchanges, shared by their list, their board and their export."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.filters import RefusingFilter, Rows, ZoneFilter, rule_filter
from matching.choices import ExchangeState, Side
from matching.services import exchange_terms
from zones.models import Association, Membership, Zone
from zones.scoping import Principal, as_reader, in_force, speaking_for, today


def _by_turn(rows: Rows, value: str, principal: Principal) -> Rows:
    day = today()
    turns = {
        "answer": lambda: exchange_terms.to_answer(principal),
        "soon": lambda: exchange_terms.to_answer(principal) & exchange_terms.near_deadline(day),
        "overdue": lambda: exchange_terms.to_answer(principal) & exchange_terms.overdue(day),
        "consent": lambda: exchange_terms.to_consent(principal),
        "theirs": lambda: exchange_terms.answered_by_others(principal) & exchange_terms.overdue(day),
    }
    return rows.filter(turns[value]())


def _by_side(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(speaking_for(as_reader(principal), value))


def _by_state(rows: Rows, value: str, principal: Principal) -> Rows:
    if value in ExchangeState.values:
        return rows.filter(state=value)
    return rows.filter(ended_at__isnull=value == "live")


TurnFilter = rule_filter(
    "turn",
    _("待办"),
    [
        ("answer", _("待我方答复")),
        ("soon", _("我方临近应答复日")),
        ("overdue", _("我方到期未答复")),
        ("consent", _("待我方同意")),
        ("theirs", _("对方到期未答复")),
    ],
    _by_turn,
)
StateFilter = rule_filter(
    "state", _("状态"), [("live", _("进行中")), ("ended", _("已结束")), *ExchangeState.choices], _by_state
)
SideFilter = rule_filter("side", _("我方"), Side.choices, _by_side)


class EitherZoneFilter(ZoneFilter):
    """Exchanges of which either side is of the zone."""

    title = _("高新区（任一方）")

    def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
        zone = Zone.objects.filter(slug=value).values("pk")
        return rows.filter(Q(need__zone__in=zone) | Q(resource__zone__in=zone))


class AssociationFilter(RefusingFilter):
    """Exchanges within an association: both zones are members of it today."""

    title = _("联盟或网络（双方均为成员）")
    parameter_name = "association"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(row.slug, str(row)) for row in Association.objects.all()]

    def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
        members = Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"))
        within = members.filter(association__slug=value).values("zone")
        return rows.filter(need__zone__in=within, resource__zone__in=within)
