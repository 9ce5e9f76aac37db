"""What happened in an exchange, in order, as its two sides may read it: who acted for the other side stays untold."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import ContactField, Side
from matching.choices import ExchangeState as State
from matching.models import Consent, Disclosure, Exchange, ExchangeStep
from matching.services.exchange_sides import sides_of
from zones.errors import listed
from zones.scoping import Principal, as_reader

Sides = frozenset[Side]


class Moment(NamedTuple):
    """One thing that happened; `side` is empty for what the system did, `who` for whoever is not told."""

    at: datetime
    what: str
    side: str
    who: str
    words: str


def timeline_of(principal: Principal, exchange: Exchange) -> list[Moment]:
    """Steps, consents, looks at contacts and reminders of an exchange the principal sees, the oldest first."""
    own = sides_of(as_reader(principal), exchange)
    moments = [*_steps(principal, exchange, own), *_consents(principal, exchange, own)]
    moments += [*_looks(principal, exchange, own), *_terms(exchange)]
    return sorted(moments, key=lambda moment: moment.at)


def fields_text(fields: list[str]) -> str:
    """What of a contact is opened, for reading."""
    return listed([str(ContactField(field).label) for field in fields])


def _steps(principal: Principal, exchange: Exchange, own: Sides) -> Iterator[Moment]:
    for step in ExchangeStep.objects.visible_to(principal).filter(exchange=exchange).select_related("user"):
        yield Moment(step.at, _title(step), _side(step.side), _who(step, "user", step.side, own), _said(exchange, step))


def _title(step: ExchangeStep) -> str:
    if not step.from_state:
        return _("发出对接意向")
    accepts = step.from_state == State.INTEREST_SENT and step.to_state == State.CONSENT_PENDING
    return _("接受意向") if accepts else str(step.get_to_state_display())


def _said(exchange: Exchange, step: ExchangeStep) -> str:
    if step.from_state == State.INTEREST_SENT and step.to_state == State.CONSENT_PENDING:
        return exchange.answer_zh
    return " · ".join(text for text in (str(step.get_reason_display()), step.words_zh) if text)


def _consents(principal: Principal, exchange: Exchange, own: Sides) -> Iterator[Moment]:
    rows = Consent.objects.visible_to(principal).filter(exchange=exchange).select_related("giver", "withdrawer")
    for row in rows:
        opened = {"fields": fields_text(row.fields), "day": row.valid_until.isoformat(), "purpose": row.purpose_zh}
        said = _("可见 %(fields)s，至 %(day)s；用途：%(purpose)s") % opened
        side, basis = _side(row.side), row.basis_zh if row.side in own else ""
        words = f"{said} · {basis}" if basis else said
        yield Moment(row.given_at, _("同意互换联系方式"), side, _who(row, "giver", row.side, own), words)
        if row.withdrawn_at is not None:
            yield Moment(row.withdrawn_at, _("撤回同意"), side, _who(row, "withdrawer", row.side, own), "")


def _looks(principal: Principal, exchange: Exchange, own: Sides) -> Iterator[Moment]:
    for row in Disclosure.objects.visible_to(principal).filter(exchange=exchange).select_related("user"):
        who = _who(row, "user", row.side, own)
        yield Moment(row.seen_at, _("查看对方联系方式"), _side(row.side), who, fields_text(row.fields))


def _terms(exchange: Exchange) -> Iterator[Moment]:
    if exchange.reminded_on is not None:
        yield Moment(_noon(exchange.reminded_on), _("已提醒答复"), "", "", _due(exchange))
    if exchange.escalated_on is not None:
        words = _("到期未答复，已告知其园区")
        yield Moment(_noon(exchange.escalated_on), words, "", "", _due(exchange))


def _due(exchange: Exchange) -> str:
    terms = {"due": exchange.answer_due_on.isoformat(), "end": exchange.expires_on.isoformat()}
    return _("应答复日 %(due)s，%(end)s 失效") % terms


def _noon(day: date) -> datetime:
    """A day without an hour, among moments that have one."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def _side(side: str) -> str:
    return str(Side(side).label) if side else ""


def _who(row: Model, column: str, side: str, own: Sides) -> str:
    """Names of those who acted are told to their own side only."""
    user = getattr(row, column)
    return str(user) if user is not None and side in own else ""
