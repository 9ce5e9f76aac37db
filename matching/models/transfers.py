"""What moved between zones: results that were converted, people who went, and what was tried on proving grounds."""

from decimal import Decimal
from typing import Any

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import TalentRole, TrialResult
from matching.models.contracts import TechContract
from matching.models.cooperations import Cooperation
from zones.models import Organization, Region, Resource, Zone
from zones.models.columns import money, reference
from zones.models.kept import KEPT, Kept, in_order, one_named, one_of_two


@pghistory.track(exclude=["updated_at"])
@classified(
    public=f"{KEPT} resource from_zone landing_zone landing_region contract amount converted_on", scoped="author"
)
class Conversion(Kept):
    """A result of one zone that came to use in a place; `title_zh` names the result, also where it is not on record."""

    begins = "converted_on"

    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="conversions",
        verbose_name=_("科技成果"), help_text=_("平台上登记的科技成果"),
    )  # fmt: skip
    from_zone = reference(Zone, _("成果所在高新区"), is_optional=False)
    landing_zone = reference(Zone, _("落地高新区"))
    landing_region = reference(Region, _("落地省份"), help_text=_("不在高新区内落地的填写"))
    contract = models.ForeignKey(
        TechContract, null=True, blank=True, on_delete=models.PROTECT, related_name="conversions",
        verbose_name=_("技术合同"),
    )  # fmt: skip
    amount: "models.DecimalField[Any, Decimal | None]" = money(_("转化金额（元）"), null=True, blank=True)
    converted_on = models.DateField(_("转化日"))

    class Meta(Kept.Meta):
        ordering = ("-converted_on", "-id")
        verbose_name = _("成果转化")
        verbose_name_plural = pgettext_lazy("plural", "成果转化")
        constraints = (
            *Kept.Meta.constraints,
            one_of_two(
                "conversion_lands_in_a_zone_or_region", "landing_zone", "landing_region",
                _("落地请填写高新区；不在高新区内的，只填写省份。"),
            ),
            models.CheckConstraint(
                name="conversion_amount_in_range",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                violation_error_message=_("转化金额不得为负。"),
            ),
        )  # fmt: skip


@pghistory.track(exclude=["updated_at"])
@classified(
    public=f"{KEPT} from_zone from_region to_zone to_region role person_times started_on ended_on cooperation",
    scoped="author",
)
class TalentExchange(Kept):
    """So many went from one place to another, as what, and from when to when; who they were is not recorded."""

    begins, ends, is_inclusive = "started_on", "ended_on", True

    from_zone = reference(Zone, _("派出高新区"))
    from_region = reference(Region, _("派出省份"))
    to_zone = reference(Zone, _("接收高新区"))
    to_region = reference(Region, _("接收省份"))
    role = models.CharField(_("人员类别"), max_length=10, choices=TalentRole.choices)
    person_times = models.PositiveIntegerField(_("人次"), validators=[MinValueValidator(1)])
    started_on = models.DateField(_("开始日"))
    ended_on = models.DateField(_("结束日"), null=True, blank=True, help_text=_("最后一天；仍在进行的留空"))
    cooperation = models.ForeignKey(
        Cooperation, null=True, blank=True, on_delete=models.PROTECT, related_name="talent_exchanges",
        verbose_name=_("所属合作"),
    )  # fmt: skip

    class Meta(Kept.Meta):
        ordering = ("-started_on", "-id")
        verbose_name = _("人才交流")
        verbose_name_plural = pgettext_lazy("plural", "人才交流")
        constraints = (
            *Kept.Meta.constraints,
            one_of_two(
                "talent_comes_from_a_zone_or_region", "from_zone", "from_region",
                _("派出地请填写高新区；不在高新区内的，只填写省份。"),
            ),
            one_of_two(
                "talent_goes_to_a_zone_or_region", "to_zone", "to_region",
                _("接收地请填写高新区；不在高新区内的，只填写省份。"),
            ),
            in_order("talent_exchange_days_in_order", "started_on", "ended_on", is_inclusive=True),
            models.CheckConstraint(
                name="talent_exchange_counts_somebody",
                condition=Q(person_times__gt=0),
                violation_error_message=_("人次须大于 0。"),
            ),
        )  # fmt: skip


@pghistory.track(exclude=["updated_at"])
@classified(
    public=f"{KEPT} testbed organization name_zh track_code started_on ended_on result result_zh", scoped="author"
)
class Trial(Kept):
    """What somebody tried on a proving ground, in which of the fields of future industry, and with what result."""

    begins, ends, is_inclusive = "started_on", "ended_on", True

    testbed = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="trials", verbose_name=_("试验场"))
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="trials",
        verbose_name=_("试验单位"),
    )  # fmt: skip
    name_zh = models.CharField(_("平台外试验单位"), max_length=120, blank=True)
    track_code = models.CharField(_("赛道"), max_length=20, help_text=_("未来产业六大领域的代码"))
    started_on = models.DateField(_("开始日"))
    ended_on = models.DateField(_("结束日"), null=True, blank=True, help_text=_("最后一天；仍在进行的留空"))
    result = models.CharField(_("结果"), max_length=8, choices=TrialResult.choices, blank=True)
    result_zh = models.CharField(_("结果说明"), max_length=300, blank=True)

    class Meta(Kept.Meta):
        ordering = ("-started_on", "-id")
        verbose_name = _("试验")
        verbose_name_plural = pgettext_lazy("plural", "试验")
        constraints = (
            *Kept.Meta.constraints,
            one_named("trial_is_of_one", "organization"),
            in_order("trial_days_in_order", "started_on", "ended_on", is_inclusive=True),
            models.CheckConstraint(
                name="trial_result_once_over",
                condition=Q(result="", ended_on__isnull=True) | (~Q(result="") & Q(ended_on__isnull=False)),
                violation_error_message=_("结束的试验请同时填写结束日与结果。"),
            ),
        )
