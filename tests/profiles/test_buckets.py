from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlaunch.errors import BadOption
from afterlaunch.profiles.buckets import cut, make_grid
from afterlaunch.profiles.plan import Plan

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
HOUR = 3_600_000_000


def plan_of(every, zone="UTC", cuts=()) -> Plan:
    return Plan(columns=(), time="at", zone=zone, every=every, cuts=cuts)


def at(text: str, zone: str = "UTC", *, fold: int = 0) -> int:
    moment = dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def shown(starts, zone: str) -> list[str]:
    return [dt.datetime.fromtimestamp(start / 1e6, ZoneInfo(zone)).strftime("%d %H:%M%z") for start in starts.tolist()]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("every", ["1h", "6h", "1d", "3d", "1w", "1mo", "1q", "1y", "30m"])
@given(times=st.lists(st.datetimes(dt.datetime(2023, 1, 1), dt.datetime(2024, 12, 31)), min_size=1, max_size=5))  # noqa: DTZ001
@settings(max_examples=15, deadline=None)
def test_each_row_lies_in_the_bucket_that_its_wall_clock_names(zone, every, times):
    moments = np.array([at(time.isoformat()) for time in times])
    grid = make_grid(plan_of(every, zone), int(moments.min()), int(moments.max()))
    places = grid.locate(moments)
    assert np.all(np.diff(grid.starts) > 0)
    assert np.all(grid.starts[places] <= moments)
    assert np.all(moments < grid.starts[places + 1])
    wall = pl.Series(grid.starts[places]).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone)
    regular = wall.dt.replace_time_zone(None) == wall.dt.replace_time_zone(None).dt.truncate(every)
    assert regular.all() or every in {"1h", "30m"}  # Lord Howe's clock is set by half an hour


@given(
    n=st.integers(1, 90),
    unit=st.sampled_from("smhdw"),
    first=st.integers(-(10**15), 3 * 10**15),
    buckets=st.floats(0, 50),
)
@settings(max_examples=100, deadline=None)
def test_buckets_of_a_fixed_length_are_those_of_the_calendar(n, unit, first, buckets):
    width = dt.timedelta(**{{"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[unit]: n})
    last = first + int(buckets * (width // dt.timedelta(microseconds=1)))
    fixed, calendar = (make_grid(plan_of(f"{n}{unit}", zone), first, last).starts for zone in ("UTC", "Etc/UTC"))
    np.testing.assert_array_equal(fixed, calendar)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York"])
def test_days_have_23_and_25_hours_when_the_clock_changes(zone):
    grid = make_grid(plan_of("1d", zone), at("2024-01-01", zone), at("2024-12-31", zone))
    widths, n = np.unique(np.diff(grid.starts) / HOUR, return_counts=True)
    assert widths.tolist() == [23, 24, 25]
    assert n.tolist() == [1, 364, 1]


def test_an_hour_that_the_clock_repeats_is_two_buckets():
    first, last = at("2024-10-27T01:30", "Europe/Paris"), at("2024-10-27T03:30", "Europe/Paris")
    starts = make_grid(plan_of("1h", "Europe/Paris"), first, last).starts[:-1]
    assert shown(starts, "Europe/Paris") == ["27 01:00+0200", "27 02:00+0200", "27 02:00+0100", "27 03:00+0100"]


def test_an_hour_that_the_clock_skips_is_none():
    first, last = at("2024-03-31T01:30", "Europe/Paris"), at("2024-03-31T03:30", "Europe/Paris")
    starts = make_grid(plan_of("1h", "Europe/Paris"), first, last).starts[:-1]
    assert shown(starts, "Europe/Paris") == ["31 01:00+0100", "31 03:00+0200"]


def test_a_day_whose_midnight_is_skipped_begins_when_the_clock_does():
    zone = "Africa/Cairo"  # on 26 April 2024 the clock went from midnight to one
    starts = make_grid(plan_of("1d", zone), at("2024-04-25T12:00", zone), at("2024-04-27T12:00", zone)).starts
    assert shown(starts, zone) == ["25 00:00+0200", "26 01:00+0300", "27 00:00+0300", "28 00:00+0300"]


def test_a_day_whose_midnight_is_repeated_begins_with_the_first():
    zone = "America/Havana"  # on 3 November 2024 the clock went from one back to midnight
    starts = make_grid(plan_of("1d", zone), at("2024-11-02T12:00", zone), at("2024-11-04T12:00", zone)).starts
    assert shown(starts, zone) == ["02 00:00-0400", "03 00:00-0400", "04 00:00-0500", "05 00:00-0500"]


def test_weeks_begin_on_monday():
    starts = make_grid(plan_of("1w"), at("2024-05-08"), at("2024-05-20")).starts
    assert shown(starts, "UTC") == ["06 00:00+0000", "13 00:00+0000", "20 00:00+0000", "27 00:00+0000"]


def test_a_grid_depends_on_the_calendar_not_on_where_it_begins():
    whole = make_grid(plan_of("3d", "Europe/Paris"), at("2024-01-01"), at("2024-12-31")).starts
    part = make_grid(plan_of("3d", "Europe/Paris"), at("2024-06-11"), at("2024-06-30")).starts
    assert set(part.tolist()) <= set(whole.tolist())


def test_buckets_without_rows_are_left_out():
    buckets = cut(plan_of("1d"), np.array([at("2024-05-09"), at("2024-05-01"), at("2024-05-09T23:59:59.999999")]))
    assert shown(buckets.starts, "UTC") == ["01 00:00+0000", "09 00:00+0000"]
    assert buckets.of_row.tolist() == [1, 0, 1]
    assert buckets.n_rows.tolist() == [1, 2]
    assert not buckets.in_order


def test_rows_beyond_learned_cuts_belong_to_the_outer_buckets():
    buckets = cut(plan_of(2, cuts=(10, 20, 30)), np.array([5, 10, 19, 20, 99]))
    assert buckets.starts.tolist() == [10, 20]
    assert buckets.of_row.tolist() == [0, 0, 0, 1, 1]


def test_too_many_buckets_are_refused_with_their_number():
    with pytest.raises(BadOption, match=r"every='1s' cuts 1970-01-01 to 2024-05-01 into 1,714,521,600 buckets"):
        make_grid(plan_of("1s"), 0, at("2024-05-01"))
