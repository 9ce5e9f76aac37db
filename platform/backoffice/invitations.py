"""Invitations: made, read and taken back by those who may grant the role; the link is shown once."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.details import EMPTY
from backoffice.filters import Rows, rule_filter
from backoffice.forms import RecordForm
from backoffice.principals import principal_of
from backoffice.roles import chosen_role, offer_places, place_fields, place_names
from backoffice.rows import editable_rows
from backoffice.steps import Step
from zones.choices import InvitationState
from zones.models import Invitation
from zones.querysets import expired
from zones.scoping import Principal
from zones.services.invitations import invite, revoke_invitation

EXPIRED = ("expired", pgettext_lazy("invitation", "已过期"))


class InvitationForm(RecordForm):
    """Who is invited to which role."""

    class Meta:
        model = Invitation
        fields = ("display_name", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(place_fields())
        offer_places(self, principal_of(self.request))

    def values(self) -> dict[str, Any]:
        return self.cleaned_data


def _in_state(rows: Rows, value: str, principal: Principal) -> Rows:
    if value == EXPIRED[0]:
        return rows.filter(expired())
    rows = rows.filter(state=value)
    return rows.exclude(expired()) if value == InvitationState.OPEN else rows


def _is_revocable(principal: Principal, row: Invitation) -> bool:
    return row.state == InvitationState.OPEN and editable_rows(Invitation, principal).filter(pk=row.pk).exists()


@admin.register(Invitation)
class InvitationAdmin(ScopedModelAdmin):
    form = InvitationForm
    add_title = _("邀请人员")
    when_empty = _("园区或联盟负责人邀请的人员会显示在这里。")
    ordering = ("-id",)
    list_display = ("display_name", "role", "shown_place", "shown_state", "invited_by", "invited_at", "expires_at")
    list_select_related = ("zone", "organization", "association", "invited_by")
    list_filter = (rule_filter("state", _("状态"), [*InvitationState.choices, EXPIRED], _in_state),)
    search_fields = ("display_name",)
    search_help_text = _("按被邀请人查找")
    actions = None
    fieldsets = ((_("邀请"), {"fields": ()}),)
    steps = (
        Step(
            "revoke",
            _("撤回邀请"),
            "undo",
            lambda principal, row, version: revoke_invitation(principal, invitation_id=row.pk),
            _is_revocable,
            _("已撤回，链接不再有效"),
            style="danger",
            confirm=_("撤回后链接立即失效。确定撤回？"),
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.may_grant or bool(principal.own_zones)

    def may_write_here(self, principal: Principal) -> bool:
        return principal.may_grant

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Invitations are read and taken back, never changed."""
        return False

    def version_of(self, row: Any) -> int:
        """Without a version: two who take one back mean the same."""
        return 0

    @admin.display(description=_("范围"))
    def shown_place(self, row: Invitation) -> str:
        return str(row.place or EMPTY)

    @admin.display(description=_("状态"))
    def shown_state(self, row: Invitation) -> str:
        return str(EXPIRED[1] if row.is_expired else row.get_state_display())

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change=change, **(kwargs | {"fields": ("display_name", "valid_to")}))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ("display_name", *place_names(principal_of(request)), "valid_to")
        told = gettext("保存后生成一次性链接，只显示一次，7 天内有效。请经安全渠道发给本人，由其自设用户名与密码。")
        return ((gettext("邀请"), {"fields": fields, "description": told}),)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        offered = ["display_name", "role", "zone", "organization", "association", "valid_to"]
        told = ["invited_by", "invited_at", "expires_at", "accepted_by", "ended_at"]
        return [(gettext("邀请"), offered), (gettext("经过"), told)]

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return super().record_context(request, row) | {"record_facts": [self.shown_state(row)]}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        offered = chosen_role(values) | {"valid_to": values["valid_to"]}
        made = invite(principal, display_name=values["display_name"], **offered)
        made.invitation.fresh_token = made.token  # type: ignore[attr-defined]
        return made.invitation

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """The link stands in this answer and nowhere else: it is neither stored nor put into a message."""
        link = request.build_absolute_uri(reverse("invitation_link", args=[obj.fresh_token]))
        row = self.row_or_404(request, self.key_of(obj))
        answer = self.page(request, "admin/backoffice/invitation_link.html", row, {"link": link})
        answer["Cache-Control"] = "no-store"
        return answer
