"""Dated roles: what a user may do where. Read by `zones.scoping` and nobody else."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ExternalIdentity, Session, Token, User
from ledger.classification import classified
from zones.choices import Role
from zones.models.base import ScopedModel
from zones.models.organizations import Organization
from zones.models.places import Association, Zone

# The ground floors know nothing of each other, so the first floor above them says how private an account's fields are.
classified(
    public="public_id display_name",
    scoped="id username is_staff is_active is_superuser date_joined last_login language deactivated_by",
    pii="email first_name last_name",
    secret="password",
)(User)
classified(scoped="user started_at expire_date", pii="browser", secret="session_key session_data")(Session)
classified(scoped="public_id user name scopes created expiry used_at", secret="digest token_key password_mark")(Token)
classified(scoped="id public_id user shown_name linked_at used_at", secret="issuer subject")(ExternalIdentity)

ZONE_ROLES = (Role.ZONE_STAFF, Role.ZONE_MANAGER, Role.AUDITOR)


def place_matches_role() -> Q:
    """Which place a role is held in: each names its own and no other."""
    nowhere = {"zone__isnull": True, "association__isnull": True, "organization__isnull": True}
    in_zone = Q(role__in=ZONE_ROLES, **(nowhere | {"zone__isnull": False}))
    in_association = Q(role=Role.SECRETARIAT, **(nowhere | {"association__isnull": False}))
    in_organization = Q(role=Role.ORGANIZATION_MEMBER, **(nowhere | {"organization__isnull": False}))
    return in_zone | in_association | in_organization | Q(role=Role.SYSTEM, **nowhere)


@pghistory.track()
@classified(scoped="id user role zone association organization valid_from valid_to")
class StaffRole(ScopedModel):
    """One role of one user in one place, for [valid_from, valid_to); an empty interval is a role called off before it
    began.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff_roles", verbose_name=_("账号")
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("高新区"))
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("联盟或网络")
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("单位")
    )
    valid_from = models.DateField(_("生效日"))
    valid_to = models.DateField(_("终止日"), null=True, blank=True, help_text=_("首个不再有效的日期"))

    class Meta(ScopedModel.Meta):
        ordering = ("user", "role")
        verbose_name = verbose_name_plural = _("角色授权")
        constraints = (
            models.CheckConstraint(
                name="role_names_its_place",
                condition=place_matches_role(),
                violation_error_message=_(
                    "角色与范围不符：园区角色须选高新区，秘书处须选联盟或网络，单位用户须选单位。"
                ),
            ),
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("终止日不得早于生效日。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def place(self) -> models.Model | None:
        """Where the role is held; the system's is held nowhere."""
        return self.zone or self.organization or self.association
