"""Exchanges: the two sides of a pair, from the first expression of interest to an agreement or a coded reason."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import ContactField, ExchangeState, ExitReason, Side
from matching.models.needs import Need
from zones.models import Resource
from zones.models.base import Recorded, ScopedModel
from zones.models.columns import public_key, user_key

ANSWER = [MaxLengthValidator(500)]
MARK_RESOURCE = (
    "INSERT INTO ledger_changemark (subject, object_id) VALUES ('resource', NEW.resource_id); "
    "IF TG_OP = 'UPDATE' AND OLD.resource_id <> NEW.resource_id THEN "
    "INSERT INTO ledger_changemark (subject, object_id) VALUES ('resource', OLD.resource_id); END IF; RETURN NEW;"
)
"""A place taken or given back changes what of the resource can be proposed: its document is made again."""
LIVE_EXCHANGES = (
    ExchangeState.INTEREST_SENT,
    ExchangeState.CONSENT_PENDING,
    ExchangeState.DISCLOSED,
    ExchangeState.NEGOTIATING,
    ExchangeState.AGREED,
)
EXITS_WITH_REASON = (ExchangeState.DECLINED, ExchangeState.FAILED)
ACCEPTED = (ExchangeState.CONSENT_PENDING, ExchangeState.DISCLOSED, ExchangeState.NEGOTIATING, ExchangeState.AGREED)


@pghistory.track(exclude=["updated_at", "stirred_at"])
@classified(
    public="id public_id version need resource state asked_by_side cooperation_zh unclear_zh offer_zh need_version "
    "resource_version told sent_at answer_due_on expires_on answered_at answer_zh exit_side exit_reason exit_zh "
    "ended_at is_sample created_at updated_at",
    scoped="asker answerer ender remind_on reminded_on escalated_on stirred_at nudged_on",
)
class Exchange(Recorded):
    """Two sides who may come to work together. Whose the need is stays untold until both have consented.

    `told` is what the sides read of each other when the interest was sent: need and resource may change, or be closed
    to the other side, while they talk.
    """

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="exchanges", verbose_name=_("需求"))
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="exchanges", verbose_name=_("资源"))
    state = models.CharField(
        _("状态"), max_length=16, choices=ExchangeState.choices, default=ExchangeState.INTEREST_SENT, editable=False
    )
    asked_by_side = models.CharField(_("发起方"), max_length=8, choices=Side.choices, editable=False)
    cooperation_zh = models.TextField(_("希望怎样合作"), validators=ANSWER)
    unclear_zh = models.TextField(_("还需对方说明什么"), blank=True, validators=ANSWER)
    offer_zh = models.TextField(_("我方能带来什么"), validators=ANSWER)
    need_version = models.PositiveIntegerField(editable=False)
    resource_version = models.PositiveIntegerField(editable=False)
    told = models.JSONField(_("发起时双方所见"), default=dict, editable=False)
    asker = user_key(_("发起人"))
    sent_at = models.DateTimeField(_("发起时间"), db_default=Now(), editable=False)
    remind_on = models.DateField(_("提醒日"), editable=False)
    answer_due_on = models.DateField(_("应答复日"), editable=False)
    expires_on = models.DateField(_("失效日"), editable=False)
    reminded_on = models.DateField(_("已提醒日"), null=True, editable=False)
    escalated_on = models.DateField(_("已上报日"), null=True, editable=False)
    answered_at = models.DateTimeField(_("答复时间"), null=True, editable=False)
    answerer = user_key(_("答复人"))
    answer_zh = models.TextField(_("答复"), blank=True, validators=ANSWER)
    exit_side = models.CharField(_("结束方"), max_length=8, choices=Side.choices, blank=True, editable=False)
    exit_reason = models.CharField(_("结束原因"), max_length=12, choices=ExitReason.choices, blank=True)
    exit_zh = models.CharField(_("结束说明"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, editable=False)
    ender = user_key(_("结束人"))
    stirred_at = models.DateTimeField(_("最近洽谈时间"), null=True, editable=False)
    nudged_on = models.DateField(_("已提醒推进日"), null=True, editable=False)

    class Meta(Recorded.Meta):
        ordering = ("-id",)
        verbose_name = _("对接")
        verbose_name_plural = pgettext_lazy("plural", "对接")
        indexes = (models.Index(fields=["expires_on"], condition=Q(state="interest_sent"), name="exchange_waiting"),)
        constraints = (
            models.UniqueConstraint(
                fields=["need", "resource"],
                condition=Q(ended_at__isnull=True),
                name="one_live_exchange_per_pair",
                violation_error_message=_("双方已在对接中：请在原有对接中继续。"),
            ),
            models.CheckConstraint(
                name="exchange_ends_by_its_state",
                condition=Q(state__in=LIVE_EXCHANGES, ended_at__isnull=True, exit_side="")
                | (~Q(state__in=LIVE_EXCHANGES) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="exchange_exit_has_its_reason",
                condition=(Q(state__in=EXITS_WITH_REASON) & ~Q(exit_reason="") & ~Q(exit_side=""))
                | (~Q(state__in=EXITS_WITH_REASON) & Q(exit_reason="")),
                violation_error_message=_("请选择原因。"),
            ),
            models.CheckConstraint(
                name="accepted_exchange_was_answered",
                condition=~Q(state__in=ACCEPTED) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="exchange_terms_in_order",
                condition=Q(remind_on__lte=F("answer_due_on"), answer_due_on__lte=F("expires_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id} × {self.resource_id}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    @property
    def answering_side(self) -> Side:
        """Who was asked."""
        return Side.RESOURCE if self.asked_by_side == Side.NEED else Side.NEED


@classified(public="id public_id exchange from_state to_state side at reason words_zh", scoped="user")
class ExchangeStep(ScopedModel):
    """One transition of an exchange: who took it and when. Rows are never changed."""

    public_id = public_key()
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=16, choices=ExchangeState.choices, blank=True)
    to_state = models.CharField(max_length=16, choices=ExchangeState.choices)
    side = models.CharField(_("哪一方"), max_length=8, choices=Side.choices, blank=True)
    user = user_key(_("经手人"))
    reason = models.CharField(_("原因"), max_length=12, choices=ExitReason.choices, blank=True)
    words_zh = models.CharField(_("说明"), max_length=500, blank=True)
    at = models.DateTimeField(_("时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("对接进程")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


@pghistory.track()
@classified(
    public="id public_id exchange side text_version purpose_zh fields valid_until given_at withdrawn_at",
    scoped="contact giver basis_zh withdrawer",
)
class Consent(ScopedModel):
    """One side lets the other see fields of one of its contacts, for a purpose and until a day.

    Where the staff of a zone give it for an organization, `basis_zh` says by what they may: a letter, a call.
    """

    public_id = public_key()
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="consents")
    side = models.CharField(_("哪一方"), max_length=8, choices=Side.choices)
    text_version = models.PositiveSmallIntegerField(_("同意书版本"))
    contact = models.UUIDField(_("联系方式编号"))
    fields = ArrayField(models.CharField(max_length=12, choices=ContactField.choices), verbose_name=_("可见内容"))
    purpose_zh = models.CharField(_("用途"), max_length=200)
    valid_until = models.DateField(_("有效至"))
    giver = user_key(_("同意人"))
    basis_zh = models.CharField(_("代为同意的依据"), max_length=200, blank=True)
    given_at = models.DateTimeField(_("同意时间"), db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, editable=False)
    withdrawer = user_key(_("撤回人"))

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = _("同意书")
        verbose_name_plural = pgettext_lazy("plural", "同意书")
        constraints = (
            models.UniqueConstraint(
                fields=["exchange", "side"], condition=Q(withdrawn_at__isnull=True), name="one_consent_per_side"
            ),
            models.CheckConstraint(name="consent_opens_something", condition=~Q(fields=[])),
        )

    def __str__(self) -> str:
        return f"{self.exchange_id} · {self.get_side_display()}"


@classified(public="id public_id exchange consent fields seen_at", scoped="user side contact")
class Disclosure(ScopedModel):
    """Somebody of one side was shown a contact of the other: who, when, by which consent. Rows are never changed."""

    public_id = public_key()
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="disclosures")
    side = models.CharField(_("查看方"), max_length=8, choices=Side.choices)
    user = user_key(_("查看人"))
    contact = models.UUIDField(_("联系方式编号"))
    fields = ArrayField(models.CharField(max_length=12, choices=ContactField.choices), verbose_name=_("所见内容"))
    seen_at = models.DateTimeField(_("查看时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("联系方式披露记录")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.exchange_id} · {self.get_side_display()}"


@classified(public="id exchange resource slot held_at released_at")
class Booking(ScopedModel):
    """A place of a resource that an exchange holds, from the answer until its end. Two never hold the same."""

    exchange = models.OneToOneField(Exchange, on_delete=models.PROTECT, related_name="booking")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="bookings")
    slot = models.PositiveIntegerField()
    held_at = models.DateTimeField(db_default=Now(), editable=False)
    released_at = models.DateTimeField(null=True, editable=False)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("承接名额")
        constraints = (
            models.UniqueConstraint(
                fields=["resource", "slot"], condition=Q(released_at__isnull=True), name="one_booking_per_place"
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="mark_places",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=MARK_RESOURCE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.resource_id} #{self.slot}"
