from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from afterlaunch.profiles import count
from afterlaunch.profiles.buckets import Buckets
from afterlaunch.profiles.edges import learn_edges
from afterlaunch.profiles.plan import ColumnPlan
from afterlaunch.profiles.tally import tally

WILD = st.floats(allow_nan=True, allow_infinity=True, width=64)
ROWS = st.integers(1, 300)


def column_of(edges: list[float], low: float, high: float) -> ColumnPlan:
    return ColumnPlan(
        name="x",
        role="feature",
        kind="numeric",
        ordered=True,
        edges=np.array(edges),
        categories=(),
        decision=np.zeros(len(edges) + 1, np.int64),
        low=low,
        high=high,
        scale=1.0,
    )


def buckets_of(places: np.ndarray, n: int) -> Buckets:
    in_order = bool(np.all(np.diff(places) >= 0))
    return Buckets(places.astype(np.int32), np.arange(n), np.bincount(places, minlength=n), in_order=in_order)


def by_search(values: np.ndarray, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    cells = np.searchsorted(column.edges, values, side="right")
    cells[np.isnan(values)] = column.n_bins + count.NAN
    cells[np.isinf(values)] = column.n_bins + count.INFINITE
    counts = np.zeros((buckets.n, column.n_bins + 4), np.int64)
    np.add.at(counts, (buckets.of_row, cells), 1)
    return counts


@given(
    hnp.arrays(np.float64, ROWS, elements=WILD),
    st.lists(st.floats(allow_nan=False, allow_infinity=False), unique=True, max_size=40).map(sorted),
    st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 2).map(sorted),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=300)
def test_counts_are_those_of_a_search_for_every_value_whatever_the_clip_range(values, edges, clip, random):
    column = column_of(sorted({edge + 0.0 for edge in edges}), *clip)
    buckets = buckets_of(np.array([random.randrange(3) for _ in values]), 3)
    counted = count.count_numbers(pl.Series(values), buckets, column)
    assert np.array_equal(counted.counts, by_search(values, buckets, column))


@pytest.mark.parametrize("chunk", [7, 64, 100_000])
def test_chunks_and_blocks_do_not_matter(monkeypatch, chunk):
    values = np.random.default_rng(0).standard_cauchy(3_000)
    values[::50] = np.nan
    learned = learn_edges(tally(pl.Series(values)))
    column = column_of(learned.edges.tolist(), learned.low, learned.high)
    in_order = buckets_of(np.sort(np.arange(3_000) % 5), 5)
    expected = count.count_numbers(pl.Series(values), in_order, column)
    monkeypatch.setattr(count, "CHUNK", chunk)
    monkeypatch.setattr(count, "BLOCK", 2 * chunk)
    counted = count.count_numbers(pl.Series(values), in_order, column)
    assert np.array_equal(counted.counts, expected.counts)
    assert np.array_equal(counted.sums, expected.sums)


def test_sums_do_not_depend_on_the_order_of_rows():
    rng = np.random.default_rng(0)
    values, places = rng.normal(size=5_000), np.sort(rng.integers(0, 4, 5_000))
    column = column_of([0.0], -3.0, 3.0)
    shuffled = rng.permutation(5_000)
    one = count.count_numbers(pl.Series(values), buckets_of(places, 4), column)
    other = count.count_numbers(pl.Series(values[shuffled]), buckets_of(places[shuffled], 4), column)
    assert np.array_equal(one.sums, other.sums)


def test_counts_are_those_of_polars_bins():
    values = np.random.default_rng(0).lognormal(size=20_000)
    learned = learn_edges(tally(pl.Series(values)))
    column = column_of(learned.edges.tolist(), learned.low, learned.high)
    bins = pl.select(pl.lit(pl.Series(values)).bin_intervals(learned.edges.tolist(), labels=False)).to_series()
    expected = np.bincount(bins.to_numpy(), minlength=column.n_bins)
    counted = count.count_numbers(pl.Series(values), buckets_of(np.zeros(20_000, np.int64), 1), column)
    assert np.array_equal(counted.counts[0, : column.n_bins], expected)


def test_frequent_values_are_told_from_their_neighbours():
    rng = np.random.default_rng(0)
    atoms = rng.integers(-30, 30, 20_000).astype(np.float64)
    learned = learn_edges(tally(pl.Series(atoms)))
    column = column_of(learned.edges.tolist(), learned.low, learned.high)
    values = np.concatenate([atoms, np.nextafter(atoms, np.inf), np.nextafter(atoms, -np.inf), atoms * 1.01])
    buckets = buckets_of(np.zeros(values.size, np.int64), 1)
    counted = count.count_numbers(pl.Series(values), buckets, column)
    assert np.array_equal(counted.counts, by_search(values, buckets, column))
