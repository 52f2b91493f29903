"""Concentration: worked examples, the traps that other tools fall into, and what chance adds taken out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from afterlaunch.stats import concentration as shared

RUNS = 400
counts_of_items = st.lists(st.integers(0, 10_000), min_size=2, max_size=40).filter(lambda counts: sum(counts) > 0)


def by_pairs(counts):
    """Return the Gini coefficient by its definition: mean absolute difference over twice the mean."""
    there = np.asarray(counts, dtype=float)
    return np.abs(there[:, None] - there[None, :]).mean() / (2 * there.mean())


def chances(n, spread, rng):
    weight = np.exp(spread * rng.normal(size=n))
    return weight / weight.sum()


# ---------------------------------------------------------------- Gini


@given(counts_of_items)
def test_gini_is_half_the_mean_difference_over_the_mean(counts):
    assert shared.gini(np.array(counts)) == pytest.approx(by_pairs(counts))


def test_gini_of_one_item_that_has_all_grows_with_the_catalogue():
    for n in (2, 10, 1000):
        counts = np.zeros(n, dtype=np.int64)
        counts[0] = 7
        assert shared.gini(counts) == pytest.approx(1 - 1 / n)
        assert shared.gini_corrected(counts) == pytest.approx(1)


def test_gini_is_not_one_minus_gini():
    assert shared.gini(np.array([5, 5, 5])) == 0
    assert shared.gini(np.array([0, 0, 9])) > 0.6


def test_items_never_shown_count():
    assert shared.gini(np.array([4, 4, 0, 0])) == pytest.approx(0.5)
    assert shared.gini(np.array([4, 4])) == 0


def test_gini_sees_more_than_the_largest_and_the_smallest():
    assert shared.gini(np.array([0, 5, 5, 10])) < shared.gini(np.array([0, 0, 10, 10]))


@pytest.mark.parametrize(("n", "total"), [(80, 10_000), (10, 50), (200, 100), (2000, 400)])
def test_even_exposure_has_the_gini_that_chance_gives_it(n, total):
    rng = np.random.default_rng(n)
    drawn = shared.gini(rng.multinomial(total, np.full(n, 1 / n), size=RUNS))
    assert drawn.mean() == pytest.approx(
        float(shared.even_gini(n, np.array(total))), abs=4 * drawn.std() / RUNS**0.5 + 0.002
    )


def test_the_square_of_even_exposure_is_nothing_on_average():
    rng = np.random.default_rng(0)
    for n, total in ((80, 10_000), (200, 1000), (500, 250)):
        squares = shared.gini_square(rng.multinomial(total, np.full(n, 1 / n), size=RUNS))
        assert abs(squares.mean()) < 4 * squares.std() / RUNS**0.5 + 0.004


@pytest.mark.parametrize("per_item", [0.5, 2, 5, 20, 100])
@pytest.mark.parametrize("spread", [0.3, 1.0, 2.0])
def test_corrected_gini_is_that_of_the_chances_whatever_the_traffic(per_item, spread):
    rng = np.random.default_rng(int(10 * per_item + spread))
    n = 400
    p = chances(n, spread, rng)
    truth = float(shared.gini(p)) / (1 - 1 / n)
    found = shared.gini_corrected(rng.multinomial(int(per_item * n), p, size=100)).mean()
    assert found == pytest.approx(truth, abs=0.045 if per_item < 2 else 0.025)
    if per_item <= 5:
        even = float(shared.even_gini(n, np.array(per_item * n)))
        raw = shared.gini(rng.multinomial(int(per_item * n), p, size=100)).mean()
        assert abs((raw - even) / (1 - 1 / n - even) - truth) > abs(found - truth)


def test_weighted_exposure_counts_as_fewer_impressions():
    rng = np.random.default_rng(3)
    weight = np.array([1.0, 0.2])
    shown = rng.multinomial(1000, np.full(100, 1 / 100), size=(RUNS, 2))
    weighted = (shown * weight[:, None]).sum(axis=1)
    total = np.full(RUNS, (1000 * weight.sum()) ** 2 / (1000 * (weight**2).sum()))
    squares = shared.gini_square(weighted, total)
    assert abs(squares.mean()) < 4 * squares.std() / RUNS**0.5 + 0.003


# ---------------------------------------------------------------- entropy, Theil


@given(counts_of_items)
def test_entropy_is_that_of_scipy(counts):
    assert shared.entropy(np.array(counts)) == pytest.approx(stats.entropy(counts, base=2), abs=1e-9)


def test_more_varied_exposure_has_more_entropy():
    """Divided by the number of items that were seen, two items shown alike would score above four."""
    assert shared.entropy(np.array([5, 5, 0, 0])) < shared.entropy(np.array([4, 3, 2, 1]))
    assert shared.entropy(np.array([5, 5, 0, 0])) / 2 > shared.entropy(np.array([4, 3, 2, 1])) / 4


def test_corrected_entropy_is_nearer_the_truth():
    rng = np.random.default_rng(1)
    p = chances(200, 1.0, rng)
    truth = float(shared.entropy(p))
    drawn = rng.multinomial(1000, p, size=RUNS)
    corrected = shared.entropy_corrected(drawn).mean()
    assert abs(corrected - truth) < 0.25 * abs(shared.entropy(drawn).mean() - truth)
    assert shared.entropy_corrected(np.array([1, 1, 1, 1])) == 2


def test_theil_is_what_entropy_lacks_of_its_most():
    counts = np.array([6, 3, 1])
    share = counts / 10
    assert shared.theil(counts) == pytest.approx((share * np.log(3 * share)).sum())
    assert shared.theil(np.array([2, 2, 2])) == pytest.approx(0)


# ---------------------------------------------------------------- coverage, tail, popularity


def test_coverage_is_the_union_over_users_and_not_their_mean():
    first_of_each_user = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0]])
    assert shared.coverage(first_of_each_user.sum(axis=0)) == pytest.approx(2 / 3)
    assert shared.coverage(first_of_each_user).mean() == pytest.approx(1 / 3)


def test_the_tail_is_what_the_head_leaves():
    interactions = np.array([40, 30, 10, 10, 5, 5, 0])
    assert shared.tail_items(interactions, 0.8).tolist() == [False, False, False, True, True, True, True]
    assert shared.tail_items(np.ones(10), 0.8).sum() == 2


def test_the_share_of_the_tail_may_be_anything_on_other_rows():
    tail = shared.tail_items(np.array([80, 10, 10]), 0.8)
    assert shared.share_of(np.array([[80, 10, 10], [0, 5, 5], [9, 1, 0]]), tail).tolist() == [0.2, 1.0, 0.1]


def test_mean_popularity_weighs_items_by_how_often_they_are_shown():
    interactions = np.array([60, 30, 10])
    assert shared.mean_popularity(np.array([1, 1, 1]), interactions) == pytest.approx(1)
    assert shared.mean_popularity(np.array([1, 0, 0]), interactions) == pytest.approx(1.8)
    assert shared.mean_popularity(np.array([1, 0, 1]), interactions) == pytest.approx(3 * 0.35)


def test_novelty_is_the_surprise_in_bits():
    assert shared.novelty(np.array([1, 0]), np.array([3, 1])) == pytest.approx(-np.log2(0.75))
    assert np.isfinite(shared.novelty(np.array([1, 1]), np.array([3, 0])))


def test_a_lorenz_curve_encloses_half_the_gini():
    counts = np.random.default_rng(2).poisson(5, size=500)
    grid = np.linspace(0, 1, 501)
    curve = shared.lorenz(counts, grid)
    assert curve[0] == 0
    assert curve[-1] == pytest.approx(1)
    assert 1 - 2 * np.trapezoid(curve, grid) == pytest.approx(float(shared.gini(counts)), abs=1e-9)


# ---------------------------------------------------------------- traps


@given(st.lists(st.integers(0, 5), min_size=2, max_size=30).filter(lambda counts: sum(counts) > 1))
def test_counts_of_billions_do_not_wrap(counts):
    """Polars counts rows in 32 bits, and products of counts of 5 billion do not fit 64."""
    small, large = np.array(counts), np.array(counts, dtype=np.int64) * 5_000_000_000
    narrow = np.array(counts, dtype=np.uint32)
    for measure in (shared.gini, shared.entropy, shared.coverage, shared.theil):
        assert measure(large) == pytest.approx(measure(small), abs=1e-9)
        assert measure(narrow) == pytest.approx(measure(small), abs=1e-9)
    assert shared.mean_popularity(large, large) == pytest.approx(shared.mean_popularity(small, small))
    assert shared.mean_popularity(narrow, narrow) == pytest.approx(shared.mean_popularity(small, small))


def test_a_period_without_impressions_has_no_number():
    empty = np.zeros((1, 4), dtype=np.int64)
    for measure in (
        shared.gini,
        shared.gini_corrected,
        shared.entropy,
        shared.entropy_corrected,
        shared.coverage,
        shared.theil,
    ):
        assert np.isnan(measure(empty)).all()
    assert np.isnan(shared.mean_popularity(empty, np.ones(4))).all()
    assert np.isnan(shared.share_of(empty, np.array([True, False, True, False]))).all()
    assert np.isnan(shared.gini_corrected(np.array([5]))).all()
