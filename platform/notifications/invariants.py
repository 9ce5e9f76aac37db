"""What must hold of notices and of the ledger at any moment: nobody is silently left out, nothing is told twice."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from ledger.invariants import Invariant, violations
from notifications.planning import FAILED, SUBJECT

AN_HOUR: Final = timedelta(hours=1)
LONGEST_WAIT: Final = {"daily": timedelta(days=14), "weekly": timedelta(days=28)}
"""Two weeks hold a working day whatever the holidays."""


def unplanned_events() -> int:
    """Facts that nobody has turned into notices for an hour, and those that could not be."""
    return violations(
        "SELECT id FROM ledger_changemark WHERE subject = %s OR (subject = %s AND created_at < now() - %s)",
        FAILED, SUBJECT, AN_HOUR,
    )  # fmt: skip


def silent_notices() -> int:
    """What should have left at once and stands in no delivery, and what no digest has taken for weeks."""
    return violations(
        "SELECT n.id FROM notifications_notice n LEFT JOIN accounts_user u ON u.id = n.user_id "
        "LEFT JOIN notifications_endpoint e ON e.id = n.endpoint_id "
        "WHERE n.delivery_id IS NULL AND coalesce(u.is_active, e.is_enabled) AND (n.rhythm = 'immediate' "
        "OR (n.rhythm = 'daily' AND n.created_at < now() - %s) OR (n.rhythm = 'weekly' AND n.created_at < now() - %s))",
        LONGEST_WAIT["daily"], LONGEST_WAIT["weekly"],
    )  # fmt: skip


def repeated_deliveries() -> int:
    return violations(
        "SELECT dedupe_key FROM notifications_delivery GROUP BY dedupe_key HAVING count(*) > 1 "
        "UNION ALL SELECT dedupe_key FROM notifications_notice GROUP BY dedupe_key HAVING count(*) > 1"
    )


def forgotten_deliveries() -> int:
    """Due for an hour, and nobody came."""
    return violations("SELECT id FROM notifications_delivery WHERE state = 'pending' AND next_at < now() - %s", AN_HOUR)


def old_leases() -> int:
    """Leases that ran out longer than a lease ago: whoever held them is gone, and nobody took over."""
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    return violations(
        "SELECT id FROM notifications_delivery WHERE state = 'leased' AND lease_until < now() - %s", lease
    )


INVARIANTS: Final = [
    Invariant("events_are_planned", "每件事都已计划告知 / every fact was looked at for notices", unplanned_events),
    Invariant("no_silent_notice", "应发的通知都有发送记录 / every due notice stands in a delivery", silent_notices),
    Invariant(
        "one_delivery_per_due",
        "每个事项、收件人和渠道只有一条 / one row per event, recipient, channel",
        repeated_deliveries,
    ),
    Invariant("no_forgotten_delivery", "到期的消息都有人发送 / no delivery is due for an hour", forgotten_deliveries),
    Invariant("no_old_delivery_lease", "没有过期的发送租约 / no delivery lease older than 2 L", old_leases),
]
