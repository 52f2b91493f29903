from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from afterlaunch.profiles.plan import ColumnPlan
from afterlaunch.profiles.values import category_of, number_of

EDGELESS = {
    "edges": [],
    "categories": [],
    "rare": [],
    "decision": [0],
    "low": 0.0,
    "high": 0.0,
    "scale": 0.0,
    "error": 0.0,
}


def column(kind: str) -> ColumnPlan:
    return ColumnPlan.from_dict({"name": "x", "role": "feature", "kind": kind, "ordered": True} | EDGELESS)


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (pl.Series([1, None], dtype=pl.UInt8), "numeric", [1.0, None]),
        (pl.Series([0.1], dtype=pl.Float32), "numeric", [0.10000000149011612]),
        (pl.Series([dt.date(1970, 1, 2)]), "time", [86_400.0]),
        (pl.Series([1_500_000_000], dtype=pl.Datetime("ns")), "time", [1.5]),
        (pl.Series([1_500], dtype=pl.Datetime("ms", "Europe/Paris")), "time", [1.5]),
        (pl.Series([dt.timedelta(minutes=1)]), "numeric", [60.0]),
        (pl.Series([dt.time(0, 1)]), "numeric", [60.0]),
        (pl.Series(["", "żółw", None]), "text", [0.0, 4.0, None]),
    ],
)
def test_every_type_has_one_number(values, kind, expected):
    frame = values.alias("x").to_frame()
    assert frame.select(number_of(column(kind), values.dtype))["x"].to_list() == expected


def test_the_number_of_a_time_does_not_depend_on_its_place():
    moment = dt.datetime(2024, 3, 25, microsecond=85)  # noqa: DTZ001 - naive on purpose
    frame = pl.DataFrame({"x": [moment] * 33}).select(number_of(column("time"), pl.Datetime("us")))
    assert frame["x"].n_unique() == 1


@pytest.mark.parametrize(("values", "expected"), [([True, None], ["true", None]), (["A", ""], ["A", ""])])
def test_every_category_is_a_string(values, expected):
    assert pl.DataFrame({"x": values}).select(category_of(column("categorical")))["x"].to_list() == expected
