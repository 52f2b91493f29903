"""The density's axes and cells: thresholds are edges, single rows are not shared."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.edges.groups import FEW, NAMES, Rows, cells_of, choose_axes, pool_few


@pytest.fixture
def rows():
    rng = np.random.default_rng(0)
    n = 4000
    return Rows(
        share=rng.uniform(size=n),
        smoothed=rng.gamma(5, 0.1, n),
        loss=np.where(rng.random(n) < 0.9, rng.exponential(0.5, n), np.nan),
        is_reference=np.arange(n) < 2000,
        is_current=np.arange(n) >= 2000,
    )


def test_thresholds_are_edges_of_cells(rows):
    axes = choose_axes(rows)
    assert axes.odd_from in axes.odd_edges
    assert axes.bad_from in axes.loss_edges
    assert len(axes.loss_edges) == 40


def test_about_one_reference_row_in_twenty_lies_above_the_default_threshold(rows):
    axes = choose_axes(rows)
    assert (rows.smoothed[rows.is_reference] >= axes.bad_from).mean() == pytest.approx(0.05, abs=0.02)


def test_groups_follow_from_the_cells_alone(rows):
    axes = choose_axes(rows)
    cells = cells_of(rows, axes, rows.is_current)
    group = axes.group(rows.share, rows.smoothed)[rows.is_current]
    odd, bad = np.divmod(np.array(cells.cell), len(axes.loss_edges))
    from_cells = (axes.odd_edges[odd] >= axes.odd_from) + 2 * (axes.loss_edges[bad] >= axes.bad_from)
    for place in range(len(NAMES)):
        assert np.array(cells.n)[from_cells == place].sum() == (group == place).sum()


def test_summed_losses_are_kept_and_single_rows_are_not(rows):
    axes = choose_axes(rows)
    cells = cells_of(rows, axes, rows.is_current)
    assert sum(cells.loss) == pytest.approx(np.nansum(rows.loss[rows.is_current]), abs=0.1)
    shown = [total for total, n in zip(cells.loss, cells.n_labelled, strict=True) if n == 1]
    assert len(set(shown)) < len(shown) / 3  # each is the mean of its pool


def test_pools_hold_enough_rows():
    n = np.array([1, 2, 30, 1, 19, 3])
    total = np.array([1.0, 2.0, 30.0, 5.0, 19.0, 30.0])
    shared = pool_few(total, n)
    assert shared[2] == 30.0
    assert shared.sum() == pytest.approx(total.sum())
    means = shared[n < FEW] / n[n < FEW]
    assert all(n[n < FEW][np.isclose(means, mean)].sum() >= FEW for mean in means)


@pytest.mark.parametrize("seed", range(20))
def test_no_sum_that_is_shared_is_of_few_rows(seed):
    rng = np.random.default_rng(seed)
    n = rng.integers(1, 25, 60)
    total = rng.random(60) * n
    shared = pool_few(total, n)
    assert shared.sum() == pytest.approx(total.sum())
    few = n < FEW
    means = np.round(shared[few] / n[few], 12)
    assert all(n[few][means == mean].sum() >= FEW for mean in means)


def test_rows_that_are_too_few_for_a_pool_share_one_mean():
    assert pool_few(np.array([1.0, 5.0]), np.array([1, 2])).tolist() == [2.0, 4.0]


def test_cells_without_labels_have_no_loss():
    assert pool_few(np.zeros(2), np.zeros(2, dtype=np.int64)).tolist() == [0.0, 0.0]
