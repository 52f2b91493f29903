from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlaunch.profiles.axis import MIN_ROWS, Axis, coarse_buckets, small_buckets

DAY = 86_400_000_000


def make_axis(n_rows, reference, current):
    n = len(n_rows)
    return Axis(
        starts=np.arange(n) * DAY,
        ends=np.arange(1, n + 1) * DAY,
        position=np.arange(n),
        n_rows=np.array(n_rows),
        season=np.zeros(n, dtype=np.int64),
        season_name=None,
        every="1d",
        zone="UTC",
        reference=reference,
        current=current,
    )


@given(st.lists(st.integers(1, 60), min_size=4, max_size=40), st.data())
def test_after_merging_only_a_window_that_is_small_in_all_has_a_small_bucket(n_rows, data):
    cut = data.draw(st.integers(1, len(n_rows) - 1))
    axis = make_axis(n_rows, (0, cut), (cut, len(n_rows)))
    merged = axis.merged(small_buckets(axis))
    assert merged.n_rows.sum() == sum(n_rows)
    for window, total in ((merged.reference, sum(n_rows[:cut])), (merged.current, sum(n_rows[cut:]))):
        rows = merged.n_rows[slice(*window)]
        assert rows.sum() == total
        assert (rows >= MIN_ROWS).all() or len(rows) == 1


def test_a_last_small_bucket_joins_the_one_before_it():
    axis = make_axis([30, 30, 5, 30, 2], (0, 3), (3, 5))
    assert axis.merged(small_buckets(axis)).n_rows.tolist() == [30, 35, 32]


def test_weeks_are_counted_from_the_current_windows_start():
    axis = make_axis([10] * 24, (0, 10), (10, 24))
    weeks = axis.coarser(coarse_buckets(axis, 7), 7, "1w")
    assert weeks.n_rows.tolist() == [30, 70, 70, 70]
    assert weeks.position.tolist() == [0, 1, 2, 3]
    assert (weeks.reference, weeks.current, weeks.every) == ((0, 2), (2, 4), "1w")


def test_gaps_stay_gaps_when_buckets_grow():
    axis = replace(make_axis([10] * 4, (0, 2), (2, 4)), position=np.array([0, 1, 29, 30]))
    assert axis.coarser(coarse_buckets(axis, 7), 7, "1w").position.tolist() == [0, 1, 5]


@pytest.mark.parametrize("window", [(0, 2), (1, 3)])
def test_labels_say_which_window_a_bucket_is_in(window):
    axis = make_axis([30] * 4, window, (3, 4))
    assert axis.labels().tolist() == [int(window[0] <= i < window[1]) + 2 * (i == 3) for i in range(4)]
