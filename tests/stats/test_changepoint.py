from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import Windows, onset
from afterlaunch.stats.changepoint import _Rise


def late(n: int, start: int, size: float) -> np.ndarray:
    return np.where(np.arange(n) >= start, size, 0.0)


def test_a_step_is_dated(counts, split) -> None:
    found = onset(counts.ordered(late(56, 40, 0.6)), split(28, 28))
    assert (found.index, found.shape) == (40, "step")
    assert found.low <= 40 <= found.high


def test_a_ramp_is_called_a_ramp(counts, split) -> None:
    mean = np.clip((np.arange(56) - 30) * 0.06, 0, None)
    found = onset(counts.ordered(mean), split(28, 28))
    assert found.shape == "ramp"
    assert found.low <= 30 <= found.high


def test_a_season_does_not_move_the_date(counts, split) -> None:
    weekend = np.where(np.arange(56) % 7 >= 5, 0.5, 0.0)
    assert onset(counts.ordered(weekend + late(56, 39, 0.6)), split(28, 28, season=7)).index == 39


def test_a_weaker_step_has_a_wider_interval(counts, split) -> None:
    found = [onset(counts.ordered(late(56, 40, size)), split(28, 28)) for size in (0.15, 1.0)]
    assert found[0].high - found[0].low > found[1].high - found[1].low


def test_buckets_between_the_windows_help_to_date(counts) -> None:
    bucket = np.arange(60)
    windows = Windows(reference=bucket[:20], current=bucket[45:], position=bucket, season=bucket * 0)
    assert onset(counts.ordered(late(60, 33, 0.6)), windows).index == 33


def test_missing_values_have_an_onset_too(counts, split) -> None:
    cells = counts.ordered(np.zeros(56), missing=0.02 + late(56, 37, 0.2))
    assert onset(cells, split(28, 28), part="absence").index == 37


def test_categories_have_an_onset(counts, split) -> None:
    new = late(56, 35, 0.1)[:, None]
    shares = np.hstack([np.tile([0.5, 0.5], (56, 1)) * (1 - new), new])
    assert onset(counts.categories(shares), split(28, 28)).index == 35


def test_without_time_there_is_no_onset(counts, split) -> None:
    assert onset(counts.ordered(np.zeros(2)), split(1, 1)) is None


def test_a_handful_of_buckets_is_too_few(counts, split) -> None:
    assert onset(counts.ordered(np.zeros(5)), split(3, 2)) is None


@pytest.mark.simulation
def test_the_interval_holds_the_true_start_in_nineteen_of_twenty_cases(counts, split) -> None:
    days = [counts.persistent(56, rho=0.3, sd=0.05) + late(56, 40, 0.3) for _ in range(200)]
    found = [onset(counts.ordered(mean), split(28, 28)) for mean in days]
    assert np.mean([one.low <= 40 <= one.high for one in found]) > 0.92


@pytest.mark.simulation
@pytest.mark.parametrize("length", [4, 7, 10])
def test_the_start_of_a_ramp_that_levels_off_is_held_as_often(counts, split, length) -> None:
    ramp = np.clip((np.arange(56) - 39) / length, 0, 1)
    days = [counts.persistent(56, rho=0.3, sd=0.05) + 0.5 * ramp for _ in range(100)]
    found = [onset(counts.ordered(mean), split(28, 28)) for mean in days]
    assert np.mean([one.low <= 40 <= one.high for one in found]) > 0.9
    assert np.mean([one.shape == "ramp" for one in found]) > 0.6


@pytest.mark.simulation
def test_a_step_is_seldom_called_a_ramp(counts, split) -> None:
    days = [counts.persistent(56, rho=0.3, sd=0.05) + late(56, 40, 0.5) for _ in range(100)]
    assert np.mean([onset(counts.ordered(mean), split(28, 28)).shape == "step" for mean in days]) > 0.85


def test_sums_over_a_rise_are_those_of_its_matrix(counts) -> None:
    place = np.cumsum(counts.rng.integers(1, 4, 40)).astype(float)
    values = counts.rng.normal(size=(2, 40))
    for length in (1.0, 3.0, 8.0, 200.0):
        matrix = np.clip((place - place[:, None] + 1) / length, 0, 1)
        rise = _Rise(place, length)
        np.testing.assert_allclose(rise.sums(values), values @ matrix.T, atol=1e-9)
        np.testing.assert_allclose(rise.squares(values[0]), matrix**2 @ values[0], atol=1e-9)
