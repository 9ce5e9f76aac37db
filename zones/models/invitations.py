"""Invitations: a role offered to somebody who has no account yet, by a link that works once."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.choices import InvitationState, Role
from zones.models.base import ScopedModel
from zones.models.organizations import Organization
from zones.models.places import Association, Zone
from zones.models.staff import place_matches_role


@pghistory.track(exclude=["token_hash"])
@classified(
    public="id public_id display_name role zone association organization valid_to state invited_by invited_at "
    "expires_at accepted_by ended_at",
    secret="token_hash",
)
class Invitation(ScopedModel):
    """One link to one role in one place. Only the hash of its token is stored; it expires by `expires_at` alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    display_name = models.CharField(_("被邀请人"), max_length=80, help_text=_("同事看到的名称，本人接受时可改"))
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("高新区"))
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("联盟或网络")
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("单位")
    )
    valid_to = models.DateField(
        _("角色终止日"), null=True, blank=True, help_text=_("首个不再有效的日期，长期有效请留空")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=InvitationState.choices, default=InvitationState.OPEN, editable=False
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("邀请人"),
    )
    invited_at = models.DateTimeField(_("邀请时间"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("有效期至"), editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("所建账号"),
    )
    ended_at = models.DateTimeField(_("接受或撤回时间"), null=True, editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("邀请")
        constraints = (
            models.CheckConstraint(
                name="invitation_names_its_place",
                condition=place_matches_role(),
                violation_error_message=_(
                    "角色与范围不符：园区角色须选高新区，秘书处须选联盟或网络，单位用户须选单位。"
                ),
            ),
            models.CheckConstraint(
                name="invitation_state_tells_its_end",
                condition=Q(state=InvitationState.ACCEPTED, accepted_by__isnull=False, ended_at__isnull=False)
                | Q(state=InvitationState.REVOKED, accepted_by__isnull=True, ended_at__isnull=False)
                | Q(state=InvitationState.OPEN, accepted_by__isnull=True, ended_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.display_name} · {self.get_role_display()}"

    @property
    def place(self) -> models.Model | None:
        return self.zone or self.organization or self.association

    @property
    def is_expired(self) -> bool:
        """For reading; whether the link still works is asked of the database's clock."""
        return self.state == InvitationState.OPEN and self.expires_at <= timezone.now()
