"""How a score is read: decisions become a calibration, a calibration a band, or a likelihood once enough is known."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from matching.engine.calibration import Calibration, band_of, calibration_error, cross_fitted, fit_platt
from matching.engine.config import COMPONENTS
from matching.engine.learning import MINIMUM_NEEDS, Decisions
from matching.engine.parts import Parts
from matching.engine.scoring import combine
from matching.models import Label, Match, ScoreCalibration, ScoringConfig
from matching.services.configs import active_config, settings_of

REASON = "learning reads decisions as numbers; no door shows them"
DECISIONS_FOR_NUMBERS = 200
"""Below so many decisions a likelihood is told as a band."""
BARS = (0.66, 0.33)
BANDS = (_("高"), _("中"), _("低"))


class DecidedPairs(NamedTuple):
    """All decisions with parts, oldest first, the latest word on each pair, and when each was spoken."""

    decisions: Decisions
    decided_at: Sequence[datetime]


class Likelihood(NamedTuple):
    """How likely a suggestion is to be found suitable. `percent` is None until enough decisions are known."""

    band: str
    percent: int | None
    decisions: int


def decided_pairs() -> DecidedPairs:
    """Read every label that carries parts."""
    rows = Label.objects.unscoped(reason=REASON).exclude(parts={}).order_by("updated_at", "pk")
    latest = {(row.need_id, row.resource_id): row for row in rows}
    labels = sorted(latest.values(), key=lambda row: (row.updated_at, row.pk))
    decisions = Decisions(
        np.array([row.need_id for row in labels], dtype=np.int64),
        _parts_of(labels),
        np.array([float(row.grade) for row in labels]),
    )
    return DecidedPairs(decisions, [row.updated_at for row in labels])


def _parts_of(labels: Sequence[Label]) -> Parts:
    """Components a label does not name are unknown: they were, or were invented later."""
    value = np.full((len(labels), len(COMPONENTS)), np.nan)
    known = np.zeros_like(value)
    for row, label in enumerate(labels):
        for column, name in enumerate(COMPONENTS):
            if name in label.parts:
                value[row, column], known[row, column] = label.parts[name]
    return Parts(value, known)


@transaction.atomic
def fit_active_calibration() -> ScoreCalibration | None:
    """Fit the active configuration's calibration anew; None, the old one staying, while too few needs are reviewed."""
    return fit_calibration(active_config(), decided_pairs())


def fit_calibration(config: ScoringConfig, pairs: DecidedPairs) -> ScoreCalibration | None:
    """Store the next version for one configuration and make it the one that is shown."""
    decisions = pairs.decisions
    if decisions.needs < MINIMUM_NEEDS:
        return None
    score = combine(decisions.parts, settings_of(config)).score
    fitted = fit_platt(score, decisions.is_positive)
    told = cross_fitted(score, decisions.is_positive, decisions.need)
    latest = ScoreCalibration.objects.select_for_update().order_by("-number").first()
    ScoreCalibration.objects.filter(config=config, is_active=True).update(is_active=False)
    return ScoreCalibration.objects.create(
        number=latest.number + 1 if latest else 1,
        config=config,
        slope=fitted.slope,
        intercept=fitted.intercept,
        needs=decisions.needs,
        decisions=len(decisions),
        positives=int(np.count_nonzero(decisions.is_positive)),
        error_before=calibration_error(score, decisions.is_positive),
        error_after=calibration_error(told, decisions.is_positive),
        decided_from=pairs.decided_at[0],
        decided_to=pairs.decided_at[-1],
    )


def likelihoods_of(matches: Sequence[Match], *, scores: Sequence[float]) -> dict[int, Likelihood]:
    """match id → the likelihood of the score its reader is told, for matches whose configuration has a calibration; one
    query.
    """
    runs = {match.run_id for match in matches}
    rows = ScoreCalibration.objects.filter(is_active=True, config__runs__in=runs).annotate(run=F("config__runs"))
    of_run = {row.run: row for row in rows}
    read = zip(matches, scores, strict=True)
    return {match.pk: _likelihood(of_run[match.run_id], score) for match, score in read if match.run_id in of_run}


def _likelihood(fitted: ScoreCalibration, score: float) -> Likelihood:
    likelihood = float(Calibration(fitted.slope, fitted.intercept).likelihood(np.array([score]))[0])
    percent = round(100 * likelihood) if fitted.decisions >= DECISIONS_FOR_NUMBERS else None
    return Likelihood(str(BANDS[band_of(likelihood, BARS)]), percent, fitted.decisions)
