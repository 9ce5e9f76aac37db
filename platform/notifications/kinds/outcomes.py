"""Notices about what came of cooperations: to the party that is asked, and to the one that was rated. None says what
was answered, or how many stars.
"""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from matching.models import CooperationParty, OutcomePoll
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, named_in, only
from notifications.kinds.cooperations import COOPERATION
from zones.scoping import SYSTEM, Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _name_of(poll: OutcomePoll) -> str:
    return str(poll.party.cooperation)


def _url_of(poll: OutcomePoll, principal: Principal) -> str:
    key = (poll.party.cooperation.public_id,)
    is_member = poll.party.organization_id in principal.organizations
    return address(("portal:cooperation" if is_member else "admin:matching_cooperation_change", key))


POLL: Final = Subject("matching.outcomepoll", _name_of, _url_of, ("party__cooperation",))


def _asked(poll: OutcomePoll, event: OutboxEvent) -> Audience:
    return Audience(organizations=only(poll.party.organization_id))


def _zone(poll: OutcomePoll, event: OutboxEvent) -> Audience:
    return Audience(zones=only(poll.party.zone_id))


def _side(poll: OutcomePoll, event: OutboxEvent) -> Audience:
    return Audience(zones=only(poll.party.zone_id), organizations=only(poll.party.organization_id))


_AUDIENCES: Final = {
    "asked": (_asked, _("被回访单位的成员")),
    "zone": (_zone, _("被回访单位所在园区的工作人员")),
    "side": (_side, _("被回访单位的成员与其园区的工作人员")),
}


def _kind(step: str, whom: str, title: "StrPromise", sentence: "StrPromise") -> Kind:
    audience, who = _AUDIENCES[whom]
    return Kind(
        event=f"outcome.{step}", topic=Topic.COOPERATIONS, subject=POLL, title=title, sentence=sentence, who=who,
        why=_("您所在的单位或园区是该合作的一方"), audience=audience,
    )  # fmt: skip


def _rated(row: object, event: OutboxEvent) -> Audience:
    parties = CooperationParty.objects.visible_to(SYSTEM).filter(public_id=event.payload["rated"])
    return Audience(organizations=only(*parties.values_list("organization_id", flat=True)))


KINDS: Final = (
    _kind("asked", "asked", _("请填报合作成效：%(name)s"), _("签约已满一年或又一年：请在 30 天内填报，几分钟即可。")),
    _kind("reminded", "side", _("合作成效尚未填报：%(name)s"), _("请在期限前填报；逾期将按“未填报”统计。")),
    _kind("answered", "zone", _("合作成效已填报：%(name)s"), _("内容见合作页，可用于年度统计。")),
    _kind("unanswered", "zone", _("合作成效未填报：%(name)s"), _("回访期已过：可联系该单位，在下一年度回访时填报。")),
    Kind(
        event="cooperation.rated", topic=Topic.COOPERATIONS, subject=COOPERATION, record=named_in("cooperation"),
        title=_("对方已评价合作：%(name)s"), sentence=_("您评价后，双方即可看到彼此的评价。"),
        who=_("被评价单位的成员"), why=_("您所在的单位是该合作的一方"), audience=_rated,
    ),
)  # fmt: skip
