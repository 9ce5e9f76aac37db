"""The form of an event that is over: written down at once, with what came of it; it counts, nobody is invited."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from backoffice.base import ScopedModelAdmin
from backoffice.forms import RecordForm
from backoffice.panel_fields import words
from backoffice.principals import principal_of
from matching.services.past import PastEvent, record_held_events

FIELDS = (
    (
        _("已举办的活动"),
        {
            "fields": (
                ("kind", "dimension", "visibility"), ("zone", "association"), ("title_zh", "title_en"), "summary_zh",
                "place_zh", "starts_at", "ends_at", "call", "result",
            ),
            "description": _("主办方填高新区或联盟（网络）中的一个。保存后即计入统计，不再发布，也不邀请任何单位。"),
        },
    ),
)  # fmt: skip


class HeldEventForm(RecordForm):
    result = words(_("活动成效"), most=1000, rows=4, help_text=_("签约、对接数量等；只有主办方与协办方可以看到"))


class HeldEvents(ScopedModelAdmin):
    """A second form for new events, beside the one that drafts them."""

    def held_view(self, request: HttpRequest) -> Any:
        request.is_over = True  # type: ignore[attr-defined]
        return self.changeform_view(request, None, "", {"title": str(_("登记已举办的活动"))})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return FIELDS if _is_over(request) else super().get_fieldsets(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if _is_over(request):
            kwargs["form"] = HeldEventForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if not _is_over(request):
            super().save_related(request, form, formsets, change)
            return
        rows = {formset.prefix: formset.rows() for formset in formsets}
        past = PastEvent(form.values(), rows.get("organizers", ()), form.cleaned_data["result"])
        (stored,) = record_held_events(principal_of(request), [past])
        form.instance.__dict__.update(stored.__dict__)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        links = list((extra_context or {}).get("list_links", []))
        if self.has_add_permission(request):
            link = {"url": reverse(self.name_of("held")), "icon": "event_available"}
            links.append({"title": str(_("登记已举办的活动")), **link})
        return super().changelist_view(request, (extra_context or {}) | {"list_links": links})

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view(self.held_view), self.name_of("held").removeprefix("admin:")
        return [path("held/", view, name=name), *super().get_urls()]


def _is_over(request: HttpRequest) -> bool:
    return bool(getattr(request, "is_over", False))
