from __future__ import annotations

import numpy as np
import pytest
from scipy import stats as scipy_stats

from afterlaunch.stats.noise import Noise
from afterlaunch.stats.placebo import (
    GRID_LAM,
    GRID_PRIOR,
    Spread,
    cumulants,
    log_likelihood,
    null,
    pooled_posterior,
    posterior,
    spread,
    unit_root_share,
)

SCALAR = Noise(mean=np.ones(1), shape=np.ones(1), rate=np.ones(1))  # the norm of a single number


def still() -> np.ndarray:
    return (GRID_LAM == 0).astype(float)[None]


def step(sampling: float, between: float) -> Spread:
    return Spread(sampling=np.array([sampling]), between=np.where(GRID_LAM > 0, between, 0.0)[None])


def test_the_prior_sums_to_one() -> None:
    assert GRID_PRIOR.sum() == pytest.approx(1)


@pytest.mark.parametrize("size", [0.1, 1.0, 10.0, 40.0])
def test_a_single_number_is_chi_squared_whatever_its_variance_is_made_of(size) -> None:
    vary = step(2.0, 3.0)
    all_equal = np.where(GRID_LAM > 0, 1 / (GRID_LAM > 0).sum(), 0.0)[None]
    law = null(all_equal, vary, SCALAR)
    assert law.exceed(np.array([size])) == pytest.approx(scipy_stats.chi2.sf(size / 5, 1))


def test_pure_sampling_noise_of_pearsons_statistic_is_chi_squared() -> None:
    degrees = 7.0
    pearson = Noise(mean=np.array([degrees]), shape=np.array([degrees]), rate=np.array([1 / degrees]))
    law = null(still(), step(1.0, 0.0), pearson)
    assert law.exceed(np.array([2.0])) == pytest.approx(scipy_stats.chi2.sf(2 * degrees, degrees))


@pytest.mark.parametrize("chance", [0.5, 0.05, 1e-3, 1e-6])
def test_the_quantile_is_exceeded_with_its_chance(chance) -> None:
    rng = np.random.default_rng(0)
    weights = rng.dirichlet(np.full(len(GRID_PRIOR), 0.1), size=4)
    vary = Spread(sampling=rng.uniform(0.1, 2, 4), between=rng.uniform(0, 5, 4)[:, None] * GRID_LAM)
    constants = Noise(mean=np.ones(4), shape=np.full(4, 4.0), rate=np.full(4, 0.38))
    law = null(weights, vary, constants)
    assert law.exceed(law.quantile(np.full(4, chance))) == pytest.approx(np.full(4, chance), rel=1e-9)


def test_cumulants_are_those_of_a_sum_of_squares() -> None:
    # |x + y|^2 in two dimensions: x ~ N(0, s/2 I), y = b^(1/2) z (1, 0)
    s, b = 0.7, 1.9
    rng = np.random.default_rng(1)
    x = rng.normal(size=(2_000_000, 2)) * np.sqrt(s / 2)
    x[:, 0] += np.sqrt(b) * rng.normal(size=len(x))
    squared = (x**2).sum(axis=1)
    plane = Noise(mean=np.ones(1), shape=np.array([2.0]), rate=np.array([0.5]))
    first, second, third = (float(k[0, -1]) for k in cumulants(step(s, b), plane))
    assert first == pytest.approx(squared.mean(), rel=0.01)
    assert second == pytest.approx(squared.var(), rel=0.01)
    assert third == pytest.approx(((squared - squared.mean()) ** 3).mean(), rel=0.05)


def simulated_likelihood(rho: float, lam: float, n_columns: int) -> np.ndarray:
    rng = np.random.default_rng(5)
    time = np.arange(60.0)
    placebos = np.linalg.qr(np.cos(np.pi * np.outer(time + 0.5, np.arange(1, 25)) / 60))[0].T
    covariance = np.eye(60) + lam * rho ** np.abs(np.subtract.outer(time, time))
    series = rng.multivariate_normal(np.zeros(60), covariance, size=n_columns)
    vary = spread(placebos, np.ones((n_columns, 1, 60)), time, np.ones((n_columns, 1, 1)))
    constants = Noise(mean=np.ones(n_columns), shape=np.ones(n_columns), rate=np.ones(n_columns))
    return log_likelihood((series @ placebos.T) ** 2, vary, constants)


def test_the_posterior_finds_buckets_that_do_not_vary() -> None:
    weights = pooled_posterior(simulated_likelihood(0.0, 0.0, 20)).mean(axis=0)
    assert weights @ GRID_LAM < 0.3


def test_the_posterior_finds_buckets_that_vary() -> None:
    weights = pooled_posterior(simulated_likelihood(0.6, 10.0, 20)).mean(axis=0)
    assert 5 < np.exp(weights @ np.log(np.maximum(GRID_LAM, 1e-3))) < 20


def test_columns_that_agree_are_surer_than_each_alone() -> None:
    likelihood = simulated_likelihood(0.6, 10.0, 20)

    def entropy(weights: np.ndarray) -> float:
        return float(-(weights * np.log(np.maximum(weights, 1e-300))).sum(axis=1).mean())

    assert entropy(pooled_posterior(likelihood)) < entropy(posterior(likelihood))


def test_one_column_alone_keeps_its_own_posterior() -> None:
    likelihood = simulated_likelihood(0.3, 1.0, 1)
    np.testing.assert_array_equal(pooled_posterior(likelihood), posterior(likelihood))


def test_no_share_of_a_still_step_comes_from_drifting_days() -> None:
    assert unit_root_share(still(), step(1.0, 5.0)) == pytest.approx([0])
