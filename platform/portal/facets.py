"""How a search is narrowed on its page: facets with counts, each choice an address, and chips to take choices off."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.links import search_url
from zones.search.requests import DISTANCES, FACETS, FRESH, PRICES, SearchRequest
from zones.search.results import FacetValue, SearchPage

TITLES: Final = {
    "subject": gettext_lazy("查找范围"),
    "kind": gettext_lazy("类型"),
    "field": gettext_lazy("产业领域"),
    "equipment": gettext_lazy("仪器设备分类"),
    "association": gettext_lazy("联盟与网络"),
    "region": gettext_lazy("省级区域"),
    "zone": gettext_lazy("高新区"),
    "within": gettext_lazy("距离"),
    "sharing": gettext_lazy("共享方式"),
    "price": gettext_lazy("价格"),
    "trl": gettext_lazy("技术就绪度"),
    "fresh": gettext_lazy("核实时间"),
}
"""Every facet, in the order in which the page shows them."""
IN_ORDER: Final[Mapping[str, Sequence[str]]] = {
    "within": DISTANCES,
    "trl": [str(level) for level in range(1, 10)],
    "fresh": list(FRESH),
    "price": PRICES,
}
"""Facets whose values have an order of their own; of the others the most frequent stand first."""
SHOWN: Final = 6
Address = Callable[[SearchRequest], str]
"""Where a search is shown: in the list, or on the map."""
OPEN: Final = ("subject", "kind", "field", "association")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. `url` leads to the search with it, or without it where it is chosen."""

    key: str
    label: str
    count: int
    url: str
    is_chosen: bool
    is_part: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One facet: what is seen at once, and what is behind “more”."""

    name: str
    title: str
    choices: Sequence[Choice]
    more: Sequence[Choice]
    is_open: bool


class Chip(NamedTuple):
    """A choice that can be taken off."""

    title: str
    label: str
    url: str


def boxes_of(page: SearchPage, address: Address = search_url) -> list[Box]:
    """The facets that would narrow the search, or are chosen."""
    return [box for name in TITLES if (box := _box(name, page, address)) is not None]


def chips_of(page: SearchPage, address: Address = search_url) -> list[Chip]:
    labels = {(name, one.value): label_of(name, one) for name, values in page.facets.items() for one in values}
    return [
        Chip(str(TITLES[name]), labels.get((name, value), value), address(page.request.toggled(name, value)))
        for name in FACETS
        for value in page.request.chosen.get(name, ())
    ]


def label_of(name: str, one: FacetValue) -> str:
    if name == "within":
        return _("%(km)s 公里内") % {"km": one.value}
    return _("%(level)s 级") % {"level": one.value} if name == "trl" else one.label


def _box(name: str, page: SearchPage, address: Address) -> Box | None:
    values = [one for one in page.facets[name] if one.count or one.is_chosen]
    if not values or (len(values) == 1 and not values[0].is_chosen and values[0].count == page.total):
        return None
    choices = [_choice(name, one, page.request, address) for one in _ordered(name, values)]
    first = max(SHOWN, sum(choice.is_chosen for choice in choices))
    is_open = name in OPEN or any(choice.is_chosen for choice in choices)
    return Box(name, str(TITLES[name]), choices[:first], choices[first:], is_open)


def _ordered(name: str, values: Sequence[FacetValue]) -> list[FacetValue]:
    """By the order of the values; else parts of a value behind it, and what is chosen before what is not."""
    if name in IN_ORDER:
        order = IN_ORDER[name]
        return sorted(values, key=lambda one: order.index(one.value))
    place = {one.value: number for number, one in enumerate(values)}
    return sorted(values, key=lambda one: _rank(one, place, values))


def _rank(one: FacetValue, place: Mapping[str, int], values: Sequence[FacetValue]) -> tuple[bool, int, bool, int]:
    whole = one.parent if one.parent in place else one.value
    family = [other for other in values if whole in (other.value, other.parent)]
    return not any(other.is_chosen for other in family), place[whole], one.value != whole, place[one.value]


def _choice(name: str, one: FacetValue, request: SearchRequest, address: Address) -> Choice:
    url = address(request.toggled(name, one.value))
    return Choice(f"{name}-{one.value}", label_of(name, one), one.count, url, one.is_chosen, bool(one.parent))
