"""What can be asked for: the parameters of a search, read from an address or a command line. What is unknown is
refused.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _

from zones.errors import InvalidInput, listed

RELEVANCE, FRESHNESS, DISTANCE, NAME = "relevance", "freshness", "distance", "name"
SORTS: Final = (RELEVANCE, FRESHNESS, DISTANCE, NAME)
RESOURCE, NEED, ORGANIZATION = "resource", "need", "organization"
SUBJECTS: Final = (RESOURCE, ORGANIZATION, NEED)
FREE, STATED, UNKNOWN = "free", "stated", "unknown"
PRICES: Final = (FREE, STATED, UNKNOWN)
FRESH: Final = {"month": 30, "quarter": 91, "year": 365, "older": 0, "never": 0}
"""How long ago a record was confirmed, in days at most."""
DISTANCES: Final = ("50", "100", "200", "500", "1000")
"""Kilometres at most, from the zone one asks from."""
FACETS: Final = (
    "subject", "kind", "zone", "region", "association", "field", "equipment", "trl", "price", "sharing", "fresh",
    "within",
)  # fmt: skip
SINGLE: Final = ("q", "sort", "near", "page", "size")
PARAMETERS: Final = (*SINGLE, *FACETS)
MAX_SIZE: Final = 50
MAX_PLACE: Final = 1_000
"""Nobody turns further than to the thousandth record: a narrower question is the way on."""
MAX_VALUES: Final = 50
MAX_VALUE_CHARACTERS: Final = 80


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. `chosen`: facet → the values of which a record must have one; `near`: the slug of the zone from which
    distances are measured, empty for none.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    near: str = ""
    page: int = 1
    size: int = 20

    def without(self, facet: str) -> "SearchRequest":
        """The same with nothing chosen of a facet, from its first page on."""
        kept = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen=kept, page=1)

    def toggled(self, facet: str, value: str) -> "SearchRequest":
        """The same with a value of a facet chosen, or no longer; from the first page on."""
        values = self.chosen.get(facet, ())
        left = tuple(one for one in values if one != value) if value in values else (*values, value)
        kept = {**self.chosen, facet: left}
        return replace(self, chosen={name: values for name, values in kept.items() if values}, page=1)

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of its address, so that reading them gives the same search."""
        plain = [("q", self.words), ("sort", self.sort), ("near", self.near)]
        paged = [("page", str(self.page))] if self.page > 1 else []
        sized = [("size", str(self.size))] if self.size != SearchRequest().size else []
        facets = [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        return [*(pair for pair in plain if pair[1]), *facets, *paged, *sized]


def read_request(parameters: Mapping[str, Sequence[str]]) -> SearchRequest:
    """Read the parameters of an address, each with all its values. Raises InvalidInput for what is unknown.

    Values of zones, associations and codes are looked up where they are used.
    """
    for name in parameters:
        if name not in PARAMETERS:
            raise InvalidInput.single(name[:MAX_VALUE_CHARACTERS], _unknown(name, PARAMETERS))
    single = {name: _single(name, parameters.get(name, ())) for name in SINGLE}
    chosen = {name: _values(name, parameters[name]) for name in FACETS if parameters.get(name)}
    request = SearchRequest(
        words=single["q"],
        chosen={name: values for name, values in chosen.items() if values},
        sort=_one_of("sort", single["sort"], SORTS) if single["sort"] else "",
        near=single["near"],
        page=_number("page", single["page"], MAX_PLACE) if single["page"] else 1,
        size=_number("size", single["size"], MAX_SIZE) if single["size"] else SearchRequest().size,
    )
    return _consistent(request)


def check_values(name: str, values: Iterable[str], known: Collection[str]) -> None:
    """Refuse values that no record could have. Raises InvalidInput."""
    for value in values:
        _one_of(name, value, known)


def _consistent(request: SearchRequest) -> SearchRequest:
    if (request.sort == DISTANCE or "within" in request.chosen) and not request.near:
        raise InvalidInput.single("near", _("按距离筛选或排序时，请用 near 给出从哪个高新区算起。"))
    if (request.page - 1) * request.size >= MAX_PLACE:
        message = _("最多翻到第 %(count)s 条：请加上条件或换更具体的词。") % {"count": MAX_PLACE}
        raise InvalidInput.single("page", message)
    fixed: dict[str, Collection[str]] = {
        "subject": SUBJECTS,
        "price": PRICES,
        "fresh": FRESH,
        "within": DISTANCES,
        "trl": [str(level) for level in range(1, 10)],
    }
    for name, known in fixed.items():
        check_values(name, request.chosen.get(name, ()), known)
    return request


def _single(name: str, values: Sequence[str]) -> str:
    if len(values) > 1:
        raise InvalidInput.single(name, _("参数 %(name)s 只能给一次。") % {"name": name})
    return values[0] if values else ""


def _values(name: str, values: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(value for value in values if value))
    if len(kept) > MAX_VALUES:
        message = _("参数 %(name)s 最多给 %(count)s 个值。") % {"name": name, "count": MAX_VALUES}
        raise InvalidInput.single(name, message)
    return kept


def _number(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= most):
        message = _("参数 %(name)s 应为 1 至 %(most)s 的整数。") % {"name": name, "most": most}
        raise InvalidInput.single(name, message)
    return int(text)


def _one_of(name: str, value: str, known: Collection[str]) -> str:
    if value not in known:
        raise InvalidInput.single(name, _no_such_value(value, known))
    return value


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return _("没有参数 %(name)s：是否指 %(near)s？") % {"name": _shown(name), "near": near[0]}
    return _("没有参数 %(name)s：可用的有 %(known)s。") % {"name": _shown(name), "known": listed(known)}


def _no_such_value(value: str, known: Collection[str]) -> str:
    if len(known) <= len(PARAMETERS):
        return _("没有取值 %(value)s：可用的有 %(known)s。") % {"value": _shown(value), "known": listed(known)}
    near = get_close_matches(value[:MAX_VALUE_CHARACTERS], known)
    if near:
        return _("没有取值 %(value)s：是否指 %(near)s？") % {"value": _shown(value), "near": listed(near)}
    return _("没有取值 %(value)s：请从页面列出的选项中选择。") % {"value": _shown(value)}


def _shown(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text[:MAX_VALUE_CHARACTERS])
