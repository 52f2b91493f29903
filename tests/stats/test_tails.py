"""Tail shares by counting."""

from __future__ import annotations

import numpy as np

from afterlaunch.stats.tails import is_lumped, tails_of


def test_both_ends_of_numbers_are_far_out_and_the_middle_is_not():
    shares = tails_of(np.arange(999.0), categories=None).shares(np.array([0.0, 499.0, 998.0, 2000.0, -5.0]))
    assert shares.tolist() == [0.004, 1.0, 0.004, 0.002, 0.002]


def test_missing_numbers_are_as_odd_as_they_are_rare():
    known = np.append(np.arange(98.0), [np.nan])
    assert tails_of(known, categories=None).shares(np.array([np.nan])).tolist() == [0.02]


def test_categories_are_as_odd_as_all_that_are_as_rare():
    tails = tails_of(np.array([0.0] * 6 + [1.0] * 2 + [2.0]), categories=3)
    assert tails.shares(np.array([0.0, 1.0, 2.0, 3.0])).tolist() == [1.0, 0.4, 0.2, 0.1]


def test_equally_rare_categories_are_equally_odd():
    tails = tails_of(np.array([0.0, 0.0, 1.0, 1.0, 2.0, 2.0]), categories=3)
    assert len(set(tails.shares(np.array([0.0, 1.0, 2.0])).tolist())) == 1


def test_a_column_of_mostly_one_value_is_lumped():
    x = np.stack([np.append(np.zeros(70), np.arange(30)), np.arange(100)], axis=1).astype(float)
    assert is_lumped(x, 0.4).tolist() == [True, False]
