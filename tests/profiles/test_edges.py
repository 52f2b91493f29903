from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from afterlaunch.profiles.edges import DECISION_BINS, FINE_BINS, Edges, learn_edges
from afterlaunch.profiles.tally import tally


def learn(values: np.ndarray) -> Edges:
    return learn_edges(tally(pl.Series(values)))


def shares(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    return np.bincount(np.searchsorted(edges, values, side="right"), minlength=edges.size + 1) / values.size


def exact_ks(a: np.ndarray, b: np.ndarray) -> float:
    with np.errstate(all="ignore"):  # SciPy's p-value of one row against one
        return stats.ks_2samp(a, b, method="asymp").statistic


def ks(a: np.ndarray, b: np.ndarray, edges: np.ndarray) -> float:
    return float(np.abs(np.cumsum(shares(a, edges) - shares(b, edges))).max())


CONTINUOUS = {
    "normal": lambda rng, n: rng.normal(size=n),
    "lognormal": lambda rng, n: rng.lognormal(0, 2, n),
    "cauchy": lambda rng, n: rng.standard_cauchy(n),
    "uniform": lambda rng, n: rng.random(n),
    "mixture": lambda rng, n: np.where(rng.random(n) < 0.3, 0.0, rng.gamma(2, size=n)),
}


@pytest.mark.parametrize("draw", CONTINUOUS.values(), ids=CONTINUOUS)
@pytest.mark.parametrize("shift", [0.0, 0.01, 0.3])
def test_ks_from_the_counts_is_within_two_thousandths_of_the_exact_one(draw, shift):
    rng = np.random.default_rng(1)
    a, b = draw(rng, 50_000), draw(rng, 40_000) * (1 + shift) + shift
    found = learn(a)
    assert ks(a, b, found.edges) == pytest.approx(stats.ks_2samp(a, b).statistic, abs=0.002)
    assert found.error <= 0.0021


@given(
    hnp.arrays(np.int64, st.integers(1, 300), elements=st.integers(-20, 20)),
    hnp.arrays(np.float64, st.integers(1, 300), elements=st.sampled_from([*range(-22, 23), 0.5, 1e300, -1e300])),
)
@settings(deadline=None)
def test_ks_of_few_distinct_values_is_exact_also_where_new_values_come(reference, current):
    a = reference.astype(float)
    assert ks(a, current, learn(a).edges) == pytest.approx(exact_ks(a, current), abs=1e-12)


@given(hnp.arrays(np.float64, st.integers(1, 2_000), elements=st.floats(allow_nan=False, allow_infinity=False)))
@settings(deadline=None)
def test_edges_increase_and_decision_bins_nest(values):
    found = learn(values)
    assert np.all(np.diff(found.edges) > 0)
    assert found.decision.size == found.edges.size + 1
    assert found.decision[0] == 0
    assert set(np.diff(found.decision).tolist()) <= {0, 1}
    assert found.low <= found.high
    assert found.scale >= 0
    assert np.isfinite([found.low, found.high, found.scale]).all()


def test_about_512_fine_and_32_decision_bins_hold_about_equal_shares():
    values = np.random.default_rng(0).normal(size=100_000)
    found = learn(values)
    assert found.edges.size + 1 == FINE_BINS
    assert shares(values, found.edges).max() < 1.1 / FINE_BINS
    at_decisions = np.bincount(found.decision, shares(values, found.edges))
    assert at_decisions.size == DECISION_BINS
    assert at_decisions == pytest.approx(1 / DECISION_BINS, rel=0.1)


@pytest.mark.parametrize("atom", [0.0, -999_999.0])
def test_a_frequent_value_has_a_bin_of_its_own(atom):
    rng = np.random.default_rng(0)
    values = np.where(rng.random(20_000) < 0.05, atom, rng.normal(size=20_000))
    found = learn(values)
    place = np.searchsorted(found.edges, atom, side="right")
    assert found.edges[place - 1] == atom
    assert found.edges[place] == np.nextafter(atom, np.inf)
    assert np.sum(found.decision == found.decision[place]) == 1
    assert shares(values, found.edges)[place] == np.mean(values == atom)


@pytest.mark.parametrize("spoil", [[1e6], [-1e300, 1e300], [1e6] * 50])
def test_outliers_do_not_move_the_edges(spoil):
    values = np.random.default_rng(0).normal(size=100_000)
    clean, spoilt = learn(values), learn(np.append(values, spoil))
    inner = slice(4, -4)
    assert spoilt.edges[inner][: clean.edges[inner].size] == pytest.approx(clean.edges[inner], abs=0.02)
    assert spoilt.scale == pytest.approx(clean.scale, rel=0.01)
    assert spoilt.high == pytest.approx(clean.high, rel=0.06)


@pytest.mark.parametrize("share", [0.001, 0.02, 0.2])
def test_a_sentinel_does_not_move_scale_or_clip_range(share):
    rng = np.random.default_rng(0)
    values = rng.normal(size=100_000)
    spoilt = learn(np.where(rng.random(100_000) < share, -999_999, values))
    assert spoilt.scale == pytest.approx(learn(values).scale, rel=0.02)
    assert spoilt.low == pytest.approx(learn(values).low, rel=0.06)


def test_a_constant_column_has_one_atom_and_no_scale():
    found = learn(np.full(100, 7.0))
    assert found.edges.tolist() == [7.0, np.nextafter(7.0, np.inf)]
    assert found.decision.tolist() == [0, 1, 2]
    assert (found.low, found.high, found.scale, found.error) == (7.0, 7.0, 0.0, 0.0)


def test_a_column_without_values_has_one_bin():
    found = learn_edges(tally(pl.Series([], dtype=pl.Float64)))
    assert found.edges.size == 0
    assert found.decision.tolist() == [0]


@pytest.mark.parametrize(("n", "most"), [(12, 4), (60, 4), (200, 10), (640, 32)])
def test_a_small_reference_has_few_decision_bins_of_several_rows_each(n, most):
    values = np.random.default_rng(0).normal(size=n)
    learned = learn(values)
    rows = np.bincount(learned.decision[np.searchsorted(learned.edges, values, side="right")])
    assert most - 1 <= rows.size <= most + 1
    assert rows.min() >= n // (2 * most)


def test_the_few_values_of_a_small_reference_stay_apart():
    assert learn(np.tile([0.0, 1.0, 2.0], 20)).decision.tolist() == list(range(7))
