"""The flights that ship: whole, small, honest about their fault."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import roc_auc_score

from afterlaunch.datasets import CELSIUS_FROM, FLIGHTS_CURRENT, FLIGHTS_REFERENCE, flights
from afterlaunch.datasets.flights import FEATURES, PATH
from afterlaunch.errors import BadOption


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return flights().collect()


@pytest.fixture(scope="module")
def faulty() -> pl.DataFrame:
    return flights(fault="celsius").collect()


def test_a_year_of_flights_ships_in_at_most_4_megabytes(rows):
    assert rows.height == 336_776
    assert PATH.stat().st_size <= 4_000_000


def test_the_log_names_its_roles_its_zone_and_what_a_row_is():
    log = flights()
    assert [column.name for column in log.columns] == [*FEATURES, "predicted_late", "score", "late"]
    assert (log.zone, log.noun, log.notes[:1]) == ("America/New_York", "flights", log.notes[:1])
    assert not any(column.identifier for column in log.columns)


def test_rows_stand_in_order_of_time(rows):
    assert rows["served_at"].is_sorted()
    assert rows["served_at"].dt.year().unique().to_list() == [2013]


def test_labels_come_later_and_are_missing_only_where_no_flight_arrived(rows):
    assert rows.filter(pl.col("landed_at") <= pl.col("served_at")).is_empty()
    assert rows.select((pl.col("late").is_null() == pl.col("landed_at").is_null()).all()).item()
    assert 0.02 < rows["late"].is_null().mean() < 0.04


def test_the_scores_know_something_and_no_more_where_the_model_was_trained(rows):
    labelled = rows.drop_nulls("late").with_columns(month=pl.col("served_at").dt.month())
    trained = labelled.filter(pl.col("month") <= 2)
    later = labelled.filter(pl.col("month") == 3)
    inside, outside = (roc_auc_score(part["late"], part["score"]) for part in (trained, later))
    assert 0.6 < inside < 0.75
    assert abs(inside - outside) < 0.05


def test_as_many_flights_are_called_late_in_training_as_were(rows):
    trained = rows.filter(pl.col("served_at").dt.month() <= 2).drop_nulls("late")
    assert trained["predicted_late"].mean() == pytest.approx(trained["late"].mean(), abs=0.01)


def test_the_fault_turns_one_column_from_its_hour_on_and_the_scores_follow(rows, faulty):
    before = pl.col("served_at") < CELSIUS_FROM
    assert faulty.filter(before).equals(rows.filter(before))
    sound, broken = (frame.filter(~before).drop_nulls("temp") for frame in (rows, faulty))
    np.testing.assert_allclose(broken["temp"] * 1.8 + 32, sound["temp"], atol=0.01)
    assert broken.drop("temp", "score", "predicted_late").equals(sound.drop("temp", "score", "predicted_late"))
    assert (broken["score"] != sound["score"]).mean() > 0.5


def test_the_fault_begins_within_the_current_window_after_the_reference():
    log = flights(fault="celsius")
    assert log.notes[0] == "Planted fault: temp is in °C instead of °F from 2013-08-28 04:00 New York time on."
    reference, current = (
        log.between(*window).collect()["served_at"] for window in (FLIGHTS_REFERENCE, FLIGHTS_CURRENT)
    )
    assert reference.max() < current.min() < CELSIUS_FROM < current.max() - timedelta(days=7)


def test_a_fault_that_is_not_known_is_refused():
    with pytest.raises(BadOption, match="fault='kelvin' is not known: have None, 'celsius'"):
        flights(fault="kelvin")
