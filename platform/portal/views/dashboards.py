"""Dashboards: figures of the nation, an association or a zone in a year, as far as the reader is told them."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from figures import scopes
from figures.boards import Board, When, fitting
from figures.cells import last_years
from figures.definitions.dimensions import OF, UNTAGGED
from figures.definitions.needs import FUNNEL
from figures.definitions.registry import all_definitions
from figures.gaps import fields
from figures.matrices import (
    ACTIVITIES,
    FLOW,
    dimension_places,
    dimensions,
    flow_of_contracts,
    regions_flow,
)
from figures.parts import Part
from figures.periods import name_of
from figures.scopes import NATION, Scope
from figures.units import ITEMS, YUAN
from matching.models import Need
from matching.services.need_days import UNMET
from portal.base import PortalPage
from portal.board_choices import (
    REGION,
    ZONE,
    Choice,
    FlowChoice,
    choice_of,
    flow_choice,
    flow_options,
    part_options,
)
from portal.board_rows import (
    HEADLINES,
    TREND,
    ZONES,
    Table,
    board_url,
    funnel,
    headlines,
    table_of,
    titles,
    told_whole,
    trend,
    zone_table,
)
from portal.flow_places import around, region_places, zone_places
from zones.choices import Dimension
from zones.errors import InvalidInput, listed
from zones.models import Association, RegionGroup, Zone
from zones.scoping import VISITOR, today

KEYS: Final = tuple(dict.fromkeys((*HEADLINES, *TREND, *FUNNEL, *ZONES, ACTIVITIES)))
UNMET_SHOWN: Final = 20
LACKING_SHOWN: Final = 30
OWN: Final = "own"
OF_PLACES: Final = (NATION, *scopes.PLACES)


class DashboardPage(PortalPage):
    """One page for every scope: what it lacks is not shown."""

    template = "portal/figures.html"
    parameters = ("scope", "year", "span", "contract_type", "field", "between")

    def get(self, request: HttpRequest) -> HttpResponse:
        scope, year = self._scope(), self._year()
        asked = choice_of(request.GET.get("span", ""), year, today())
        flow = flow_choice(request.GET, is_nation=scope.kind == NATION)
        board = self._board(scope, year)
        is_whole = board.reads_whole(scope.code)
        choice = asked if is_whole else Choice(year)
        when = choice.when
        self._read_months(board, scope, choice)
        heads = headlines(board, scope, when)
        context = {
            "scope": scope, "year": year, "years": reversed(board.years), "as_of": board.as_of, "part": choice.code,
            "parts": part_options(year), "is_of_parts": choice.is_of_parts, "period": name_of(board.period(when)),
            "is_unfinished": not board.is_over(when), "is_of_year": isinstance(when, int),
            "has_samples": board.samples, "is_whole": is_whole, "is_refused": choice != asked,
            "told_whole": listed(told_whole(scope)), "headlines": heads,
            "nothing_of": listed(one.title for one in heads if one.is_none),
            "places": _places(self._all_zones), "map_url": _map_url(scope),
            "trend": trend(board, scope, choice.steps or board.years),
            "trend_titles": titles(board, fitting(TREND, scope), scope, when),
            "funnel": funnel(board, scope, when), "canonical": request.build_absolute_uri(board_url(scope, when)),
            **self._zones(board, scope, when),
        }  # fmt: skip
        zones = None if scope.kind == NATION else board.zone_keys(scope, when)
        return self.page(context | self._gaps(zones) | self._across(board, scope, when, flow))

    def _scope(self) -> Scope:
        """Raises InvalidInput."""
        asked = self.request.GET.get("scope") or NATION
        scope = scopes.parsed(self._own() if asked == OWN else asked, self.principal)
        if scope.kind not in OF_PLACES:
            raise InvalidInput.single(
                "scope", _("看板只按全国、省级区域、区域组、联盟（网络）或高新区统计：请改选范围。")
            )
        return scope

    def _own(self) -> str:
        """Code of the reader's zone, else of an association, else of the nation."""
        zone = Zone.objects.filter(pk__in=self.principal.own_zones).order_by("pk").first()
        association = Association.objects.filter(pk__in=self.principal.associations).order_by("pk").first()
        return f"zone:{zone.slug}" if zone else f"association:{association.slug}" if association else NATION

    def _board(self, scope: Scope, year: int) -> Board:
        """Ten years of what a trend of years shows, of everything else the year and the one before; of flows between
        regions those of the nation. Who may read the flows of other places asks for them in time, so that contracts are
        read once where sums are made anew.
        """
        is_nation = scope.kind == NATION
        keys = [*KEYS, *([FLOW] if is_nation or self.principal != VISITOR else [])]
        only = {key: (year - 1, year) if is_nation or key != FLOW else () for key in keys if key not in TREND}
        return Board(keys, principal=self.principal, samples=settings.DEMO, only=only)

    def _read_months(self, board: Board, scope: Scope, choice: Choice) -> None:
        """What the page tells of quarters and months."""
        if isinstance(choice.when, Part):
            year, zones = choice.when.year, board.zones_in(scope, choice.when)
            board.read_months(KEYS, {scope.code, *zones, *dimension_places(scope)}, (year - 1, year))
        elif choice.is_of_parts:
            board.read_months(TREND, {scope.code}, (choice.when,))

    @cached_property
    def _all_zones(self) -> list[Zone]:
        return list(Zone.objects.order_by("pinyin_key"))

    def _year(self) -> int:
        """The last year that is over, unless another is asked for. Raises InvalidInput."""
        years = last_years(today())
        text = self.request.GET.get("year") or str(years[-1] - 1)
        if not (text.isascii() and text.isdigit() and int(text[:5]) in years):
            told = {"first": years[0], "last": years[-1]}
            raise InvalidInput.single("year", _("年份须在 %(first)d 至 %(last)d 之间：请改选。") % told)
        return int(text)

    def _zones(self, board: Board, scope: Scope, when: When) -> dict[str, Any]:
        """Zone by zone, where the scope has several."""
        if scope.kind == "zone":
            return {}
        codes = set(board.zones_in(scope, when))
        zones = [_zone_scope(row) for row in self._all_zones if f"zone:{row.slug}" in codes]
        return {"zones": zone_table(board, scope, zones, when)} if zones else {}

    def _across(self, board: Board, scope: Scope, when: When, asked: FlowChoice) -> dict[str, Any]:
        """Flows and dimensions: of parts of the nation only for those who read them whole, or two of these tables would
        tell what one leaves out. Strangers are told one flow, that between regions in a year: any other would tell what
        it leaves out.
        """
        is_whole, is_nation = board.reads_whole(scope.code), scope.kind == NATION
        usual = FlowChoice(REGION if is_nation else ZONE)
        found = {"is_flow_refused": not is_whole and asked != usual}
        if not (is_whole or is_nation):
            return found
        flow = asked if is_whole else usual
        kinds = {figure: all_definitions()[figure].name for figure, _ in OF}
        tags = {**{value: str(label) for value, label in Dimension.choices}, UNTAGGED: _("未标注")}
        return found | {
            "flow": self._flow(board, scope, when, flow), "flow_choice": flow, "is_flow_of_zones": flow.between == ZONE,
            "around": around(self._all_zones),
            "flow_options": flow_options(flow, is_nation=is_nation) if is_whole else [],
            "dimensions": table_of(dimensions(board, scope, when), {**kinds, **tags}, ITEMS),
        }  # fmt: skip

    def _flow(self, board: Board, scope: Scope, when: When, asked: FlowChoice) -> Table | None:
        places = region_places() if asked.between == REGION else zone_places(self._all_zones)
        if isinstance(when, int) and asked == FlowChoice(REGION):
            return table_of(regions_flow(board, when), places.names, YUAN, places.spots)
        filters = {"contract_type": asked.contract_type, "field": asked.field}
        matrix = flow_of_contracts(board, scope, when, between=asked.between, **filters)
        return table_of(matrix, places.names, YUAN, places.spots)

    def _gaps(self, zones: list[int] | None) -> dict[str, Any]:
        found = fields(self.principal, zones, samples=settings.DEMO)
        names = {row.pk: str(row) for row in self._all_zones}
        lacking = [(one, names[zone], *counts) for one in found for zone, *counts in one.lacking]
        return {
            "fields": found, "idle": [one for one in found if one.is_idle],
            "unmet": [one for one in found if one.unmet],
            "lacking": lacking[:LACKING_SHOWN], "unmet_needs": self._unmet(zones),
        }  # fmt: skip

    def _unmet(self, zones: list[int] | None) -> list[Need]:
        """Needs nobody could serve that the reader may see, the latest first."""
        rows = Need.objects.visible_to(self.principal).filter(state__in=UNMET).select_related("zone")
        if not settings.DEMO:
            rows = rows.filter(is_sample=False)
        return list(
            (rows if zones is None else rows.filter(zone__in=zones)).order_by("-updated_at", "-pk")[:UNMET_SHOWN]
        )


def _places(zones: list[Zone]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a figure can be asked of besides the nation, by kind: code and name."""
    return [
        (_("联盟（网络）"), [(f"association:{row.slug}", str(row)) for row in Association.objects.order_by("pk")]),
        (_("区域组"), [(f"group:{row.slug}", str(row)) for row in RegionGroup.objects.order_by("pk")]),
        (_("高新区"), [(f"zone:{row.slug}", str(row)) for row in zones]),
    ]


def _zone_scope(row: Zone) -> Scope:
    code = f"zone:{row.slug}"
    return Scope(code, "zone", row.name_zh if not row.short_zh else row.short_zh, row.name_en, frozenset({code}))


def _map_url(scope: Scope) -> str:
    key = scope.code.partition(":")[2]
    return reverse("portal:map") + (f"?{scope.kind}={key}" if scope.kind in ("zone", "association", "region") else "")
