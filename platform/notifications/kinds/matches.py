"""Notices about matches: what a run found that a side has not been told of, and pairs a broker has pushed.

Numbers and names are those the reader may read: the need's side its own, everybody else the ones without its budget,
and never whose the need is (decision 12).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.models import OutboxEvent
from matching.choices import RunKind, Side
from matching.models import LIVE, CandidateList, Match, Push
from notifications.channels.base import Item
from notifications.choices import Topic
from notifications.kinds.base import SHOWN_ITEMS, Audience, Kind, Subject, Tiding, Told, address, nobody, only
from notifications.kinds.needs import need_url
from notifications.kinds.resources import resource_url
from notifications.models import Notice
from zones.scoping import SYSTEM, Principal

MOST_PAIRS: Final = 100
"""So many pairs one notice remembers; the page it leads to shows all."""
NEW_PAIRS: Final = """
    WITH fresh AS (
        INSERT INTO notifications_toldpair (need_id, resource_id, side)
        SELECT m.need_id, m.resource_id, %(side)s
        FROM matching_match m JOIN matching_liveresult l ON l.need_id = m.need_id AND l.run_id = m.run_id
        WHERE m.run_id = %(run)s AND (m.is_told OR %(side)s = 'need')
        ON CONFLICT DO NOTHING RETURNING need_id, resource_id)
    SELECT n.zone_id, n.organization_id, n.public_id, r.zone_id, r.organization_id, r.public_id
    FROM fresh f JOIN matching_need n ON n.id = f.need_id JOIN zones_resource r ON r.id = f.resource_id
    ORDER BY f.need_id, f.resource_id
"""


class _Pair(NamedTuple):
    need_zone: int
    need_organization: int
    need: UUID
    resource_zone: int
    resource_organization: int
    resource: UUID


class _Runs(Subject):
    """A run is nobody's: what a reader may see of it are its matches, which are asked for one by one."""

    def rows(self, principal: Principal, ids: Iterable[UUID]) -> dict[UUID, Any]:
        return Subject.rows(self, SYSTEM, ids)


def _run_url(run: Any, principal: Principal) -> str:
    if principal.has_back_office:
        return address(("admin:matching_matchrun_changelist", ()))
    return address(("portal:own", ()))


def _push_name(push: Push) -> str:
    return str(push.need)


def _push_url(push: Push, principal: Principal) -> str:
    return need_url(push.need, principal)


RUN: Final = _Runs("matching.matchrun", str, _run_url)
PUSH: Final = Subject("matching.push", _push_name, _push_url, ("need", "resource"))


class NewMatches(Kind):
    """One notice per run, side and place, with the pairs that side was never told of."""

    def tidings(self, row: Any, event: OutboxEvent) -> Sequence[Tiding]:
        return [tiding for side in Side for tiding in _tidings_of(side, _new_pairs(row.pk, side))]

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        matches = _readable(notice.facts["pairs"], principal)
        if not matches:
            return None
        is_need_side = notice.facts["side"] == Side.NEED
        titles = {str(match.need if is_need_side else match.resource) for match in matches}
        items = tuple(_item(match, is_need_side, principal) for match in matches[:SHOWN_ITEMS])
        return Told(_title(sorted(titles), len(matches)), str(self.sentence), self._url(matches, row, principal), items)

    def _url(self, matches: Sequence[Match], run: Any, principal: Principal) -> str:
        """The need's own page where there is one need; else where all are listed."""
        needs = {match.need_id for match in matches}
        if len(needs) == 1 and _is_need_side(matches[0], principal):
            return need_url(matches[0].need, principal)
        return self.subject.url_of(run, principal)


def _new_pairs(run_id: int, side: Side) -> list[_Pair]:
    """Pairs of the live result that this side has not been told of; they count as told from now on."""
    with connection.cursor() as cursor:
        cursor.execute(NEW_PAIRS, {"run": run_id, "side": side.value})
        return [_Pair._make(row) for row in cursor.fetchall()]


def _tidings_of(side: Side, pairs: Sequence[_Pair]) -> Iterator[Tiding]:
    zones: dict[int, list[_Pair]] = defaultdict(list)
    organizations: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        zones[pair.need_zone if side == Side.NEED else pair.resource_zone].append(pair)
        owner = pair.need_organization if side == Side.NEED else pair.resource_organization
        organizations[owner].append(pair)
    for zone, told in zones.items():
        yield Tiding(Audience(zones=only(zone)), _facts(side, told), f"{side}:z{zone}")
    for organization, told in organizations.items():
        yield Tiding(Audience(organizations=only(organization)), _facts(side, told), f"{side}:o{organization}")


def _facts(side: Side, pairs: Sequence[_Pair]) -> Mapping[str, Any]:
    return {"side": side.value, "pairs": [[str(pair.need), str(pair.resource)] for pair in pairs[:MOST_PAIRS]]}


def _readable(pairs: Sequence[Sequence[str]], principal: Principal) -> list[Match]:
    """Those of the pairs that stand in the live result and that the principal may see now."""
    wanted = {(UUID(need), UUID(resource)) for need, resource in pairs}
    rows = Match.objects.visible_to(principal).filter(
        LIVE,
        need__public_id__in={need for need, _resource in wanted},
        resource__public_id__in={resource for _need, resource in wanted},
    )
    found = rows.select_related("need__zone", "resource__zone").order_by("-told_score", "pk")
    return [match for match in found if (match.need.public_id, match.resource.public_id) in wanted]


def _is_need_side(match: Match, principal: Principal) -> bool:
    need = match.need
    return principal.is_system or need.zone_id in principal.own_zones or need.organization_id in principal.organizations


def _item(match: Match, is_need_side: bool, principal: Principal) -> Item:
    """What stands across: for the need's side the resource, for the resource's side the need without its name."""
    across: Any = match.resource if is_need_side else match.need
    score = match.score if _is_need_side(match, principal) else match.told_score
    url = resource_url(across, principal) if is_need_side else need_url(across, principal)
    text = _("%(zone)s · 匹配度 %(percent)d%%") % {"zone": str(across.zone), "percent": round(100 * score)}
    return Item(str(across), text, url)


def _title(names: Sequence[str], count: int) -> str:
    if len(names) == 1:
        words = ngettext("“%(name)s”有 %(count)d 个新匹配", "“%(name)s”有 %(count)d 个新匹配", count)
        return words % {"name": names[0], "count": count}
    return _("%(records)d 项记录共有 %(count)d 个新匹配") % {"records": len(names), "count": count}


def _resource_side(push: Push, event: OutboxEvent) -> Audience:
    return Audience(zones=only(push.resource.zone_id), organizations=only(push.resource.organization_id))


class RunEnded(Kind):
    """A full run has ended: how it stands with the zone's own needs, counted when it is read."""

    def tidings(self, row: Any, event: OutboxEvent) -> Sequence[Tiding]:
        if row.kind != RunKind.FULL:
            return []
        zones = CandidateList.objects.filter(run=row).values_list("need__zone_id", flat=True).distinct()
        return [Tiding(Audience(zones=frozenset(zones)))]

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        lists = CandidateList.objects.filter(run=row, need__zone_id__in=principal.own_zones)
        matches = Match.objects.visible_to(principal).filter(LIVE, run=row, need__zone_id__in=principal.own_zones)
        words = {"needs": lists.count(), "count": matches.count()}
        if not words["needs"]:
            return None
        title = _("匹配运行已完成：本园区 %(needs)d 项需求，%(count)d 个匹配") % words
        return Told(title, str(self.sentence), self.subject.url_of(row, principal))


KINDS: Final = (
    NewMatches(
        event="run.published", topic=Topic.MATCHES, subject=RUN, audience=nobody, title=gettext_lazy("有新匹配"),
        sentence=gettext_lazy("请查看依据与须确认的指标，合适就表达合作意向。"),
        who=gettext_lazy("需求与资源双方：单位的成员与所在园区的工作人员；只告知双方可见的匹配"),
        why=gettext_lazy("您所在的单位或园区有需求或资源参与匹配"),
    ),
    Kind(
        event="match.pushed", topic=Topic.MATCHES, subject=PUSH, audience=_resource_side, is_urgent=True,
        title=gettext_lazy("对方园区推荐了一项需求：%(name)s"),
        sentence=gettext_lazy("请看本方资源能否承接，合适就表达合作意向。"),
        who=gettext_lazy("资源单位的成员与所在园区的工作人员"), why=gettext_lazy("对方园区认为您方资源适合该需求"),
    ),
    RunEnded(
        event="run.published", news="ended", topic=Topic.MATCHES, subject=RUN, audience=nobody,
        title=gettext_lazy("匹配运行已完成"), sentence=gettext_lazy("没有新匹配；已有的匹配仍然有效。"),
        who=gettext_lazy("有需求参与全量匹配、而没有新匹配的园区的工作人员"),
        why=gettext_lazy("您所在园区有需求参与匹配"),
    ),
)  # fmt: skip
