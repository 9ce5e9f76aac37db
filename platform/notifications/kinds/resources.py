"""Notices about the upkeep of resources."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ledger.models import OutboxEvent
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Places, Subject, Told, address, nobody, only
from notifications.models import Notice
from zones.choices import ResourceStatus, Role
from zones.models import Organization, Resource, StaffRole, Zone
from zones.querysets import unanswered, unconfirmed
from zones.scoping import SYSTEM, Principal, in_force, today

ACTIVE: Final = ResourceStatus.ACTIVE


def resource_url(resource: Resource, principal: Principal) -> str:
    key = (resource.public_id,)
    if resource.organization_id in principal.organizations:
        return address(("portal:own_resource", key))
    if principal.is_system or resource.zone_id in principal.own_zones:
        return address(("admin:zones_resource_change", key))
    return address(("portal:resource", key))


def _organization_url(organization: Organization, principal: Principal) -> str:
    return address(("portal:own", ()))


def _campaign_url(zone: Zone, principal: Principal) -> str:
    return f"{address(('admin:zones_resource_reconfirm', ()))}?{urlencode({'zone': zone.slug})}"


RESOURCE: Final = Subject("zones.resource", str, resource_url, ("zone",))
OWNER: Final = Subject("zones.organization", str, _organization_url)
ZONE: Final = Places("zones.zone", str, _campaign_url)
FOLLOWED: Final = Subject(
    "zones.organization", str, lambda row, principal: address(("portal:organization", (row.public_id,)))
)


def stale_resources(principal: Principal) -> Any:
    """Active resources nobody has confirmed for half a year, as far as the principal may change them."""
    return Resource.objects.editable_by(principal).filter(unconfirmed(), status=ACTIVE)


def unanswered_resources(principal: Principal) -> Any:
    """Those whose owner was asked for a month, or has no account that could be asked."""
    roles = StaffRole.objects.visible_to(SYSTEM).filter(in_force(today()), role=Role.ORGANIZATION_MEMBER)
    is_asked = Exists(roles.filter(organization=OuterRef("organization")))
    return stale_resources(principal).filter(unanswered() | ~is_asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Kind):
    """Counted when it is read: what was confirmed meanwhile is not asked for."""

    column: str
    rows: Callable[[Principal], Any]
    count_title: Callable[[int], str]

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        count = self.rows(principal).filter(**{self.column: row}).count()
        if not count:
            return None
        words: Mapping[str, Any] = {"name": str(row), "count": count}
        return Told(self.count_title(count) % words, str(self.sentence), self.subject.url_of(row, principal))


def _members(row: Organization, event: OutboxEvent) -> Audience:
    return Audience(organizations=only(row.pk))


def _staff(row: Zone, event: OutboxEvent) -> Audience:
    return Audience(zones=only(row.pk))


KINDS: Final = (
    Counted(
        event="organization.resources_stale", topic=Topic.RESOURCES, subject=OWNER, audience=_members,
        column="organization", rows=stale_resources,
        count_title=lambda count: ngettext(
            "%(count)d 项资源待确认：%(name)s", "%(count)d 项资源待确认：%(name)s", count
        ),
        title=_("资源待确认：%(name)s"), sentence=_("半年未确认的资源会让对方扑空：请逐项确认仍可提供，或下架。"),
        who=_("资源单位的成员"), why=_("您所在单位提供这些资源"),
    ),
    Counted(
        event="zone.resources_unanswered", topic=Topic.RESOURCES, subject=ZONE, audience=_staff,
        column="zone", rows=unanswered_resources,
        count_title=lambda count: ngettext(
            "%(count)d 项资源无人确认：%(name)s", "%(count)d 项资源无人确认：%(name)s", count
        ),
        title=_("资源无人确认：%(name)s"),
        sentence=_("资源单位一个月未答复，或没有账号：请联系其核实，由园区登记核实或下架；在此之前照常展示，得分按新鲜度下降。"),
        who=_("资源所在园区的工作人员"), why=_("资源属于您所在的园区，其单位未确认"),
    ),
    Kind(
        event="resource.updated", topic=Topic.WATCHES, subject=RESOURCE, audience=nobody,
        title=_("关注的资源有更新：%(name)s"), sentence=_("内容有变化，请查看最新版本。"),
        who=_("关注该资源的账号"), why=_("您关注了该资源"), is_for_watchers=True,
    ),
    Kind(
        event="organization.updated", topic=Topic.WATCHES, subject=FOLLOWED, audience=nobody,
        title=_("关注的单位有更新：%(name)s"), sentence=_("内容有变化，请查看最新版本。"),
        who=_("关注该单位的账号"), why=_("您关注了该单位"), is_for_watchers=True,
    ),
)  # fmt: skip
