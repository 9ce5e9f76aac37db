"""Celery entries: rows are the record of work; every task may run twice or never. Each channel has a task and a queue
of its own.
"""

from celery import shared_task

from ledger.audit import acting
from notifications import delivering, digests, planning, retention, sweeping
from notifications.choices import Way


@shared_task
def plan() -> None:
    """Turn what was written into notices."""
    with acting("notifications.plan"):
        planning.plan()


@shared_task
def look() -> None:
    """What nobody rang for: facts, digests that are due, deliveries that wait."""
    with acting("notifications.look"):
        planning.plan()
        digests.build_due()
        delivering.ring_for_due()


@shared_task
def sweep() -> None:
    """Tell of days that come near, once each."""
    with acting("notifications.sweep"):
        sweeping.sweep()


@shared_task
def retain() -> None:
    """Forget personal data whose time is over, once per day."""
    with acting("notifications.retain"):
        retention.sweep_daily()


@shared_task
def deliver_mail() -> None:
    """Send mails that are due."""
    delivering.deliver_due(Way.MAIL)


@shared_task
def deliver_wecom() -> None:
    """Tell WeCom groups what is due."""
    delivering.deliver_due(Way.WECOM)


@shared_task
def deliver_dingtalk() -> None:
    """Tell DingTalk groups what is due."""
    delivering.deliver_due(Way.DINGTALK)


@shared_task
def deliver_feishu() -> None:
    """Tell Feishu groups what is due."""
    delivering.deliver_due(Way.FEISHU)


@shared_task
def deliver_webhook() -> None:
    """Call webhooks that are due."""
    delivering.deliver_due(Way.WEBHOOK)
