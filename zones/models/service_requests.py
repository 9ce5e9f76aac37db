"""Requests for the use of a resource: what is wished and agreed, what was said, what was done, and how it was rated."""

import uuid
from decimal import Decimal
from typing import Any, Final

import pghistory
from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.choices import EndReason, EntryKind, PriceUnit, RequestKind, RequestSide, RequestState
from zones.models.base import Recorded, ScopedModel
from zones.models.organizations import Organization
from zones.models.places import Zone
from zones.models.resources import Resource

LONGEST_TEXT: Final = 1000
WAITING: Final = (RequestState.SENT, RequestState.QUESTIONED, RequestState.RECORDED)
"""States in which somebody must act before a term runs out."""
AGREED: Final = (RequestState.ACCEPTED, RequestState.RECORDED, RequestState.DISPUTED, RequestState.CONFIRMED)
"""States with an agreement on dates and fee."""
ENDED: Final = (
    RequestState.CONFIRMED, RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.EXPIRED, RequestState.CANCELLED
)  # fmt: skip
WAITS_FOR: Final = {
    RequestState.SENT: RequestSide.PROVIDER,
    RequestState.QUESTIONED: RequestSide.REQUESTER,
    RequestState.ACCEPTED: RequestSide.PROVIDER,
    RequestState.RECORDED: RequestSide.REQUESTER,
    RequestState.DISPUTED: RequestSide.PROVIDER,
}
"""Whose turn it is."""


def _text(label: Any, longest: int = LONGEST_TEXT, **options: Any) -> "models.TextField[str, str]":
    return models.TextField(label, max_length=longest, validators=[MaxLengthValidator(longest)], **options)


def _amount(label: Any, **options: Any) -> "models.DecimalField[Any, Decimal | None]":
    """Money in 元, or hours."""
    return models.DecimalField(label, max_digits=16, decimal_places=2, null=True, blank=True, **options)


def _not_negative(*names: str) -> Q:
    holds = Q()
    for name in names:
        holds &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0})
    return holds


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version resource organization zone kind wished_from wished_to quantity hours purpose "
    "is_classified price_from price_to price_unit estimate_from estimate_to state agreed_from agreed_to agreed_hours "
    "agreed_fee reason ended_side ended_at due_on expires_on is_sample created_at updated_at",
    scoped="requested_by remind_on reminders",
)
class ServiceRequest(Recorded):
    """One organization asks for one resource. `organization` and `zone` are the requester's; who provides, the
    resource says. Prices are those of the day on which it was sent.
    """

    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="service_requests", verbose_name=_("资源")
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="service_requests", verbose_name=_("申请单位")
    )
    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, related_name="service_requests", verbose_name=_("申请单位所在高新区")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("申请人"),
    )
    kind = models.CharField(_("申请类型"), max_length=16, choices=RequestKind.choices)
    wished_from = models.DateField(_("希望开始日"))
    wished_to = models.DateField(_("希望结束日"))
    quantity = models.PositiveIntegerField(_("样品数或数量"), null=True, blank=True)
    hours = _amount(_("机时（小时）"))
    purpose = _text(_("用途与要求"))
    is_classified = models.BooleanField(_("涉密"), default=False)
    price_from = _amount(_("价格（元，起）"), editable=False)
    price_to = _amount(_("价格（元，止）"), editable=False)
    price_unit = models.CharField(_("计价单位"), max_length=10, choices=PriceUnit.choices, blank=True, editable=False)
    estimate_from = _amount(_("估算费用（元，起）"), editable=False)
    estimate_to = _amount(_("估算费用（元，止）"), editable=False)
    state = models.CharField(
        _("状态"), max_length=12, choices=RequestState.choices, default=RequestState.SENT, editable=False
    )
    agreed_from = models.DateField(_("约定开始日"), null=True, blank=True)
    agreed_to = models.DateField(_("约定结束日"), null=True, blank=True)
    agreed_hours = _amount(_("约定机时（小时）"))
    agreed_fee = _amount(_("约定费用（元）"))
    reason = models.CharField(_("原因"), max_length=20, choices=EndReason.choices, blank=True)
    ended_side = models.CharField(_("由谁结束"), max_length=10, choices=RequestSide.choices, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    remind_on = models.DateField(_("提醒日"), null=True, blank=True)
    due_on = models.DateField(_("应办结日"), null=True, blank=True)
    expires_on = models.DateField(_("逾期关闭日"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("已提醒次数"), default=0)

    class Meta(Recorded.Meta):
        ordering = ("-id",)
        verbose_name = _("服务申请")
        verbose_name_plural = pgettext_lazy("plural", "服务申请")
        indexes = (
            models.Index(fields=["resource", "state"], name="request_resource_state"),
            models.Index(fields=["organization", "state"], name="request_organization_state"),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="request_due"),
        )
        constraints = (
            models.CheckConstraint(
                name="request_is_not_classified",
                condition=Q(is_classified=False),
                violation_error_message=_("涉密事项不得在本平台申请，请走保密渠道。"),
            ),
            models.CheckConstraint(
                name="request_dates_ordered",
                condition=Q(wished_from__lte=F("wished_to")),
                violation_error_message=_("希望结束日不得早于开始日。"),
            ),
            models.CheckConstraint(
                name="request_amounts_not_negative",
                condition=_not_negative("hours", "estimate_from", "estimate_to", "agreed_hours", "agreed_fee"),
                violation_error_message=_("机时与费用不得为负。"),
            ),
            models.CheckConstraint(
                name="request_agreement_is_whole",
                condition=Q(agreed_from__isnull=True, agreed_to__isnull=True, agreed_fee__isnull=True)
                | Q(agreed_from__lte=F("agreed_to"), agreed_fee__isnull=False),
                violation_error_message=_("请填写约定的起止日期与费用；结束日不得早于开始日。"),
            ),
            models.CheckConstraint(
                name="request_state_tells_its_agreement",
                condition=Q(state=RequestState.CANCELLED, agreed_from__isnull=False)
                | Q(state__in=AGREED, agreed_from__isnull=False)
                | (~Q(state__in=(*AGREED, RequestState.CANCELLED)) & Q(agreed_from__isnull=True)),
            ),
            models.CheckConstraint(
                name="request_state_tells_its_end",
                condition=(~Q(state__in=ENDED) & Q(ended_at__isnull=True, ended_side=""))
                | (Q(state__in=ENDED, ended_at__isnull=False) & ~Q(ended_side="")),
            ),
            models.CheckConstraint(
                name="request_refusal_has_its_reason",
                condition=(Q(state__in=(RequestState.DECLINED, RequestState.CANCELLED)) & ~Q(reason=""))
                | (~Q(state__in=(RequestState.DECLINED, RequestState.CANCELLED)) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="request_waits_for_a_term",
                condition=Q(state__in=WAITING, remind_on__isnull=False, due_on__isnull=False, expires_on__isnull=False)
                | Q(
                    state__in=(RequestState.ACCEPTED, RequestState.DISPUTED),
                    remind_on__isnull=False,
                    due_on__isnull=False,
                    expires_on__isnull=True,
                )
                | Q(state__in=ENDED, remind_on__isnull=True, due_on__isnull=True, expires_on__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.resource} · {self.get_kind_display()}"

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def waits_for(self) -> str:
        """Whose turn it is; nobody's once it has ended."""
        return WAITS_FOR.get(RequestState(self.state), "")


@pghistory.track()
@classified(public="id public_id request kind side text created_at", scoped="author")
class ServiceEntry(ScopedModel):
    """One line of a request's thread: a step with its words, or words alone. Never changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        ServiceRequest, on_delete=models.CASCADE, related_name="entries", verbose_name=_("服务申请")
    )
    kind = models.CharField(_("类型"), max_length=10, choices=EntryKind.choices)
    side = models.CharField(_("哪一方"), max_length=10, choices=RequestSide.choices)
    text = _text(_("内容"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("填写人"),
    )
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("request", "id")
        verbose_name = verbose_name_plural = _("往来记录")
        constraints = (
            models.CheckConstraint(name="message_says_something", condition=~Q(kind=EntryKind.MESSAGE) | ~Q(text="")),
        )

    def __str__(self) -> str:
        return f"{self.get_side_display()} · {self.get_kind_display()}"


@pghistory.track()
@classified(
    public="request started_on ended_on hours quantity fee result recorded_at confirmed_at", scoped="recorded_by"
)
class ServiceRecord(ScopedModel):
    """What was done, as the provider says it; the requester confirms it or objects."""

    request = models.OneToOneField(
        ServiceRequest, primary_key=True, on_delete=models.CASCADE, related_name="record", verbose_name=_("服务申请")
    )
    started_on = models.DateField(_("实际开始日"))
    ended_on = models.DateField(_("实际结束日"))
    hours = _amount(_("实际机时（小时）"))
    quantity = models.PositiveIntegerField(_("实际样品数或数量"), null=True, blank=True)
    fee = models.DecimalField(_("实际费用（元）"), max_digits=16, decimal_places=2)
    result = _text(_("服务结果"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("登记人"),
    )
    recorded_at = models.DateTimeField(_("登记时间"), db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, editable=False)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("服务记录")
        constraints = (
            models.CheckConstraint(
                name="record_dates_ordered",
                condition=Q(started_on__lte=F("ended_on")),
                violation_error_message=_("实际结束日不得早于开始日。"),
            ),
            models.CheckConstraint(
                name="record_amounts_not_negative",
                condition=_not_negative("hours", "fee"),
                violation_error_message=_("机时与费用不得为负。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.request)


@pghistory.track()
@classified(public="id request side stars comment created_at", scoped="rated_by")
class ServiceRating(ScopedModel):
    """How one side found the other; shown to the other side once both have rated, or the time for it is over."""

    request = models.ForeignKey(
        ServiceRequest, on_delete=models.CASCADE, related_name="ratings", verbose_name=_("服务申请")
    )
    side = models.CharField(_("哪一方"), max_length=10, choices=RequestSide.choices)
    stars = models.PositiveSmallIntegerField(_("评分"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = _text(_("评语"), 500, blank=True)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("评价人"),
    )
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("request", "id")
        verbose_name = verbose_name_plural = _("服务评价")
        constraints = (
            models.UniqueConstraint(
                fields=["request", "side"],
                name="one_rating_per_side",
                violation_error_message=_("本方已经评价过：每方评价一次。"),
            ),
            models.CheckConstraint(name="rating_in_range", condition=Q(stars__range=(1, 5))),
            models.CheckConstraint(
                name="rating_is_of_a_side", condition=Q(side__in=(RequestSide.REQUESTER, RequestSide.PROVIDER))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.stars}"
