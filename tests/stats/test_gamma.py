from __future__ import annotations

import numpy as np
from scipy import special

from afterlaunch.stats.gamma import f_tail, log_gamma, upper_gamma


def logarithmic(low: float, high: float, n: int, seed: int) -> np.ndarray:
    return np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), n))


def test_the_logarithm_of_the_gamma_function_is_scipys() -> None:
    x = np.logspace(-8, 6, 20_001)
    np.testing.assert_allclose(log_gamma(x), special.gammaln(x), rtol=1e-13, atol=1e-13)


def test_the_upper_gamma_function_is_scipys() -> None:
    shape = logarithmic(0.05, 1000, 20_000, seed=0)
    x = shape * logarithmic(0.01, 30, 20_000, seed=1)
    np.testing.assert_allclose(upper_gamma(shape, x), special.gammaincc(shape, x), rtol=1e-11, atol=1e-280)


def test_the_upper_gamma_function_is_whole_at_nothing_and_nothing_far_out() -> None:
    assert upper_gamma(np.array([0.5, 3.0]), np.array([0.0, 1e300])).tolist() == [1.0, 0.0]


def test_the_tail_of_the_f_distribution_is_scipys() -> None:
    rng = np.random.default_rng(2)
    explained, left = rng.integers(1, 170, 20_000).astype(float), np.rint(logarithmic(1, 9000, 20_000, seed=3))
    ratio = logarithmic(0.01, 50, 20_000, seed=4)
    np.testing.assert_allclose(
        f_tail(explained, left, ratio), special.fdtrc(explained, left, ratio), rtol=1e-9, atol=1e-200
    )


def test_a_ratio_of_nothing_is_always_exceeded() -> None:
    assert f_tail(np.array([1.0, 7.0]), np.array([1.0, 40.0]), np.zeros(2)).tolist() == [1.0, 1.0]
