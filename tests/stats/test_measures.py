from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import Cells, measure


def cells(*rows: list[int], ordered: bool = True) -> Cells:
    return Cells(counts=np.array(rows), ordered=ordered, widths=np.ones(len(rows[0]) - 4) if ordered else None)


def test_the_reference_is_reweighted_to_the_current_seasons(split) -> None:
    # Monday all in the first bin, Tuesday all in the second: a current Tuesday has not moved
    weekdays = cells([100, 0, 0, 0, 0, 0], [0, 100, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 50, 0, 0, 0, 0])
    assert measure([weekdays], split(2, 2, season=2))[0].effect == pytest.approx(0)
    assert measure([weekdays], split(2, 2))[0].effect == pytest.approx(0.5)


def test_missing_values_have_an_effect_of_their_own(split) -> None:
    found = measure([cells([50, 50, 0, 0, 0, 0], [30, 30, 35, 5, 0, 0])], split(1, 1))[0]
    assert found.ks == pytest.approx(0)
    assert found.effect == pytest.approx(0.4)
    assert (found.null_share_reference, found.null_share_current) == pytest.approx((0, 0.4))


def test_unseen_categories_count_as_moved_rows(split) -> None:
    found = measure([cells([60, 40, 0, 0, 0, 0], [40, 40, 0, 0, 0, 20], ordered=False)], split(1, 1))[0]
    assert found.effect == pytest.approx(0.2)
    assert found.unseen_share == pytest.approx(0.2)
    assert found.ks is None
    assert found.wasserstein is None


def test_a_column_without_values_has_no_distance(split) -> None:
    found = measure([cells([0, 0, 100, 0, 0, 0], [0, 0, 100, 0, 0, 0])], split(1, 1))[0]
    assert found.ks is None
    assert found.js is None
    assert found.effect == pytest.approx(0)
    assert found.null_share_current == 1


def test_a_window_without_rows_has_no_effect(split) -> None:
    found = measure([cells([10, 10, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0])], split(1, 1))[0]
    assert found.effect is None
    assert found.psi is None
    assert found.n_current == 0


def test_counts_of_rows_include_missing_ones(split) -> None:
    found = measure([cells([10, 10, 5, 0, 0, 0], [1, 2, 3, 0, 1, 0])], split(1, 1))[0]
    assert (found.n_reference, found.n_current) == (25, 7)


@pytest.mark.parametrize("seed", range(3))
def test_shares_are_those_of_pooled_rows_without_a_season(split, seed) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 40, (12, 9))
    found = measure([Cells(counts=counts, ordered=True, widths=np.ones(5))], split(8, 4))[0]
    before, after = counts[:8, :5].sum(axis=0), counts[8:, :5].sum(axis=0)
    assert found.p == pytest.approx(before / before.sum())
    assert found.q == pytest.approx(after / after.sum())
