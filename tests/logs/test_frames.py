"""A table of any library becomes the same log."""

from __future__ import annotations

from decimal import Decimal

import dask.dataframe
import duckdb
import narwhals
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.logs.served import FRAME, WANTED, rows

from afterlaunch.errors import BadInput, MissingColumn
from afterlaunch.logs import PredictionLog


class Stream:
    """A table that offers nothing but the Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return FRAME.__arrow_c_stream__(requested_schema)


TABLES = {
    "polars": FRAME,
    "lazy": FRAME.lazy(),
    "narwhals": narwhals.from_native(FRAME),
    "pandas": FRAME.to_pandas(),
    "pandas on arrow": FRAME.to_pandas(use_pyarrow_extension_array=True),
    "arrow": FRAME.to_arrow(),
    "arrow batches": pa.RecordBatchReader.from_batches(FRAME.to_arrow().schema, FRAME.to_arrow().to_batches()),
    "stream": Stream(),
}


@pytest.mark.parametrize("library", TABLES)
def test_a_table_of_any_library_becomes_the_same_log(library):
    log = PredictionLog(TABLES[library], time="at")
    assert rows(log) == WANTED
    assert log.paths == ()
    assert [column.kind for column in log.columns] == ["numeric", "numeric", "categorical", "boolean"]


def test_a_duckdb_relation_becomes_the_same_log():
    with duckdb.connect() as connection:
        connection.register("served", FRAME.to_arrow())
        assert rows(PredictionLog(connection.sql("select * from served"), time="at")) == WANTED


@pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals")
def test_a_dask_frame_becomes_the_same_log():
    lazy = dask.dataframe.from_pandas(FRAME.to_pandas(use_pyarrow_extension_array=True), npartitions=1)
    assert rows(PredictionLog(lazy, time="at")) == WANTED


REFUSED = {
    "a number": (7, "int is not a table that can be read: pass a Polars, pandas"),
    "none": (None, "NoneType is not a table"),
    "an object": (object(), "object is not a table"),
    "a dictionary": ({"x": [1]}, "dict is not a table"),
    "an array": (np.zeros((2, 2)), "numpy.ndarray is not a table that can be read: name its columns"),
    "a series": (pl.Series([1]), "polars.series.series.Series is not a table that can be read: name its columns"),
    "a pandas series": (pd.Series([1]), "is not a table that can be read: name its columns"),
    "no rows": (FRAME.clear(), "the data have no rows: pass a table with at least one"),
    "no lazy rows": (FRAME.lazy().filter(pl.lit(value=False)), "the data have no rows"),
    "no columns": (pl.DataFrame(), "the data have no columns"),
    "no pandas columns": (pd.DataFrame(index=[1, 2]), "the data have no columns"),
    "a plan that fails": (FRAME.lazy().select("gone"), "the data cannot be read: .*gone"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_table_is_refused_with_what_to_do(case):
    data, message = REFUSED[case]
    with pytest.raises(BadInput, match=message):
        PredictionLog(data)


def test_a_plan_that_fails_when_it_is_run_is_an_error_of_ours():
    log = PredictionLog(FRAME.lazy().with_columns(pl.col("who").cast(pl.Float64)))
    with pytest.raises(BadInput, match="the data cannot be read: conversion from `str` to `f64` failed"):
        log.collect()


def test_doubled_names_are_told_apart_in_every_library():
    arrow = pa.table([[1, 2], ["a", "b"]], names=["x", "x"])
    pandas = pd.DataFrame([[1, "a"], [2, "b"]], columns=["x", "x"])
    for table in (arrow, pandas):
        log = PredictionLog(table)
        assert rows(log) == [(1, "a"), (2, "b")]
        assert [column.name for column in log.columns] == ["x", "x_2"]
        assert log.notes == ("A column called 'x' is called 'x_2' here.",)


def test_names_that_polars_takes_for_patterns_are_changed_and_still_found_by_role():
    log = PredictionLog(pl.DataFrame({"*": [1, 2], "^.*$": [0.5, 0.6]}), score="^.*$")
    assert [(column.name, column.role) for column in log.columns] == [("*_", "feature"), ("^.*$_", "score")]


def test_pandas_names_of_any_type_become_strings():
    frame = pd.DataFrame([[1, 2, 3]], columns=pd.Index([7, ("a", "b"), None], dtype=object))
    assert [column.name for column in PredictionLog(frame).columns] == ["7", "a.b", "None"]


def test_pandas_columns_of_mixed_objects_become_strings_or_are_left_out():
    frame = pd.DataFrame(
        {
            "mixed": pd.Series([1, "a", None, float("nan")], dtype=object),
            "things": pd.Series([object(), 1, 2, 3], dtype=object),
            "period": pd.period_range("2013-01", periods=4, freq="M"),
            "exact": [Decimal("1.5"), None, Decimal(2), None],
        }
    )
    log = PredictionLog(frame)
    assert log.collect()["mixed"].to_list() == ["1", "a", None, None]
    assert log.collect()["exact"].to_list() == [1.5, None, 2.0, None]
    assert any(note.startswith("'things' is left out") for note in log.notes)


def test_pandas_datetimes_of_several_zones_are_refused_as_time():
    moments = [pd.Timestamp("2013-01-01", tz="UTC"), pd.Timestamp("2013-01-01", tz="Europe/Paris")]
    frame = pd.DataFrame({"at": pd.Series(moments, dtype=object), "x": [1, 2]})
    with pytest.raises(MissingColumn, match=r"'at' cannot be used for time: .*it mixes zones \(Europe/Paris, UTC\)"):
        PredictionLog(frame, time="at")


def test_pandas_types_that_polars_lacks_are_left_out():
    frame = pd.DataFrame({"x": [1, 2], "span": pd.interval_range(0, 2), "z": [1 + 2j, 3]})
    assert [column.name for column in PredictionLog(frame).columns] == ["x"]


def test_sparse_pandas_columns_are_numbers():
    frame = pd.DataFrame({"x": pd.arrays.SparseArray([0, 1, 0]), "y": pd.arrays.SparseArray([0.5, float("nan"), 0.0])})
    assert PredictionLog(frame).collect().rows() == [(0, 0.5), (1, None), (0, 0.0)]


def test_the_index_of_a_pandas_frame_is_left_out_and_said_when_it_is_asked_for():
    frame = FRAME.to_pandas().set_index("at")
    assert "'at' is the index of the pandas frame, left out: frame.reset_index() makes it a column." in (
        PredictionLog(frame).notes
    )
    with pytest.raises(MissingColumn, match=r"'at' cannot be used for time: .*reset_index\(\) makes it a column"):
        PredictionLog(frame, time="at")


def test_doubled_names_in_a_bare_stream_are_refused():
    class Doubled:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pa.table([[1], [2]], names=["x", "x"]).__arrow_c_stream__(requested_schema)

    with pytest.raises(BadInput, match="two columns have one name"):
        PredictionLog(Doubled())
