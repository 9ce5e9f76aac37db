"""Notices about the upkeep of resources."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ledger.models import OutboxEvent
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, Told, address, nobody, only
from notifications.models import Notice
from zones.choices import ResourceStatus
from zones.models import Organization, Resource
from zones.scoping import Principal, today

STALE_AFTER_DAYS: Final = 180
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


RESOURCE: Final = Subject("zones.resource", str, resource_url, ("zone",))
OWNER: Final = Subject("zones.organization", str, _organization_url)
FOLLOWED: Final = Subject(
    "zones.organization", str, lambda row, principal: address(("portal:organization", (row.public_id,)))
)


class StaleResources(Kind):
    """Counted when it is read: what was confirmed meanwhile is not asked for."""

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        count = stale_resources(principal).filter(organization=row).count()
        if not count:
            return None
        words: Mapping[str, Any] = {"name": str(row), "count": count}
        title = ngettext("%(count)d 项资源待确认：%(name)s", "%(count)d 项资源待确认：%(name)s", count) % words
        return Told(title, str(self.sentence), self.subject.url_of(row, principal))


def stale_resources(principal: Principal) -> Any:
    """Active resources nobody has confirmed for half a year, as far as the principal may change them."""
    day = today() - timedelta(days=STALE_AFTER_DAYS)
    return Resource.objects.editable_by(principal).filter(status=ACTIVE, confirmed_on__lt=day)


def _members(row: Organization, event: OutboxEvent) -> Audience:
    return Audience(organizations=only(row.pk))


KINDS: Final = (
    StaleResources(
        event="organization.resources_stale", topic=Topic.RESOURCES, subject=OWNER, audience=_members,
        title=_("资源待确认：%(name)s"), sentence=_("半年未确认的资源会让对方扑空：请逐项确认仍可提供，或下架。"),
        who=_("资源单位的成员"), why=_("您所在单位提供这些资源"),
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
