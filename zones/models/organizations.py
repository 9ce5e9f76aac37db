"""Organizations, their aliases and, in tables of their own, the contact points nobody reads by accident and who did."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.choices import OrganizationKind
from zones.models.base import Recorded, ScopedModel, in_language
from zones.models.codes import CodesField
from zones.models.places import Region, Zone


@pghistory.track()
@classified(
    public="id public_id name_zh name_en pinyin_key kind zone region city industry_codes discipline_codes "
    "website is_sample version",
    scoped="credit_code parent is_listed confidence created_at updated_at merged_into",
)
class Organization(Recorded):
    """A legal person. Organizations of one group share a `parent`; a group never meets itself."""

    name_zh = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    pinyin_key = models.CharField(_("拼音排序键"), max_length=240, db_index=True, editable=False)
    kind = models.CharField(_("类型"), max_length=20, choices=OrganizationKind.choices)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, null=True, blank=True, unique=True)
    zone = models.ForeignKey(
        Zone,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organizations",
        verbose_name=_("所在高新区"),
    )
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("省级区域"))
    city = models.CharField(_("城市"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subsidiaries", verbose_name=_("所属集团")
    )
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))
    discipline_codes = CodesField("discipline", verbose_name=_("学科分类"))
    website = models.URLField(_("网站"), blank=True)
    is_listed = models.BooleanField(_("公开名录"), default=True, help_text=_("关闭后仅本园区与本单位可见"))
    confidence = models.CharField(_("可信度"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged",
        verbose_name=_("已并入"),
    )  # fmt: skip

    class Meta(Recorded.Meta):
        ordering = ("pinyin_key", "id")
        verbose_name = _("单位")
        verbose_name_plural = pgettext_lazy("plural", "单位")
        constraints = (
            models.UniqueConstraint(
                fields=["name_zh", "zone"], name="one_organization_name_per_zone", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="organization_is_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("pk"))
            ),
        )

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


@pghistory.track()
@classified(public="id organization name")
class OrganizationAlias(models.Model):
    """Another name an organization is known or searched by."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("单位")
    )
    name = models.CharField(_("别名"), max_length=120)

    class Meta:
        verbose_name = _("单位别名")
        verbose_name_plural = pgettext_lazy("plural", "单位别名")
        constraints = (models.UniqueConstraint(fields=["organization", "name"], name="one_alias_per_organization"),)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
@classified(scoped="id public_id organization title", pii="person_name phone email")
class ContactPoint(ScopedModel):
    """How to reach an organization. Read only through `zones.services.contacts`."""

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="contact_points", verbose_name=_("单位")
    )
    title = models.CharField(_("岗位"), max_length=60)
    person_name = models.CharField(_("联系人"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("联系方式")
        verbose_name_plural = pgettext_lazy("plural", "联系方式")

    def __str__(self) -> str:
        return self.title


@classified(public="id public_id organization contact title user reason seen_at")
class ContactAccess(ScopedModel):
    """Somebody was shown a contact point whole: who, when, which one and why. Rows are never changed.

    `contact` and `title` are those of the contact point then: it may be gone by now.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="contact_accesses", verbose_name=_("单位")
    )
    contact = models.UUIDField(_("联系方式编号"))
    title = models.CharField(_("岗位"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("查看人")
    )
    reason = models.CharField(_("查看理由"), max_length=200)
    seen_at = models.DateTimeField(_("查看时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("联系方式查看记录")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.organization} · {self.title}"
