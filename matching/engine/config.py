"""The settings of a run: weights, thresholds and depths, as one frozen value that is stored with the run."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from functools import reduce
from math import inf
from operator import add
from sys import float_info
from typing import Any, Final

COMPONENTS: Final = (
    "text", "semantic", "rerank", "class", "metric", "trl", "budget", "time", "mode", "proximity", "availability",
    "track", "freshness",
)  # fmt: skip
"""Order of the columns of every parts matrix."""

SEMANTIC: Final = "semantic"
RERANK: Final = "rerank"
VIEWS_OF_TEXT: Final = frozenset({SEMANTIC, RERANK})
"""They take their share of the topic from the words and add nothing to its weight."""

HIDDEN: Final = frozenset({"budget"})
"""Components made of what only one side reads: the budget. Everybody else is told the numbers without them."""

DEFAULT_WEIGHTS: Final = (0.30, 0.30, 0.30, 0.12, 0.24, 0.06, 0.03, 0.04, 0.05, 0.08, 0.03, 0.02, 0.03)
SOLVER_NAMES: Final = ("flow", "auction")
MOST_BY_JUDGMENT: Final = 0.9
"""A model of others never decides the whole topic; and how words and meaning share the rest can still be told."""

MANY: Final = 1_000_000
LEAST_SPREAD: Final = 0.1
SHARES: Final = (
    *("alpha", "max_document_share", "assign_threshold", "item_gain", "semantic_short", "semantic_long"),
    *("same_zone", "same_network", "same_alliance", "same_region_group", "other_zone", "cross_zone_bonus"),
)
BOUNDS: Final[Mapping[str, tuple[float, float]]] = {
    **dict.fromkeys(SHARES, (0, 1)),
    **dict.fromkeys(("depth", "keep", "top", "query_terms", "semantic_depth"), (1, MANY)),
    **dict.fromkeys(("minimum_query_terms", "weekly_exposures", "other_zone_places"), (0, MANY)),
    **dict.fromkeys(("track_prior_accepted", "track_prior_declined"), (0.1, MANY)),
    "trl_gap_max": (0, 9),
    "freshness_half_life_days": (1, inf),
    "rerank_share": (0, MOST_BY_JUDGMENT),
}
"""The smallest and the largest value of a setting a run can work with, both allowed."""


class BadSetting(ValueError):
    """A setting that cannot be used: `path` says which (weights.text), `wanted` what it must be, by the name of a rule
    with its `params`.
    """

    def __init__(self, path: str, wanted: str, given: object = "", **params: object) -> None:
        super().__init__(f"{path}: {wanted} {params or ''}: {given!r}")
        self.path = path
        self.wanted = wanted
        self.given = given
        self.params = params


@dataclass(frozen=True, slots=True)
class ScoringConfig:
    """All that may change a score without changing the code. Weights follow ``COMPONENTS`` and need not sum to one.

    Text, semantic and rerank are views of one topic: what the one is trusted with is taken from the others, and
    together they weigh as much as text alone does without a model.
    """

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    alpha: float = 0.6
    """rank = score · (alpha + (1 − alpha) · confidence)."""
    depth: int = 300
    """Candidates retrieved per need."""
    keep: int = 50
    """Candidates stored per need."""
    top: int = 5
    """Candidates explained per need."""
    query_terms: int = 192
    """Terms of a need sent to the text index, the most informative first."""
    max_document_share: float = 0.10
    """Terms in more documents than this are left out of the query while enough others remain."""
    minimum_query_terms: int = 8
    trl_gap_max: int = 4
    """A resource this many levels below the need is still considered; more is a constraint."""
    same_zone: float = 0.70
    same_network: float = 1.0
    same_alliance: float = 0.75
    same_region_group: float = 0.50
    other_zone: float = 0.20
    cross_zone_bonus: float = 0.30
    freshness_half_life_days: float = 365.0
    track_prior_accepted: float = 2.0
    track_prior_declined: float = 2.0
    assign_threshold: float = 0.25
    """Pairs with a lower rank value are never assigned."""
    exploration_slots: int = 0
    """Further candidates shown per need, marked as such, to learn about them; at most 2, never assigned."""
    solver: str = "flow"
    """``flow`` is exact; ``auction`` is for national scale and certifies how far from exact it is."""
    weekly_exposures: int = 20
    """A resource is put before at most this many new needs within seven days."""
    other_zone_places: int = 1
    """So many of a need's places are kept for other zones, as far as other zones have candidates."""
    item_gain: float = 0.30
    """Share of the distance to 1 that perfect items add to the text score of a laboratory or team."""

    semantic_short: float = 0.7
    semantic_long: float = 0.25
    """Share of the topic that meaning decides, for needs of up to 80 characters and for longer ones; 1 where the two
    sides write in different scripts, 0 without vectors."""
    semantic_floor: float = 0.0
    semantic_ceiling: float = 8.0
    """Spreads above the mean cosine of a need that count 0 and 1."""
    semantic_depth: int = 100
    """Candidates retrieved by meaning per need, besides those by words."""
    rerank_share: float = 0.5
    """Share of the topic that a reranking model decides for the pairs it has judged; at most 0.9."""

    def __post_init__(self) -> None:
        if len(self.weights) != len(COMPONENTS):
            raise BadSetting("weights", "so_many", len(self.weights), count=len(COMPONENTS))
        for name, weight in zip(COMPONENTS, self.weights, strict=True):
            _must_be_between(f"weights.{name}", weight, low=0)
        if sum(_told(self.weights)) <= 0:
            raise BadSetting("weights", "one_besides", hidden=", ".join(sorted(HIDDEN)))
        _must_be_among("exploration_slots", self.exploration_slots, (0, 1, 2))
        _must_be_among("solver", self.solver, SOLVER_NAMES)
        for name, (low, high) in BOUNDS.items():
            _must_be_between(name, getattr(self, name), low=low, high=high)
        _must_be_between("semantic_ceiling", self.semantic_ceiling, low=self.semantic_floor + LEAST_SPREAD)

    @property
    def full_weight(self) -> float:
        """The weight of everything known, of which the confidence is a share; further views add nothing to words."""
        named = zip(COMPONENTS, self.weights, strict=True)
        counted = (weight for name, weight in named if name not in VIEWS_OF_TEXT)
        return reduce(add, counted, 0.0)  # one after the other: `sum` adds otherwise in newer Pythons

    @property
    def told(self) -> "ScoringConfig":
        """The same settings with no weight on what is hidden."""
        return replace(self, weights=_told(self.weights))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "ScoringConfig":
        """Build from JSON; ``weights`` may be a mapping by component; unknown names are refused."""
        if not isinstance(values, Mapping):
            raise BadSetting("parameters", "settings", values)
        defaults = {field.name: field.default for field in fields(cls)}
        for name, value in values.items():
            if name not in defaults:
                raise BadSetting(name, "known", near=_nearest(name, defaults))
            if name != "weights":
                _must_be_like(name, value, defaults[name])
        given = dict(values)
        if "weights" in given:
            given["weights"] = _weights(given["weights"])
        return cls(**given)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values, weights by component; the inverse of :meth:`from_dict`."""
        return asdict(self) | {"weights": dict(zip(COMPONENTS, self.weights, strict=True))}


def _told(weights: tuple[float, ...]) -> tuple[float, ...]:
    named = zip(COMPONENTS, weights, strict=False)  # a tuple of a wrong length is refused by its own rule
    return tuple(0.0 if name in HIDDEN else weight for name, weight in named)


def _weights(given: Any) -> tuple[float, ...]:
    if isinstance(given, list | tuple):
        given = dict(zip(COMPONENTS, given, strict=True)) if len(given) == len(COMPONENTS) else None
    if not isinstance(given, Mapping):
        raise BadSetting("weights", "so_many", count=len(COMPONENTS))
    for name, weight in given.items():
        if name not in COMPONENTS:
            raise BadSetting(f"weights.{name}", "known", near=_nearest(name, COMPONENTS))
        _must_be_like(f"weights.{name}", weight, 0.0)
    defaults = dict(zip(COMPONENTS, DEFAULT_WEIGHTS, strict=True))
    defaults |= {view: given.get("text", defaults[view]) for view in VIEWS_OF_TEXT}
    return tuple(float(given.get(name, defaults[name])) for name in COMPONENTS)


def _nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like one that is not, or ""."""
    return next(iter(get_close_matches(name, known, n=1)), "")


def _must_be_like(path: str, value: Any, default: Any) -> None:
    """Of the kind of its default: a text, a whole number, or any finite number."""
    if isinstance(default, str):
        wanted, is_one = "text", isinstance(value, str)
    elif isinstance(default, int):
        wanted, is_one = "whole", isinstance(value, int) and not isinstance(value, bool)
    else:
        wanted, is_one = "number", isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value)
    if not is_one:
        raise BadSetting(path, wanted, value)


def _is_finite(value: float) -> bool:
    """Also told of whole numbers that no float holds."""
    return abs(value) <= float_info.max


def _must_be_between(path: str, value: float, *, low: float, high: float = inf) -> None:
    if not low <= value <= high:
        raise BadSetting(path, "at_least" if high == inf else "between", value, low=low, high=high)


def _must_be_among(path: str, value: Any, choices: Iterable[Any]) -> None:
    if value not in choices:
        raise BadSetting(path, "among", value, choices=", ".join(map(str, choices)))


DEFAULT: Final = ScoringConfig()
