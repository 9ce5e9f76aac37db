"""Exchanges of a member's organizations: which there are, which wait for them, and what each side is called."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Exchange, Need
from matching.services.exchange_terms import to_answer, to_consent
from zones.models import Resource
from zones.models.base import in_language
from zones.scoping import Principal, today
from zones.services.calendar import working_days_until

OWNED = {Side.NEED: "need__organization__in", Side.RESOURCE: "resource__organization__in"}


def own_exchanges(principal: Principal) -> "QuerySet[Any]":
    """Exchanges in which the principal is a member of one of the two organizations."""
    own = Q()
    for column in OWNED.values():
        own |= Q(**{column: principal.organizations})
    rows: QuerySet[Any] = Exchange.objects.visible_to(principal).filter(own)
    return rows


def waiting(principal: Principal) -> Q:
    """Those in which it is the turn of the principal's organizations."""
    return to_answer(principal) | to_consent(principal)


def in_order(principal: Principal, rows: "QuerySet[Any]") -> Any:
    """What waits for the principal first, by its day; then what is under way, the latest first; then what has ended."""
    place = Case(When(waiting(principal), then=Value(0)), When(ended_at__isnull=True, then=Value(1)), default=Value(2))
    due = Case(When(waiting(principal), then="answer_due_on"))
    return rows.annotate(place=place, due=due).order_by("place", "due", "-pk")


def count_waiting(principal: Principal) -> int:
    return own_exchanges(principal).filter(waiting(principal)).count()


def sides_in(principal: Principal, row: Any) -> list[Side]:
    """The sides whose organization the principal is a member of."""
    owners = {Side.NEED: row.need.organization_id, Side.RESOURCE: row.resource.organization_id}
    return [side for side, owner in owners.items() if owner in principal.organizations]


def is_turn(row: Any, side: Side, consented: Collection[Side]) -> bool:
    """Whether an exchange waits for a side, of which one knows who has consented."""
    if row.state == State.INTEREST_SENT:
        return bool(row.answering_side == side)
    return row.state == State.CONSENT_PENDING and side not in consented


def live_of_pairs(principal: Principal, **of: Any) -> dict[tuple[int, int], Exchange]:
    """Exchanges that go on, by need and resource; `of` narrows to those of a need or of a resource."""
    rows = own_exchanges(principal).filter(ended_at__isnull=True, **of)
    return {(row.need_id, row.resource_id): row for row in rows}


def titles_of(principal: Principal, rows: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """By exchange: need and resource as they were told when the interest was sent, else as the reader sees them now,
    and the records themselves where the reader may see them.
    """
    needs = Need.objects.visible_to(principal).in_bulk([row.need_id for row in rows])
    resources = Resource.objects.visible_to(principal).in_bulk([row.resource_id for row in rows])
    return {
        row.pk: {
            "need": _told(row.told.get("need", {}), "title") or str(needs.get(row.need_id) or _hidden()),
            "resource": _told(row.told.get("resource", {}), "name") or str(resources.get(row.resource_id) or _hidden()),
            "seen_need": needs.get(row.need_id),
            "seen_resource": resources.get(row.resource_id),
        }
        for row in rows
    }


def _told(told: dict[str, str], name: str) -> str:
    return in_language(told.get(f"{name}_zh", ""), told.get(f"{name}_en", ""))


def _hidden() -> str:
    return _("（现已不对本单位显示）")


def terms_of(rows: Sequence[Any]) -> dict[int, str]:
    """By exchange that waits for its answer: until when, in working days; one query for all."""
    asked = [row for row in rows if row.state == State.INTEREST_SENT]
    left = working_days_until(today(), {day for row in asked for day in (row.answer_due_on, row.expires_on)})
    return {row.pk: _term(row, left) for row in asked}


def _term(row: Any, left: dict[date, int]) -> str:
    day, until = row.answer_due_on, row.expires_on
    if day < today():
        told = ngettext(
            "已过答复期限；再过 %(count)d 个工作日（%(day)s）失效",
            "已过答复期限；再过 %(count)d 个工作日（%(day)s）失效",
            left[until],
        )
        return told % {"count": left[until], "day": until.isoformat()}
    told = ngettext(
        "应于 %(day)s 前答复，还有 %(count)d 个工作日", "应于 %(day)s 前答复，还有 %(count)d 个工作日", left[day]
    )
    return told % {"count": left[day], "day": day.isoformat()}
