"""Late labels and estimates, from the log to the report."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from afterlaunch.errors import BadInput, BadOption
from afterlaunch.logs import PredictionLog
from afterlaunch.performance import PerformanceReport, measure_performance

START = datetime(2026, 1, 1)  # noqa: DTZ001 - taken as UTC
DAYS, ROWS = 60, 150
REFERENCE = (START, START + timedelta(days=40))
METRICS = ["roc_auc", "accuracy", "calibration_error"]


def served(seed, *, concept=0.0, shift=0.0, labelled_days=DAYS, delay=None):
    """Return a frame of scores that are too sure; what drifts does so from day 40 on."""
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(DAYS), ROWS)
    at = [START + timedelta(days=float(one)) for one in day + np.sort(rng.random(len(day)))]
    is_new = day >= 40
    logit = 1.3 * rng.normal(shift * is_new) - 0.5
    target = rng.random(len(day)) < 1 / (1 + np.exp(-logit - concept * is_new))
    frame = pl.DataFrame(
        {"at": at, "x": logit, "score": 1 / (1 + np.exp(-1.7 * logit)), "target": target, "team": day % 2},
        schema_overrides={"target": pl.Boolean},
    )
    known = day < labelled_days
    if delay is not None:
        wait = rng.exponential(delay, len(day))
        arrives = [one + timedelta(days=float(late)) for one, late in zip(at, wait, strict=True)]
        frame = frame.with_columns(arrived=pl.Series(arrives))
        known = known & np.array([one <= START + timedelta(days=DAYS) for one in arrives])
    return frame.with_columns(target=pl.when(pl.Series(known)).then("target"))


def measured(frame, **options):
    roles = {"target_time": "arrived"} if "arrived" in frame.columns else {}
    log = PredictionLog(frame, time="at", target="target", score="score", features=["x"], **roles)
    return measure_performance(log, reference=REFERENCE, **{"metrics": METRICS} | options)


def test_an_estimate_that_was_right_has_held():
    report = measured(served(0))
    assert [one.estimates.gap.held for one in report.data.series] == ["held"] * 3
    assert report.findings == ()
    assert any("recalibrated" in note for note in report.data.notes)


def test_other_covariates_are_no_reason_to_doubt_an_estimate():
    report = measured(served(1, shift=1.0))
    assert all(one.estimates.gap.held != "wrong" for one in report.data.series)


def test_concept_drift_is_found_by_what_was_estimated_and_dated():
    report = measured(served(2, concept=0.9))
    gaps = {one.metric: one.estimates.gap for one in report.data.series}
    assert gaps["accuracy"].held == "wrong"
    assert gaps["accuracy"].low <= gaps["accuracy"].realized - gaps["accuracy"].estimated <= gaps["accuracy"].high < 0
    assert abs(gaps["accuracy"].since_ms / 86_400_000 - (START - datetime(1970, 1, 1)).days - 40) <= 3  # noqa: DTZ001
    assert "concept drift" in report.findings[0]
    assert "since" in report.findings[0]
    assert report.findings[0] in report.summary()


def test_tables_have_estimates_with_the_intervals_in_which_realized_values_lie():
    report = measured(served(3))
    inside = (pl.col("estimated_low") <= pl.col("realized")) & (pl.col("realized") <= pl.col("estimated_high"))
    assert report.windows["estimated"].null_count() == report.table["estimated"].null_count() == 0
    assert 0.9 <= report.windows.select(inside.mean()).item() <= 0.995  # of 180; 95 % is promised
    for row in report.table.iter_rows(named=True):
        assert row["estimated_low"] <= row["estimated"] <= row["estimated_high"]


def test_without_labels_in_the_current_window_its_estimate_is_what_there_is():
    report = measured(served(4, shift=1.0, labelled_days=40))
    assert report.verdict == "cannot_tell"
    now = report.table.filter(window="current")
    assert now["realized"].null_count() == 3
    assert now["estimated"].null_count() == 0
    assert "no labels to judge by yet" in report.findings[0]
    assert "expected to" in report.findings[0]


def test_without_any_label_scores_are_taken_at_their_word_and_it_is_said():
    report = measured(served(5, labelled_days=0))
    assert report.verdict == "cannot_tell"
    assert report.table["estimated"].null_count() == 0
    assert any("too few labels to check them" in note for note in report.data.notes)


def test_without_labels_or_estimates_there_is_nothing_to_measure():
    with pytest.raises(BadInput, match="estimate=True"):
        measured(served(6, labelled_days=0), estimate=False)


def test_estimates_can_be_left_out():
    report = measured(served(7), estimate=False)
    assert report.table["estimated"].null_count() == report.table.height
    assert "estimate=False" in report.code()
    with pytest.raises(BadOption, match="estimate="):
        measured(served(7), estimate="yes")


def test_buckets_that_wait_for_labels_are_shown_but_not_judged():
    report = measured(served(8, delay=3.0))
    buckets = report.data.buckets
    assert all(buckets.mature[:45])
    assert not any(buckets.mature[-4:])
    assert not report.windows.filter(~pl.col("mature")).is_empty()
    found = report.data.maturation
    assert found.final == pytest.approx(1.0, abs=0.02)
    assert found.mature_ms / 86_400_000 == pytest.approx(3 * np.log(20), rel=0.1)
    assert list(found.share) == sorted(found.share)
    assert report.maturation.height == len(found.age_ms) <= 61
    assert any("still wait" in finding for finding in report.findings)
    for one in report.data.series:
        assert one.judgement.verdict != "dropped"


def test_a_window_that_only_waits_cannot_be_told():
    report = measured(served(9, delay=30.0), current=(START + timedelta(days=50), START + timedelta(days=60)))
    assert report.verdict == "cannot_tell"
    assert report.table.filter(window="current")["estimated"].null_count() == 0


def test_segments_have_estimates_of_their_own():
    report = measured(served(10), by="team")
    assert len(report.data.segments) == 2
    assert all(one.estimates is not None for one in report.data.series)


def test_a_saved_report_comes_back_as_it_was():
    report = measured(served(11, delay=3.0, concept=0.9))
    assert PerformanceReport.from_dict(report.to_dict()).data == report.data


def test_two_bare_tables_have_estimates_without_time():
    frame = served(12).drop("at")
    old = PredictionLog(frame.head(5000), target="target", score="score")
    report = measure_performance(frame.tail(3000), reference=old, metrics=METRICS)
    assert all(one.estimates.gap.held == "held" for one in report.data.series)


def regressed(seed, *, concept=0.0, labelled=True):
    rng = np.random.default_rng(seed)
    n = DAYS * 60
    day = np.repeat(np.arange(DAYS), 60)
    x, group = rng.normal(size=n), rng.choice(["a", "b", "c"], n)
    spread = np.exp(0.5 * x + 0.5 * (group == "b") + concept * (day >= 40))
    at = [START + timedelta(days=float(one)) for one in day + np.sort(rng.random(n))]
    frame = pl.DataFrame({"at": at, "x": x, "group": group, "guess": 5 * x})
    target = pl.Series(5 * x + spread * rng.normal(size=n))
    frame = frame.with_columns(target=target if labelled else pl.when(pl.Series(day < 40)).then(target))
    log = PredictionLog(frame, time="at", target="target", prediction="guess", task="regression")
    return measure_performance(log, reference=REFERENCE, metrics=["mae", "rmse", "r2", "median_absolute_error"])


def test_errors_of_a_regression_are_estimated_from_its_columns():
    report = regressed(0)
    for one in report.data.series[:3]:
        current = one.judgement.current.value
        assert one.estimates.current.low <= current <= one.estimates.current.high
        assert one.estimates.gap.held != "wrong"
    assert report.data.series[3].estimates is None
    assert any("median_absolute_error" in note for note in report.data.notes)


def test_a_regression_whose_rows_cost_more_than_like_rows_did_is_found_out():
    report = regressed(1, concept=0.5)
    assert report.data.series[0].estimates.gap.held == "wrong"
    assert "rows no longer cost" in report.findings[0]


def test_a_regression_without_current_labels_has_an_estimate():
    report = regressed(2, labelled=False)
    assert report.data.series[0].estimates.current is not None
    assert report.data.series[0].estimates.gap is None


@pytest.mark.parametrize("days", [(4, 2), (8, 5), (30, 20)])
@pytest.mark.parametrize("kind", ["sure and right", "sure and sometimes wrong", "never sure of what happens"])
def test_scores_that_leave_nothing_to_chance_are_judged_without_a_warning(kind, days):
    rng, (n_days, until) = np.random.default_rng(5), days
    day = np.repeat(np.arange(n_days), 60)
    score = np.full(len(day), 1e-6) if kind.startswith("never") else (rng.random(len(day)) < 0.3).astype(float)
    wrong = 0.0 if kind.endswith("right") else 0.02
    late = (score > 0.5) ^ (rng.random(len(day)) < wrong)
    at = [START + timedelta(days=float(one), minutes=place) for place, one in enumerate(day)]
    log = PredictionLog(pl.DataFrame({"at": at, "p": score, "late": late}), time="at", score="p", target="late")
    report = measure_performance(log, reference=(START, START + timedelta(days=until)), metrics=["log_loss", "brier"])
    assert {one.judgement.verdict for one in report.data.series} <= {"dropped", "improved", "stable", "cannot_tell"}
