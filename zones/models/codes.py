"""Code tables: industries, disciplines, equipment classes, modes, TRL … Data, not code: editable and importable."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.choices import CodeScheme
from zones.models.base import in_language


@pghistory.track()
@classified(public="id scheme code parent_code level name_zh name_en family extra confidence is_active version")
class Code(models.Model):
    """One entry of a scheme. `family` tells sub-schemes apart (SEI2018, FUTURE2024, NETWORK within industries).

    Records name codes by text, so scheme and code never change; `version` guards the row and its crosswalks.
    """

    scheme = models.CharField(_("分类"), max_length=20, choices=CodeScheme.choices)
    code = models.CharField(_("代码"), max_length=20)
    parent_code = models.CharField(_("上级代码"), max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("层级"), default=1)
    name_zh = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    family = models.CharField(_("来源分类"), max_length=20, blank=True)
    extra = models.JSONField(_("附加信息"), default=dict, blank=True)
    confidence = models.CharField(_("可信度"), max_length=200, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)

    class Meta:
        ordering = ("scheme", "code")
        verbose_name = verbose_name_plural = _("代码表")
        constraints = (
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="one_code_per_scheme",
                violation_error_message=_("该分类下已有此代码：请换一个，或修改已有的代码。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.name_zh, self.name_en)}"


@pghistory.track()
@classified(public="id scheme source target weight origin")
class Crosswalk(models.Model):
    """Two codes of one scheme that mean related things; `weight` in (0, 1] is how alike they are."""

    scheme = models.CharField(_("分类"), max_length=20, choices=CodeScheme.choices)
    source = models.CharField(_("代码"), max_length=20)
    target = models.CharField(_("对应代码"), max_length=20)
    weight = models.FloatField(_("相似度"), default=0.5)
    origin = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("代码对照")
        constraints = (
            models.UniqueConstraint(fields=["scheme", "source", "target"], name="one_crosswalk_per_pair"),
            models.CheckConstraint(name="crosswalk_weight_in_range", condition=Q(weight__gt=0, weight__lte=1)),
        )

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class CodesField(ArrayField):  # type: ignore[type-arg]
    """A list of codes of one scheme; services check that each exists."""

    def __init__(self, scheme: str = "", **kwargs: object) -> None:
        self.scheme = scheme
        kwargs.setdefault("base_field", models.CharField(max_length=20))
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)  # type: ignore[arg-type]
