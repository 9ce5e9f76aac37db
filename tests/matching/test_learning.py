"""From labels to what is shown: bands, likelihoods, promoted weights; and nothing without enough decisions."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from matching.engine.calibration import sigmoid
from matching.engine.config import COMPONENTS, DEFAULT
from matching.engine.learning import Verdict
from matching.engine.parts import Parts
from matching.engine.scoring import combine
from matching.models import Label, Match, Need, ScoreCalibration, ScoringConfig
from matching.services.calibrations import decided_pairs, fit_active_calibration, likelihoods_of
from matching.services.configs import activate_config, active_config, add_config
from matching.services.learning import learn, rehearse
from matching.services.maintenance import calibrate_daily
from tests.builders import make_config, make_match, make_need, make_organization, make_resource
from tests.conftest import World
from zones.errors import NotAllowed, NotFound
from zones.models import Resource
from zones.scoping import SYSTEM, scope_of

METRIC = COMPONENTS.index("metric")
LOOKS_AT_METRICS = tuple(1.0 if column == METRIC else 0.0 for column in range(len(COMPONENTS)))


def label_many(needs: int, *, liking: tuple[float, ...] = DEFAULT.weights, per_need: int = 5) -> None:
    """Decisions by somebody for whom components weigh so much, one need after the other."""
    rng = np.random.default_rng(5)
    owner = make_organization()
    resources = [make_resource(organization=owner) for _ in range(per_need)]
    value = rng.random((needs * per_need, len(COMPONENTS)))
    liked = combine(Parts(value, np.ones_like(value)), replace(DEFAULT, weights=liking)).score
    grades = rng.random(value.shape[0]) < sigmoid(30 * (liked - 0.5))
    rows = []
    for number in range(needs):
        need = make_need(organization=owner, metrics=0)
        rows += [
            _label(need, resources[n], value[number * per_need + n], grades[number * per_need + n])
            for n in range(per_need)
        ]
    Label.plain.bulk_create(rows)
    start = timezone.now() - timedelta(days=30)
    for place, row in enumerate(rows):
        row.updated_at = start + timedelta(minutes=place)
    Label.plain.bulk_update(rows, ["updated_at"])


def _label(need: Need, resource: Resource, value: Any, is_liked: Any) -> Label:
    parts = {name: [float(fit), 1.0] for name, fit in zip(COMPONENTS, value, strict=True)}
    return Label(need=need, resource=resource, source="rating", grade=int(is_liked), parts=parts)


def shown(match: Match) -> Any:
    return likelihoods_of([match], scores=[match.score]).get(match.pk)


def test_with_fewer_than_twenty_needs_the_default_stays_and_nothing_is_said(db: None) -> None:
    match = make_match()
    label_many(19)
    assert fit_active_calibration() is None
    assert shown(match) is None
    assert learn(SYSTEM).outcome == "too_few"


def test_bands_until_two_hundred_decisions_then_a_number(db: None) -> None:
    match = make_match(score=0.9)
    label_many(30)
    assert fit_active_calibration() is not None
    told = shown(match)
    assert (told.band, told.percent, told.decisions) == ("高", None, 150)
    label_many(10)
    fit_active_calibration()
    told = shown(match)
    assert told.decisions == 200
    assert told.percent > 66


def test_a_lower_score_is_never_told_to_be_likelier(db: None) -> None:
    run = make_match(score=0.1).run
    matches = [make_match(score=score / 10, run=run) for score in range(11)]
    label_many(40)
    fit_active_calibration()
    likely = likelihoods_of(matches, scores=[match.score for match in matches])
    told = [likely[match.pk].percent or 0 for match in matches]
    assert told == sorted(told)
    assert told[0] < 10 < 90 < told[-1]


def test_calibration_is_versioned_and_measures_itself(db: None) -> None:
    make_config()
    label_many(40)
    first, second = fit_active_calibration(), fit_active_calibration()
    assert first is not None
    assert second is not None
    assert (second.number, ScoreCalibration.objects.get(is_active=True)) == (first.number + 1, second)
    assert (first.slope, first.intercept) == (second.slope, second.intercept)
    assert first.error_after < first.error_before
    assert first.decided_from < first.decided_to


def test_a_score_of_another_configuration_is_not_read_by_this_calibration(db: None) -> None:
    old = make_match()
    label_many(40)
    add_config(SYSTEM, parameters=DEFAULT.to_dict(), note="next")
    fit_active_calibration()
    assert shown(old) is None


def test_the_latest_word_on_a_pair_counts(db: None) -> None:
    label_many(20)
    label = Label.plain.order_by("pk").first()
    assert label is not None
    later = Label(need=label.need, resource=label.resource, source="contract", grade=4, parts=label.parts)
    later.save()
    decisions = decided_pairs().decisions
    assert len(decisions) == 100
    assert decisions.grade[-1] == 4


def test_labels_without_parts_are_left_out(db: None) -> None:
    label_many(20)
    Label.plain.filter(pk__in=Label.plain.values("pk")[:5]).update(parts={})
    assert len(decided_pairs().decisions) == 95


def test_the_clock_calibrates_once_per_day_and_changes_no_weight(db: None) -> None:
    active = active_config()
    label_many(100, liking=LOOKS_AT_METRICS)
    calibrate_daily()
    calibrate_daily()
    assert ScoreCalibration.objects.count() == 1
    assert active_config() == active


def test_better_weights_are_promoted_with_their_evidence(db: None) -> None:
    before = active_config()
    label_many(100, liking=LOOKS_AT_METRICS)
    lesson = learn(SYSTEM)
    assert lesson.outcome == "promoted"
    after = active_config()
    assert after.number == before.number + 1
    assert after.parameters["weights"]["metric"] > before.parameters["weights"]["metric"]
    assert after.evidence["from_config"] == before.number
    assert after.evidence["test"] == {"needs": 30, "decisions": 150}
    assert max(after.evidence[name]["low"] for name in ("ndcg_at_5_gain", "log_loss_saved")) > 0
    assert after.evidence["decided_from"] < after.evidence["decided_to"]
    assert ScoreCalibration.objects.get(config=after).is_active


def test_the_guard_refuses_what_is_not_certainly_better(db: None) -> None:
    before = active_config()
    label_many(40)
    lesson = learn(SYSTEM)
    assert lesson.outcome == "refused"
    assert lesson.evidence is not None
    assert active_config() == before


def test_without_the_guard_the_refused_weights_would_pass(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above would prove nothing."""
    label_many(40)
    monkeypatch.setattr(Verdict, "is_promoted", property(lambda self: True))
    assert learn(SYSTEM).outcome == "promoted"


def test_a_rehearsal_keeps_nothing(db: None) -> None:
    before = active_config()
    label_many(100, liking=LOOKS_AT_METRICS)
    assert rehearse(SYSTEM).outcome == "promoted"
    assert active_config() == before
    assert not ScoreCalibration.objects.exists()
    assert ScoringConfig.objects.count() == 1


def test_rolling_back_is_activating_an_old_version(db: None) -> None:
    old = active_config()
    add_config(SYSTEM, parameters=DEFAULT.to_dict() | {"alpha": 0.9}, note="next")
    assert activate_config(SYSTEM, number=old.number) == old
    assert active_config() == old
    assert ScoringConfig.objects.count() == 2


def test_only_the_system_learns_and_rolls_back(world: World) -> None:
    for call in (learn, rehearse, lambda principal: activate_config(principal, number=1)):
        with pytest.raises(NotAllowed):
            call(scope_of(world.ana))
    with pytest.raises(NotFound):
        activate_config(SYSTEM, number=99)


def told(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_commands_rehearse_learn_and_roll_back(db: None) -> None:
    first = active_config()
    label_many(100, liking=LOOKS_AT_METRICS)
    rehearsed = json.loads(told("learn", "--dry-run", "--json"))
    assert (rehearsed["outcome"], rehearsed["config"]) == ("would_promote", None)
    learned = json.loads(told("learn", "--json"))
    assert (learned["outcome"], learned["config"]) == ("promoted", first.number + 1)
    assert learned["calibration"]["error_after"] < learned["calibration"]["error_before"]
    assert str(first.number) in told("activate_config", str(first.number))
    assert active_config() == first
    with pytest.raises(CommandError, match="99"):
        call_command("activate_config", "99")


def test_the_command_says_in_words_when_too_little_is_known(db: None) -> None:
    assert "20" in told("learn")
