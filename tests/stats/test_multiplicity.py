"""Holm and Benjamini-Hochberg against worked examples and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from afterlaunch.stats.multiplicity import benjamini_hochberg, holm, holm_threshold

pvalues = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


def test_holm_of_a_worked_example() -> None:
    # Holm (1979) as in Wright (1992): p = .01, .04, .03, .005
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_of_one_is_itself() -> None:
    assert holm(np.array([0.2])).tolist() == [0.2]


@given(pvalues)
def test_holm_lies_between_the_p_value_and_bonferronis(p: np.ndarray) -> None:
    adjusted = holm(p)
    assert (adjusted >= p).all()
    assert (adjusted <= np.minimum(p * len(p), 1) + 1e-15).all()


@given(pvalues, st.floats(0.001, 0.5))
def test_one_level_separates_what_holm_rejects(p: np.ndarray, alpha: float) -> None:
    np.testing.assert_array_equal(p <= holm_threshold(p, alpha), holm(p) <= alpha)


@given(pvalues)
def test_q_values_are_scipys(p: np.ndarray) -> None:
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p, method="bh"))


@given(pvalues)
def test_adjusting_keeps_the_order(p: np.ndarray) -> None:
    for adjusted in (holm(p), benjamini_hochberg(p)):
        assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


def test_nothing_to_adjust_is_no_error() -> None:
    assert holm(np.ones(0)).tolist() == benjamini_hochberg(np.ones(0)).tolist() == []
