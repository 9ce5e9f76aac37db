"""What is kept of people by the tables of accounts, contacts, imports and invitations, and for how long.

A contact itself is kept as long as its organization is active (`matching.services.retention`).
"""

from datetime import timedelta
from typing import Any, Final

from axes.models import AccessAttempt
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Session
from ledger.history import event_model
from ledger.retention import Rule, blank, delete, may_change
from zones.choices import ImportState, InvitationState
from zones.models import ContactAccess, ContactPoint, ImportFile, ImportJob, ImportRow, Invitation

REASON: Final = "what is over is forgotten whosever it was"
UNDER_WAY: Final = (ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)
CONTACT: Final = ("person_name", "phone", "email")
THREE_YEARS: Final = 1_096


def _sessions(period: timedelta) -> "QuerySet[Any]":
    return Session.objects.filter(expire_date__lte=Now() - period)


def _tries(period: timedelta) -> "QuerySet[Any]":
    found: QuerySet[Any] = AccessAttempt.objects.filter(attempt_time__lt=Now() - period)
    return found


def _import_files(period: timedelta) -> "QuerySet[Any]":
    """Of jobs that stand still."""
    jobs = ImportJob.objects.unscoped(reason=REASON).filter(state__in=UNDER_WAY, file=OuterRef("pk"))
    files = ImportFile.objects.unscoped(reason=REASON).filter(created_at__lt=Now() - period)
    found: QuerySet[Any] = files.exclude(content=b"").filter(~Exists(jobs))
    return found


def forget_file(files: "QuerySet[Any]") -> None:
    """Name, size and hash stay, and the counts of the job: they are the evidence of what was imported."""
    keys = list(files.values_list("pk", flat=True))
    ImportRow.objects.unscoped(reason=REASON).filter(job__file__in=keys).delete()
    ImportFile.objects.unscoped(reason=REASON).filter(pk__in=keys).update(content=b"")


def _invitations(period: timedelta) -> "QuerySet[Any]":
    """Those that came to nothing: who has accepted has an account."""
    over = Q(ended_at__lt=Now() - period) | Q(state=InvitationState.OPEN, expires_at__lt=Now() - period)
    rows = Invitation.objects.unscoped(reason=REASON).exclude(state=InvitationState.ACCEPTED)
    found: QuerySet[Any] = rows.filter(over).exclude(display_name="")
    return found


def _former_contacts(period: timedelta) -> "QuerySet[Any]":
    """What the history has kept of contacts that were changed or deleted since; not what holds now."""
    events = event_model(ContactPoint).objects.filter(pgh_created_at__lt=Now() - period)
    later = event_model(ContactPoint).objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"))
    is_kept = ContactPoint.objects.unscoped(reason=REASON).filter(pk=OuterRef("pgh_obj_id"))
    told = ~Q(person_name="", phone="", email="")
    found: QuerySet[Any] = events.filter(told).filter(Exists(later) | ~Exists(is_kept))
    return found


def _forget_former(events: "QuerySet[Any]") -> None:
    with may_change(events.model):
        events.update(**dict.fromkeys(CONTACT, ""))


def _accesses(period: timedelta) -> "QuerySet[Any]":
    rows = ContactAccess.objects.unscoped(reason=REASON).filter(seen_at__lt=Now() - period)
    found: QuerySet[Any] = rows.exclude(user__isnull=True, reason="")
    return found


def _forget_who(rows: "QuerySet[Any]") -> None:
    with may_change(rows.model):
        rows.update(user=None, reason="")


RULES: Final = (
    Rule(
        "sessions", 0, _("登录会话：浏览器名称、登录时间"),
        _("会话失效后不再需要；未失效的供本人查看和退出"),
        _sessions, delete, is_fixed=True,
    ),
    Rule(
        "login_tries", 190, _("失败的登录：账号名、IP 地址、浏览器"),
        _("网络安全法要求留存网络日志不少于六个月"),
        _tries, delete,
    ),
    Rule(
        "import_files", 90, _("上传的导入文件及其各行内容"),
        _("三个月内可核对、撤销；之后文件名、校验值和统计仍保留，作为凭证"),
        _import_files, forget_file,
    ),
    Rule(
        "invitations", 90, _("未接受的邀请：被邀请人的名称"),
        _("邀请作废后不再需要；谁在何时邀请过仍保留"),
        _invitations, lambda rows: blank(rows, "display_name"),
    ),
    Rule(
        "former_contacts", 365, _("历史记录中已更改或删除的联系方式"),
        _("一年内可查明谁改了什么；之后只保留何时改过"),
        _former_contacts, _forget_former,
    ),
    Rule(
        "contact_accesses", THREE_YEARS, _("查看联系方式的记录：查看人与理由"),
        _("民事诉讼时效为三年；之后次数与日期仍保留"),
        _accesses, _forget_who,
    ),
)  # fmt: skip
