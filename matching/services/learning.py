"""Learning from decisions: other weights become a new scoring configuration if the guard lets them pass, never else."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.engine.config import COMPONENTS
from matching.engine.config import ScoringConfig as Settings
from matching.engine.evaluation import Difference
from matching.engine.learning import (
    MINIMUM_NEEDS,
    Decisions,
    Verdict,
    judge_weights,
    learn_weights,
    split_by_time,
)
from matching.models import ScoreCalibration, ScoringConfig
from matching.services.calibrations import DecidedPairs, decided_pairs, fit_calibration
from matching.services.configs import active_config, add_config, must_maintain, settings_of
from zones.scoping import Principal

SEED = 20_261_125


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one round of learning found. `outcome` is `too_few`, `nothing`, `refused` or `promoted`."""

    outcome: str
    needs: int
    decisions: int
    from_config: int
    calibration: ScoreCalibration | None = None
    evidence: dict[str, Any] | None = None
    promoted: ScoringConfig | None = None


class _DryRun(Exception):
    """Carries the lesson out of the transaction that must not be kept."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(lesson.outcome)
        self.lesson = lesson


def learn(principal: Principal) -> Lesson:
    """Fit the calibration, learn weights, and promote them if they are certainly better on later needs.

    Raises NotAllowed. Promotion stores the evidence with the new configuration.
    """
    with transaction.atomic():
        return _learn(principal)


def rehearse(principal: Principal) -> Lesson:
    """Do all that `learn` does, say what came of it, and keep nothing."""
    try:
        with transaction.atomic():
            raise _DryRun(_learn(principal))
    except _DryRun as done:
        return done.lesson


def _learn(principal: Principal) -> Lesson:
    must_maintain(principal)
    config, pairs = active_config(), decided_pairs()
    counts = (pairs.decisions.needs, len(pairs.decisions), config.number)
    if pairs.decisions.needs < MINIMUM_NEEDS:
        return Lesson("too_few", *counts)
    calibration = fit_calibration(config, pairs)
    split, default = split_by_time(pairs.decisions), settings_of(config)
    learned = learn_weights(split.train, default)
    if learned is None:
        return Lesson("nothing", *counts, calibration)
    verdict = judge_weights(split, default, learned, seed=SEED)
    evidence = _evidence(config, pairs, split.train, verdict, default, learned)
    if not verdict.is_promoted:
        return Lesson("refused", *counts, calibration, evidence)
    return Lesson("promoted", *counts, calibration, evidence, _promote(principal, learned, evidence, pairs))


def _promote(principal: Principal, learned: Settings, evidence: dict[str, Any], pairs: DecidedPairs) -> ScoringConfig:
    note = _("由 %(decisions)d 条评价学得（基于 v%(number)d）") % {
        "decisions": evidence["train"]["decisions"],
        "number": evidence["from_config"],
    }
    promoted = add_config(principal, parameters=learned.to_dict(), note=note, evidence=evidence)
    fit_calibration(promoted, pairs)
    return promoted


def _evidence(
    config: ScoringConfig,
    pairs: DecidedPairs,
    train: Decisions,
    verdict: Verdict,
    default: Settings,
    learned: Settings,
) -> dict[str, Any]:
    """Everything a reader needs to doubt the promotion: numbers, intervals, and which decisions they are from."""
    return {
        "from_config": config.number,
        "train": {"needs": train.needs, "decisions": len(train)},
        "test": {"needs": verdict.needs, "decisions": len(pairs.decisions) - len(train)},
        "ndcg_at_5_gain": _interval(verdict.gain),
        "log_loss_saved": _interval(verdict.loss_saved),
        "decided_from": pairs.decided_at[0].isoformat(),
        "decided_to": pairs.decided_at[-1].isoformat(),
        "weights": {
            name: [round(before, 6), round(after, 6)]
            for name, before, after in zip(COMPONENTS, default.weights, learned.weights, strict=True)
        },
        "seed": SEED,
    }


def _interval(difference: Difference) -> dict[str, float]:
    return {name: round(value, 6) for name, value in difference._asdict().items()}
