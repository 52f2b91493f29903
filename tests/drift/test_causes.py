"""Faults that begin at any hour of the day."""

import numpy as np
import polars as pl
import pytest

import afterlaunch as al

DAYS, FAULT = 60, 45


@pytest.mark.parametrize("per_day", [100, 1000])
@pytest.mark.parametrize("hour", [0, 9, 15, 18, 21])
def test_a_fault_is_named_whatever_the_hour_it_begins(per_day, hour):
    rng = np.random.default_rng(5)
    n = DAYS * per_day
    day = np.sort(rng.random(n) * DAYS)
    late = day >= FAULT + hour / 24
    start = pl.datetime(2024, 1, 1)
    frame = pl.DataFrame(
        {
            "seconds": (day * 86_400).astype(int),
            "miles": np.where(late, 1.609344, 1) * rng.normal(10, 3, n),
            "shop": np.where(late & (rng.random(n) < 0.5), "NEW", rng.choice(["a", "b"], n)),
        }
    )
    timed = frame.select(pl.exclude("seconds"), at=start + pl.duration(seconds="seconds"))
    report = al.measure_drift(al.PredictionLog(timed, time="at"), reference=("2024-01-01", "2024-02-01"))
    causes = dict(zip(report.table["column"], report.table["cause"], strict=True))
    assert causes["shop"].startswith("new category 'NEW'")
    assert causes["miles"].startswith("unit change, miles to kilometres")
