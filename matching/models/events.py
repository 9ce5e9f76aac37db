"""Events: what they are, when and where, and who organizes them."""

from datetime import datetime, timedelta

import pghistory
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import Dimension, EventKind, EventState, OrganizerRole
from matching.models.calls import NeedCall
from zones.choices import Visibility
from zones.models import Association, Zone
from zones.models.base import Recorded, ScopedModel, in_language
from zones.models.columns import user_key

MOST_SLOTS, MOST_TABLES, MOST_CAPACITY = 60, 200, 20_000


@pghistory.track(exclude=["updated_at", "taken"])
@classified(
    public="id public_id version zone association kind dimension title_zh title_en summary_zh place_zh starts_at "
    "ends_at registration_opens_at registration_closes_at capacity taken visibility state published_at held_at "
    "cancelled_because_zh meetings_start_at slot_minutes slots tables timetable_released_at is_sample created_at "
    "updated_at",
    scoped="call author result_zh timetable_asked_at timetable_built_at timetable reminded_on",
)
class Event(Recorded):
    """A day, or several, on which organizations of several zones meet: of a zone or of an association.

    `taken` counts the seats of those who come; every registration writes it under the lock of this row, and the
    database refuses more than `capacity`. `timetable` says how good the timetable is that was built last.
    """

    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="gatherings", verbose_name=_("主办高新区")
    )
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, related_name="gatherings",
        verbose_name=_("主办联盟或网络"),
    )  # fmt: skip
    call = models.ForeignKey(
        NeedCall, null=True, blank=True, on_delete=models.PROTECT, related_name="gatherings",
        verbose_name=_("配合的需求征集"),
    )  # fmt: skip
    kind = models.CharField(_("类别"), max_length=10, choices=EventKind.choices)
    dimension = models.CharField(_("协同维度"), max_length=12, choices=Dimension.choices, blank=True)
    title_zh = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    summary_zh = models.TextField(_("活动说明"), validators=[MaxLengthValidator(1000)])
    place_zh = models.CharField(_("地点"), max_length=120, help_text=_("线上活动请写“线上”"))
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    registration_opens_at = models.DateTimeField(
        _("报名开始时间"), null=True, blank=True, help_text=_("不填表示发布即可报名")
    )
    registration_closes_at = models.DateTimeField(_("报名截止时间"))
    capacity = models.PositiveIntegerField(
        _("席位"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_CAPACITY)],
        help_text=_("按人数计；不填表示不限"),
    )  # fmt: skip
    taken = models.PositiveIntegerField(_("已占席位"), default=0, editable=False)
    visibility = models.CharField(_("可见范围"), max_length=12, choices=Visibility.choices, default=Visibility.NATIONAL)
    state = models.CharField(
        _("状态"), max_length=10, choices=EventState.choices, default=EventState.DRAFT, editable=False
    )
    author = user_key(_("填报人"))
    published_at = models.DateTimeField(_("发布时间"), null=True, editable=False)
    held_at = models.DateTimeField(_("登记举办时间"), null=True, editable=False)
    cancelled_because_zh = models.CharField(_("取消原因"), max_length=300, blank=True, editable=False)
    result_zh = models.TextField(_("活动成效"), blank=True, editable=False, validators=[MaxLengthValidator(1000)])
    meetings_start_at = models.DateTimeField(_("一对一洽谈开始时间"), null=True, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(
        _("每场分钟"), default=20, validators=[MinValueValidator(5), MaxValueValidator(180)]
    )
    slots = models.PositiveSmallIntegerField(
        _("洽谈场次"), default=0, validators=[MaxValueValidator(MOST_SLOTS)], help_text=_("0 表示不安排一对一洽谈")
    )
    tables = models.PositiveSmallIntegerField(_("洽谈桌"), default=0, validators=[MaxValueValidator(MOST_TABLES)])
    timetable_asked_at = models.DateTimeField(null=True, editable=False)
    timetable_built_at = models.DateTimeField(_("洽谈安排生成时间"), null=True, editable=False)
    timetable_released_at = models.DateTimeField(_("洽谈安排发布时间"), null=True, editable=False)
    timetable = models.JSONField(default=dict, editable=False)
    reminded_on = models.DateField(_("已提醒日"), null=True, editable=False)

    class Meta(Recorded.Meta):
        ordering = ("-starts_at", "-id")
        verbose_name = _("活动")
        verbose_name_plural = pgettext_lazy("plural", "活动")
        indexes = (models.Index(fields=["state", "starts_at"], name="event_by_time"),)
        constraints = (
            models.CheckConstraint(
                name="event_has_one_host",
                condition=Q(zone__isnull=False, association__isnull=True)
                | Q(zone__isnull=True, association__isnull=False),
                violation_error_message=_("主办方请填高新区，或联盟（网络），只填一个；其余写入协办。"),
            ),
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("结束时间须晚于开始时间。"),
            ),
            models.CheckConstraint(
                name="event_registration_ends_with_it",
                condition=Q(registration_closes_at__lte=F("ends_at"))
                & (Q(registration_opens_at__isnull=True) | Q(registration_opens_at__lt=F("registration_closes_at"))),
                violation_error_message=_("报名须先开始、后截止，并在活动结束前截止。"),
            ),
            models.CheckConstraint(
                name="event_never_oversold",
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                violation_error_message=_("席位不能少于已报名的人数：请先调整报名，或增加席位。"),
            ),
            models.CheckConstraint(
                name="event_of_an_association_is_not_of_a_zone",
                condition=Q(zone__isnull=False) | ~Q(visibility=Visibility.ZONE),
                violation_error_message=_("联盟（网络）的活动不能只对一个园区可见：请另选可见范围。"),
            ),
            models.CheckConstraint(
                name="event_is_published_at_a_time",
                condition=Q(state=EventState.DRAFT, published_at__isnull=True)
                | Q(state=EventState.CANCELLED)
                | (
                    Q(state__in=(EventState.PUBLISHED, EventState.RUNNING, EventState.HELD), published_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="event_is_held_at_a_time",
                condition=Q(state=EventState.HELD, held_at__isnull=False)
                | (~Q(state=EventState.HELD) & Q(held_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="event_cancelled_has_its_reason",
                condition=(Q(state=EventState.CANCELLED) & ~Q(cancelled_because_zh=""))
                | (~Q(state=EventState.CANCELLED) & Q(cancelled_because_zh="")),
                violation_error_message=_("请写明取消原因。"),
            ),
            models.CheckConstraint(
                name="event_meetings_have_time_and_tables",
                condition=Q(slots=0) | Q(meetings_start_at__gte=F("starts_at"), tables__gt=0),
                violation_error_message=_("设了洽谈场次，请填写洽谈桌数，以及不早于活动开始的洽谈开始时间。"),
            ),
            models.CheckConstraint(
                name="event_releases_what_was_built",
                condition=Q(timetable_released_at__isnull=True) | Q(timetable_built_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def host(self) -> Zone | Association:
        found = self.zone if self.zone_id else self.association
        assert found is not None
        return found

    @property
    def places_left(self) -> int | None:
        """None: as many as like to come."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def has_meetings(self) -> bool:
        return self.slots > 0

    def is_open_at(self, now: datetime) -> bool:
        """Whether one may register."""
        has_begun = self.registration_opens_at is None or self.registration_opens_at <= now
        return self.state == EventState.PUBLISHED and has_begun and now < self.registration_closes_at

    def slot_times(self, slot: int) -> tuple[datetime, datetime]:
        """When the slot, counted from 0, begins and ends. Raises ValueError where there is none."""
        if self.meetings_start_at is None or not 0 <= slot < self.slots:
            raise ValueError(f"no slot {slot}")
        length = timedelta(minutes=self.slot_minutes)
        begin = self.meetings_start_at + slot * length
        return begin, begin + length


@pghistory.track()
@classified(public="id event role zone association name_zh position")
class EventOrganizer(ScopedModel):
    """Who organizes an event with its host. A co-host on record does what the host does; a supporter is only named."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="organizers")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(
        _("角色"), max_length=8, choices=OrganizerRole.choices, default=OrganizerRole.CO_HOST,
        help_text=_("协办的园区与联盟（网络）和主办方一样办理报名、签到与洽谈"),
    )  # fmt: skip
    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("高新区")
    )
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("联盟或网络")
    )
    name_zh = models.CharField(_("其他单位名称"), max_length=120, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = verbose_name_plural = _("协办与支持")
        constraints = (
            models.CheckConstraint(
                name="event_organizer_is_one",
                condition=Q(zone__isnull=False, association__isnull=True, name_zh="")
                | Q(zone__isnull=True, association__isnull=False, name_zh="")
                | (Q(zone__isnull=True, association__isnull=True) & ~Q(name_zh="")),
                violation_error_message=_("每行只填高新区、联盟（网络）、其他单位名称中的一个。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.zone or self.association or self.name_zh)
