"""What two windows have in common."""

import numpy as np

from afterlaunch.learners.overlap import deal_folds, expect_both, measure_chance


def test_folds_are_long_stretches_of_time_in_either_window():
    block = np.repeat(np.arange(24), 5)
    current = block >= 16
    fold = deal_folds(block, current, rng=np.random.default_rng(0))
    for side in (current, ~current):
        assert (np.diff(fold[side]) >= 0).all()
        assert set(fold[side]) == {0, 1, 2, 3}


def test_a_row_that_only_one_window_has_is_known_by_its_chance():
    rng = np.random.default_rng(1)
    current = np.arange(4000) >= 3000
    x = np.stack([rng.normal(size=4000), np.where(current & (rng.random(4000) < 0.5), 5.0, 0.0)], axis=1)
    fold = deal_folds(None, current, rng=rng)
    chance = measure_chance(x, current, fold=fold, is_category=np.array([False, False]))
    assert chance[x[:, 1] > 1].min() > 0.9
    assert abs(chance[x[:, 1] == 0].mean() - 1 / 3) < 0.05


def test_each_window_has_expectations_of_its_own():
    rng = np.random.default_rng(2)
    current = np.arange(4000) >= 2000
    x = rng.integers(0, 3, size=(4000, 1)).astype(float)
    loss = x[:, 0] + current * (x[:, 0] == 2) + 0.1 * rng.normal(size=4000)
    fold = deal_folds(None, current, rng=rng)
    found = expect_both(x, loss, current, fold=fold, is_category=np.array([True]))
    np.testing.assert_allclose(found.before, x[:, 0], atol=0.1)
    np.testing.assert_allclose(found.after, x[:, 0] + (x[:, 0] == 2), atol=0.1)
    np.testing.assert_allclose(found.expect_after(np.array([[2.0]])), 3, atol=0.1)
