"""Whether learning helps, with people whose true preferences are known: default → calibrated → learned → refused.

Run ``python -m benchmarks.learning [--quick]`` from the repository. Needs are those of the demo, ranked by the engine;
the people are simulated. They look from the top down and less the further down (position bias), decide on what they
look at by their own weights and some chance, and leave most of it unanswered. Silence is missing; one row of the table
shows what taking it for "no" would do. The truth is known, so likelihoods are also compared with it directly.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from benchmarks.demo_market import load_demo, load_reference
from benchmarks.report import Measure, publish
from benchmarks.world import build, record_of
from matching.engine.calibration import calibration_error, fit_platt, sigmoid
from matching.engine.config import COMPONENTS, DEFAULT, ScoringConfig
from matching.engine.evaluation import Difference, ndcg_at, paired_bootstrap
from matching.engine.learning import Decisions, judge_weights, learn_weights, split_by_time
from matching.engine.packing import Flags, Floats, Integers
from matching.engine.parts import Parts
from matching.engine.scoring import combine

SEED: Final = 20261125
TODAY: Final = date(2026, 11, 23).toordinal()
CANDIDATES: Final = 20
DEPTH: Final = 5
ANSWERED: Final = 0.6
"""Share of the looked-at candidates somebody answers."""
SHARPNESS: Final = 25.0
SIZES: Final = (20, 50, 200)
REVIEWED: Final = 600
"""Needs reviewed before weights are learned."""
REPEATS: Final = 5


class People(NamedTuple):
    """What they like (weights of the components) and how demanding they are (liking at which yes and no are even)."""

    name: str
    weights: tuple[float, ...]
    bar: float


@dataclass(frozen=True)
class Market:
    """Pairs of the demo: need int64[n], place int64[n] from 1 in the default order, and their parts."""

    need: Integers
    place: Integers
    parts: Parts


class Session(NamedTuple):
    """One review of many needs. need int64[m] numbers the reviews in time; row int64[m]: the pair in the market;
    is_looked_at, is_answered, is_liked bool[m]; truth float64[m]: how likely a yes is. A need
    of the demo can come up in several reviews."""

    need: Integers
    row: Integers
    is_looked_at: Flags
    is_answered: Flags
    is_liked: Flags
    truth: Floats


def weighted(**factors: float) -> tuple[float, ...]:
    """Return the default weights with some multiplied."""
    return tuple(weight * factors.get(name, 1.0) for name, weight in zip(COMPONENTS, DEFAULT.weights, strict=True))


LIKE_DEFAULT: Final = People("as the default", DEFAULT.weights, 0.62)
LIKE_METRICS: Final = People(
    "metrics and classes, less nearness", weighted(metric=3.0, **{"class": 2.0}, text=0.5, proximity=0.0), 0.66
)


def load_pairs() -> Market:
    """Return the best candidates of every need of the demo, as a run stores them."""
    reference = load_reference()
    demo = load_demo(reference)
    with tempfile.TemporaryDirectory() as folder:
        world = build(map(record_of, demo.resources), Path(folder), reference.geography, reference.codes)
        pairs = world.match(demo.needs, replace(DEFAULT, keep=CANDIDATES), TODAY).pairs
    first = np.searchsorted(pairs.need_row, pairs.need_row)
    place = np.arange(len(pairs)) - first + 1
    return Market(pairs.need_row, place, Parts(pairs.parts, pairs.known))


def review(market: Market, people: People, needs: int, rng: np.random.Generator) -> Session:
    """Let people go through some needs, each drawn from the demo's."""
    drawn = rng.choice(np.unique(market.need), needs)
    rows = [np.flatnonzero(market.need == need) for need in drawn]
    row = np.concatenate(rows)
    liking = combine(market.parts, replace(DEFAULT, weights=people.weights)).score[row]
    truth = sigmoid(SHARPNESS * (liking - people.bar))
    looked_at = rng.random(row.size) < 1.0 / np.sqrt(market.place[row])
    answered = looked_at & (rng.random(row.size) < ANSWERED)
    return Session(
        np.repeat(np.arange(needs), [part.size for part in rows]),
        row,
        looked_at,
        answered,
        rng.random(row.size) < truth,
        truth,
    )


def decisions_of(market: Market, session: Session) -> Decisions:
    """Return what was answered, in the order in which it was."""
    kept = np.flatnonzero(session.is_answered)
    rows = session.row[kept]
    parts = Parts(market.parts.value[rows], market.parts.known[rows])
    return Decisions(session.need[kept], parts, session.is_liked[kept].astype(np.float64))


def calibration_rows(market: Market) -> list[dict[str, Any]]:
    """Return the error of likelihoods on needs reviewed later: of the score, calibrated, and with silence as no."""
    score = combine(market.parts, DEFAULT).score
    rows = []
    for needs in SIZES:
        errors = [_errors(market, score, needs, SEED + repeat) for repeat in range(REPEATS)]
        before, after, silent, distance = np.array(errors).mean(axis=0)
        rows.append(
            {
                "reviewed needs": needs,
                "ECE of the score": before,
                "ECE calibrated": after,
                "ECE, silence taken for no": silent,
                "mean |likelihood − truth|": distance,
            }
        )
    return rows


def _errors(market: Market, score: Floats, needs: int, seed: int) -> tuple[float, float, float, float]:
    rng = np.random.default_rng(seed)
    seen, later = review(market, LIKE_METRICS, needs, rng), review(market, LIKE_METRICS, 1_000, rng)
    answered = seen.is_answered
    honest = fit_platt(score[seen.row[answered]], seen.is_liked[answered])
    silent = fit_platt(score[seen.row], seen.is_liked & answered)
    told = score[later.row]
    return (
        calibration_error(told, later.is_liked),
        calibration_error(honest.likelihood(told), later.is_liked),
        calibration_error(silent.likelihood(told), later.is_liked),
        float(np.abs(honest.likelihood(told) - later.truth).mean()),
    )


def calibration_measure(row: dict[str, Any]) -> Measure:
    """A likelihood has to be nearer to what happens than the bare score."""
    what = f"calibration error after {row['reviewed needs']} reviewed needs (goal: that of the score)"
    return Measure(what, row["ECE calibrated"], at_most=row["ECE of the score"])


def learning_row(market: Market, people: People, needs: int) -> dict[str, Any]:
    """Return what the guard says of weights learned from these people, and how good they truly are."""
    session = review(market, people, needs, np.random.default_rng(SEED))
    split = split_by_time(decisions_of(market, session))
    learned = learn_weights(split.train, DEFAULT)
    row: dict[str, Any] = {"people like": people.name, "reviewed needs": needs}
    if learned is None:
        return row | {"guard": "too little to learn"}
    verdict = judge_weights(split, DEFAULT, learned, seed=SEED)
    return row | {
        "gain in nDCG@5 (guard)": _interval(verdict.gain),
        "log-loss saved (guard)": _interval(verdict.loss_saved),
        "guard": "promoted" if verdict.is_promoted else "refused",
        "true gain in nDCG@5": _interval(true_gain(market, people, learned)),
    }


def true_gain(market: Market, people: People, learned: ScoringConfig) -> Difference:
    """Return the gain over the default by the people's own liking, on every need of the demo: no chance, no silence."""
    truth = sigmoid(SHARPNESS * (combine(market.parts, replace(DEFAULT, weights=people.weights)).score - people.bar))
    return paired_bootstrap(_ndcg(market, learned, truth), _ndcg(market, DEFAULT, truth), seed=SEED)


def _ndcg(market: Market, config: ScoringConfig, truth: Floats) -> list[float]:
    rank = combine(market.parts, config).rank_value
    found = []
    for need in np.unique(market.need):
        rows = np.flatnonzero(market.need == need)
        order = rows[np.argsort(-rank[rows], kind="stable")].tolist()
        found.append(ndcg_at(order, {row: float(truth[row]) for row in order}, DEPTH))
    return found


def _interval(found: Difference) -> str:
    return f"{found.mean:+.4f} [{found.low:+.4f}, {found.high:+.4f}]"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print and store both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer reviewed needs")
    options = parser.parse_args(arguments)
    market = load_pairs()
    calibrated = calibration_rows(market)
    title = "From score to likelihood, on needs reviewed later"
    publish("learning_calibration", title, calibrated, measures=[calibration_measure(calibrated[-1])], seed=SEED)
    reviewed = REVIEWED // 3 if options.quick else REVIEWED
    rows = [
        learning_row(market, LIKE_METRICS, 15),
        learning_row(market, LIKE_METRICS, 60),
        learning_row(market, LIKE_METRICS, reviewed),
        learning_row(market, LIKE_DEFAULT, reviewed),
    ]
    publish("learning_weights", "Learned weights before the guard, and what they are truly worth", rows, seed=SEED)


if __name__ == "__main__":
    main()
