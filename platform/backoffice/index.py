"""The first page: what needs doing now. Each number opens the list of exactly those rows."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.counting import MOST, UpTo, count_up_to
from backoffice.expiry import expiring
from backoffice.principals import principal_of
from backoffice.pushed import with_open_push
from backoffice.receipts import with_faults
from backoffice.results import has_live_match
from backoffice.rows import own_rows, visible_rows
from matching.choices import NeedState, RunState
from matching.models import LIVE, Match, MatchRun, Need, NeedReview
from matching.services import exchange_terms
from matching.services.calls import calls_open_to
from matching.services.runs import UNFINISHED
from notifications.deliveries import COUNTED_DAYS, undelivered
from notifications.models import Delivery
from zones.choices import RegistrationState, ResourceStatus
from zones.models import ImportJob, Registration, Resource, ServiceRequest
from zones.querysets import unconfirmed, waiting_for_provider
from zones.scoping import Principal, today

Card = dict[str, Any]
LAST_DAYS = 7
NEWEST = 200


def what_to_do(request: HttpRequest) -> dict[str, Any]:
    """Context of the index page."""
    principal = principal_of(request)
    cards = [
        *_review_cards(principal),
        *_registration_cards(principal),
        *_request_cards(principal),
        *_exchange_cards(principal),
        *_call_cards(principal),
        *_need_cards(principal),
        *_resource_cards(principal),
        *_import_cards(principal),
        *_delivery_cards(principal),
    ]
    return {
        "cards": cards,
        "has_records": any(card["total"] for card in cards),
        "may_post": principal.is_system or bool(principal.staff_zones),
        "shared": _shared_card(principal),
        "dashboards": _dashboards(),
        "latest_run": _latest_run(principal),
        "best_matches": _best_matches(principal),
    }


def _review_cards(principal: Principal) -> list[Card]:
    """What the reader's zone is asked to review, and what came back to it."""
    waiting = own_rows(NeedReview, principal).filter(decision="")
    count = count_up_to(waiting)
    late = waiting.filter(due_on__lt=today()).count() if count else 0
    url = f"{reverse('admin:matching_needreview_changelist')}?asked=asked"
    returned = own_rows(Need, principal).filter(state=NeedState.RETURNED)
    return [
        _card(
            _("待审核的需求"),
            _("其中 %(late)d 条已超期") % {"late": late} if late else _("评分后即可开放或退回"),
            "fact_check",
            count,
            f"{url}&term=waiting",
        ),
        _card(
            _("被退回的需求"),
            _("按审核意见修改后再提交"),
            "assignment_return",
            count_up_to(returned),
            f"{reverse('admin:matching_need_changelist')}?side=own&state=returned",
        ),
    ]


def _registration_cards(principal: Principal) -> list[Card]:
    """Organizations that wait for the reader's zone; to those of no zone nothing."""
    if not (principal.is_system or principal.own_zones):
        return []
    waiting = visible_rows(Registration, principal).filter(state=RegistrationState.WAITING)
    url = f"{reverse('admin:zones_registration_changelist')}?state={RegistrationState.WAITING}"
    return [_card(_("单位注册待核验"), _("核对后通过，或说明原因退回"), "how_to_reg", count_up_to(waiting), url)]


def _request_cards(principal: Principal) -> list[Card]:
    """Requests for resources of the reader's zone; to those of no zone nothing."""
    if not (principal.is_system or principal.own_zones):
        return []
    waiting = own_rows(ServiceRequest, principal).filter(waiting_for_provider())
    late = waiting.filter(due_on__lt=today()).count()
    hint = _("其中 %(late)d 份已逾期") % {"late": late} if late else _("答复申请，或登记已完成的服务")
    url = f"{reverse('admin:zones_servicerequest_changelist')}?turn=waiting"
    return [_card(_("待办理的服务申请"), hint, "handshake", count_up_to(waiting), url)]


def _exchange_cards(principal: Principal) -> list[Card]:
    """Interests and consents that wait for the reader's zone, counted in one query; to those of no zone nothing."""
    if not (principal.is_system or principal.own_zones):
        return []
    waits = exchange_terms.waiting(principal, at_most=MOST + 1)
    url = f"{reverse('admin:matching_exchange_changelist')}?turn="
    told = _("其中 %(late)d 条到期未答复") % {"late": waits.overdue}
    return [
        _card(
            _("待答复的对接意向"),
            told if waits.overdue else _("接受，或说明原因谢绝"),
            "sync_alt",
            UpTo(waits.answer),
            f"{url}answer",
        ),
        _card(_("临近应答复日"), _("到期仍未答复将告知园区"), "hourglass_top", UpTo(waits.soon), f"{url}soon"),
        _card(_("到期未答复"), _("第 15 个工作日自动失效"), "alarm", UpTo(waits.overdue), f"{url}overdue"),
        _card(_("待我方同意的对接"), _("征得单位同意后登记"), "handshake", UpTo(waits.consent), f"{url}consent"),
    ]


def _call_cards(principal: Principal) -> list[Card]:
    """Calls that can be answered today: nothing to those of no association."""
    if not principal.associations:
        return []
    days = list(calls_open_to(principal).values_list("closes_on", flat=True)[: MOST + 1])
    last_days = sum(day < today() + timedelta(days=LAST_DAYS) for day in days)
    return [
        _card(
            _("征集进行中"),
            _("其中 %(count)d 项一周内截止") % {"count": last_days} if last_days else _("为企业填报，或查看各园区进度"),
            "inbox",
            UpTo(len(days)),
            f"{reverse('admin:matching_needcall_changelist')}?state=open&window=today",
        )
    ]


def _need_cards(principal: Principal) -> list[Card]:
    own = own_rows(Need, principal)
    live = own.filter(state=NeedState.OPEN)
    url = reverse("admin:matching_need_changelist")
    return [
        _card(
            _("对接中，尚无推荐"),
            _("补充指标与关键词，或放宽条件"),
            "search_off",
            count_up_to(live.filter(~has_live_match(principal))),
            f"{url}?side=own&state=open&matched=no",
            total=count_up_to(live),
        ),
        _card(
            _("30 天内到期"),
            _("联系企业确认是否继续"),
            "event_upcoming",
            count_up_to(live.filter(expiring())),
            f"{url}?side=own&state=open&expiring=30",
        ),
        _card(
            _("草稿"),
            _("补全后提交审核"),
            "edit_note",
            count_up_to(own.filter(state=NeedState.DRAFT)),
            f"{url}?side=own&state=draft",
        ),
    ]


def _resource_cards(principal: Principal) -> list[Card]:
    own = own_rows(Resource, principal).filter(status=ResourceStatus.ACTIVE)
    url = reverse("admin:zones_resource_changelist")
    return [
        _card(
            _("收到推送的资源"),
            _("在“相关需求”中查看对方，并联系"),
            "move_to_inbox",
            count_up_to(own.filter(with_open_push(principal))),
            f"{url}?side=own&status=active&pushed=open",
        ),
        _card(
            _("资源待核实"),
            _("超过 180 天未核实，影响得分"),
            "update",
            count_up_to(own.filter(unconfirmed())),
            f"{url}?side=own&status=active&confirmed=stale",
            total=count_up_to(own),
        ),
    ]


def _import_cards(principal: Principal) -> list[Card]:
    """For those who look after a zone; others import nothing."""
    if not (principal.is_system or principal.own_zones):
        return []
    count = count_up_to(visible_rows(ImportJob, principal).filter(with_faults(principal)))
    url = reverse("admin:zones_importjob_changelist")
    return [_card(_("导入有错误"), _("更正后重新上传"), "rule", count, f"{url}?faults=yes")]


def _delivery_cards(principal: Principal) -> list[Card]:
    """Messages of the last days that did not, or perhaps did not, arrive."""
    count = count_up_to(visible_rows(Delivery, principal).filter(undelivered()))
    url = f"{reverse('admin:notifications_delivery_changelist')}?state=undelivered&day={COUNTED_DAYS}"
    return [_card(_("未送达的消息"), _("查看原因，处理后重发"), "unsubscribe", count, url)]


def _card(title: str, hint: str, icon: str, count: int, url: str, *, total: int = 0) -> Card:
    return {"title": title, "hint": hint, "icon": icon, "count": count, "url": url, "total": total or count}


def _shared_card(principal: Principal) -> Card:
    """What others share with the reader."""
    open_needs = count_up_to(Need.objects.visible_to(principal).filter(state=NeedState.OPEN))
    resources = count_up_to(Resource.objects.visible_to(principal).filter(status=ResourceStatus.ACTIVE))
    return {
        "needs": open_needs,
        "resources": resources,
        "needs_url": f"{reverse('admin:matching_need_changelist')}?state=open",
        "resources_url": f"{reverse('admin:zones_resource_changelist')}?status=active",
    }


def _dashboards() -> list[dict[str, str]]:
    """Figures of the reader's zone or association, and of the nation. The page knows whose it is: nothing is asked."""
    page = reverse("portal:figures")
    return [{"name": _("本园区"), "url": f"{page}?scope=own"}, {"name": _("全国"), "url": page}]


def _latest_run(principal: Principal) -> dict[str, Any] | None:
    run = visible_rows(MatchRun, principal).exclude(state=RunState.SUPERSEDED).order_by("-created_at", "-pk").first()
    if run is None:
        return None
    tones = {RunState.PUBLISHED: "success", RunState.FAILED: "danger"}
    at = run.published_at or run.started_at or run.created_at
    return {
        "title": run.get_kind_display(),
        "state": run.get_state_display(),
        "tone": tones.get(run.state, "info"),
        "percent": run.percent,
        "at": timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
        "done": run.need_done,
        "total": run.need_total,
        "quarantined": run.quarantined,
        "is_running": run.state in UNFINISHED,
        "is_whole": principal.is_system,
        "url": reverse("admin:matching_matchrun_change", args=[run.public_id]),
    }


def _best_matches(principal: Principal) -> list[dict[str, Any]]:
    """The best live pair of each of the reader's own open needs, of many those changed last; best first."""
    own = own_rows(Need, principal).filter(state=NeedState.OPEN).order_by("-updated_at", "-pk")
    newest = list(own.values_list("pk", flat=True)[:NEWEST])
    pairs = Match.objects.visible_to(principal).filter(LIVE, need__in=newest)
    best_of_each = pairs.order_by("need_id", "-score", "rank").distinct("need_id").values("pk")
    rows = Match.objects.visible_to(principal).filter(pk__in=best_of_each).select_related("need", "resource__zone")
    return [
        {
            "need": str(match.need),
            "resource": str(match.resource),
            "zone": str(match.resource.zone),
            "percent": round(100 * match.score),
            "score": f"{match.score:.2f}",
            "url": reverse("admin:matching_need_matches", args=[match.need.public_id]),
        }
        for match in rows.order_by("-score", "need__title_zh", "rank")[:6]
    ]
