from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from afterlaunch.errors import BadOption, EmptyWindow
from afterlaunch.profiles.timeline import LAID, check_can_be_cut, microseconds, one_timeline, two_timelines

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def hours(n, start=START):
    return microseconds(start) + 3_600_000_000 * np.arange(n)


def test_every_row_has_the_bucket_of_its_day():
    found = one_timeline(hours(72), every="1d", zone="UTC", reference=(START, START + DAY), current=None)
    assert found.of_row.tolist() == [0] * 24 + [1] * 24 + [2] * 24
    assert found.axis.reference == (0, 1)
    assert found.axis.current == (1, 3)
    assert found.axis.n_rows.tolist() == [24, 24, 24]


def test_days_are_cut_in_the_zone():
    zone = "America/New_York"
    found = one_timeline(hours(30), every="1d", zone=zone, reference=(START - DAY, START + DAY / 2), current=None)
    assert found.axis.n_rows.tolist() == [5, 24, 1]


def test_buckets_of_so_many_rows_hold_as_many():
    found = one_timeline(hours(70), every=20, zone="UTC", reference=(START, START + DAY), current=None)
    assert found.axis.n_rows.tolist() == [20, 20, 20, 10]
    assert found.axis.every == "20 rows"


def test_gaps_count_in_the_position():
    times = np.concatenate([hours(24), hours(24, START + 5 * DAY)])
    found = one_timeline(times, every="1d", zone="UTC", reference=(START, START + DAY), current=None)
    assert found.axis.position.tolist() == [0, 5]


def test_a_window_inside_a_bucket_is_moved_to_whole_ones_and_said():
    window = (START, START + 1.5 * DAY)
    found = one_timeline(hours(72), every="1d", zone="UTC", reference=window, current=None)
    assert any("moved to whole buckets" in note for note in found.notes)


def test_a_window_without_rows_is_an_error_that_says_what_there_is():
    with pytest.raises(EmptyWindow, match="the data cover"):
        one_timeline(hours(72), every="1d", zone="UTC", reference=(START + 9 * DAY, START + 10 * DAY), current=None)


def test_two_logs_in_order_share_one_grid():
    found = two_timelines(hours(48), hours(24, START + 4 * DAY), every="1d", zone="UTC")
    assert found.axis.position.tolist() == [0, 1, 4]
    assert found.of_row.tolist() == [0] * 24 + [1] * 24 + [2] * 24
    assert found.notes == ()


def test_two_logs_that_overlap_are_laid_end_to_end_and_it_is_said():
    found = two_timelines(hours(48), hours(24), every="1d", zone="UTC")
    assert found.axis.position.tolist() == [0, 1, 2]
    assert found.notes == (LAID,)


def test_without_time_each_side_is_one_bucket():
    found = two_timelines(np.zeros(3, np.int64), np.zeros(2, np.int64), every=None, zone="UTC")
    assert found.of_row.tolist() == [0, 0, 0, 1, 1]
    assert found.axis.windows.timeless


def test_one_table_without_time_cannot_be_cut():
    with pytest.raises(BadOption, match="without a time column"):
        check_can_be_cut(None, "1d")
    with pytest.raises(BadOption, match="one bucket"):
        check_can_be_cut("at", None)
