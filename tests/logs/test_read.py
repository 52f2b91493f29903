"""Any table and any file becomes the same log."""

from __future__ import annotations

import pickle
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import dask.dataframe
import duckdb
import narwhals
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from afterlaunch.errors import BadFile, BadInput, MissingColumn
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


def rows(log: PredictionLog) -> list[tuple[object, ...]]:
    return log.collect().rows()


WANTED = rows(PredictionLog(FRAME, time="at"))


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


WRITERS = {
    "parquet": FRAME.write_parquet,
    "pq": FRAME.write_parquet,
    "csv": FRAME.write_csv,
    "tsv": lambda path: FRAME.write_csv(path, separator="\t"),
    "ndjson": FRAME.write_ndjson,
    "jsonl": FRAME.write_ndjson,
    "arrow": FRAME.write_ipc,
}


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", [str, Path, lambda path: [path], lambda path: path.with_name("*" + path.suffix)])
def test_a_file_of_any_format_by_any_name_becomes_the_same_log(tmp_path, ending, name):
    path = tmp_path / f"served.{ending}"
    WRITERS[ending](path)
    log = PredictionLog(name(path), time="at")
    assert rows(log) == WANTED
    assert log.paths == (path,)


def test_many_files_are_read_as_one_and_each_as_a_part(tmp_path):
    for place in range(3):
        FRAME[place : place + 1].write_parquet(tmp_path / f"{place}.parquet")
    for data in (tmp_path, f"{tmp_path}/*.parquet", sorted(tmp_path.iterdir())):
        log = PredictionLog(data, time="at")
        assert rows(log) == WANTED
        assert [row for path in log.paths for row in log.part(path).collect().rows()] == WANTED


def test_a_part_is_filtered_like_the_whole_and_survives_pickling(tmp_path):
    FRAME.write_parquet(tmp_path / "a.parquet")
    log = PredictionLog(tmp_path, time="at").between("2013-01-02", "2013-01-04").where(pl.col("late").is_not_null())
    part = pickle.loads(pickle.dumps(log.part(log.paths[0])))  # noqa: S301 - our own bytes
    assert part.collect().rows() == WANTED[1:2]


def test_files_that_differ_are_brought_to_one_schema(tmp_path):
    pl.DataFrame({"n": [1], "x": ["a"], "old": [1]}, schema_overrides={"n": pl.Int8}).write_parquet(
        tmp_path / "1.parquet"
    )
    pl.DataFrame({"x": ["b"], "n": [2.5], "new": [True]}).write_parquet(tmp_path / "2.parquet")
    log = PredictionLog(tmp_path)
    wanted = [{"n": 1.0, "x": "a", "old": 1, "new": None}, {"n": 2.5, "x": "b", "old": None, "new": True}]
    assert log.collect().rows(named=True) == wanted
    assert [row for path in log.paths for row in log.part(path).collect().rows(named=True)] == wanted
    assert "The 2 files differ in columns or types: brought to one." in log.notes


def test_files_of_two_formats_are_read_as_one(tmp_path):
    FRAME.write_parquet(tmp_path / "1.parquet")
    FRAME.write_ndjson(tmp_path / "2.ndjson")
    assert PredictionLog(tmp_path / "*").collect().height == 6


def test_folders_named_by_day_give_their_column(tmp_path):
    for day in ("2013-01-01", "2013-01-02"):
        (tmp_path / f"day={day}").mkdir()
        pl.DataFrame({"x": [1]}).write_parquet(tmp_path / f"day={day}" / "part.parquet")
    log = PredictionLog(tmp_path, time="day")
    assert [str(day.date()) for day in log.collect()["day"]] == ["2013-01-01", "2013-01-02"]
    assert log.part(log.paths[1]).collect()["day"][0].day == 2


def test_only_the_columns_that_are_needed_are_read(tmp_path):
    FRAME.write_parquet(tmp_path / "a.parquet")
    plan = PredictionLog(tmp_path, time="at", features=["n"]).frame.select("n").explain()
    assert "PROJECT 1/5 COLUMNS" in plan


def test_numbers_that_turn_into_text_far_down_a_file_are_text(tmp_path):
    path = tmp_path / "late.csv"
    path.write_text("x\n" + "1\n" * 5_000 + "n/a\n")
    assert PredictionLog(path).columns[0].dtype == pl.String


REFUSED = {
    "a number": (7, "int is not a table that can be read: pass a Polars, pandas"),
    "none": (None, "NoneType is not a table"),
    "an object": (object(), "object is not a table"),
    "a dictionary": ({"x": [1]}, "dict is not a table"),
    "an array": (np.zeros((2, 2)), "numpy.ndarray is not a table that can be read: name its columns"),
    "a series": (pl.Series([1]), "polars.series.series.Series is not a table that can be read: name its columns"),
    "a pandas series": (pd.Series([1]), "is not a table that can be read: name its columns"),
    "records": ([{"x": 1}], "a list holds a dict: pass paths, or one table"),
    "an empty list": ([], "an empty list names no file"),
    "an empty path": ("", "an empty path names no file"),
    "a path too long": ("x" * 5000, "no file can be read at .*: File name too long"),
    "a missing file": ("nowhere.parquet", "no file 'nowhere.parquet': check the path"),
    "a glob without files": ("nowhere/*.parquet", r"no file 'nowhere/\*.parquet': check the path"),
    "a distant file": ("s3://bucket/a.parquet", "is not a local path: pass a scan of it"),
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


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("a.parquet", b"not parquet", BadFile, "a.parquet' cannot be read as .parquet"),
        ("a.csv", b"", BadInput, "a.csv' is empty: leave it out"),
        ("a.csv", b"x,y\n", BadInput, "the data have no rows"),
        ("a.ndjson", b"{broken", BadFile, "a.ndjson' cannot be read as .ndjson"),
        ("a.xlsx", b"PK", BadInput, "ends in '.xlsx': have .parquet"),
        ("a", b"", BadInput, "ends in '': have .parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, error, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error, match=message):
        PredictionLog(path)


def test_a_folder_without_tables_is_refused(tmp_path):
    (tmp_path / "_SUCCESS").touch()
    with pytest.raises(BadInput, match=r"holds no file ending in \.parquet"):
        PredictionLog(tmp_path)


def test_types_that_cannot_meet_name_the_column_and_the_file(tmp_path):
    pl.DataFrame({"x": [1]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({"x": [[1]]}).write_parquet(tmp_path / "2.parquet")
    with pytest.raises(BadInput, match=r"column 'x' is List\(Int64\) in .*2.parquet' and Int64 in the files before it"):
        PredictionLog(tmp_path)


def test_zones_that_differ_between_files_are_refused(tmp_path):
    for place, zone in enumerate(["UTC", "Europe/Paris"]):
        FRAME.with_columns(pl.col("at").dt.replace_time_zone(zone)).write_parquet(tmp_path / f"{place}.parquet")
    with pytest.raises(BadInput, match="column 'at' is Datetime"):
        PredictionLog(tmp_path, time="at")


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


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    FRAME.write_parquet(tmp_path / "a.parquet")
    assert PredictionLog([tmp_path / "a.parquet", tmp_path / "*"]).collect().height == 3


def test_doubled_names_in_a_bare_stream_are_refused():
    class Doubled:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pa.table([[1], [2]], names=["x", "x"]).__arrow_c_stream__(requested_schema)

    with pytest.raises(BadInput, match="two columns have one name"):
        PredictionLog(Doubled())
