"""Every type of data has one treatment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import polars as pl
import pytest

from afterlaunch.errors import BadInput
from afterlaunch.logs import PredictionLog

WHEN = datetime(2013, 1, 31, 6)  # noqa: DTZ001 - a naive time is the case

TREATED = [
    (pl.Int8(), 3, "numeric", pl.Int8(), 3),
    (pl.UInt64(), 2**63, "numeric", pl.UInt64(), 2**63),
    (pl.Int128(), 2**80, "numeric", pl.Float64(), 2.0**80),
    (pl.Float32(), 0.5, "numeric", pl.Float32(), 0.5),
    (pl.Decimal(10, 2), Decimal("1.25"), "numeric", pl.Float64(), 1.25),
    (pl.Boolean(), True, "boolean", pl.Boolean(), True),
    (pl.String(), "x", "categorical", pl.String(), "x"),
    (pl.Categorical(), "x", "categorical", pl.String(), "x"),
    (pl.Enum(["x", "y"]), "y", "categorical", pl.String(), "y"),
    (pl.Date(), date(2013, 1, 31), "time", pl.Date(), date(2013, 1, 31)),
    (pl.Datetime("us"), WHEN, "time", pl.Datetime("us"), WHEN),
    (pl.Duration("ms"), timedelta(minutes=1.5), "numeric", pl.Float64(), 90.0),
    (pl.Time(), time(1, 0, 0, 500_000), "numeric", pl.Float64(), 3600.5),
    (pl.List(pl.String), ["a", "b"], "numeric", pl.UInt32(), 2),
    (pl.Array(pl.Int8, 3), [1, 2, 3], "numeric", pl.UInt32(), 3),
    (pl.Null(), None, "categorical", pl.String(), None),
]


@pytest.mark.parametrize(("dtype", "value", "kind", "counted", "becomes"), TREATED, ids=lambda case: str(case)[:20])
def test_every_type_of_data_has_one_treatment_and_keeps_its_nulls(dtype, value, kind, counted, becomes):
    log = PredictionLog(pl.DataFrame({"x": pl.Series([value, None], dtype=dtype)}))
    (column,) = log.columns
    assert (column.kind, column.dtype) == (kind, counted)
    assert log.collect()["x"].to_list() == [becomes, None]


def test_a_struct_becomes_one_column_a_field_at_any_depth():
    log = PredictionLog(pl.DataFrame({"a": [{"b": {"c": 1}, "*": [1, 2]}, None]}))
    assert [column.name for column in log.columns] == ["a.b.c", "a.*_"]
    assert log.collect().rows() == [(1, 2), (None, None)]
    assert "'a' is a struct, counted field by field: 'a.b', 'a.*_'." in log.notes


def test_a_field_never_takes_the_name_of_a_column():
    log = PredictionLog(pl.DataFrame({"a": [{"b": 1}], "a.b": [2]}))
    assert log.collect().rows(named=True) == [{"a.b": 1, "a.b_2": 2}]


def test_binary_data_and_objects_are_left_out_and_said():
    frame = pl.DataFrame({"x": [1], "raw": [b"\x00"], "thing": pl.Series([object()], dtype=pl.Object)})
    log = PredictionLog(frame)
    assert [column.name for column in log.columns] == ["x"]
    assert [note for note in log.notes if "left out" in note] == [
        "'raw' is left out: Binary cannot be counted.",
        "'thing' is left out: Object cannot be counted.",
    ]


def test_a_table_of_binary_data_alone_is_refused():
    with pytest.raises(BadInput, match="no column can be counted: 'raw' is left out"):
        PredictionLog(pl.DataFrame({"raw": [b"\x00"]}))


def test_changes_that_a_reader_cannot_see_are_said():
    frame = pl.DataFrame({"took": [timedelta(seconds=1)], "tags": [["a"]], "gone": [None]})
    assert PredictionLog(frame).notes == (
        "'took' is a duration, counted in seconds.",
        "'tags' holds lists, counted by their length.",
        "'gone' holds nulls only.",
    )
