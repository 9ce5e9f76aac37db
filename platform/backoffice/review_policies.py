"""Thresholds of reviews: versions, read by everybody who works here, added by the system."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.versions import VersionsAdmin
from matching.models import ReviewPolicy
from matching.services.review_policies import FIRST, active_policy, add_policy
from zones.scoping import Principal


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(VersionsAdmin):
    add_title = _("新版审核标准")
    ordering = ("-number",)
    list_display = ("number", "is_active", "pass_from", "return_from", "comment_below", "working_days", "note")
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

    def version_in_force(self) -> ReviewPolicy:
        return active_policy()

    def starting_values(self, row: ReviewPolicy) -> dict[str, Any]:
        return {name: getattr(row, name) for name in FIRST}

    def add(self, principal: Principal, values: dict[str, Any], *, replacing: int) -> ReviewPolicy:
        return add_policy(principal, replacing=replacing, **values)
