"""Categories that a reference never had: news where categories hardly ever come new, and usual where they do."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.logs import as_log
from afterlaunch.profiles import learn_plan

REFERENCE = ("2026-01-01", "2026-02-05")


def shops(rng, first, *, days, start=0, per_day=2500):
    """Return rows of 10,000 shops, numbered from `first` on."""
    n = days * per_day
    at = pl.datetime(2026, 1, 1) + pl.duration(minutes=pl.Series(start * 1440 + np.arange(n) * 1440 // per_day))
    return pl.DataFrame({"shop": [f"s{i}" for i in first + rng.integers(0, 10_000, n)]}).with_columns(at=at)


@pytest.mark.parametrize("time", ["at", None])
def test_a_column_of_many_categories_all_of_which_are_new_has_drifted(time):
    rng = np.random.default_rng(1)
    old, new = shops(rng, 0, days=35), shops(rng, 10_000, days=7, start=35)
    logs = [al.PredictionLog(one, time=time, features=["shop"]) for one in (new, old)]
    report = al.measure_drift(logs[0], reference=logs[1], columns=["shop"])
    assert report.verdict == "drifted"
    assert report.table["unseen_share"].item() == 1


@pytest.mark.parametrize("time", ["at", None])
def test_a_column_of_many_categories_that_go_on_is_stable(time):
    rng = np.random.default_rng(2)
    old, new = shops(rng, 0, days=35), shops(rng, 0, days=7, start=35)
    logs = [al.PredictionLog(one, time=time, features=["shop"]) for one in (new, old)]
    assert al.measure_drift(logs[0], reference=logs[1], columns=["shop"]).verdict == "stable"


@pytest.mark.parametrize("share", [0.008, 0.03, 0.2])
def test_campaigns_that_last_three_days_are_no_drift(share):
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(12):
        day = np.repeat(np.arange(42), 500)
        lasting, passing = rng.integers(0, 50, day.size), 1000 + day // 3 * 3 + rng.integers(0, 3, day.size)
        name = np.where(rng.random(day.size) < share, passing, lasting)
        at = pl.datetime(2026, 1, 1) + pl.duration(days=pl.Series(day))
        log = al.PredictionLog(pl.DataFrame({"campaign": name.astype(str)}).with_columns(at=at), time="at")
        alarms += al.measure_drift(log, reference=REFERENCE).verdict == "drifted"
    assert alarms <= 2


def test_renewal_is_the_share_of_the_last_fifth_whose_category_was_not_there_before():
    at = pl.datetime(2026, 1, 1) + pl.duration(hours=pl.Series(range(1000)))
    frame = pl.DataFrame({"name": ["a", "b"] * 400 + ["a"] * 150 + ["c"] * 50}).with_columns(at=at)
    assert learn_plan(al.PredictionLog(frame, time="at"))["name"].renewal == pytest.approx(0.25)


def test_renewal_without_time_is_the_share_of_rows_alone_in_their_category():
    frame = pl.DataFrame({"name": ["a"] * 150 + ["b"] * 40 + [f"only {i}" for i in range(10)]})
    assert learn_plan(as_log(frame))["name"].renewal == pytest.approx(0.05)


def test_renewal_of_few_rows_cannot_be_told():
    assert learn_plan(as_log(pl.DataFrame({"name": ["a", "b"] * 20})))["name"].renewal == 1
