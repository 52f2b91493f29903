"""Exact counts against a plain group-by, and pruning that loses nothing."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from afterlaunch.stats.crosstabs import Limits, as_codes, count_groups, rows_of


def rows(n=3000, *, seed=0):
    rng = np.random.default_rng(seed)
    columns = [rng.integers(0, size, n) for size in (2, 3, 4, 5)]
    value = rng.exponential(1, n) + 1.5 * ((columns[1] == 1) & (columns[3] == 2))
    return columns, value


def by_hand(columns, value, limits):
    """Return every group that meets the limits, counted one by one."""
    found = {}
    for depth in range(1, limits.max_conditions + 1):
        for names in combinations(range(len(columns)), depth):
            for cells in product(*(range(columns[name].max() + 1) for name in names)):
                inside = np.all([columns[name] == cell for name, cell in zip(names, cells, strict=True)], axis=0)
                if limits.min_rows <= inside.sum() < len(value):
                    effect = value[inside].mean() - value[~inside].mean()
                    if effect >= limits.min_effect:
                        found[tuple(zip(names, cells, strict=True))] = (int(inside.sum()), effect)
    return found


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("min_effect", [0.0, 0.3, 1.0])
def test_all_groups_within_the_limits_are_found_and_no_other(depth, min_effect):
    columns, value = rows()
    limits = Limits(max_conditions=depth, min_rows=40, min_effect=min_effect, min_z=-np.inf, most=10_000)
    groups = count_groups(as_codes(columns), value, limits)
    known = {conditions: n for conditions, (n, _) in by_hand(columns, value, limits).items()}
    assert dict(zip(groups.conditions, groups.n_rows.tolist(), strict=True)) == known


def test_groups_come_by_how_far_they_stand_out():
    columns, value = rows()
    groups = count_groups(as_codes(columns), value, Limits(max_conditions=3))
    assert groups.conditions[0] == ((1, 1), (3, 2))
    assert np.all(np.diff(groups.z) <= 0)


def test_rows_of_a_group_are_those_that_were_counted():
    columns, value = rows()
    codes = as_codes(columns)
    groups = count_groups(codes, value, Limits(max_conditions=2, min_z=0.0))
    assert [int(rows_of(codes, one).sum()) for one in groups.conditions] == groups.n_rows.tolist()


def test_many_codes_are_counted_in_chunks_as_in_one():
    rng = np.random.default_rng(1)
    columns = [rng.integers(0, 300, 200_000), rng.integers(0, 3, 200_000)]
    value = rng.normal(size=200_000) + 0.5 * (columns[0] == 299)
    groups = count_groups(as_codes(columns), value, Limits(max_conditions=2, min_rows=100))
    assert groups.conditions[0] == ((0, 299),)
    assert groups.n_rows[0] == int((columns[0] == 299).sum())


def test_a_value_that_never_varies_has_no_group():
    columns, value = rows()
    groups = count_groups(as_codes(columns), np.ones_like(value), Limits())
    assert groups.conditions == ()


def test_no_rows_have_no_group():
    groups = count_groups(as_codes([np.zeros(0, dtype=np.int64)]), np.zeros(0), Limits())
    assert groups.n_searched == 0
