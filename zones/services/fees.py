"""What the use of a resource would cost, by its price and what is wished. An unknown price is said, not zero."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from zones.choices import PriceUnit
from zones.models import Resource, ServiceRequest

MOST: Final = Decimal(10) ** 13
"""元; what is dearer is no estimate of a service."""
DAYS_IN: Final = {PriceUnit.DAY: 1, PriceUnit.MONTH: 30, PriceUnit.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Wish:
    """How much of a resource is wished: both days included, hours of use, samples or other pieces."""

    first: date
    last: date
    hours: Decimal | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class FeeEstimate:
    """元, equal for one price; None with `why` where nothing can be said."""

    low: Decimal | None
    high: Decimal | None
    why: str = ""


def estimate_fee(price: Resource | ServiceRequest, wish: Wish) -> FeeEstimate:
    """Price times amount; begun days, months (of 30 days) and years (of 365) count whole."""
    if price.price_from is None:
        return FeeEstimate(None, None, _("该资源未标价，费用请与提供方商定。"))
    amount = _amount(price.price_unit, wish)
    if amount is None:
        return FeeEstimate(None, None, _missing(price.price_unit))
    high = (price.price_from if price.price_to is None else price.price_to) * amount
    if high >= MOST:
        return FeeEstimate(None, None, _("数量过大，无法估算：请核对后与提供方商定。"))
    return FeeEstimate(_cents(price.price_from * amount), _cents(high))


def _amount(unit: str, wish: Wish) -> Decimal | None:
    """How many units of the price the wish comes to; None where it does not say."""
    if unit == PriceUnit.HOUR:
        return wish.hours
    if unit == PriceUnit.PROJECT:
        return Decimal(1)
    if unit in DAYS_IN:
        days = (wish.last - wish.first).days + 1
        return Decimal(-(-days // DAYS_IN[PriceUnit(unit)]))
    return None if wish.quantity is None else Decimal(wish.quantity)


def _missing(unit: str) -> str:
    return _("按机时计价：填写机时后可估算。") if unit == PriceUnit.HOUR else _("按数量计价：填写数量后可估算。")


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
