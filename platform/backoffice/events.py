"""Events: the list, the form of who organizes, and the steps from a draft to what was held."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.base import ChildRows, is_editable
from backoffice.changelist import name_column
from backoffice.event_pages import EventPages
from backoffice.filters import Rows, SideFilter, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.held_events import HeldEvents
from backoffice.inlines import RowsInline
from backoffice.principals import principal_of
from backoffice.rows import visible_rows
from backoffice.steps import Step
from matching.choices import EventKind
from matching.choices import EventState as State
from matching.models import Event, EventOrganizer
from matching.services import event_timetables, events
from matching.services.event_states import TO_COME, TRANSITIONS
from matching.wording import event_time_text
from zones.models import Zone
from zones.scoping import Principal

TONES = {
    State.DRAFT: "info",
    State.PUBLISHED: "success",
    State.RUNNING: "warning",
    State.HELD: "default",
    State.CANCELLED: "danger",
}
OF_MEETINGS = frozenset({"ask-timetable", "release-timetable"})


def _by_time(rows: Rows, value: str, principal: Principal) -> Rows:
    now = timezone.now()
    return rows.filter(ends_at__gte=now) if value == "coming" else rows.filter(ends_at__lt=now)


TimeFilter = rule_filter("time", _("时间"), [("coming", _("将举办")), ("past", _("已结束"))], _by_time)


class OrganizerInline(RowsInline):
    model = EventOrganizer
    fk_name = "event"
    fields = ("role", "zone", "association", "name_zh")
    verbose_name_plural = _("协办与支持（每行只填园区、联盟、其他单位名称中的一个）")
    max_num = 30


def _step(name: str, label: Any, icon: str, service: Any, is_offered: Any, done: Any, **more: Any) -> Step:
    def run(principal: Principal, row: Any, version: int | None) -> Any:
        return service(principal, event_id=row.pk, version=version)

    def offered(principal: Principal, row: Any) -> bool:
        return bool(is_offered(row) and is_editable(Event)(principal, row))

    return Step(name, label, icon, run, offered, done, **more)


def _has_begun(row: Any) -> bool:
    return bool(row.state in TRANSITIONS[State.RUNNING] and row.starts_at <= timezone.now())


def _may_ask(row: Any) -> bool:
    return bool(row.state in TO_COME and row.has_meetings)


def _may_release(row: Any) -> bool:
    return bool(
        _may_ask(row)
        and row.timetable_released_at is None
        and row.timetable_built_at is not None
        and row.timetable_asked_at is None
    )


@admin.register(Event)
class EventAdmin(HeldEvents, EventPages):
    """A form to who organizes until it is over; whatever they do with guests has pages of its own."""

    add_title = _("发起活动")
    when_empty = _("园区或联盟发起的活动会显示在这里。")
    ordering = ("-starts_at", "-id")
    shown_title = name_column(_("名称"), "title_zh")
    list_display = ("shown_title", "kind", "shown_host", "shown_state", "starts_at", "shown_seats")
    list_select_related = ("zone", "association")
    list_filter = (
        SideFilter,
        TimeFilter,
        choice_filter("state", _("状态"), State.choices),
        choice_filter("kind", _("类别"), EventKind.choices),
    )
    search_fields = ("title_zh", "title_en", "summary_zh")
    search_help_text = _("按名称、说明查找")
    actions = None
    inlines = (OrganizerInline,)
    fieldsets = (
        (
            _("活动"),
            {
                "fields": (
                    ("kind", "dimension", "visibility"), ("zone", "association"), ("title_zh", "title_en"),
                    "summary_zh", "place_zh", "starts_at", "ends_at", "call",
                ),
                "description": _("主办方填高新区或联盟（网络）中的一个。保存后为草稿，发布后按可见范围公布。"),
            },
        ),
        (_("报名"), {"fields": ("registration_opens_at", "registration_closes_at", "capacity")}),
        (
            _("一对一洽谈"),
            {
                "fields": ("meetings_start_at", ("slot_minutes", "slots", "tables")),
                "description": _("按场次与洽谈桌编排：双方都想见的优先。场次填 0 表示不安排。"),
            },
        ),
    )  # fmt: skip
    steps = (
        _step(
            "publish", _("发布活动"), "campaign", events.publish_event, lambda row: row.state == State.DRAFT,
            _("活动已发布"), style="primary", confirm=_("发布后可见范围内的单位即可看到并报名。确定发布？"),
        ),
        _step("start", _("活动开始"), "play_arrow", events.start_event, _has_begun, _("活动已开始")),
        _step(
            "ask-timetable", _("编排洽谈"), "calendar_view_week", event_timetables.ask_timetable, _may_ask,
            _("正在编排洽谈"),
        ),
        _step(
            "release-timetable", _("发布洽谈安排"), "send", event_timetables.release_timetable, _may_release,
            _("洽谈安排已发布，双方已收到通知"), style="primary",
            confirm=_("发布后双方会收到通知；再次编排只补充新的洽谈，已发布的不变。确定发布？"),
        ),
    )  # fmt: skip

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system or bool(principal.staff_zones | principal.secretariats)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is over is read."""
        is_over = obj is not None and obj.pk is not None and obj.state in (State.HELD, State.CANCELLED)
        return not is_over and super().has_change_permission(request, obj)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        zones = Zone.objects.filter(pk__in=principal_of(request).staff_zones)
        return {"visibility": "national", "zone": zones[0].public_id if len(zones) == 1 else None}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        organizers = rows.get("organizers")
        if row is None:
            return events.draft_event(principal, organizers=organizers, **values)
        return events.update_event(principal, event_id=row.pk, version=version, organizers=organizers, **values)

    def url_after_step(self, row: Any, step: Step) -> str:
        return self.url_of(row, "meetings") if step.name in OF_MEETINGS else super().url_after_step(row, step)

    # The list and one event

    @admin.display(description=_("主办方"))
    def shown_host(self, row: Event) -> str:
        return str(row.host)

    @display(description=_("状态"), label=TONES)
    def shown_state(self, row: Event) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @admin.display(description=_("报名人数"))
    def shown_seats(self, row: Event) -> str:
        return str(row.taken) if row.capacity is None else f"{row.taken} / {row.capacity}"

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        told = {
            "record_badge": {"text": row.get_state_display(), "type": TONES[row.state]},
            "record_facts": [row.get_kind_display(), str(row.host), event_time_text(row), row.place_zh],
        }
        return super().record_context(request, row) | told

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        end = [*(["cancelled_because_zh"] if row.state == State.CANCELLED else []), "held_at", "result_zh"]
        return [*super().read_fieldsets(request, row), (gettext("举办情况"), end)]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = visible_rows(EventOrganizer, principal_of(request)).filter(event=row)
        rows = [[one.get_role_display(), str(one)] for one in found.select_related("zone", "association")]
        headings = [gettext("角色"), gettext("单位")]
        return [{"title": gettext("协办与支持"), "headings": headings, "rows": rows}] if rows else []
