"""A log of three to six weeks and no reference: what a first look finds."""

import numpy as np
import polars as pl
import pytest
from tests.drift.conftest import daily

import afterlaunch as al


def changed(rng, days, fault, change):
    """Return a log of `days` days whose column `x`, around 20, is changed from day `fault` on."""
    frame = daily(rng, days, rows=300)
    late = pl.col("at") >= pl.lit("2024-01-01").str.to_datetime() + pl.duration(days=fault)
    x = 20 + 3 * pl.col("x")
    return al.PredictionLog(frame.select("at", "y", x=pl.when(late).then(change(x)).otherwise(x)), time="at")


CHANGES = {"a unit": lambda x: x * 1.609344, "one standard deviation": lambda x: x + 3}


@pytest.mark.parametrize("days", [28, 35, 42])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_fault_that_begins_after_two_thirds_is_found(rng, days, change):
    report = al.measure_drift(changed(rng, days, days * 2 // 3, change))
    assert dict(zip(report.table["column"], report.table["verdict"], strict=True)) == {"x": "drifted", "y": "stable"}
    assert report.table["onset"][0].day == np.datetime64(days * 2 // 3, "D").item().day
    assert "chosen for you" in report.sentence


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_three_weeks_are_enough_for_a_fault_in_the_last_five_days(rng, change):
    assert al.measure_drift(changed(rng, 21, 16, change)).verdict == "drifted"


@pytest.mark.parametrize(("days", "fault"), [(21, 14), (28, 11), (14, 9)])
def test_a_unit_that_changed_inside_the_reference_chosen_for_you_is_named(rng, days, fault):
    report = al.measure_drift(changed(rng, days, fault, CHANGES["a unit"]))
    assert (
        f"But x seems to have a fault since {fault + 1} January: unit change, miles to kilometres." in report.sentence
    )


def test_a_change_inside_a_reference_that_was_chosen_is_no_fault_of_the_current_window(rng):
    log = changed(rng, 30, 10, CHANGES["a unit"])
    assert "fault" not in al.measure_drift(log, reference=("2024-01-01", "2024-01-21")).sentence


def test_growth_that_ends_near_a_factor_is_no_change_of_unit(rng):
    frame = daily(rng, 21, rows=300)
    grown = 20 * 1.05 ** ((pl.col("at").dt.day() - 8).clip(0, 10)) + 3 * pl.col("x")
    report = al.measure_drift(al.PredictionLog(frame.select("at", x=grown), time="at"))
    assert "fault" not in report.sentence
