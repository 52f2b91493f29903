import numpy as np
import pytest
from sklearn.isotonic import IsotonicRegression

from afterlaunch.learners.calibration import calibrate, wobble


def world(rng, n, sharpness):
    logit = 1.5 * rng.normal(size=n)
    target = (rng.random(n) < 1 / (1 + np.exp(-logit))).astype(float)
    return 1 / (1 + np.exp(-sharpness * logit)), target, 1 / (1 + np.exp(-logit))


@pytest.mark.parametrize("seed", range(5))
def test_scores_that_are_right_stay_as_they_are(seed):
    rng = np.random.default_rng(seed)
    score, target, _ = world(rng, 2000, 1.0)
    found = calibrate(score, target, rng=rng)
    assert not found.is_needed
    assert (found.transform(score) == score).all()


@pytest.mark.parametrize("seed", range(5))
def test_scores_that_are_too_sure_are_mended(seed):
    rng = np.random.default_rng(seed)
    score, target, truth = world(rng, 5000, 2.0)
    found = calibrate(score, target, rng=rng)
    assert found.is_needed
    for chance in (found.transform(score), found.fitted):
        assert np.mean((chance - truth) ** 2) < 0.2 * np.mean((score - truth) ** 2)


def test_too_few_rows_teach_nothing():
    found = calibrate(np.full(50, 0.9), np.arange(50) % 2.0, rng=np.random.default_rng(0))
    assert not found.is_needed
    assert found.error_before is None


@pytest.mark.simulation
@pytest.mark.parametrize("blocks", [None, 40])
def test_resamples_vary_as_much_as_calibrators_of_new_rows(blocks):
    rng = np.random.default_rng(3)
    block = None if blocks is None else np.arange(2000) % blocks
    new = 1 / (1 + np.exp(-2 * rng.normal(0.7, 1.0, 5000)))
    slope = new / len(new)
    drawn, promised = [], []
    for _ in range(120):
        score, target, _ = world(rng, 2000, 2.0)
        drawn.append(slope @ calibrate(score, target, rng=rng).transform(new))
    for _ in range(12):
        score, target, _ = world(rng, 2000, 2.0)
        promised.append((wobble(score, target, block=block, rng=rng).sums(slope, new) ** 2).mean())
    assert np.mean(promised) ** 0.5 == pytest.approx(np.std(drawn), rel=0.35)


def test_the_changes_of_several_classes_are_added_up():
    rng = np.random.default_rng(0)
    score = rng.dirichlet(np.ones(3), 1500)
    target = rng.integers(0, 3, 1500).astype(float)
    found = wobble(score, target, rng=rng)
    one = [found.sums(np.eye(3)[place] * np.ones((1500, 1)), score) for place in range(3)]
    assert found.sums(np.ones((1500, 3)), score) == pytest.approx(sum(one))


def test_the_fit_is_that_of_scikit_learn():
    rng = np.random.default_rng(4)
    score, target, _ = world(rng, 3000, 2.0)
    score = np.round(score, 2)
    grid = np.linspace(0, 1, 501)
    found = calibrate(score, target, rng=rng)
    model = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(score, target)
    assert found.transform(grid) == pytest.approx(model.predict(grid), abs=1e-12)
