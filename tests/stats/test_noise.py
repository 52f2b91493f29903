from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats.noise import Noise, noise, norm, normal_draws


def constants(p: np.ndarray, ordered: np.ndarray) -> Noise:
    """Return the constants where no cell is too rare."""
    return noise(p, ordered, np.zeros(len(p)))


def simulated(p: np.ndarray, *, ordered: bool) -> tuple[float, float]:
    rng = np.random.default_rng(3)
    spread = rng.normal(size=(60_000, len(p))) * np.sqrt(p)
    squared = norm(spread - p * spread.sum(axis=1, keepdims=True), ordered=np.array(ordered)) ** 2
    return float(squared.mean()), float(2 * squared.mean() ** 2 / squared.var())


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("p", [np.full(32, 1 / 32), np.array([0.3, 0.3, 0.2, 0.1, 0.1]), np.array([0.9, 0.06, 0.04])])
def test_the_constants_are_those_of_long_simulations(p, ordered) -> None:
    found = constants(p[None], np.array([ordered]))
    mean, shape = simulated(p, ordered=ordered)
    assert found.mean[0] == pytest.approx(mean, rel=0.08)
    assert found.shape[0] == pytest.approx(shape, rel=0.2)


def test_the_constants_of_thirty_two_equal_bins_are_right_to_half_a_percent() -> None:
    found = constants(np.full((2, 32), 1 / 32), np.array([True, False]))
    assert found.mean == pytest.approx([0.6535, 5.022], rel=0.005)


def test_two_cells_are_a_squared_normal() -> None:
    found = constants(np.array([[0.3, 0.7]]), np.array([False]))
    assert found.mean[0] == pytest.approx(0.21, rel=0.1)
    assert found.shape[0] == pytest.approx(1, rel=0.15)


def test_empty_cells_change_nothing() -> None:
    p = np.array([[0.2, 0.5, 0.3]])
    narrow, wide = constants(p, np.array([True])), constants(np.pad(p, ((0, 0), (0, 5))), np.array([True]))
    assert wide.mean == pytest.approx(narrow.mean)
    assert wide.rate == pytest.approx(narrow.rate)


def test_the_draws_are_standard_normal_and_the_same_for_ever() -> None:
    draws = normal_draws(32)
    assert draws.mean() == pytest.approx(0, abs=0.02)
    assert draws.std() == pytest.approx(1, abs=0.02)
    assert draws[0, :3].tolist() == pytest.approx(normal_draws(8)[0, :3].tolist())


def test_a_rare_flag_varies_no_less_than_one_row_of_the_smaller_window_says() -> None:
    found = noise(np.array([[0.995, 0.005]]), np.array([False]), np.array([1 / 50]))
    assert found.mean[0] == pytest.approx(0.02 * 0.98)
    assert (found.shape[0], found.rate[0]) == (1, 1)
