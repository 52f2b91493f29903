"""Rows that are alike, against all distances."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from afterlaunch.stats.alike import mean_of_alike, most_alike


def rows(n, *, p=8, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)) @ rng.normal(size=(3, p)) + 0.3 * rng.normal(size=(n, p))


def test_few_rows_have_exactly_their_nearest_neighbours():
    x = rows(100)
    found = most_alike(x, 5, rng=np.random.default_rng(0))
    apart = cdist(x, x) + np.diag(np.full(100, np.inf))
    assert np.allclose(np.sort(apart, axis=1)[:, :5], found.distance, atol=1e-3)


def test_many_rows_have_neighbours_nearly_as_near_as_the_nearest():
    x = rows(4000)
    found = most_alike(x, 20, rng=np.random.default_rng(0))
    nearest = np.sort(cdist(x, x), axis=1)[:, 1:21]
    assert found.distance.mean() <= 1.15 * nearest.mean()


def test_neighbours_are_others_each_once_nearest_first():
    found = most_alike(rows(3000), 30, rng=np.random.default_rng(0))
    assert np.all(found.rows != np.arange(3000)[:, None])
    assert all(len(set(one)) == 30 for one in found.rows.tolist())
    assert np.all(np.diff(found.distance, axis=1) >= 0)


def test_copies_of_one_row_are_its_neighbours():
    x = np.repeat(rows(40), 50, axis=0)
    found = most_alike(x, 10, rng=np.random.default_rng(0))
    assert found.distance.max() == pytest.approx(0, abs=2e-2)


def test_the_mean_leaves_out_the_row_itself_and_what_is_not_known():
    x = np.array([[0.0], [0.1], [0.2]])
    found = most_alike(x, 2, rng=np.random.default_rng(0))
    assert mean_of_alike(found, np.array([9.0, 1.0, np.nan])).tolist() == [1.0, 9.0, 5.0]


def test_one_row_is_like_no_other():
    found = most_alike(np.zeros((1, 2)), 5, rng=np.random.default_rng(0))
    assert np.isnan(mean_of_alike(found, np.ones(1))).all()


def test_a_hundred_thousand_rows_take_seconds():
    x = rows(100_000, p=20)
    start = time.process_time()
    most_alike(x, 50, rng=np.random.default_rng(0))
    assert time.process_time() - start < 15
