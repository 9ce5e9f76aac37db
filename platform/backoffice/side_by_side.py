"""Two to four resources of one need side by side: a column each, a row for everything they can be told apart by."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice import results
from backoffice.details import EMPTY
from backoffice.exchange_rows import with_talks
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import is_on_own_side
from backoffice.shortlists import ShortlistPages, shown_shortlist
from backoffice.widgets import score_bar
from matching.choices import Side
from matching.engine.config import COMPONENTS, RERANK, SEMANTIC
from matching.engine.wording import COMPONENT_LABELS
from matching.models import Need
from matching.services.explanations import Explanation
from zones.errors import listed
from zones.models import Resource
from zones.scoping import Principal
from zones.wording import price_text

FEWEST, MOST = 2, 4
EARTH_KM = 6_371.0
BY_MODELS = (SEMANTIC, RERANK)
Items = Sequence[dict[str, Any]]


class Line(NamedTuple):
    """One row of the comparison: a label and a cell per resource. `tones` color verdicts."""

    label: str
    cells: list[Any]
    tones: list[str]

    @property
    def pairs(self) -> list[tuple[Any, str]]:
        """Each cell with its tone, for the template."""
        return list(zip(self.cells, self.tones, strict=True))


def context_of(need: Need, principal: Principal, keys: Sequence[str]) -> dict[str, Any]:
    """The chosen columns and their lines; without lines where fewer than two or more than four were chosen."""
    columns = _chosen(need, principal, keys)
    is_fitting = FEWEST <= len(columns) <= MOST
    return {
        "columns": columns,
        "lines": [*_numbers(columns), *_metrics(columns), *_facts(need, columns)] if is_fitting else [],
    }


def distance_km(need: Need, resource: Resource) -> float | None:
    """Along the earth's surface from the need's zone to the resource, or to its zone where its own place is unknown."""
    here = _radians(need.zone.latitude, need.zone.longitude)
    zone = resource.zone
    there = _radians(resource.latitude, resource.longitude) or _radians(zone.latitude, zone.longitude)
    if here is None or there is None:
        return None
    (lat, long), (other_lat, other_long) = here, there
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_long - long) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _radians(latitude: Decimal | None, longitude: Decimal | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (radians(float(latitude)), radians(float(longitude)))


def unknown_of(told: Explanation) -> str:
    """What neither score nor verdict could count: components without a fit, metrics nobody has declared. Whether the
    platform compares by models is nothing to ask the other side.
    """
    names = [part.label for part in told.contributions if part.fit is None and part.name not in BY_MODELS]
    names += [str(row["name"]) for row in told.metrics if row["verdict"] == "unknown"]
    return listed(names) or EMPTY


def _chosen(need: Need, principal: Principal, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The columns in the order in which the page lists them: live matches, then what else is shortlisted."""
    wanted = {public_id for key in keys if (public_id := parse_public_id(key))}
    matches = results.matches_of(need, principal, is_need_side=is_on_own_side(need, principal))
    others = [item for item in shown_shortlist(need, principal, matches) if item["item"] is None and item["told"]]
    return [item for item in (*matches, *others) if item["resource"].public_id in wanted]


def _numbers(columns: Items) -> list[Line]:
    scores = [score_bar(item["told"].score) for item in columns]
    sure = [f"{item['told'].confidence_band}（{item['told'].confidence:.0%}）" for item in columns]
    return [_line(_("得分"), scores), _line(_("把握度"), sure), *_parts(columns)]


def _parts(columns: Items) -> list[Line]:
    """Each part of the score that is known of at least one; what is unknown of some is not a zero."""
    told = [{part.name: part for part in item["told"].contributions} for item in columns]
    names = [name for name in COMPONENTS if any(name in parts for parts in told)]
    tongue = "zh" if (get_language() or "zh-hans").startswith("zh") else "en"
    lines = [_line(COMPONENT_LABELS[name][tongue], [_part(parts.get(name)) for parts in told]) for name in names]
    return [line for line in lines if not set(line.cells) <= {EMPTY, _("未知")}]


def _part(part: Any) -> str:
    if part is None:
        return EMPTY
    return _("未知") if part.fit is None else f"{part.value:.3f}"


def _metrics(columns: Items) -> list[Line]:
    """A line per metric of the need: what is asked stands in the label, what is offered and the verdict in the cell."""
    names = {(row["name"], row["need"]): None for item in columns for row in item["told"].metrics}
    return [_metric(columns, name, asked) for name, asked in names]


def _metric(columns: Items, name: str, asked: str) -> Line:
    rows = [
        next((row for row in item["told"].metrics if (row["name"], row["need"]) == (name, asked)), None)
        for item in columns
    ]
    verdicts = [results.verdict_of(str(row["verdict"])) if row else None for row in rows]
    cells = [
        f"{row['offer'] or EMPTY} · {verdict['verdict_text']}" if row and verdict else EMPTY
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    tones = [verdict["tone"] if verdict else "" for verdict in verdicts]
    return Line(f"{name} {asked}".strip(), cells, tones)


def _facts(need: Need, columns: Items) -> list[Line]:
    """What their records say."""
    read: dict[str, Callable[[dict[str, Any]], str]] = {
        _("价格"): lambda item: price_text(item["resource"]) or EMPTY,
        _("技术就绪度"): lambda item: str(item["resource"].trl or EMPTY),
        _("距离"): lambda item: km_text(distance_km(need, item["resource"])),
        _("所在高新区"): lambda item: str(item["resource"].zone),
        _("单位"): lambda item: str(item["owner"]),
        _("尚不清楚"): lambda item: unknown_of(item["told"]),
    }
    return [_line(label, [cell(item) for item in columns]) for label, cell in read.items()]


def km_text(distance: float | None) -> str:
    """A distance for reading."""
    return EMPTY if distance is None else _("约 %(distance)s 公里") % {"distance": f"{distance:,.0f}"}


def _line(label: str, cells: list[Any]) -> Line:
    return Line(label, cells, [""] * len(cells))


class SideBySidePages(ShortlistPages):
    """The page beside a need's matches."""

    def side_by_side_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Resources named by `with`, as far as the reader may see them among this need's."""
        need = self.row_or_404(request, object_id)
        context = context_of(need, principal_of(request), request.GET.getlist("with"))
        context["columns"] = with_talks(principal_of(request), Side.NEED, need, context["columns"], "resource")
        context |= {"title": _("并排比较"), "matches_url": self.url_of(need, "matches")}
        return self.page(request, "admin/backoffice/side_by_side.html", need, context)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.side_by_side_view)
        route = path("<path:object_id>/matches/side-by-side/", view, name="matching_need_side_by_side")
        return [route, *super().get_urls()]
