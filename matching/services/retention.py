"""What is kept of people by the tables of events and exchanges, and for how long; and when contacts are no longer
needed, which only this floor can tell.
"""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.history import event_model
from ledger.retention import Rule, blank, blank_history, may_change
from matching.models import Consent, Disclosure, EventRegistration, Exchange, Need
from zones.models import ContactPoint, Resource, StaffRole
from zones.scoping import in_force, today
from zones.services.retention import CONTACT, REASON, THREE_YEARS


def _guests(period: timedelta) -> "QuerySet[Any]":
    """Of events that have ended; where only the history still has a name, too."""
    kept = event_model(EventRegistration).objects.filter(pgh_obj_id=OuterRef("pk")).exclude(attendees_zh="")
    rows = EventRegistration.objects.unscoped(reason=REASON).filter(event__ends_at__lt=Now() - period)
    found: QuerySet[Any] = rows.filter(~Q(attendees_zh="") | Exists(kept))
    return found


def _disclosures(period: timedelta) -> "QuerySet[Any]":
    found: QuerySet[Any] = Disclosure.objects.unscoped(reason=REASON).filter(
        seen_at__lt=Now() - period, user__isnull=False
    )
    return found


def _forget_who(rows: "QuerySet[Any]") -> None:
    with may_change(rows.model):
        rows.update(user=None)


def _contacts(period: timedelta) -> "QuerySet[Any]":
    """Of organizations where nothing has happened for so long: no member, no resource or need changed, no exchange
    under way, and no consent that names the contact.
    """
    since, owner = Now() - period, OuterRef("organization")
    live = Q(need__organization=owner) | Q(resource__organization=owner)
    signs = (
        StaffRole.objects.unscoped(reason=REASON).filter(in_force(today()), organization=owner),
        Resource.objects.unscoped(reason=REASON).filter(organization=owner, updated_at__gte=since),
        Need.objects.unscoped(reason=REASON).filter(organization=owner, updated_at__gte=since),
        Exchange.objects.unscoped(reason=REASON).filter(live, ended_at__isnull=True),
        Consent.objects.unscoped(reason=REASON).filter(
            contact=OuterRef("public_id"), withdrawn_at__isnull=True, valid_until__gte=today()
        ),
    )
    rows = ContactPoint.objects.unscoped(reason=REASON).filter(organization__updated_at__lt=since)
    found: QuerySet[Any] = rows.filter(*(~Exists(one) for one in signs))
    return found


def _forget_contacts(rows: "QuerySet[Any]") -> None:
    """With all that the history has kept of them, the deletion itself included."""
    keys = list(rows.values_list("pk", flat=True))
    ContactPoint.objects.unscoped(reason=REASON).filter(pk__in=keys).delete()
    blank_history(ContactPoint, keys, *CONTACT)


GUESTS: Final = Rule(
    "event_guests", 90, _("活动报名中的参会人姓名"),
    _("会后三个月内用于核对签到与回访；之后人数、签到和成果仍保留"),
    _guests,
    lambda rows: blank(rows, "attendees_zh"),
)  # fmt: skip
RULES: Final = (
    GUESTS,
    Rule(
        "disclosures", THREE_YEARS, _("联系方式披露台账：查看人"),
        _("民事诉讼时效为三年；之后哪次同意、何时、哪些内容仍保留"),
        _disclosures, _forget_who,
    ),
    Rule(
        "contacts", THREE_YEARS, _("停止活动的单位的联系方式"),
        _("单位三年没有账号、资源、需求和对接的变动，联系方式已不能用于对接"),
        _contacts, _forget_contacts,
    ),
)  # fmt: skip
