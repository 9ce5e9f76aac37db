"""How numbers, quantities and prices of records are written for people, the same in every door."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from zones.errors import listed
from zones.models import Resource

AMOUNTS: Final = ("budget_min", "budget_max", "original_value", "amount_min", "amount_max")
TEN_THOUSAND: Final = Decimal(10_000)
HUNDRED_MILLION: Final = Decimal(100_000_000)


def money(amount: Decimal) -> str:
    """An amount in 元 as people say it: 50 万元, 1.2 亿元."""
    if abs(amount) >= HUNDRED_MILLION:
        return _("%(number)s 亿元") % {"number": _plain(amount / HUNDRED_MILLION)}
    if abs(amount) >= TEN_THOUSAND:
        return _("%(number)s 万元") % {"number": _plain(amount / TEN_THOUSAND)}
    return _("%(number)s 元") % {"number": _plain(amount)}


def _plain(number: Decimal) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


def plain_text(name: str, value: Any) -> str:
    """The value of a column that is no relation; empty where it says nothing. Columns of `AMOUNTS` are in 元, other
    numbers have no needless digits.
    """
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal) and name in AMOUNTS:
        return money(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return listed(map(str, value))
    return str(value)


def number_text(value: float | None) -> str:
    """A number without needless digits."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.10g}"


def quantity_text(row: Any) -> str:
    """What a capability can do, without its unit: 5, 5–20, ≥5, 是; empty where it is not known."""
    if not row.is_known:
        return ""
    if row.truth is not None:
        return _("是") if row.truth else _("否")
    if row.choices:
        return listed(map(str, row.choices))
    low, high = number_text(row.low), number_text(row.high)
    if row.low is None or row.high is None:
        return f"≥{low}" if row.high is None and low else f"≤{high}" if high else ""
    return low if row.low == row.high else f"{low}–{high}"


def price_text(resource: Resource) -> str:
    """What it costs, as its record says it; empty where it says nothing."""
    amount = amount_text(resource)
    if not amount or not resource.price_note:
        return amount or resource.price_note
    return _("%(amount)s（%(note)s）") % {"amount": amount, "note": resource.price_note}


def amount_text(resource: Resource) -> str:
    """Its price as an amount for a unit, without what is noted of it."""
    if resource.price_from is None:
        return ""
    known = (value for value in (resource.price_from, resource.price_to) if value is not None)
    amount = "–".join(dict.fromkeys(f"{value:,.2f}".rstrip("0").rstrip(".") for value in known))
    return _("%(unit)s %(amount)s 元") % {"amount": amount, "unit": resource.get_price_unit_display()}


def fee_text(low: Decimal | None, high: Decimal | None) -> str:
    """A fee in 元, or what it lies between; empty where it is not known."""
    known = (value for value in (low, high) if value is not None)
    amounts = list(dict.fromkeys(f"{value:,.2f}".rstrip("0").rstrip(".") for value in known))
    return _("%(number)s 元") % {"number": "–".join(amounts)} if amounts else ""
