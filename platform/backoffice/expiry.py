"""Dates that ask for attention: needs about to expire, resources nobody confirmed for long."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.filters import Rows, rule_filter
from zones.querysets import unconfirmed
from zones.scoping import Principal, today

EXPIRES_WITHIN_DAYS = 30


def expiring() -> Q:
    """Needs whose time on the platform ends within thirty days, today included."""
    return Q(expires_on__gte=today(), expires_on__lt=today() + timedelta(days=EXPIRES_WITHIN_DAYS))


def _expiring(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(expiring())


def _stale(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(unconfirmed())


ExpiryFilter = rule_filter("expiring", _("到期"), [("30", _("30 天内到期"))], _expiring)
StaleFilter = rule_filter("confirmed", _("核实"), [("stale", _("超过 180 天未核实"))], _stale)
