"""Conformal shares: valid on exchangeable rows, and flags whose false share is held."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats.conformal import conformal_pvalues, flag_outliers, own_pvalues


def test_pvalues_of_rows_like_the_calibration_ones_are_uniform():
    rng = np.random.default_rng(0)
    low = [float((conformal_pvalues(rng.normal(size=199), rng.normal(size=500)) <= 0.1).mean()) for _ in range(100)]
    assert np.mean(low) == pytest.approx(0.1, abs=0.01)


def test_ties_never_make_a_row_odder_than_it_is():
    assert conformal_pvalues(np.ones(9), np.ones(1)).tolist() == [1.0]
    assert own_pvalues(np.ones(4)).tolist() == [1.0] * 4


def test_own_pvalues_are_ranks():
    assert own_pvalues(np.array([3.0, 1.0, 2.0])).tolist() == pytest.approx([1 / 3, 1.0, 2 / 3])


def test_the_share_of_false_flags_is_held():
    rng = np.random.default_rng(1)
    false_shares = []
    for _ in range(200):
        truth = rng.random(500) < 0.1
        scores = rng.normal(size=500) + 4 * truth
        flags = flag_outliers(conformal_pvalues(rng.normal(size=1000), scores), 0.1)
        false_shares.append((flags & ~truth).sum() / max(flags.sum(), 1))
    assert np.mean(false_shares) <= 0.1 + 2 * np.std(false_shares) / np.sqrt(200)
    assert np.mean(false_shares) >= 0.05


def test_no_rows_have_no_flags():
    assert flag_outliers(np.zeros(0), 0.05).tolist() == []
