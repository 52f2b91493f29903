"""What is judged is every bucket, whatever the panel can carry."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.drift import measure

START = datetime(2026, 3, 2)  # noqa: DTZ001 - naive times are UTC


@pytest.fixture
def log() -> pl.DataFrame:
    rng = np.random.default_rng(3)
    at = [START + timedelta(minutes=7 * i) for i in range(7200)]  # 35 days
    late = np.arange(7200) >= 28 * 24 * 60 / 7
    return pl.DataFrame({"at": at, "moved": rng.normal(size=7200) + late, "still": rng.normal(size=7200)})


def judged(frame: pl.DataFrame, **options: object) -> al.DriftReport:
    window = (START.isoformat(), (START + timedelta(days=28)).isoformat())
    return al.measure_drift(al.PredictionLog(frame, time="at"), reference=window, **options)


def test_a_panel_that_must_stay_small_changes_no_verdict(log, monkeypatch):
    whole = judged(log)
    monkeypatch.setattr(measure, "N_CELLS", 500)
    small = judged(log)
    assert len(small.data.buckets.starts_ms) < len(whole.data.buckets.starts_ms)
    assert small.table["verdict"].to_list() == whole.table["verdict"].to_list() == ["drifted", "stable"]
    assert any("to keep the panel small" in note for note in small.data.notes)


def test_small_buckets_are_judged_as_they_are_and_shared_merged(log):
    report = judged(log, every="1h")  # 8 or 9 rows a bucket
    assert report.table["verdict"].to_list() == ["drifted", "stable"]
    assert min(report.data.buckets.n_rows) >= 20


@pytest.mark.parametrize(("every", "said"), [("3d", True), (100, True), ("1d", False), ("1w", False)])
def test_buckets_that_hide_a_season_say_so(log, every, said):
    report = al.measure_drift(al.PredictionLog(log, time="at"), every=every)
    assert any("know no weekday or hour" in note for note in report.data.notes) == said


def test_days_of_few_rows_say_that_they_were_merged_and_not_that_days_know_no_weekday():
    rng = np.random.default_rng(1)
    at = [START + timedelta(hours=2.4 * i) for i in range(600)]  # 60 days of ten rows
    report = al.measure_drift(al.PredictionLog(pl.DataFrame({"at": at, "x": rng.normal(size=600)}), time="at"))
    assert any("fewer than 20 rows were merged" in note for note in report.data.notes)
    assert not any("know no weekday" in note for note in report.data.notes)


def test_a_season_that_merged_buckets_hide_is_said_to_be_missing():
    rng = np.random.default_rng(1)
    at = [START + timedelta(hours=1.5 * i) for i in range(16 * 80)]  # 80 days of sixteen rows
    weekend = np.array([moment.weekday() >= 5 for moment in at])
    frame = pl.DataFrame({"at": at, **{name: rng.normal(size=len(at)) + 2 * weekend for name in "abc"}})
    report = al.measure_drift(al.PredictionLog(frame, time="at"))
    hidden = any("judged without the week" in note for note in report.data.notes)
    assert hidden == (report.data.buckets.season_name is None)
