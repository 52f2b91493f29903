"""Mixed columns as numbers and as points."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from afterlaunch.learners.encode import learn_encoder, learn_space, robust_scale
from afterlaunch.logs import PredictionLog


def columns_of(frame):
    return PredictionLog(frame).columns


def test_categories_count_from_the_most_frequent_and_unseen_ones_come_last():
    frame = pl.DataFrame({"c": ["b", "b", "a", None]})
    encoder = learn_encoder(frame, columns_of(frame))
    assert encoder.numbers(pl.DataFrame({"c": ["a", "b", "new", None]}))[:, 0].tolist() == pytest.approx(
        [1.0, 0.0, 2.0, np.nan], nan_ok=True
    )


def test_what_is_missing_or_infinite_is_nan():
    frame = pl.DataFrame({"x": [1.0, None, float("nan"), float("inf")], "f": [True, False, None, True]})
    numbers = learn_encoder(frame, columns_of(frame)).numbers(frame)
    assert np.isnan(numbers).tolist() == [[False, False], [True, False], [True, True], [True, False]]


def test_two_categories_lie_apart_and_the_same_one_does_not():
    frame = pl.DataFrame({"c": ["a", "b", "c", "d"] * 10})
    encoder = learn_encoder(frame, columns_of(frame))
    x = encoder.numbers(frame)
    points = learn_space(x, encoder, rng=np.random.default_rng(0)).place(x)
    assert np.allclose(points[0], points[4])
    assert np.linalg.norm(points[0] - points[1]) > 0.3


def test_one_huge_number_does_not_squeeze_the_others():
    x = np.append(np.random.default_rng(0).normal(size=1000), 1e9)
    assert robust_scale(x)[1] == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("values", [np.zeros(0), np.ones(5), np.array([np.pi])])
def test_a_column_without_spread_has_a_usable_scale(values):
    assert robust_scale(values)[1] == 1.0
