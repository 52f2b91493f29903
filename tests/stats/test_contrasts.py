from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from afterlaunch.stats.contrasts import ENOUGH, N_PLACEBOS, design, persistence, seasons_covered, step_contrast

if TYPE_CHECKING:
    from afterlaunch.stats import Windows

EVERY = np.ones(200, dtype=bool)


def usable(windows: Windows) -> np.ndarray:
    return EVERY[: len(windows.position)]


@pytest.mark.parametrize(
    ("reference", "current", "season"), [(28, 7, 7), (90, 1, 1), (40, 28, 7), (9, 5, 2), (168, 6, 24)]
)
def test_placebos_are_orthonormal_and_hold_neither_level_nor_season(split, reference, current, season) -> None:
    windows = split(reference, current, season=season)
    plan = design(windows, usable(windows))
    np.testing.assert_allclose(plan.placebos @ plan.placebos.T, np.eye(len(plan.placebos)), atol=1e-10)
    dummies = np.equal.outer(np.arange(season), windows.season[plan.used]).astype(float)
    np.testing.assert_allclose(plan.placebos @ dummies.T, 0, atol=1e-10)


def test_placebos_leave_the_current_window_alone_when_the_reference_is_long_enough(split) -> None:
    plan = design(split(28, 7), EVERY[:35])
    assert np.abs(plan.placebos[:, 28:]).max() == 0


def test_a_short_reference_borrows_from_the_current_window_without_the_step(split) -> None:
    windows = split(ENOUGH - 4, 12)
    plan = design(windows, usable(windows))
    step = step_contrast(np.full(len(windows.position), 100.0), windows)
    assert np.abs(plan.placebos[:, ENOUGH - 4 :]).max() > 0
    np.testing.assert_allclose(plan.placebos @ step[plan.used], 0, atol=1e-10)


def test_there_are_at_most_as_many_placebos_as_the_buckets_allow(split) -> None:
    assert len(design(split(200 - 7, 7), EVERY).placebos) == N_PLACEBOS
    assert len(design(split(20, 7), EVERY[:27]).placebos) == design(split(20, 7), EVERY[:27]).available == 19


@pytest.mark.parametrize("reference", [1, 2])
def test_three_buckets_have_one_placebo(split, reference) -> None:
    plan = design(split(reference, 3 - reference), EVERY[:3])
    assert (len(plan.placebos), plan.available) == (1, 1)


def test_buckets_without_rows_do_not_count(split) -> None:
    some = EVERY[:35].copy()
    some[[3, 17, 30]] = False
    assert not set(design(split(28, 7), some).used.tolist()) & {3, 17, 30}


def test_the_step_sums_to_nothing_in_every_season(split) -> None:
    windows = split(28, 10, season=7)
    n = np.random.default_rng(0).integers(50, 500, 38).astype(float)
    step = step_contrast(n, windows)
    for label in range(7):
        assert step[windows.season == label].sum() == pytest.approx(0, abs=1e-12)
    assert step[28:].sum() == pytest.approx(1)


def test_the_step_weighs_buckets_of_a_window_by_their_rows(split) -> None:
    step = step_contrast(np.array([100.0, 300.0, 50.0, 150.0]), split(2, 2))
    assert step == pytest.approx([-0.25, -0.75, 0.25, 0.75])


def test_a_season_that_the_reference_never_saw_is_noticed_and_left_aside(split) -> None:
    windows = split(5, 7, season=7)
    assert not seasons_covered(windows, usable(windows))
    assert step_contrast(np.ones(12), windows)[:5] == pytest.approx(np.full(5, -0.2))


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.95])
def test_persistence_in_one_pass_is_the_quadratic_form(rho) -> None:
    rng = np.random.default_rng(1)
    position = np.sort(rng.permutation(60)[:30]).astype(float)
    contrasts = rng.normal(size=(4, 30))
    correlation = rho ** np.abs(np.subtract.outer(position, position)) if rho else np.eye(30)
    expected = np.einsum("ci,ij,cj->c", contrasts, correlation, contrasts)
    assert persistence(contrasts, position, rho) == pytest.approx(expected)
