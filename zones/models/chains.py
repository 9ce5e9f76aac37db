"""Industrial chains: their nodes, and which organizations lead or supply at each, and since when."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.choices import ChainRole, ChainStage
from zones.models.base import ScopedModel
from zones.models.codes import CodesField
from zones.models.columns import public_key, reference
from zones.models.kept import KEPT, Kept, in_order, one_named
from zones.models.organizations import Organization
from zones.models.places import DateRange, Zone


@pghistory.track(exclude=["updated_at"])
@classified(public=f"{KEPT} chain_zh stage industry_codes note_zh valid_from valid_to", scoped="author")
class ChainNode(Kept):
    """One node of a chain; a node nobody stands at on a day is a gap."""

    begins, ends = "valid_from", "valid_to"

    chain_zh = models.CharField(_("产业链"), max_length=40)
    stage = models.CharField(_("环节"), max_length=10, choices=ChainStage.choices)
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))
    note_zh = models.CharField(_("说明"), max_length=300, blank=True, validators=[MaxLengthValidator(300)])
    valid_from = models.DateField(_("列入日"))
    valid_to = models.DateField(_("移出日"), null=True, blank=True, help_text=_("首个不再列入的日期"))

    class Meta(Kept.Meta):
        ordering = ("chain_zh", "stage", "title_zh", "id")
        verbose_name = _("产业链节点")
        verbose_name_plural = pgettext_lazy("plural", "产业链节点")
        constraints = (*Kept.Meta.constraints, in_order("chain_node_days_in_order", "valid_from", "valid_to"))


@pghistory.track()
@classified(public="id public_id node position organization name_zh zone role valid_from valid_to")
class ChainPlace(ScopedModel):
    """Who stands at a node for [valid_from, valid_to); `zone` is where one that is not on record sits."""

    public_id = public_key()
    node = models.ForeignKey(ChainNode, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="chain_places",
        verbose_name=_("单位"),
    )  # fmt: skip
    name_zh = models.CharField(_("平台外单位名称"), max_length=120, blank=True)
    zone = reference(Zone, _("平台外单位所在高新区"))
    role = models.CharField(_("角色"), max_length=10, choices=ChainRole.choices, default=ChainRole.SUPPORTING)
    valid_from = models.DateField(_("列入日"))
    valid_to = models.DateField(_("移出日"), null=True, blank=True, help_text=_("首个不再列入的日期"))

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("节点企业")
        verbose_name_plural = pgettext_lazy("plural", "节点企业")
        constraints = (
            one_named("chain_place_is_of_one", "organization"),
            in_order("chain_place_days_in_order", "valid_from", "valid_to"),
            models.CheckConstraint(
                name="chain_place_zone_of_an_outsider",
                condition=Q(zone__isnull=True) | Q(organization__isnull=True),
                violation_error_message=_("平台上的单位以其所在高新区为准，不另填高新区。"),
            ),
            ExclusionConstraint(
                name="chain_places_do_not_overlap",
                expressions=[
                    ("node", RangeOperators.EQUAL),
                    ("organization", RangeOperators.EQUAL),
                    (DateRange(F("valid_from"), F("valid_to")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("同一单位在同一节点的时间不能重叠：请先填写原记录的移出日。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.organization) if self.organization_id else self.name_zh
