"""Notices to those who follow a zone, a network, a field or an organization: what others have offered and asked for
since the day before. Counted when they are read, for what their reader may see then; whose a need is stands in none.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.models import OutboxEvent
from matching.choices import NeedState
from matching.models import Need
from notifications.channels.base import Item
from notifications.choices import Topic
from notifications.kinds.base import SHOWN_ITEMS, Kind, Places, Subject, Tiding, Told, address, nobody
from notifications.kinds.fields import codes_below, field_id, fields_of
from notifications.kinds.needs import need_url
from notifications.kinds.resources import resource_url
from notifications.models import Notice
from zones.choices import ResourceStatus
from zones.models import Association, Code, Membership, Organization, Resource, Zone
from zones.models.base import in_language
from zones.scoping import Principal, in_force, today


class _Fields(Subject):
    """Codes of industries, which are known by their scheme and code."""

    def rows(self, principal: Principal, ids: Iterable[UUID]) -> dict[UUID, Any]:
        return fields_of(ids)


def _zone_url(row: Zone, principal: Principal) -> str:
    return address(("portal:zone", (row.slug,)))


def _association_url(row: Association, principal: Principal) -> str:
    return address(("portal:association", (row.slug,)))


def _organization_url(row: Organization, principal: Principal) -> str:
    return address(("portal:organization", (row.public_id,)))


def _field_url(row: Code, principal: Principal) -> str:
    return f"{address(('portal:home', ()))}?{urlencode({'q': row.name_zh})}"


ZONE: Final = Places("zones.zone", str, _zone_url)
ASSOCIATION: Final = Places("zones.association", str, _association_url)
ORGANIZATION: Final = Subject("zones.organization", str, _organization_url)
FIELD: Final = _Fields("zones.code", lambda row: in_language(row.name_zh, row.name_en), _field_url)


class News(Kind):
    """What is new within the record since the day before the event."""

    def thread(self, row: Any) -> tuple[str, UUID]:
        return self.subject.label, field_id(row.code) if isinstance(row, Code) else row.public_id

    def tidings(self, row: Any, event: OutboxEvent) -> Sequence[Tiding]:
        day = date.fromordinal(event.object_version) - timedelta(days=1)
        return [Tiding(self.audience(row, event), {"day": day.isoformat()})]

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        within, day = _within(row), date.fromisoformat(notice.facts["day"])
        needs, resources = _needs(principal, row, within, day), _resources(principal, within, day)
        count = needs.count() + resources.count()
        if not count:
            return None
        items = [Item(str(one), _("新需求"), need_url(one, principal)) for one in needs[:SHOWN_ITEMS]]
        items += [Item(str(one), _("新资源"), resource_url(one, principal)) for one in resources[:SHOWN_ITEMS]]
        words = {"name": self.subject.name_of(row), "count": count}
        title = ngettext("“%(name)s”新增 %(count)d 项", "“%(name)s”新增 %(count)d 项", count) % words
        return Told(title, str(self.sentence), self.subject.url_of(row, principal), tuple(items))


def _within(row: Any) -> Q:
    """Needs and resources that belong to what is followed."""
    if isinstance(row, Organization):
        return Q(organization=row)
    if isinstance(row, Zone):
        return Q(zone=row)
    if isinstance(row, Association):
        members = Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"), association=row)
        return Q(zone__in=members.values("zone_id"))
    return Q(industry_codes__overlap=codes_below(row))


def _needs(principal: Principal, row: Any, within: Q, day: date) -> Any:
    """Open needs; of an organization none: it stays unnamed."""
    rows = Need.objects.visible_to(principal)
    if isinstance(row, Organization):
        return rows.none()
    return rows.filter(within, state=NeedState.OPEN, **_on("opened_at", day)).order_by("pk")


def _resources(principal: Principal, within: Q, day: date) -> Any:
    rows = Resource.objects.visible_to(principal)
    return rows.filter(within, status=ResourceStatus.ACTIVE, **_on("created_at", day)).order_by("pk")


def _on(column: str, day: date) -> dict[str, datetime]:
    """Within a day of China."""
    begin = timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
    return {f"{column}__gte": begin, f"{column}__lt": begin + timedelta(days=1)}


def _news(subject: Subject, who: Any, why: Any) -> Kind:
    return News(
        event=f"{subject.label.partition('.')[2]}.news", topic=Topic.WATCHES, subject=subject, audience=nobody,
        title=gettext_lazy("“%(name)s”有新的需求与资源"), sentence=gettext_lazy("前一日新增，按您的权限列出。"),
        who=who, why=why, is_for_watchers=True,
    )  # fmt: skip


KINDS: Final = (
    _news(ZONE, gettext_lazy("关注该高新区的账号"), gettext_lazy("您关注了该高新区")),
    _news(ASSOCIATION, gettext_lazy("关注该联盟或网络的账号"), gettext_lazy("您关注了该联盟或网络")),
    _news(ORGANIZATION, gettext_lazy("关注该单位的账号"), gettext_lazy("您关注了该单位")),
    _news(FIELD, gettext_lazy("关注该领域的账号"), gettext_lazy("您关注了该领域")),
)  # fmt: skip
