from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import afterlaunch as al
from afterlaunch.profiles.buckets import Buckets
from afterlaunch.profiles.distinct import ERROR, SIZE, estimate, sketch


def buckets(of_row):
    of_row = np.asarray(of_row, np.int32)
    n_rows = np.bincount(of_row, minlength=1)
    return Buckets(of_row, np.arange(n_rows.size), n_rows, in_order=bool(np.all(np.diff(of_row) >= 0)))


def sketched(strings):
    return sketch(pl.Series(strings, dtype=pl.String), buckets(np.zeros(len(strings))))


@pytest.mark.parametrize(("n", "runs"), [(1, 40), (20, 40), (1_000, 40), (5_000, 40), (10_000, 20), (50_000, 8)])
def test_estimates_are_unbiased_and_within_the_stated_error(n, runs):
    strings = ([f"order {i} of run {run}" for i in range(n)] for run in range(runs))
    errors = np.array([estimate(sketched(one)) / n - 1 for one in strings])
    assert abs(errors.mean()) < 4 * ERROR / runs**0.5
    assert np.sqrt(np.mean(errors**2)) < 1.4 * ERROR


def test_the_registers_of_a_string_are_the_same_on_every_machine():
    registers = sketched(["naïve café", "", "the quick brown fox"])
    places = np.flatnonzero(registers[0])
    assert dict(zip(places.tolist(), registers[0, places].tolist(), strict=True)) == {503: 1, 814: 2, 1809: 6}


def test_repeated_strings_and_nulls_do_not_count():
    assert estimate(sketched(["a", None, "a", "", None, ""])) == pytest.approx(2, rel=0.01)
    assert estimate(sketched([None, None])) == 0


@given(st.lists(st.tuples(st.text(max_size=4), st.integers(0, 3)), min_size=1, max_size=80), st.integers(1, 79))
@settings(deadline=None)
def test_registers_of_parts_are_maxima_of_each_other(rows, at):
    rows = [*rows, *((word, bucket) for word in ("a", "b") for bucket in range(4))]  # every bucket has some
    words, places = zip(*rows, strict=True)
    whole = sketch(pl.Series(words), buckets(places))
    parts = [sketched([word for word, place in part if place == 2]) for part in (rows[:at], rows[at:])]
    assert np.array_equal(np.maximum(*parts)[0], whole[2])


@pytest.fixture
def texts():
    words = [f"the order {i % 4_000} is late" for i in range(6_000)]
    days = pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2024, 1, 30), "1d", eager=True)
    return pl.DataFrame({"at": days.sample(6_000, with_replacement=True, seed=0).sort(), "text": words})


def test_profiles_know_the_share_of_distinct_texts_and_merge_it_exactly(texts, tmp_path):
    log = al.PredictionLog(texts, time="at")
    whole = al.profile(log)
    assert whole.sketches["text"].shape == (30, SIZE)
    assert whole.distinct_share("text") == pytest.approx(2 / 3, rel=0.07)
    parts = [al.profile(log.where(pl.col("text").str.len_chars() % 2 == odd), like=whole) for odd in (0, 1)]
    assert parts[0] + parts[1] == whole
    assert parts[1] + parts[0] == whole
    whole.save(tmp_path / "p.parquet")
    assert al.read_profile(tmp_path / "p.parquet") == whole


def test_a_profile_without_sketches_still_merges(texts):
    whole = al.profile(texts.drop("at"))
    old = whole.__class__(
        plan=whole.plan, starts=whole.starts, n_rows=whole.n_rows, counts=whole.counts, sums=whole.sums
    )
    assert (old + whole).distinct_share("text") is None
    assert (old + whole).n_rows.tolist() == [12_000]


def test_a_report_shows_the_shares_of_both_windows_and_no_registers(texts):
    log = al.PredictionLog(texts, time="at")
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-16"))
    row = report.table.row(0, named=True)
    start = pl.col("at") < pl.datetime(2024, 1, 16)
    for share, rows in (("reference", texts.filter(start)), ("current", texts.filter(~start))):
        assert row[f"distinct_share_{share}"] == pytest.approx(rows["text"].n_unique() / rows.height, rel=0.07)
    assert report.data.columns[0].distinct == (row["distinct_share_reference"], row["distinct_share_current"])
    two = al.measure_drift(texts.drop("at"), reference=texts.drop("at"))
    assert two.data.columns[0].distinct == pytest.approx((2 / 3, 2 / 3), rel=0.07)
