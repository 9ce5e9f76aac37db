"""The buttons on a thread that tells its sides of itself: hear no more of it, or again; for one's own account alone.

Auditors are told of none, so that there is nothing to mute for them.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from backoffice.base import is_editable
from backoffice.steps import Step
from notifications.following import forget, mute, stance_of
from zones.scoping import Principal


def _mute(principal: Principal, row: Any) -> None:
    user: Any = User.objects.filter(pk=principal.user_id or 0).get()
    mute(user, label=row._meta.label_lower, public_id=row.public_id)


def _is_muted(principal: Principal, row: Any) -> bool:
    return stance_of(principal, row.public_id) == "muted"


MUTING = (
    Step(
        "mute",
        pgettext_lazy("verb", "静音"),
        "notifications_off",
        lambda principal, row, version: _mute(principal, row),
        lambda principal, row: is_editable(type(row))(principal, row) and not _is_muted(principal, row),
        _("已静音，您不再收到它的通知；同事不受影响"),
    ),
    Step(
        "unmute",
        _("恢复通知"),
        "notifications",
        lambda principal, row, version: forget(principal, public_id=row.public_id),
        _is_muted,
        _("已恢复通知"),
    ),
)
