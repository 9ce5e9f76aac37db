"""Thresholds of reviews: versions, read by everybody who works here, added by the system."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.filters import Rows
from matching.models import ReviewPolicy
from matching.services.review_policies import FIRST, active_policy, add_policy
from zones.scoping import Principal


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(ScopedModelAdmin):
    add_title = _("新版审核标准")
    ordering = ("-number",)
    list_display = ("number", "is_active", "pass_from", "return_from", "comment_below", "working_days", "note")
    actions = None
    fieldsets = (
        (
            _("审核标准"),
            {
                "fields": (
                    ("pass_from", "return_from"),
                    ("does_zero_return", "comment_below"),
                    "working_days",
                    "note",
                ),
                "description": _("保存即成为新版本并启用；正在进行的审核仍按提交时的版本。"),
            },
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version is never edited; a new one is added."""
        return False

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    def key_of(self, row: Any) -> str:
        return str(row.number)

    def find(self, rows: Rows, key: str) -> Any:
        is_number = key.isascii() and key.isdigit() and len(key) < 9
        return rows.filter(number=int(key)).first() if is_number else None

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        policy = active_policy()
        return {name: getattr(policy, name) for name in FIRST}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        return add_policy(principal, **values)
