"""Who belongs to one's organization, and inviting more: the services of invitations, for members."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.base import row_or_404
from portal.forms.accounts import ColleagueForm
from portal.forms.sending import sent
from portal.views.own_account import OwnPages
from zones.choices import InvitationState, Role
from zones.errors import IllegalTransition
from zones.models import Invitation, StaffRole
from zones.scoping import in_force, today
from zones.services.invitations import NewInvitation, invite, revoke_invitation


class ColleaguesPage(OwnPages):
    """For members of organizations; for others there is nothing here."""

    template = "portal/account/colleagues.html"
    here = "colleagues"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(ColleagueForm(self.principal))

    def post(self, request: HttpRequest) -> HttpResponse:
        """The link stands in this answer and nowhere else: it is neither stored nor put into a message."""
        form, made = ColleagueForm(self.principal, request.POST), []
        if not sent(form, lambda: made.append(self._invited(form.cleaned_data))):
            return self._shown(form, status=HTTPStatus.BAD_REQUEST)
        link = request.build_absolute_uri(reverse("invitation_link", args=[made[0].token]))
        return self._shown(ColleagueForm(self.principal), link=link, invited=made[0].invitation)

    def _invited(self, values: dict[str, Any]) -> NewInvitation:
        return invite(self.principal, role=Role.ORGANIZATION_MEMBER, **values)

    def _shown(self, form: ColleagueForm, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        if not self.principal.organizations:
            raise Http404
        context = {"form": form, "members": self._members(), "invitations": self.open_invitations(), **more}
        return self.page(context, status=status)

    def _members(self) -> "QuerySet[Any]":
        roles = StaffRole.objects.visible_to(self.principal).filter(in_force(today()), user__is_active=True)
        own = roles.filter(organization__in=self.principal.organizations).select_related("user", "organization")
        return own.order_by("organization", "user__display_name", "pk")  # type: ignore[no-any-return]

    def open_invitations(self) -> "QuerySet[Any]":
        rows = Invitation.objects.visible_to(self.principal).filter(state=InvitationState.OPEN)
        own = rows.filter(organization__in=self.principal.organizations).select_related("organization")
        return own.order_by("-pk")  # type: ignore[no-any-return]


class EndInvitation(ColleaguesPage):
    """Takes an invitation back; one that was taken meanwhile is gone from the list all the same."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        row = row_or_404(Invitation.objects.visible_to(self.principal), public_id)
        try:
            revoke_invitation(self.principal, invitation_id=row.pk)
        except IllegalTransition as error:
            messages.warning(request, error.message)
            return HttpResponseRedirect(reverse("portal:colleagues"))
        return self.back()
