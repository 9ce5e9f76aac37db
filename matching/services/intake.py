"""What the writer of a need is told while writing: how complete it is, what tells who asks, whether somebody has asked
the same already, which codes others use for such things. Nothing here is stored, and nothing hidden is told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from lexicon.normalise import normalise
from lexicon.tokenise import tokens_of
from matching.choices import NeedState
from matching.models import Need
from matching.services.index_places import index_as_it_is
from matching.services.leaks import check_leaks, stated_of
from zones.choices import Visibility
from zones.errors import InvalidInput
from zones.models import Code, Resource
from zones.scoping import Principal
from zones.search.index import TextQuery

Values = Mapping[str, Any]
COMPARED: Final = 5_000
"""The newest needs that a text is compared with."""
ALIKE: Final = 0.45
"""Share of common pairs of characters (Jaccard) from which on two needs are told to be alike."""
LEAST_PAIRS: Final = 6
"""Shorter texts say too little to be compared."""
ALIKE_AT_MOST: Final = 5
NEIGHBORS: Final = 30
"""Resources that vote on codes."""
CODES_AT_MOST: Final = 3
LEAST_VOTES: Final = 3
ENDED: Final = (NeedState.REJECTED, NeedState.WITHDRAWN)
TEXT_FIELDS: Final = ("title_zh", "summary_zh", "problem_zh", "content_zh")
CODED: Final = {"industry_codes": "industry", "equipment_codes": "equipment", "discipline_codes": "discipline"}


class Criterion(NamedTuple):
    """One line of the quality meter: points it gives, the field it is about, and what to do for them."""

    points: int
    field: str
    hint: Any


class Look(NamedTuple):
    """quality 0–100; open criteria, most valuable first; leaks field → sentences; needs that are alike with how much;
    codes field → suggested codes.
    """

    quality: int
    missing: list[Criterion]
    leaks: dict[str, list[str]]
    alike: list[tuple[Need, float]]
    codes: dict[str, list[Code]]


CRITERIA: Final = (
    Criterion(10, "title_zh", _("标题写明对象与要解决的问题（不少于 8 字）")),
    Criterion(10, "summary_zh", _("摘要写明现状、目标与指标（不少于 40 字）")),
    Criterion(10, "problem_zh", _("技术难题写明卡在哪里（不少于 30 字）")),
    Criterion(10, "content_zh", _("需求内容写明要交付什么（不少于 30 字）")),
    Criterion(15, "metrics", _("至少一项量化指标")),
    Criterion(10, "three_metrics", _("三项以上指标，数值带单位")),
    Criterion(5, "conditions", _("至少一项指标写明测试条件")),
    Criterion(10, "industry_codes", _("选择产业分类")),
    Criterion(5, "modes", _("选择合作方式")),
    Criterion(5, "keywords", _("填写三个以上关键词")),
    Criterion(5, "deadline", _("填写要求完成日")),
    Criterion(5, "budget_max", _("填写预算（仅本园区可见，用于匹配）")),
)
LEAST_LENGTH: Final = {"title_zh": 8, "summary_zh": 40, "problem_zh": 30, "content_zh": 30}


def look_at(principal: Principal, values: Values, metrics: Sequence[Values], *, own_id: int | None = None) -> Look:
    """Read a need that is being written; `own_id`: the stored need that it will become is no double of itself."""
    missing = sorted((one for one in CRITERIA if not _is_met(one.field, values, metrics)), key=lambda one: -one.points)
    return Look(
        100 - sum(one.points for one in missing),
        missing,
        _leaks(values, metrics, own_id),
        alike(principal, values, own_id=own_id),
        suggested_codes(principal, values),
    )


def alike(principal: Principal, values: Values, *, own_id: int | None = None) -> list[tuple[Need, float]]:
    """Needs the principal may see that say nearly the same, most alike first."""
    mine = _pairs(values.get("title_zh"), values.get("summary_zh"))
    if len(mine) < LEAST_PAIRS:
        return []
    rows = Need.objects.visible_to(principal).exclude(pk=own_id).exclude(state__in=ENDED).order_by("-pk")
    texts = rows.values_list("pk", "title_zh", "summary_zh")[:COMPARED]
    shares = {pk: _jaccard(mine, _pairs(title, summary)) for pk, title, summary in texts}
    best = sorted((pk for pk, share in shares.items() if share >= ALIKE), key=lambda pk: -shares[pk])[:ALIKE_AT_MOST]
    needs = Need.objects.visible_to(principal).select_related("zone").in_bulk(best)
    return [(needs[pk], shares[pk]) for pk in best if pk in needs]


def suggested_codes(principal: Principal, values: Values) -> dict[str, list[Code]]:
    """Codes that the resources nearest in words carry, where the writer has chosen none."""
    text = " ".join(str(values.get(name) or "") for name in TEXT_FIELDS)
    wanted = [name for name in CODED if not values.get(name)]
    tokens = Counter(tokens_of(text))
    if not wanted or len(tokens) < 5:
        return {}
    index = index_as_it_is()
    if index is None:
        return {}
    query = TextQuery(tuple((token, 1.0) for token, _count in tokens.most_common(60)), _scopes_of(principal))
    (ids,) = index.candidates([query], NEIGHBORS)
    rows = list(Resource.objects.visible_to(principal).filter(pk__in=ids.tolist()).values(*wanted))
    found = {name: _elected(CODED[name], (row[name] for row in rows)) for name in wanted}
    return {name: codes for name, codes in found.items() if codes}


def _scopes_of(principal: Principal) -> tuple[str, ...]:
    """What the index may propose to the reader: were hidden resources among the nearest, they would take the place of
    visible ones, and so be told.
    """
    if principal.is_system:
        return ()
    places = {"zone": principal.zones, "association": principal.associations, "organization": principal.organizations}
    named = (f"{place}:{pk}" for place, ids in places.items() for pk in sorted(ids))
    return (Visibility.PUBLIC, *((Visibility.NATIONAL,) if principal.is_member else ()), *named)


def _elected(scheme: str, ballots: Iterable[Sequence[str]]) -> list[Code]:
    votes = Counter(code for ballot in ballots for code in ballot)
    best = [code for code, count in votes.most_common(CODES_AT_MOST) if count >= LEAST_VOTES]
    known = {row.code: row for row in Code.objects.filter(scheme=scheme, code__in=best, is_active=True)}
    return [known[code] for code in best if code in known]


def _is_met(field: str, values: Values, metrics: Sequence[Values]) -> bool:
    match field:
        case "metrics":
            return bool(metrics)
        case "three_metrics":
            return sum(bool(row.get("unit")) for row in metrics) >= 3
        case "conditions":
            return any(row.get("condition_zh") for row in metrics)
        case "keywords":
            return len(values.get("keywords") or ()) >= 3
        case _:
            value = values.get(field)
            return len(value or "") >= LEAST_LENGTH[field] if field in LEAST_LENGTH else value not in (None, "", [])


def _leaks(values: Values, metrics: Sequence[Values], own_id: int | None) -> dict[str, list[str]]:
    """What the text tells of who asks; needs an organization to know its names, phones are found without."""
    columns = {field.name for field in Need._meta.concrete_fields}
    need = Need(**{name: value for name, value in values.items() if name in columns})
    try:
        check_leaks(need, metrics, stated=stated_of(Need(pk=own_id)))
    except InvalidInput as error:
        return {name: list(sentences) for name, sentences in error.errors.items()}
    return {}


def _pairs(*texts: Any) -> frozenset[str]:
    """Neighboring characters of the texts in the form in which words are compared."""
    joined = "".join(ch for ch in normalise(" ".join(str(text or "") for text in texts)) if ch.isalnum())
    return frozenset(joined[place : place + 2] for place in range(len(joined) - 1))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 0.0
