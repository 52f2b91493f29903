"""Distances against SciPy and worked examples, and the promises that the whole family keeps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats
from scipy.spatial.distance import jensenshannon

from afterlaunch.stats import distances

K = 12
WIDTHS = np.linspace(0.5, 1.5, K)

Distance = Callable[[np.ndarray, np.ndarray], float]
FAMILY: dict[str, Distance] = {
    "ks": distances.ks,
    "total_variation": distances.total_variation,
    "l_infinity": distances.l_infinity,
    "hellinger": distances.hellinger,
    "jensen_shannon": distances.jensen_shannon,
    "wasserstein": lambda p, q: distances.wasserstein(p, q, WIDTHS),
    "psi": lambda p, q: distances.psi(1000 * p, 1000 * q),
    "chi_squared": lambda p, q: distances.chi_squared(1000 * p, 1000 * q),
}
every_distance = pytest.mark.parametrize("distance", FAMILY.values(), ids=FAMILY)


def shares(seed: int, k: int = K) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.ones(k))


def bell(shift: float) -> np.ndarray:
    edges = np.linspace(-3, 3, K - 1)
    cumulative = scipy_stats.norm.cdf(edges - shift)
    return np.diff(cumulative, prepend=0.0, append=1.0)


@every_distance
@given(seed=st.integers(0, 10_000))
def test_shares_are_at_distance_zero_from_themselves(distance: Distance, seed: int) -> None:
    assert distance(shares(seed), shares(seed)) == pytest.approx(0, abs=1e-7)


@every_distance
@given(seed=st.integers(0, 10_000))
def test_a_distance_is_the_same_in_both_directions(distance: Distance, seed: int) -> None:
    p, q = shares(seed), shares(seed + 1)
    assert distance(p, q) == pytest.approx(distance(q, p))


@every_distance
def test_a_distance_grows_with_a_planted_shift(distance: Distance) -> None:
    found = [distance(bell(0), bell(shift)) for shift in (0.0, 0.1, 0.2, 0.5, 1.0, 2.0)]
    assert found == sorted(found)
    assert len(set(found)) == len(found)


@every_distance
def test_a_distance_vectorises_over_leading_axes(distance: Distance) -> None:
    p, q = np.stack([shares(1), shares(2)]), np.stack([shares(3), shares(4)])
    assert np.asarray(distance(p, q)) == pytest.approx([distance(p[0], q[0]), distance(p[1], q[1])])


@pytest.mark.parametrize("name", ["total_variation", "l_infinity", "hellinger", "jensen_shannon", "chi_squared", "psi"])
@given(seed=st.integers(0, 10_000))
def test_distances_of_unordered_cells_do_not_care_for_their_order(name: str, seed: int) -> None:
    p, q = shares(seed), shares(seed + 1)
    order = np.random.default_rng(seed).permutation(K)
    assert FAMILY[name](p[order], q[order]) == pytest.approx(FAMILY[name](p, q))


@pytest.mark.parametrize("name", ["ks", "total_variation", "l_infinity", "hellinger", "jensen_shannon"])
def test_bounded_distances_reach_one_for_disjoint_shares(name: str) -> None:
    p, q = np.zeros(K), np.zeros(K)
    p[0], q[-1] = 1, 1
    assert FAMILY[name](p, q) == pytest.approx(1)


@every_distance
def test_one_wild_value_among_many_neither_hides_nor_makes_a_shift(distance: Distance) -> None:
    wild = bell(0.3).copy()
    wild[-1] += 1e-5
    wild /= wild.sum()
    assert distance(bell(0), wild) == pytest.approx(distance(bell(0), bell(0.3)), rel=0.01)


@given(seed=st.integers(0, 10_000))
def test_jensen_shannon_is_scipys(seed: int) -> None:
    p, q = shares(seed), shares(seed + 1)
    assert distances.jensen_shannon(p, q) == pytest.approx(jensenshannon(p, q, base=2))


def test_jensen_shannon_takes_empty_cells() -> None:
    p, q = np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.0, 0.5, 0.5, 0.0])
    assert distances.jensen_shannon(p, q) == pytest.approx(jensenshannon(p, q, base=2))


@given(seed=st.integers(0, 10_000))
def test_ks_on_discrete_values_is_scipys(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, K, 200), rng.integers(2, K, 300)
    p, q = np.bincount(a, minlength=K) / 200, np.bincount(b, minlength=K) / 300
    assert distances.ks(p, q) == pytest.approx(scipy_stats.ks_2samp(a, b).statistic)


@given(seed=st.integers(0, 10_000))
def test_chi_squared_is_scipys_contingency_test(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.integers(1, 50, K), rng.integers(1, 90, K)
    expected = scipy_stats.chi2_contingency([a, b], correction=False).statistic
    assert distances.chi_squared(a.astype(float), b.astype(float)) == pytest.approx(expected)


def test_chi_squared_ignores_cells_that_are_empty_on_both_sides() -> None:
    a, b = np.array([10.0, 0.0, 20.0]), np.array([15.0, 0.0, 10.0])
    assert distances.chi_squared(a, b) == pytest.approx(distances.chi_squared(a[[0, 2]], b[[0, 2]]))


@given(seed=st.integers(0, 10_000))
def test_wasserstein_is_the_area_between_the_cumulative_lines(seed: int) -> None:
    p, q = shares(seed), shares(seed + 1)
    edges = np.append(0.0, np.cumsum(WIDTHS))
    fine = np.linspace(0, edges[-1], 200_001)
    lines = [np.interp(fine, edges, np.append(0.0, np.cumsum(x))) for x in (p, q)]
    assert distances.wasserstein(p, q, WIDTHS) == pytest.approx(
        np.trapezoid(np.abs(lines[0] - lines[1]), fine), rel=1e-4
    )


def test_wasserstein_of_rows_that_all_move_one_bin_is_its_width() -> None:
    p, q = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    assert distances.wasserstein(p, q, np.full(3, 0.7)) == pytest.approx(0.7)


def test_hellinger_of_a_worked_example() -> None:
    # Bernoulli(1/2) against Bernoulli(1): affinity sqrt(1/2)
    assert distances.hellinger(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == pytest.approx(np.sqrt(1 - np.sqrt(0.5)))


def test_psi_of_a_worked_example() -> None:
    # (.6 - .5) log(.6/.5) + (.4 - .5) log(.4/.5), the halves drowned in rows
    expected = 0.1 * np.log(1.2) - 0.1 * np.log(0.8)
    assert distances.psi(np.array([5e8, 5e8]), np.array([6e8, 4e8])) == pytest.approx(expected)


def test_psi_stays_finite_with_empty_cells() -> None:
    assert distances.psi(np.array([100.0, 0.0]), np.array([0.0, 100.0])) < 12


def test_psi_groups_leave_ten_bins_of_ten_equal_shares_alone() -> None:
    assert distances.psi_groups(np.full(10, 0.1)).tolist() == list(range(10))


def test_psi_groups_merge_thirty_two_bins_into_ten_of_three_or_four() -> None:
    sizes = np.bincount(distances.psi_groups(np.full(32, 1 / 32)))
    assert len(sizes) == 10
    assert set(sizes.tolist()) <= {3, 4}


def test_psi_groups_keep_a_tie_whole() -> None:
    assert len(set(distances.psi_groups(np.array([0.02, 0.9, 0.04, 0.04])).tolist())) <= 3
