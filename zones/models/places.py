"""Places: regions, zones with dated levels, associations with dated memberships. Public facts, seen by everybody."""

import uuid

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.choices import AssociationKind, DatePrecision, MemberRole, ZoneLevelKind
from zones.models.base import in_language


class DateRange(Func):
    """The half-open interval [start, end) of two date columns; NULL is unbounded."""

    function = "DATERANGE"
    output_field = DateRangeField()


@classified(public="id code name_zh name_en short_zh kind region4_zh region7_zh latitude longitude")
class Region(models.Model):
    """A province-level unit of GB/T 2260."""

    code = models.CharField(_("行政区划代码"), max_length=6, unique=True)
    name_zh = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80)
    short_zh = models.CharField(_("简称"), max_length=4)
    kind = models.CharField(_("类型"), max_length=40)
    region4_zh = models.CharField(_("四大板块"), max_length=10, blank=True)
    region7_zh = models.CharField(_("七大区"), max_length=10, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("经度"), max_digits=8, decimal_places=5)

    class Meta:
        ordering = ("code",)
        verbose_name = verbose_name_plural = _("省级区域")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


@classified(public="id slug name_zh name_en member_codes notes")
class RegionGroup(models.Model):
    """A strategic group of regions (京津冀, 长三角 …); members are GB/T 2260 codes of provinces or prefectures."""

    slug = models.SlugField(unique=True)
    name_zh = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80)
    member_codes = ArrayField(models.CharField(max_length=6), verbose_name=_("成员区划代码"))
    notes = models.TextField(_("备注"), blank=True)

    class Meta:
        ordering = ("slug",)
        verbose_name = verbose_name_plural = _("区域板块")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


@pghistory.track()
@classified(
    public="id public_id slug name_zh name_en short_zh pinyin_key region city district division_code latitude "
    "longitude "
    "website aliases confidence notes version"
)
class Zone(models.Model):
    """A high-tech zone. Its level is dated (`ZoneLevel`): "178" stays right for past dates."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("代号"), unique=True)
    name_zh = models.CharField(_("名称"), max_length=60, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=120)
    short_zh = models.CharField(_("简称"), max_length=30)
    pinyin_key = models.CharField(_("拼音排序键"), max_length=120, db_index=True, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="zones", verbose_name=_("省级区域"))
    city = models.CharField(_("城市"), max_length=40, blank=True)
    district = models.CharField(_("区县"), max_length=40, blank=True)
    division_code = models.CharField(_("区划代码"), max_length=6)
    latitude = models.DecimalField(
        _("纬度"), max_digits=8, decimal_places=5, validators=[MinValueValidator(3), MaxValueValidator(54)]
    )
    longitude = models.DecimalField(
        _("经度"), max_digits=8, decimal_places=5, validators=[MinValueValidator(73), MaxValueValidator(136)]
    )
    website = models.URLField(_("网站"), blank=True)
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("别名"))
    confidence = models.CharField(_("可信度"), max_length=200, blank=True)
    notes = models.TextField(_("备注"), blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)

    class Meta:
        ordering = ("pinyin_key",)
        verbose_name = _("高新区")
        verbose_name_plural = pgettext_lazy("plural", "高新区")

    def __str__(self) -> str:
        return in_language(self.short_zh, self.name_en)


@pghistory.track()
@classified(public="id zone level valid_from valid_to precision source")
class ZoneLevel(models.Model):
    """One interval [valid_from, valid_to) of a zone's level; intervals of a zone never overlap."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="levels", verbose_name=_("高新区"))
    level = models.CharField(_("级别"), max_length=20, choices=ZoneLevelKind.choices)
    valid_from = models.DateField(_("生效日"), null=True, blank=True, help_text=_("留空表示起始日期未知"))
    valid_to = models.DateField(_("终止日"), null=True, blank=True, help_text=_("首个不再有效的日期"))
    precision = models.CharField(_("日期精度"), max_length=10, choices=DatePrecision.choices, default=DatePrecision.DAY)
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        ordering = ("zone", "valid_from")
        verbose_name = verbose_name_plural = _("园区级别")
        constraints = (
            ExclusionConstraint(
                name="zone_levels_do_not_overlap",
                expressions=[
                    ("zone", RangeOperators.EQUAL),
                    (DateRange(F("valid_from"), F("valid_to")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("该园区在此期间已有级别记录：请先结束原有记录，再登记新的级别。"),
            ),
            models.CheckConstraint(
                name="zone_level_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("终止日须晚于生效日。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.zone} {self.get_level_display()} {self.valid_from or '…'}–{self.valid_to or ''}"


@pghistory.track()
@classified(
    public="id public_id slug kind name_zh name_en theme_zh founded_on founded_precision place_zh host "
    "members_stated confidence notes version"
)
class Association(models.Model):
    """A regional alliance, an industry innovation network, a pairing or a corridor of zones."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("代号"), unique=True)
    kind = models.CharField(_("类型"), max_length=20, choices=AssociationKind.choices)
    name_zh = models.CharField(_("名称"), max_length=80, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=160)
    theme_zh = models.CharField(_("主题"), max_length=40, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    founded_precision = models.CharField(
        _("日期精度"), max_length=10, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    place_zh = models.CharField(_("成立地点"), max_length=60, blank=True)
    host = models.ForeignKey(
        Zone,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_associations",
        verbose_name=_("牵头园区"),
    )
    members_stated = models.PositiveSmallIntegerField(_("公布成员数"), null=True, blank=True)
    confidence = models.CharField(_("可信度"), max_length=200, blank=True)
    notes = models.TextField(_("备注"), blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)

    class Meta:
        ordering = ("slug",)
        verbose_name = verbose_name_plural = _("联盟与网络")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


@pghistory.track()
@classified(public="id zone association role joined_on left_on confidence")
class Membership(models.Model):
    """A zone's membership [joined_on, left_on) in an association; intervals of a pair never overlap."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("高新区"))
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("联盟或网络")
    )
    role = models.CharField(_("角色"), max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    joined_on = models.DateField(_("加入日"), null=True, blank=True, help_text=_("留空表示加入日期未知"))
    left_on = models.DateField(_("退出日"), null=True, blank=True, help_text=_("首个不再是成员的日期"))
    confidence = models.CharField(_("可信度"), max_length=200, blank=True)

    class Meta:
        ordering = ("association", "zone")
        verbose_name = verbose_name_plural = _("成员关系")
        constraints = (
            ExclusionConstraint(
                name="memberships_do_not_overlap",
                expressions=[
                    ("zone", RangeOperators.EQUAL),
                    ("association", RangeOperators.EQUAL),
                    (DateRange(F("joined_on"), F("left_on")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("该园区在此期间已是成员：请先登记原成员关系的退出日，再新增。"),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gt=F("joined_on")),
                violation_error_message=_("退出日须晚于加入日。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.zone} · {self.association}"
