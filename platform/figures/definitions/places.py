"""High-tech zones, associations and their members, as of a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import Interval, recorded_memberships
from figures.units import DAY, ZONES
from zones.choices import ZoneLevelKind
from zones.models import Association, Membership, ZoneLevel

if TYPE_CHECKING:
    from figures.questions import Question

EVERY_LEVEL = tuple(ZoneLevelKind.values)


@define
class NationalZones(Definition):
    """G10: 178 zones as of a day; the 179th came on 2026-02-13."""

    id = "zones.national"
    version = 2
    title = pgettext_lazy("figure", "国家高新区")
    rule = _("截止日当天级别为国家高新区的园区，每个计一次；国家级经济技术开发区与省级高新区不计。")
    unit = ZONES
    is_stock = True
    is_sensitive = False
    sources = ("zones.zonelevel",)

    def words(self, question: "Question") -> str:
        return gettext("成员中国家高新区") if question.scope.kind == "association" else self.name

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = ZoneLevel.objects.filter(level=ZoneLevelKind.NATIONAL)
        for pk, zone_id, start, end in rows.values_list("pk", "zone_id", "valid_from", "valid_to"):
            yield from reading.stock(("zones.zonelevel", pk), Interval(start, end), ONE, [zone_id])


class Members(Definition):
    """G9: memberships as of a day, split by the level the zone has on it."""

    unit = ZONES
    scopes = ("association",)
    is_stock = True
    is_sensitive = False
    sources = ("zones.zonelevel",)
    levels: ClassVar[tuple[str, ...]]

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        levels = self._levels()
        rows = recorded_memberships(samples=reading.samples)
        for pk, zone_id, association_id, start, end in rows.values_list(
            "pk", "zone_id", "association_id", "joined_on", "left_on"
        ):
            places = reading.geography.of_association(association_id)
            for level in levels.get(zone_id, []):
                shared = Interval(start, end).cut(level)
                if shared is not None:
                    yield Fact("zones.membership", pk, shared.start, shared.end, ONE, places)

    def _levels(self) -> dict[int, list[Interval]]:
        """Zone → when it had one of the levels; every day where all levels count."""
        if self.levels == EVERY_LEVEL:
            return {pk: [Interval(None, None)] for pk in Membership.objects.values_list("zone_id", flat=True)}
        found: dict[int, list[Interval]] = {}
        rows = ZoneLevel.objects.filter(level__in=self.levels)
        for zone_id, start, end in rows.values_list("zone_id", "valid_from", "valid_to"):
            found.setdefault(zone_id, []).append(Interval(start, end))
        return found


@define
class AllMembers(Members):
    id = "members.all"
    title = _("成员园区")
    rule = _("截止日当天在册的成员园区，不分级别；已退出的不计。")
    levels = EVERY_LEVEL


@define
class NationalMembers(Members):
    id = "members.national"
    title = _("国家高新区成员")
    rule = _("截止日当天在册、且当天级别为国家高新区的成员园区。")
    levels = (ZoneLevelKind.NATIONAL,)


@define
class ProvincialMembers(Members):
    id = "members.provincial"
    title = _("省级高新区成员")
    rule = _("截止日当天在册、且当天级别为省级高新区的成员园区。")
    levels = (ZoneLevelKind.PROVINCIAL,)


@define
class Founded(Definition):
    """The day an association was founded."""

    id = "association.founded"
    title = pgettext_lazy("figure", "成立日期")
    rule = _("联盟（网络）登记的成立日期。")
    unit = DAY
    scopes = ("association",)
    is_stock = True
    is_sensitive = False
    sources = ()

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = Association.objects.filter(founded_on__isnull=False)
        for pk, founded_on in rows.values_list("pk", "founded_on"):
            yield Fact("zones.association", pk, founded_on, None, ONE, reading.geography.of_association(pk))

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        return facts[0].start if facts else None
