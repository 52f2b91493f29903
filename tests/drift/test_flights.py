"""The year of flights: a planted unit change is found, with its onset and its factor, and no other is."""

from datetime import timedelta

import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.datasets import CELSIUS_FROM, FLIGHTS_CURRENT, FLIGHTS_REFERENCE


@pytest.fixture(scope="module")
def faulty():
    return al.measure_drift(al.datasets.flights("celsius"), reference=FLIGHTS_REFERENCE, current=FLIGHTS_CURRENT)


@pytest.fixture(scope="module")
def sound():
    return al.measure_drift(al.datasets.flights(), reference=FLIGHTS_REFERENCE, current=FLIGHTS_CURRENT)


def row(report, column):
    return report.table.filter(pl.col("column") == column).row(0, named=True)


def test_the_planted_fault_is_found_with_its_factor(faulty):
    temp = row(faulty, "temp")
    assert temp["verdict"] == "drifted"
    assert temp["cause"].startswith("unit change, °F to °C")
    assert "temp" in faulty.sentence


def test_its_onset_is_the_hour_it_was_planted_to_within_a_day(faulty):
    temp = row(faulty, "temp")
    assert abs(temp["onset"] - CELSIUS_FROM) <= timedelta(days=1)
    assert temp["onset_low"] <= CELSIUS_FROM <= temp["onset_high"] + timedelta(days=1)
    assert temp["shape"] == "step"


def test_without_the_fault_the_same_windows_show_no_drift_and_no_fault(sound):
    assert "drifted" not in sound.table["verdict"].to_list()
    assert sound.table["cause"].null_count() == sound.table.height


def test_schedules_are_stable_whatever_the_weather(sound):
    for column in ("carrier", "origin", "hour", "distance"):
        assert row(sound, column)["verdict"] == "stable"


def test_rows_of_the_report_have_roles(sound):
    roles = dict(zip(sound.table["column"], sound.table["role"], strict=True))
    assert (roles["temp"], roles["predicted_late"], roles["score"], roles["late"]) == (
        "feature",
        "prediction",
        "score",
        "target",
    )


def test_two_summers_months_as_bare_frames_give_a_verdict():
    log = al.datasets.flights()
    july, august = (
        log.between(*window).collect() for window in (("2013-07-01", "2013-08-01"), ("2013-08-01", "2013-09-01"))
    )
    assert al.measure_drift(august, reference=july).verdict == "drifted"


def test_a_year_of_days_fits_into_a_cell_output(sound):
    assert len(sound.data.counts) < 250_000
