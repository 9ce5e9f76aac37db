"""Records that are likely the same, side by side: merged into one, or told apart for good. Old addresses lead on."""

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from backoffice.bare import bare_page
from backoffice.base import ScopedModelAdmin
from backoffice.details import EMPTY, plain_text, refusal_text
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import Rows, editable_rows, visible_rows
from matching.services.merging import merge_organizations, merge_resources
from zones.errors import DomainError
from zones.models import Zone
from zones.scoping import Principal
from zones.services.likeness import Pair, likely_organizations, likely_resources
from zones.services.merging import keep_separate


class Doubles(NamedTuple):
    """How doubles of a kind of record are found, merged and told apart by people; `same_name` says what is the same."""

    find: Callable[[Principal, Zone], list[Pair]]
    merge: Callable[..., Any]
    rows: Callable[[Rows], Rows]
    told: Callable[[Any], list[tuple[str, Any]]]
    same_name: Any


class MergePages(ScopedModelAdmin):
    """The page of likely doubles beside a list, and the way from an old address to the record that was kept."""

    doubles: ClassVar[Doubles]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        kept = self.kept_row(request, object_id) if object_id else None
        if kept is not None:
            return HttpResponsePermanentRedirect(self.url_of(kept))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {**(extra_context or {}), "list_links": self.doubles_link(request)})

    def kept_row(self, request: HttpRequest, key: str) -> Any:
        """The record into which the one of that key was merged, if its reader may see it."""
        public_id = parse_public_id(key)
        rows = visible_rows(self.model, principal_of(request))
        return rows.filter(merged__public_id=public_id).first() if public_id else None

    def doubles_link(self, request: HttpRequest) -> list[dict[str, str]]:
        if not _zones_of(principal_of(request)).exists():
            return []
        return [{"url": reverse(self.name_of("doubles")), "title": _("疑似重复"), "icon": "join_inner"}]

    def doubles_view(self, request: HttpRequest) -> HttpResponse:
        principal, zone = principal_of(request), self._zone(request)
        found = self.doubles.find(principal, zone)
        rows = self.doubles.rows(editable_rows(self.model, principal)).in_bulk(
            {pk for pair in found for pk in pair[:2]}
        )
        context = {
            "title": _("疑似重复"),
            "zone": zone,
            "zones": _zones_of(principal),
            "pairs": [self._pair(rows, pair) for pair in found if pair.first in rows and pair.second in rows],
            "merge_url": f"{reverse(self.name_of('merge'))}?zone={zone.slug}",
            "separate_url": f"{reverse(self.name_of('separate'))}?zone={zone.slug}",
        }
        return bare_page(self, request, "admin/backoffice/duplicates.html", context)

    def _pair(self, rows: dict[int, Any], pair: Pair) -> dict[str, Any]:
        first, second = rows[pair.first], rows[pair.second]
        told = zip(self.doubles.told(first), self.doubles.told(second), strict=True)
        lines = [_line(label, _shown(one), _shown(other)) for (label, one), (_label, other) in told]
        sides = [
            {"row": row, "key": f"{row.public_id}:{row.version}", "url": self.url_of(row)} for row in (first, second)
        ]
        return {"sides": sides, "lines": lines, "reason": self._reason(pair)}

    def _reason(self, pair: Pair) -> str:
        if pair.reason == "alike":
            return _("名称相近（%(percent)d%%）") % {"percent": round(100 * pair.share)}
        return {"same_number": _("编号相同"), "same_name": str(self.doubles.same_name)}[pair.reason]

    @method_decorator(require_POST)
    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the one the sender chose, each in the version that was seen."""
        kept, merged = self._named(request, "kept"), self._named(request, "merged")

        def act() -> str:
            row = self.doubles.merge(
                principal_of(request), kept_id=kept[0].pk, merged_id=merged[0].pk, kept_version=kept[1],
                merged_version=merged[1],
            )  # fmt: skip
            return _("已合并，保留：%(name)s") % {"name": row}

        return self._back_after(request, act)

    @method_decorator(require_POST)
    def separate_view(self, request: HttpRequest) -> HttpResponse:
        rows = [self._named(request, name)[0] for name in ("kept", "merged")]

        def act() -> str:
            keep_separate(principal_of(request), rows=rows)
            return _("已记住：不是重复的记录")

        return self._back_after(request, act)

    def _back_after(self, request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
        zone = self._zone(request)
        try:
            messages.success(request, act())
        except DomainError as error:
            messages.error(request, refusal_text(error))
        return HttpResponseRedirect(f"{reverse(self.name_of('doubles'))}?zone={zone.slug}")

    def _named(self, request: HttpRequest, name: str) -> tuple[Any, int]:
        """A record its sender may change, by public id, and the version that was seen."""
        key, _colon, version = request.POST.get(name, "").partition(":")
        public_id = parse_public_id(key)
        rows = editable_rows(self.model, principal_of(request))
        row = rows.filter(public_id=public_id).first() if public_id else None
        if row is None or not (version.isdecimal() and len(version) < 10):
            raise Http404
        return row, int(version)

    def _zone(self, request: HttpRequest) -> Zone:
        zones = _zones_of(principal_of(request))
        slug = request.GET.get("zone", "").replace("\x00", "")
        zone: Zone | None = zones.filter(slug=slug).first() if slug else zones.first()
        if zone is None:
            raise Http404
        return zone

    def get_urls(self) -> list[Any]:
        views = {"doubles": self.doubles_view, "merge": self.merge_view, "separate": self.separate_view}
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        routes = [
            path(
                "doubles/" if name == "doubles" else f"doubles/{name}/",
                self.admin_site.admin_view(view),
                name=f"{prefix}_{name}",
            )
            for name, view in views.items()
        ]
        return [*routes, *super().get_urls()]


def _zones_of(principal: Principal) -> Any:
    """Zones in which the principal may merge."""
    zones = Zone.objects.order_by("pinyin_key", "pk")
    return zones if principal.is_system else zones.filter(pk__in=principal.staff_zones)


def _line(label: str, first: str, second: str) -> dict[str, Any]:
    """What reads the same is not marked as different: two times of one minute."""
    return {"label": label, "first": first, "second": second, "differs": first != second}


def _shown(value: Any) -> str:
    return plain_text("", value) if value is not None else EMPTY


def _told_of_resource(row: Any) -> list[tuple[str, Any]]:
    detail = getattr(row, "equipmentdetail", None)
    return [
        (_("名称"), row.name_zh),
        (_("权属单位"), row.organization.name_zh),
        (_("外部编号"), row.external_id),
        (_("型号"), detail.model if detail else ""),
        (_("制造商"), detail.manufacturer if detail else ""),
        (_("说明"), row.description_zh[:160]),
        (_("状态"), row.get_status_display()),
        (_("最近核实日"), row.confirmed_on),
        (_("更新时间"), row.updated_at),
    ]


def _told_of_organization(row: Any) -> list[tuple[str, Any]]:
    return [
        (_("名称"), row.name_zh),
        (_("英文名称"), row.name_en),
        (_("统一社会信用代码"), row.credit_code),
        (_("类型"), row.get_kind_display()),
        (_("城市"), row.city),
        (pgettext("plural", "资源"), row.resource_count),
        (_("更新时间"), row.updated_at),
    ]


OF_RESOURCES = Doubles(
    likely_resources,
    merge_resources,
    lambda rows: rows.select_related("organization", "equipmentdetail"),
    _told_of_resource,
    gettext_lazy("名称与型号相同"),
)
OF_ORGANIZATIONS = Doubles(
    likely_organizations,
    merge_organizations,
    lambda rows: rows.annotate(resource_count=Count("resources")),
    _told_of_organization,
    gettext_lazy("名称相同（不计公司形式）"),
)
