"""Expressing interest for a side: from a need's matches or from what is proposed for a resource, three questions."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold import widgets

from backoffice.bare import bare_page
from backoffice.base import ScopedModelAdmin
from backoffice.exchange_rows import live_exchanges_of
from backoffice.panels import submitted
from backoffice.principals import principal_of
from backoffice.rows import visible_rows
from backoffice.side_by_side import unknown_of
from matching.choices import Side
from matching.models import LIVE, Exchange, Match, Need
from matching.services.exchange_sides import acts_for
from matching.services.exchanges import DUE_AFTER, EXPIRES_AFTER, QUESTIONS, send_interest
from matching.services.explanations import explain_many
from zones.models import Resource
from zones.scoping import Principal, today
from zones.services.calendar import after_working_days

HINTS = {
    "cooperation_zh": gettext_lazy("例如：委托检测、联合攻关、技术许可；预计何时开始"),
    "unclear_zh": gettext_lazy("可留空；对方会在答复中说明"),
    "offer_zh": gettext_lazy("例如：样品、经费、数据、试用场景"),
}
MOST = 500


class InterestForm(forms.Form):
    """The three questions of every expression of interest."""

    def __init__(self, data: Any, *, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        for name in QUESTIONS:
            column: Any = Exchange._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=column.verbose_name,
                required=not column.blank,
                max_length=MOST,
                help_text=HINTS[name],
                widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4, "data-limit": MOST}),
            )
            self.fields[name].widget.attrs.pop("maxlength", None)


class InterestPages(ScopedModelAdmin):
    """The page with the three questions, beside the list of exchanges."""

    def interest_view(self, request: HttpRequest, need: Any, resource: Any, side: str) -> HttpResponse:
        """Ask them of the side the reader speaks for; a pair that talks already leads to its exchange."""
        principal = principal_of(request)
        found = _pair(principal, need, resource, side)
        live = live_exchanges_of(principal, need=found[0], resource=found[1])
        if live and request.method != "POST":
            messages.info(request, _("双方已在对接中：请在原有对接中继续。"))
            return HttpResponseRedirect(self.url_of(live[0]))
        form = InterestForm(request.POST or None, initial=_first_words(principal, *found))
        sent: list[Exchange] = []

        def send() -> None:
            need_id, resource_id = (record.pk for record in found)
            answers = form.cleaned_data
            sent.append(send_interest(principal, need_id=need_id, resource_id=resource_id, side=side, **answers))

        if request.method == "POST" and form.is_valid() and submitted(form, send):
            messages.success(request, _("意向已发出，对方应于 %(day)s 前答复") % {"day": sent[0].answer_due_on})
            return HttpResponseRedirect(self.url_of(sent[0]))
        return bare_page(self, request, "admin/backoffice/interest.html", _context(*found, Side(side), form))

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.interest_view)
        route = path("interest/<uuid:need>/<uuid:resource>/<slug:side>/", view, name="matching_exchange_interest")
        return [route, *super().get_urls()]


def _pair(principal: Principal, need_key: Any, resource_key: Any, side: str) -> tuple[Need, Resource]:
    """Need and resource the reader sees, one of them of the side he speaks for; else it does not exist."""
    need = visible_rows(Need, principal).filter(public_id=need_key).select_related("zone").first()
    resource = visible_rows(Resource, principal).filter(public_id=resource_key).select_related("zone").first()
    if need is None or resource is None or side not in Side.values:
        raise Http404
    if not acts_for(principal, need if side == Side.NEED else resource):
        raise Http404
    return need, resource


def _first_words(principal: Principal, need: Need, resource: Resource) -> dict[str, str]:
    """What the engine could not tell of the pair is what to ask first."""
    live = Match.objects.visible_to(principal).filter(LIVE, need=need, resource=resource)
    matches = list(live.select_related("need", "resource__zone", "run")[:1])
    told = explain_many(matches, principal=principal, language=get_language() or "zh-hans")
    unknown = unknown_of(told[0]) if told else ""
    return {"unclear_zh": _("请说明：%(names)s") % {"names": unknown}} if unknown.strip("—") else {}


def _context(need: Need, resource: Resource, side: Side, form: InterestForm) -> dict[str, Any]:
    pages = {
        Side.NEED: ("matching_need_matches", need, _("返回匹配结果")),
        Side.RESOURCE: ("zones_resource_needs", resource, _("返回相关需求")),
    }
    name, record, title = pages[side]
    return {
        "title": _("表达对接意向"),
        "need": need,
        "resource": resource,
        "side": side,
        "form": form,
        "due_on": after_working_days(today(), DUE_AFTER),
        "expires_on": after_working_days(today(), EXPIRES_AFTER),
        "back": {"url": reverse(f"admin:{name}", args=[record.public_id]), "title": title},
    }
