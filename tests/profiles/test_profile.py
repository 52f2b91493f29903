from __future__ import annotations

import datetime as dt
from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles.frames import decision_counts, frames, log_of, random_frame

from afterlaunch.errors import EmptyWindow, ProfileMismatch
from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import SPECIALS, learn_plan, profile


@given(frames(min_rows=3), st.data())
@settings(max_examples=40, deadline=None)
def test_parts_add_up_to_the_whole_in_any_order_and_grouping(frame, data):
    places = data.draw(
        st.lists(st.integers(0, 2), min_size=frame.height, max_size=frame.height).filter(
            lambda drawn: set(drawn) == {0, 1, 2}
        )
    )
    plan = learn_plan(log_of(frame))
    whole = profile(log_of(frame), like=plan)
    parts = [profile(log_of(frame.filter(pl.Series(places) == part)), like=plan) for part in range(3)]
    for a, b, c in permutations(parts):
        assert (a + b) + c == whole
        assert a + (b + c) == whole


def test_merging_takes_the_union_of_the_buckets():
    frame = random_frame()
    first, last = frame.head(1_000), frame.tail(1_000)
    plan = learn_plan(log_of(frame))
    merged = profile(log_of(last), like=plan).merge(profile(log_of(first), like=plan))
    assert merged == profile(log_of(pl.concat([first, last])), like=plan)
    assert np.all(np.diff(merged.starts) > 0)
    assert merged.position()[-1] == 19


def test_profiles_of_other_edges_do_not_merge():
    frame = random_frame()
    with pytest.raises(ProfileMismatch, match=r"column 'number' has other edges.*like=first"):
        profile(log_of(frame)).merge(profile(log_of(frame.head(2_000))))


def test_profiles_of_other_buckets_do_not_merge():
    frame = random_frame()
    with pytest.raises(ProfileMismatch, match="every is '1d' in one and '1h' in the other"):
        profile(log_of(frame)).merge(profile(log_of(frame), every="1h"))


def test_profiles_of_equal_counts_and_other_plans_differ():
    frame = random_frame()
    counted = profile(log_of(frame))
    assert counted != profile(log_of(frame), every="1w")
    assert counted != "a profile"


def test_decision_counts_add_the_fine_bins_up():
    counted = profile(log_of(random_frame()))
    for column in counted.plan.columns:
        fine, coarse = counted.counts[column.name], decision_counts(counted, column.name)
        assert coarse.shape == (counted.starts.size, column.n_decision + len(SPECIALS))
        for bucket in range(counted.starts.size):
            expected = np.bincount(column.decision, fine[bucket, : column.n_bins], column.n_decision)
            assert np.array_equal(coarse[bucket, : column.n_decision], expected)
        assert np.array_equal(coarse[:, -4:], fine[:, -4:])


def test_between_keeps_the_buckets_that_start_in_the_window():
    counted = profile(log_of(random_frame()))
    kept = counted.between(dt.datetime(2024, 3, 22), dt.datetime(2024, 3, 25))  # noqa: DTZ001 - in the log's zone
    assert kept.starts.size == 3
    assert np.array_equal(kept.counts["count"], counted.counts["count"][2:5])
    assert kept == counted.between("2024-03-22", "2024-03-25")


def test_between_says_what_there_is_where_there_is_nothing():
    counted = profile(log_of(random_frame()))
    with pytest.raises(EmptyWindow, match="the profile covers 2024-03-20 00:00 to 2024-04-09 00:00 UTC"):
        counted.between("2030-01-01", "2031-01-01")


def test_counts_cannot_be_changed():
    counted = profile(log_of(random_frame()))
    with pytest.raises(ValueError, match="read-only"):
        counted.counts["count"][0, 0] = 1


def test_a_profile_without_time_has_one_bucket():
    frame = random_frame().drop("at")
    counted = profile(PredictionLog(frame))
    assert counted.starts.tolist() == [0]
    assert counted.ends().tolist() == [1]
    assert counted.position().tolist() == [0]
    assert counted + counted != counted


def test_a_profile_shows_its_size():
    counted = profile(log_of(random_frame()))
    assert counted.summary() == ("5,000 rows × 7 columns in 20 buckets of 1d, 2024-03-20 00:00 to 2024-04-09 00:00 UTC")
    assert "5,000" in counted._repr_html_()
