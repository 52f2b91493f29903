"""Effects of groups against Welch's test and against leaving out one block after the other by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from afterlaunch.stats.clustered import block_sums, effect_of, jackknife, level_of


def test_without_blocks_it_is_welchs_test():
    rng = np.random.default_rng(0)
    inside, value = rng.random(400) < 0.3, rng.exponential(1, 400)
    effect = effect_of(inside, value, None)
    known = stats.ttest_ind(value[inside], value[~inside], equal_var=False, alternative="greater")
    wide = stats.ttest_ind(value[inside], value[~inside], equal_var=False).confidence_interval()
    assert effect.pvalue == pytest.approx(known.pvalue)
    assert (effect.low, effect.high) == pytest.approx((wide.low, wide.high))


def test_blocks_are_left_out_one_by_one():
    rng = np.random.default_rng(1)
    block, inside, value = rng.integers(0, 6, 300), rng.random(300) < 0.4, rng.normal(size=300)
    spread, n_blocks = jackknife(block_sums([np.flatnonzero(inside)], value, block))
    left = [value[inside & (block != b)].mean() - value[~inside & (block != b)].mean() for b in range(6)]
    assert spread[0] == pytest.approx(np.sqrt(5 / 6 * np.square(np.array(left) - np.mean(left)).sum()))
    counts = np.bincount(block[inside])
    assert n_blocks[0] == pytest.approx(counts.sum() ** 2 / (counts**2).sum())


def test_a_group_in_too_few_blocks_cannot_be_told():
    block, value = np.repeat(np.arange(10), 50), np.random.default_rng(2).normal(size=500)
    effect = effect_of(block < 2, value, block)
    assert effect.effect is not None
    assert effect.pvalue is None
    assert effect.low is None


def test_a_group_of_all_rows_has_no_elsewhere():
    effect = effect_of(np.ones(5, dtype=bool), np.arange(5.0), None)
    assert (effect.mean, effect.elsewhere, effect.effect) == (2.0, None, None)


def test_a_level_without_blocks_has_students_interval():
    value = np.random.default_rng(3).normal(size=40)
    level = level_of(np.ones(40, dtype=bool), value, None)
    assert (level.low, level.high) == pytest.approx(stats.t.interval(0.95, 39, value.mean(), stats.sem(value)))
