"""Windows and lengths of buckets, as users write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest

from afterlaunch.errors import BadTime
from afterlaunch.logs import check_every, is_window, parse_window

NEW_YEAR = datetime(2013, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "start",
    [
        "2013-01-01",
        " 2013-01-01T00:00 ",
        "2013-01-01T00:00:00Z",
        "2012-12-31T19:00-05:00",
        date(2013, 1, 1),
        datetime(2013, 1, 1),  # noqa: DTZ001 - a naive time is the case
        datetime(2013, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        np.datetime64("2013-01-01"),
    ],
    ids=str,
)
def test_one_moment_is_read_from_every_way_to_write_it(start):
    assert parse_window((start, "2013-02-01"), "UTC")[0] == NEW_YEAR


def test_a_moment_without_an_offset_is_in_the_zone_of_the_log():
    start, end = parse_window(["2013-03-10", "2013-03-11"], "America/New_York")
    assert start.isoformat() == "2013-03-10T00:00:00-05:00"
    assert end.isoformat() == "2013-03-11T00:00:00-04:00"


def test_an_hour_that_daylight_saving_skips_is_moved_on():
    start, _ = parse_window(("2013-03-10T02:30", "2013-03-11"), "America/New_York")
    assert start.isoformat() == "2013-03-10T03:30:00-04:00"


@pytest.mark.parametrize(
    ("window", "message"),
    [
        ("2013-01-01", r"a window is a pair \(start, end\)"),
        (("2013-01-01",), r"a window is a pair \(start, end\)"),
        (7, r"a window is a pair \(start, end\)"),
        (None, r"a window is a pair \(start, end\)"),
        ({"2013-01-01", "2014-01-01"}, r"a window is a pair \(start, end\)"),
        (("2013-01-01", "soon"), "'soon' is not a time: write a datetime"),
        (("2013-01-01", 7), "7 is not a time"),
        ((np.datetime64("NaT"), "2013-01-01"), "is not a time"),
        (("2013-01-02", "2013-01-01"), "not after its start 2013-01-02T00:00:00.00:00: swap them"),
        (("2013-01-01", "2013-01-01"), "not after its start"),
        (("0001-01-01T00:00+14:00", "2013-01-01"), "outside the years 1 to 9999"),
    ],
    ids=str,
)
def test_what_is_no_window_is_refused_with_what_to_do(window, message):
    with pytest.raises(BadTime, match=message):
        parse_window(window, "UTC")


@pytest.mark.parametrize("every", ["1h", "15m", "1d", "2w", "1mo", "1q", "1y", "30s", 500])
def test_a_bucket_length_is_a_duration_or_a_number_of_rows(every):
    assert check_every(every) == every


@pytest.mark.parametrize("every", ["", "d", "0d", "1 day", "-1d", "1d12h", "1.5h", 0, -3, True, None, 1.5, "1ms"])
def test_what_is_no_bucket_length_is_refused(every):
    with pytest.raises(BadTime, match="is no bucket length: write '1h'"):
        check_every(every)


@pytest.mark.parametrize("window", [("a", "b"), ["2013-01-01", "2013-03-01"], [date(2013, 1, 1), "2013-03-01T06:00"]])
def test_a_pair_of_moments_is_a_window(window):
    assert is_window(window)


@pytest.mark.parametrize("data", [None, [1, 2], ["jan.parquet", "feb.parquet"], "jan.parquet", ["2013-01-01"]])
def test_data_are_no_window(data):
    assert not is_window(data)


@pytest.mark.parametrize("moment", ["2013-01-01", date(2013, 1, 1), "2013-01-01T06:00"])
def test_one_moment_is_told_apart_from_a_path(moment, tmp_path, monkeypatch):
    with pytest.raises(BadTime, match=r"is one moment: a window is a pair, such as \('2013-01-01', '2013-03-01'\)"):
        is_window(moment)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2013-01-01").mkdir()
    assert not is_window("2013-01-01")
