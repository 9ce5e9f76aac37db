"""Catalogues: dated publications of resources by a zone and its partner (杭州: 63 labs, 317 台(套))."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.models.base import Recorded
from zones.models.organizations import Organization
from zones.models.places import DateRange, Zone
from zones.models.resources import Resource


@pghistory.track()
@classified(public="id public_id version is_sample created_at updated_at zone partner title_zh title_en published_on")
class Catalogue(Recorded):
    """A catalogue as published; its items come and go with dates."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="catalogues", verbose_name=_("发布园区"))
    partner = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("合作机构")
    )
    title_zh = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    published_on = models.DateField(_("发布日"))

    class Meta(Recorded.Meta):
        ordering = ("-published_on", "id")
        verbose_name = verbose_name_plural = _("资源目录")
        constraints = (models.UniqueConstraint(fields=["zone", "title_zh"], name="one_catalogue_title_per_zone"),)

    def __str__(self) -> str:
        return self.title_zh


@pghistory.track()
@classified(public="id catalogue resource listed_on withdrawn_on")
class CatalogueItem(models.Model):
    """A resource in a catalogue for [listed_on, withdrawn_on)."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="items", verbose_name=_("目录"))
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="catalogue_items", verbose_name=_("资源")
    )
    listed_on = models.DateField(_("入目录日"))
    withdrawn_on = models.DateField(_("出目录日"), null=True, blank=True)

    class Meta:
        ordering = ("catalogue", "listed_on", "id")
        verbose_name = verbose_name_plural = _("目录条目")
        constraints = (
            ExclusionConstraint(
                name="catalogue_items_do_not_overlap",
                expressions=[
                    ("catalogue", RangeOperators.EQUAL),
                    ("resource", RangeOperators.EQUAL),
                    (DateRange(F("listed_on"), F("withdrawn_on")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("该资源在此期间已在目录中：请先登记出目录日。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.catalogue} · {self.resource}"
