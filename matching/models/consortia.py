"""Proposed consortia: teams that together cover a need, who covers what with which resource, and what nobody covers."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from matching.choices import PartKind
from matching.models.needs import Need
from matching.models.runs import MatchRun
from zones.models import Organization, Resource, Zone
from zones.models.base import ScopedModel


@classified(
    public="id public_id need run rank covered_count part_count zone_count is_proven need_version created_at",
)
class ConsortiumProposal(ScopedModel):
    """One team for one need: the best has rank 1, its alternatives follow. Replaced as a whole when built anew.

    A single organization of rank 1 is the finding that no team is needed, or possible.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("需求"))
    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("匹配任务"))
    need_version = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField(_("排名"))
    part_count = models.PositiveSmallIntegerField(_("分任务数"))
    covered_count = models.PositiveSmallIntegerField(_("已覆盖数"))
    zone_count = models.PositiveSmallIntegerField(_("园区数"))
    is_proven = models.BooleanField(_("已证明最优"), default=True)
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("need", "rank")
        verbose_name = verbose_name_plural = _("联合体方案")
        constraints = (
            models.UniqueConstraint(fields=["need", "rank"], name="one_proposal_per_rank"),
            models.CheckConstraint(
                name="proposal_covers_something", condition=Q(covered_count__gte=1, zone_count__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.need} #{self.rank}"


@classified(public="id proposal organization position")
class ConsortiumMember(ScopedModel):
    """One organization of a team; the lead has position 0."""

    proposal = models.ForeignKey(ConsortiumProposal, on_delete=models.CASCADE, related_name="members")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, verbose_name=_("单位"))
    position = models.PositiveSmallIntegerField(_("序号"))

    class Meta(ScopedModel.Meta):
        ordering = ("proposal", "position")
        verbose_name = verbose_name_plural = _("联合体成员")
        constraints = (
            models.UniqueConstraint(fields=["proposal", "organization"], name="one_membership_per_team"),
            models.UniqueConstraint(fields=["proposal", "position"], name="one_member_per_position"),
        )

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def is_lead(self) -> bool:
        return self.position == 0


@classified(
    public="id proposal member position kind label wanted is_must resource resource_version zone strength evidence"
)
class ConsortiumPart(ScopedModel):
    """One sub-task of the need in one proposal: the member and resource that cover it, or nobody."""

    proposal = models.ForeignKey(ConsortiumProposal, on_delete=models.CASCADE, related_name="parts")
    member = models.ForeignKey(ConsortiumMember, null=True, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("类型"), max_length=12, choices=PartKind.choices)
    label = models.CharField(_("分任务"), max_length=1000)
    wanted = models.CharField(_("要求"), max_length=1000, blank=True)
    is_must = models.BooleanField(_("硬指标"), default=False)
    resource = models.ForeignKey(Resource, null=True, on_delete=models.CASCADE, verbose_name=_("资源"))
    resource_version = models.PositiveIntegerField(default=0)
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, verbose_name=_("园区"))
    strength = models.FloatField(_("契合度"), default=0)
    evidence = models.TextField(_("依据"), blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("proposal", "position")
        verbose_name = verbose_name_plural = _("联合体分任务")
        constraints = (
            models.UniqueConstraint(fields=["proposal", "position"], name="one_consortium_part_per_position"),
            models.CheckConstraint(
                name="covered_part_names_member_and_resource",
                condition=Q(member__isnull=True, resource__isnull=True, zone__isnull=True)
                | Q(member__isnull=False, resource__isnull=False, zone__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def is_covered(self) -> bool:
        return self.member_id is not None
