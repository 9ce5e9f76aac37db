"""Zones and associations with their dated levels and memberships: read by all, changed by the system only."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.changelist import name_column
from backoffice.details import EMPTY
from backoffice.fields import PublicIdChoiceField
from backoffice.filters import RefusingFilter, Rows, choice_filter, rule_filter
from backoffice.panels import Panel
from backoffice.people import PeoplePages
from zones.choices import AssociationKind, MemberRole, ZoneLevelKind
from zones.models import Association, Membership, Region, Zone, ZoneLevel
from zones.scoping import Principal, in_force, today
from zones.services.places import add_membership, change_zone_level, is_member_list_published, leave_association


def _is_system(principal: Principal, row: Any) -> bool:
    return principal.is_system


class LevelForm(forms.Form):
    level = forms.ChoiceField(
        label=_("新级别"), choices=ZoneLevelKind.choices, widget=widgets.UnfoldAdminSelectWidget()
    )
    valid_from = forms.DateField(label=_("生效日"), widget=widgets.UnfoldAdminSingleDateWidget())
    source = forms.CharField(label=_("依据"), max_length=200, widget=widgets.UnfoldAdminTextInputWidget())


class JoinForm(forms.Form):
    zone = PublicIdChoiceField(
        Zone.objects.order_by("pinyin_key"), label=_("高新区"), widget=widgets.UnfoldAdminSelect2Widget()
    )
    role = forms.ChoiceField(
        label=_("角色"), choices=MemberRole.choices, initial=MemberRole.MEMBER, widget=widgets.UnfoldAdminSelectWidget()
    )
    joined_on = forms.DateField(label=_("加入日"), widget=widgets.UnfoldAdminSingleDateWidget())


class LeaveForm(forms.Form):
    zone = PublicIdChoiceField(Zone.objects.none(), label=_("退出的高新区"), widget=widgets.UnfoldAdminSelect2Widget())
    left_on = forms.DateField(
        label=_("退出日"), help_text=_("首个不再是成员的日期"), widget=widgets.UnfoldAdminSingleDateWidget()
    )


def _leave_form(principal: Principal, row: Any, data: Any) -> forms.Form:
    form = LeaveForm(data)
    members = Membership.objects.filter(association=row, left_on__isnull=True).values("zone_id")
    form.fields["zone"].queryset = Zone.objects.filter(pk__in=members).order_by("pinyin_key")  # type: ignore[attr-defined]
    return form


class RegionFilter(RefusingFilter):
    title = _("省级区域")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(region.code, str(region)) for region in Region.objects.order_by("code")]

    def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
        return rows.filter(region__code=value)


def _of_level(rows: Rows, value: str, principal: Principal) -> Rows:
    levels = ZoneLevel.objects.filter(in_force(today()), level=value)
    return rows.filter(pk__in=levels.values("zone_id"))


class PublicFacts(PeoplePages):
    """Public facts: nobody edits them by form; the system changes them by dated verbs."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Zone)
class ZoneAdmin(PublicFacts):
    ordering = ("pinyin_key",)
    shown_name = name_column(_("简称"), "short_zh")
    list_display = ("shown_name", "name_zh", "region", "city", "shown_level", "shown_associations")
    list_select_related = ("region",)
    list_filter = (rule_filter("level", _("级别"), ZoneLevelKind.choices, _of_level), RegionFilter)
    search_fields = ("name_zh", "short_zh", "name_en", "pinyin_key", "city")
    search_help_text = _("按名称、拼音、城市查找")
    fieldsets = (
        (_("基本信息"), {"fields": ("name_zh", "name_en", "region", "city", "district", "division_code", "website")}),
        (_("位置与来源"), {"fields": ("latitude", "longitude", "aliases", "confidence", "notes")}),
    )
    panels = (
        Panel(
            "level",
            _("变更级别"),
            _("登记变更"),
            lambda principal, row, data: LevelForm(data),
            lambda principal, row, values: change_zone_level(principal, zone=row, **values),
            _is_system,
            _("已登记级别变更"),
        ),
    )

    @admin.display(description=_("现级别"))
    def shown_level(self, zone: Any) -> str:
        return getattr(zone, "level_today", EMPTY)

    @admin.display(description=_("联盟与网络"))
    def shown_associations(self, zone: Any) -> int:
        return getattr(zone, "association_count", 0)

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        ids = [zone.pk for zone in rows]
        levels = {
            row.zone_id: row.get_level_display() for row in ZoneLevel.objects.filter(in_force(today()), zone__in=ids)
        }
        current = Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"), zone__in=ids)
        counts = dict(current.order_by().values_list("zone").annotate(Count("pk")))
        for zone in rows:
            zone.level_today, zone.association_count = levels.get(zone.pk, EMPTY), counts.get(zone.pk, 0)

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        levels = ZoneLevel.objects.filter(zone=row)
        members = Membership.objects.filter(zone=row).select_related("association")
        return [
            {
                "title": gettext("级别沿革"),
                "headings": [gettext("级别"), gettext("生效日"), gettext("终止日"), gettext("依据")],
                "rows": [
                    [one.get_level_display(), _day(one.valid_from), _day(one.valid_to), one.source or EMPTY]
                    for one in levels
                ],
                "empty": gettext("尚无级别记录。"),
            },
            {
                "title": gettext("所在联盟与网络"),
                "headings": [gettext("联盟或网络"), gettext("角色"), gettext("加入日"), gettext("退出日")],
                "rows": [
                    [str(one.association), one.get_role_display(), _day(one.joined_on), _day(one.left_on)]
                    for one in members
                ],
                "empty": gettext("未加入联盟或网络。"),
            },
        ]


@admin.register(Association)
class AssociationAdmin(PublicFacts):
    ordering = ("slug",)
    shown_name = name_column(_("名称"), "name_zh")
    list_display = ("shown_name", "kind", "theme_zh", "founded_on", "members_stated", "shown_members")
    list_filter = (choice_filter("kind", _("类型"), AssociationKind.choices),)
    search_fields = ("name_zh", "name_en", "theme_zh")
    search_help_text = _("按名称、主题查找")
    fieldsets = (
        (
            _("基本信息"),
            {"fields": ("name_zh", "name_en", "kind", "theme_zh", "founded_on", "place_zh", "host", "members_stated")},
        ),
        (_("来源"), {"fields": ("confidence", "notes")}),
    )
    panels = (
        Panel(
            "join",
            _("登记成员加入"),
            _("登记加入"),
            lambda principal, row, data: JoinForm(data),
            lambda principal, row, values: add_membership(principal, association=row, **values),
            _is_system,
            _("已登记加入"),
        ),
        Panel(
            "leave",
            _("登记成员退出"),
            _("登记退出"),
            _leave_form,
            lambda principal, row, values: leave_association(principal, association=row, **values),
            _is_system,
            _("已登记退出"),
        ),
    )

    @admin.display(description=_("现有成员"))
    def shown_members(self, association: Any) -> str:
        count, is_whole = getattr(association, "members_known", (0, True))
        return str(count) if is_whole else gettext("已知 %(count)d") % {"count": count}

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        current = _members_today().filter(association__in=[row.pk for row in rows])
        members: dict[int, list[Membership]] = {row.pk: [] for row in rows}
        for member in current:
            members[member.association_id].append(member)
        for row in rows:
            row.members_known = len(members[row.pk]), is_member_list_published(row, members[row.pk])

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        members = Membership.objects.filter(association=row).select_related("zone").order_by("zone__pinyin_key", "pk")
        is_whole = is_member_list_published(row, list(_members_today().filter(association=row)))
        return [
            {
                "title": gettext("成员") if is_whole else gettext("已知成员"),
                "note": "" if is_whole else gettext("成员名单未完整公布，以下为已知或推断的成员。"),
                "headings": [gettext("高新区"), gettext("角色"), gettext("加入日"), gettext("退出日")],
                "rows": [
                    [str(one.zone), one.get_role_display(), _day(one.joined_on), _day(one.left_on)] for one in members
                ],
                "empty": gettext("尚未登记成员。"),
            }
        ]


def _members_today() -> Rows:
    return Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"))


def _day(day: Any) -> str:
    return day.isoformat() if day else EMPTY
