"""Files of any format, by any name, become the same log."""

from __future__ import annotations

import pickle
from pathlib import Path

import polars as pl
import pytest
from tests.logs.served import FRAME, WANTED, rows

from afterlaunch.errors import BadFile, BadInput
from afterlaunch.logs import PredictionLog

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
    "records": ([{"x": 1}], "a list holds dict values: pass paths, or one table"),
    "an empty list": ([], "an empty list names no file"),
    "an empty path": ("", "an empty path names no file"),
    "a path too long": ("x" * 5000, "no file can be read at .*: File name too long"),
    "a missing file": ("nowhere.parquet", "no file 'nowhere.parquet': check the path"),
    "a glob without files": ("nowhere/*.parquet", r"no file 'nowhere/\*.parquet': check the path"),
    "a distant file": ("s3://bucket/a.parquet", "is not a local path: pass a scan of it"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_names_no_file_is_refused_with_what_to_do(case):
    data, message = REFUSED[case]
    with pytest.raises(BadInput, match=message):
        PredictionLog(data)


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


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    FRAME.write_parquet(tmp_path / "a.parquet")
    assert PredictionLog([tmp_path / "a.parquet", tmp_path / "*"]).collect().height == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("latin.csv", "x,c\n1,caf\xe9\n2,b\n".encode("latin-1")),
        ("ragged.csv", b"x,c\n1,a\n2,b,3,4\n"),
        ("late.csv", b"x\n" + b"1\n" * 150_000 + b"abc\n"),
    ],
)
def test_a_text_file_that_cannot_be_read_is_named(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=rf"{name}' cannot be read: .*\. Mend the file .*, or read it yourself"):
        PredictionLog(tmp_path / name).loaded()


def test_names_that_a_text_file_has_twice_are_told_apart_as_those_of_frames(tmp_path):
    (tmp_path / "a.csv").write_text("x,x,y,x\n1,2,3,4\n")
    log = PredictionLog(tmp_path / "a.csv")
    assert log.collect().row(0, named=True) == {"x": 1, "x_2": 2, "y": 3, "x_3": 4}
    assert "A column called 'x' is called 'x_2' here." in log.notes
    assert log.part(tmp_path / "a.csv").collect_schema().names() == ["x", "x_2", "y", "x_3"]
