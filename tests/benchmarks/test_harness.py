"""The benchmark harness says what is not met, and its exit code tells crashes and missed quality, never slowness."""

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import complaints, main
from benchmarks.report import RESULTS_SETTING, Measure, interleaved, publish


def test_a_missed_goal_says_not_met_and_a_value_without_goal_says_nothing() -> None:
    slow = Measure("times faster", 7.0, "×", at_least=30.0)
    large = Measure("memory", 1_600.0, "MB", at_most=1_500.0)
    assert (slow.goal, slow.verdict) == ("≥ 30 ×", "NOT MET")
    assert (large.goal, large.verdict) == ("≤ 1,500 MB", "NOT MET")
    assert Measure("times faster", 30.0, "×", at_least=30.0).verdict == "met"
    assert (Measure("size", 3.0).goal, Measure("size", 3.0).verdict) == ("", "")


def test_a_value_that_is_no_number_meets_no_goal() -> None:
    assert Measure("quality", float("nan"), at_least=0.5).verdict == "NOT MET"


def test_only_crashes_and_required_goals_fail_the_harness() -> None:
    slow = Measure("speed", 1.0, at_least=2.0).to_row()
    good = Measure("quality", 0.5, at_least=0.48, required=True).to_row()
    bad = Measure("quality", 0.4, at_least=0.48, required=True).to_row()
    assert complaints({"one": 0}, [slow, good]) == []
    assert complaints({"one": 0, "two": 3}, [slow]) == ["two FAILED (exit code 3)"]
    assert complaints({"one": 0}, [slow, bad]) == ["quality: 0.4, required ≥ 0.48"]


def test_ways_take_turns() -> None:
    order: list[str] = []
    taken = interleaved({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=2)
    assert order == ["a", "b", "a", "b"]
    assert [len(taken[name].runs) for name in ("a", "b")] == [2, 2]


def test_a_table_is_stored_with_commit_machine_and_what_was_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(RESULTS_SETTING, str(tmp_path))
    publish("one", "One", [{"way": "a"}], measures=[Measure("speed", 1.0, at_least=2.0, spread=0.5)], seed=3)
    stored = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert {"commit", "processor", "cores", "python", "packages"} <= stored["machine"].keys()
    assert (stored["seed"], stored["rows"]) == (3, [{"way": "a"}])
    assert [(row["value"], row["goal"], row["verdict"], row["spread"]) for row in stored["measures"]] == [
        ("1", "≥ 2", "NOT MET", "±25 %")
    ]
    assert "NOT MET" in capsys.readouterr().out


def test_a_quick_run_of_the_shipped_expectations_ends_with_0_and_a_missing_collection_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(RESULTS_SETTING, str(tmp_path))
    assert main(["--quick", "--only", "engine_quality"]) == 0
    summary = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert summary["codes"] == {"engine_quality": 0}
    assert {row["verdict"] for row in summary["measures"] if row["required"]} == {"met"}
    assert main(["--quick", "--only", "engine_quality", "--data", str(tmp_path)]) == 1
    assert "engine_quality FAILED (exit code 1)" in capfd.readouterr().out
