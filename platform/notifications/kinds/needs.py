"""Notices about needs and their reviews."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from matching.models import Need, NeedReview
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, members, named_in, nobody, only, owners
from zones.scoping import SYSTEM, Principal


def _name_of(need: Need) -> str:
    return str(need)


def need_url(need: Need, principal: Principal) -> str:
    """Its page for its own members, in the back office for its staff, or the page everybody reads."""
    key = (need.public_id,)
    if need.organization_id in principal.organizations:
        return address(("portal:own_need", key))
    if principal.is_system or need.zone_id in principal.own_zones:
        return address(("admin:matching_need_change", key))
    return address(("portal:need", key))


def _review_url(need: Need, principal: Principal) -> str:
    return address(("admin:matching_needreview_changelist", ()))


NEED: Final = Subject("matching.need", _name_of, need_url, ("zone",))
REVIEWED_NEED: Final = Subject("matching.need", _name_of, _review_url, ("zone",))


def _reviewers(need: Need, event: OutboxEvent) -> Audience:
    """Staff of the zones that have not decided yet, but for who submitted it: they cannot review it."""
    waiting = NeedReview.objects.visible_to(SYSTEM).filter(need=need, decision="")
    rows = list(waiting.values_list("zone_id", "submitted_by_id"))
    return Audience(zones=only(*(zone for zone, _by in rows)), but=only(need.author_id, *(by for _zone, by in rows)))


def _author_and_members(need: Need, event: OutboxEvent) -> Audience:
    return Audience(organizations=only(need.organization_id), users=only(need.author_id))


def _owners(need: Need, event: OutboxEvent) -> Audience:
    return owners(need)


def _members(need: Need, event: OutboxEvent) -> Audience:
    return members(need)


_BY_MEMBERS: Final[dict[str, Any]] = {
    "topic": Topic.NEEDS, "subject": NEED, "audience": _author_and_members,
    "who": _("需求单位的成员与填报人"), "why": _("您所在单位发布了该需求，或由您填报"),
}  # fmt: skip
_BY_REVIEWERS: Final[dict[str, Any]] = {
    "topic": Topic.REVIEWS, "subject": REVIEWED_NEED, "audience": _reviewers, "is_urgent": True,
    "who": _("审核园区的工作人员（提交人除外）"), "why": _("您所在园区须审核该需求"),
}  # fmt: skip
_BY_OWNERS: Final[dict[str, Any]] = {
    "topic": Topic.NEEDS, "subject": NEED, "audience": _owners,
    "who": _("需求单位的成员与所在园区的工作人员"), "why": _("该需求属于您所在的单位或园区"),
}  # fmt: skip


def _expiring(days: int, title: Any) -> Kind:
    sentence = _("到期后将停止匹配；如仍需要，请在到期前重新确认。")
    return Kind(event=f"need.expiring_{days}", title=title, sentence=sentence, is_urgent=days == 1, **_BY_OWNERS)


KINDS: Final = (
    Kind(
        event="need.submitted", title=_("需求待审核：%(name)s"), sentence=_("请评分；通过后才会开放对接。"),
        **_BY_REVIEWERS,
    ),
    Kind(
        event="need.review_due", title=_("需求审核已到期限：%(name)s"), sentence=_("请尽快审核，填报人正在等待。"),
        record=named_in("need"), **_BY_REVIEWERS,
    ),
    Kind(
        event="need.returned", title=_("需求被退回修改：%(name)s"),
        sentence=_("请按审核意见修改，再提交。"), is_urgent=True, **_BY_MEMBERS,
    ),
    Kind(
        event="need.rejected", title=_("需求未通过审核：%(name)s"),
        sentence=_("请阅读审核意见；修改后可再提交。"), is_urgent=True, **_BY_MEMBERS,
    ),
    Kind(
        event="need.opened", title=_("需求已开放对接：%(name)s"), sentence=_("平台开始匹配，有结果会通知您。"),
        is_for_watchers=True, **_BY_MEMBERS,
    ),
    Kind(
        event="need.expired", title=_("需求已到期：%(name)s"), sentence=_("已停止匹配；如仍需要，可重新开放。"),
        is_for_watchers=True, **_BY_OWNERS,
    ),
    _expiring(30, _("需求 30 天后到期：%(name)s")),
    _expiring(7, _("需求 7 天后到期：%(name)s")),
    _expiring(1, _("需求明天到期：%(name)s")),
    Kind(
        event="need.updated", topic=Topic.WATCHES, subject=NEED, audience=nobody, title=_("关注的需求有更新：%(name)s"),
        sentence=_("内容有变化，请查看最新版本。"), who=_("关注该需求的账号"), why=_("您关注了该需求"),
        is_for_watchers=True,
    ),
)  # fmt: skip
