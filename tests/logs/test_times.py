"""Time columns: what is read as time, in which zone, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from afterlaunch.errors import BadTime
from afterlaunch.logs import PredictionLog

WHEN = datetime(2013, 1, 31, 6, 30, tzinfo=UTC)
NAIVE = WHEN.replace(tzinfo=None)
SECONDS = int(WHEN.timestamp())


def log_of(times: object, dtype: pl.DataType | None = None) -> PredictionLog:
    return PredictionLog(pl.DataFrame({"at": pl.Series(times, dtype=dtype), "x": range(len(times))}), time="at")


READ = {
    "naive": ([NAIVE], None, "Times in 'at' have no zone and are taken as UTC."),
    "nanoseconds": ([NAIVE], pl.Datetime("ns"), "Times in 'at' have no zone and are taken as UTC."),
    "zoned": ([WHEN], pl.Datetime("ms", "UTC"), None),
    "seconds": ([SECONDS], None, "Numbers in 'at' are read as seconds since 1970 (UTC), told by their size."),
    "fractions": ([float(SECONDS)], None, "Numbers in 'at' are read as seconds since 1970 (UTC), told by their size."),
    "milliseconds": ([SECONDS * 10**3], None, "Numbers in 'at' are read as milliseconds since 1970"),
    "microseconds": ([SECONDS * 10**6], None, "Numbers in 'at' are read as microseconds since 1970"),
    "nanosecond numbers": ([SECONDS * 10**9], pl.UInt64(), "Numbers in 'at' are read as nanoseconds since 1970"),
    "small numbers": ([SECONDS], pl.UInt32(), "Numbers in 'at' are read as seconds since 1970"),
    "text": (["2013-01-31T06:30:00"], None, "Times in 'at' are ISO 8601 strings; they have no zone"),
    "text with a space": (["2013-01-31 06:30"], None, "Times in 'at' are ISO 8601 strings; they have no zone"),
    "text with a fraction": (["2013-01-31 06:30:00.000"], None, "Times in 'at' are ISO 8601 strings"),
    "text in UTC": (["2013-01-31T06:30:00Z"], None, "Times in 'at' are ISO 8601 strings; they are instants"),
    "text with an offset": (
        ["2013-01-31T01:30:00-05:00"],
        None,
        "Times in 'at' are ISO 8601 strings; they are instants",
    ),
    "text with a word for the zone": (["2013-01-31 06:30:00 UTC"], None, "Times in 'at' are ISO 8601 strings"),
    "text with an hour for the offset": (["2013-01-31T07:30+01"], None, "Times in 'at' are ISO 8601 strings"),
    "text with a short offset": (["2013-01-31 01:30-0500"], None, "Times in 'at' are ISO 8601 strings"),
}


@pytest.mark.parametrize("case", READ)
def test_one_moment_is_read_from_every_way_to_write_it(case):
    times, dtype, note = READ[case]
    log = log_of([*times, None], dtype)
    assert log.collect()["at"].to_list() == [WHEN]
    assert log.frame.collect_schema()["at"] == pl.Datetime("us", "UTC")
    assert log.zone == "UTC"
    assert note is None or any(said.startswith(note) for said in log.notes)


def test_a_zone_is_kept():
    log = log_of([datetime(2013, 7, 1, tzinfo=ZoneInfo("America/New_York"))], pl.Datetime("ns", "America/New_York"))
    assert log.zone == "America/New_York"
    assert log.frame.collect_schema()["at"] == pl.Datetime("us", "America/New_York")


def test_dates_are_midnight():
    log = log_of([date(2013, 1, 31)])
    assert log.collect()["at"].to_list() == [datetime(2013, 1, 31, tzinfo=UTC)]
    assert log.notes == ("'at' holds dates, taken as midnight UTC.",)


def test_dates_and_times_may_stand_in_one_column_of_strings():
    log = log_of(["2013-01-31", "2013-01-31 06:30", "2013-01-31T06:30:00", ""])
    assert log.collect()["at"].to_list() == [datetime(2013, 1, 31, tzinfo=UTC), WHEN, WHEN]


def test_offsets_that_differ_by_daylight_saving_are_one_zone():
    log = log_of(["2013-03-10T01:59:00-05:00", "2013-03-10T03:00:00-04:00"])
    first, last = log.collect()["at"]
    assert (last - first).total_seconds() == 60


def test_rows_without_a_time_are_left_out_and_said():
    log = log_of([NAIVE, None, None])
    assert log.collect().height == 1
    assert "Rows without a time are left out: 2." in log.notes


REFUSED = {
    "unparsable": (
        ["2013-01-31", "yesterday"],
        "'at' holds values that are not times .1 of them., such as 'yesterday'",
    ),
    "a day that is none": (
        ["2013-02-28", "2013-02-30"],
        "'at' holds values that are not times .1 of them., such as '2013-02-30'",
    ),
    "no string is a time": (["x", "y"], "'at' holds values that are not times .2 of them., such as 'x'"),
    "null alone": ([None, None], "column 'at'"),
    "blank alone": (["", " "], "'at' holds no time: every value seen is null or empty"),
    "years": ([2013, 2014], "too small for seconds since 1970"),
    "two units": ([SECONDS, SECONDS, SECONDS * 1000], "'at' mixes units: most numbers are seconds since 1970"),
    "true and false": ([True, False], "'at' is Boolean: a time column holds datetimes"),
    "lists": ([[1], [2]], "too small"),
    "zones apart": (["2013-01-31T06:30-05:00", "2013-01-31T06:30+01:00"], r"'at' mixes zones: offsets \+01:00, -05:00"),
    "some with an offset": (["2013-01-31T06:30Z", "2013-01-31T06:30"], "'at' mixes zones: times with an offset"),
    "nothing finite": ([float("nan"), float("inf")], "'at' holds no time"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_time_is_refused_with_the_column_what_was_found_and_what_to_do(case):
    times, message = REFUSED[case]
    with pytest.raises(BadTime, match=message):
        log_of(times)


def test_a_time_beyond_the_calendar_is_refused():
    with pytest.raises(BadTime, match="outside the years 1 to 9999"):
        log_of(pl.Series([2**62]).cast(pl.Datetime("us")))


def test_a_bad_time_far_from_the_sample_is_found():
    times = ["2013-01-31T06:30:00"] * 40_000
    times[12_345] = "soon"
    with pytest.raises(BadTime, match="such as 'soon'"):
        log_of(times)


def test_the_time_of_the_label_is_read_too():
    frame = pl.DataFrame({"at": [NAIVE, NAIVE], "known": ["2013-02-01T00:00:00+01:00", None], "x": [1, 2]})
    log = PredictionLog(frame, time="at", target_time="known")
    assert log.collect()["known"].to_list() == [datetime(2013, 1, 31, 23, tzinfo=UTC), None]
    assert [column.name for column in log.columns] == ["x"]
