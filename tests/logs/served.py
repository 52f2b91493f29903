"""A small log as it is served, and its rows."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from afterlaunch.logs import PredictionLog

FRAME = pl.DataFrame(
    {
        "at": [datetime(2013, 1, day) for day in (1, 2, 3)],  # noqa: DTZ001 - a naive time is the case
        "n": [1, None, 3],
        "x": [0.5, 1.5, None],
        "who": ["a", None, "<b>"],
        "late": [True, False, None],
    },
    schema_overrides={"at": pl.Datetime("us")},
)


def rows(log: PredictionLog) -> list[tuple[object, ...]]:
    return log.collect().rows()


WANTED = rows(PredictionLog(FRAME, time="at"))
