"""The search on planted truth: what is there is found, once; what is not there is not."""

from __future__ import annotations

import numpy as np

from afterlaunch.stats.crosstabs import Limits, as_codes
from afterlaunch.stats.slices import find_slices, joint_effects


def columns_of(n, *, seed):
    rng = np.random.default_rng(seed)
    return [rng.integers(0, size, n) for size in (3, 4, 5, 2, 6, 3, 4, 5)], rng


def found(columns, value, *, block=None, **limits):
    search = find_slices(as_codes(columns), value, block, limits=Limits(**{"max_conditions": 3, **limits}))
    return [one.conditions for one in search.slices]


def test_planted_slices_are_found_each_once_and_nothing_else():
    columns, rng = columns_of(30_000, seed=1)
    planted = [((0, 1),), ((1, 2), (4, 3)), ((2, 0), (5, 1), (6, 2))]
    value = rng.exponential(1, 30_000)
    for conditions in planted:
        value += 0.8 * np.all([columns[column] == code for column, code in conditions], axis=0)
    assert set(found(columns, value)) == set(planted)


def test_a_copy_of_a_column_adds_no_slice():
    columns, rng = columns_of(20_000, seed=2)
    value = rng.exponential(1, 20_000) + 0.5 * (columns[0] == 1)
    assert len(found([*columns, columns[0].copy()], value)) == 1


def test_a_worse_part_of_a_bad_slice_is_told_besides():
    columns, rng = columns_of(40_000, seed=3)
    bad = columns[0] == 1
    value = rng.exponential(1, 40_000) + 0.4 * bad + 1.0 * (bad & (columns[4] == 2))
    assert set(found(columns, value)) == {((0, 1),), ((0, 1), (4, 2))}


def test_rows_of_pure_chance_seldom_have_a_slice():
    n_found = 0
    for seed in range(30):
        columns, rng = columns_of(4000, seed=100 + seed)
        n_found += len(found(columns, rng.exponential(1, 4000), max_conditions=2))
    assert n_found <= 6  # one expected in three searches at most


def test_a_single_bad_day_makes_no_slice_where_blocks_are_known():
    columns, rng = columns_of(14_000, seed=4)
    day = np.repeat(np.arange(14), 1000)
    value = rng.exponential(1, 14_000) + 3.0 * ((day == 5) & (columns[0] == 1))
    assert ((0, 1),) in found(columns, value)
    assert found(columns, value, block=day) == []


def test_effects_of_overlapping_slices_are_told_apart():
    rng = np.random.default_rng(5)
    one, other = rng.random(50_000) < 0.3, rng.random(50_000) < 0.4
    value = 2.0 + 1.0 * one + 0.5 * other
    assert np.allclose(joint_effects([one, other], value), [2.0, 1.0, 0.5])
