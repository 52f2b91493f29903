import numpy as np
import pytest

from afterlaunch.learners.expected_loss import expected_loss, own_variance

FREE = np.zeros(2, dtype=bool)


def world(rng, n):
    x = rng.normal(size=(n, 2))
    return x, np.abs(np.exp(0.5 * x[:, 0]) * rng.normal(size=n)), np.exp(0.5 * x[:, 0]) * (2 / np.pi) ** 0.5


def test_losses_are_learnt_where_columns_tell_them():
    rng = np.random.default_rng(0)
    x, loss, _ = world(rng, 8000)
    found = expected_loss(x, loss, is_category=FREE, rng=rng)
    new, _, truth = world(rng, 4000)
    said = found.each(new).mean(axis=0)
    assert np.corrcoef(said, truth)[0, 1] > 0.95
    assert said.mean() == pytest.approx(truth.mean(), rel=0.04)


def test_no_row_is_judged_by_a_model_that_has_seen_it():
    rng = np.random.default_rng(1)
    x, loss = rng.normal(size=(3000, 2)), rng.exponential(size=3000)
    found = expected_loss(x, loss, is_category=FREE, rng=rng)
    assert abs(np.corrcoef(found.fitted, loss)[0, 1]) < 0.08
    assert np.corrcoef(found.each(x).mean(axis=0), loss)[0, 1] > 0.2


def test_losses_of_either_sign_are_learnt_too():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(6000, 2))
    found = expected_loss(x, x[:, 1] + rng.normal(size=6000), is_category=FREE, rng=rng)
    assert np.corrcoef(found.each(x).mean(axis=0), x[:, 1])[0, 1] > 0.95


def test_few_rows_teach_a_mean():
    found = expected_loss(np.zeros((50, 2)), np.arange(50.0), is_category=FREE, rng=np.random.default_rng(0))
    assert found.fitted.tolist() == [24.5] * 50
    assert found.each(np.zeros((3, 2))).mean(axis=0).tolist() == [24.5] * 3


def test_missing_values_and_unseen_categories_have_an_expectation():
    rng = np.random.default_rng(0)
    x, loss, _ = world(rng, 2000)
    x[:, 1] = rng.integers(0, 5, 2000)
    found = expected_loss(x, loss, is_category=np.array([False, True]), rng=rng)
    assert np.isfinite(found.each(np.array([[np.nan, 2.0], [0.0, 9.0], [0.0, np.nan]]))).all()


@pytest.mark.simulation
def test_the_jackknife_of_groups_is_right_for_a_mean():
    rng = np.random.default_rng(0)
    said = []
    for _ in range(2000):
        values = rng.normal(size=400)
        said.append(own_variance([np.delete(values.reshape(4, 100), part, axis=0).mean() for part in range(4)]))
    assert np.mean(said) == pytest.approx(1 / 400, rel=0.1)
