from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from tests.profiles.frames import frames, log_of, random_frame

from afterlaunch.errors import MissingColumn
from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import learn_plan, measure_error, profile


@given(frames())
@settings(max_examples=25, deadline=None)
def test_a_plan_comes_back_from_plain_values(frame):
    plan = learn_plan(log_of(frame))
    assert type(plan).from_dict(plan.to_dict()) == plan
    assert type(plan).from_dict(plan.to_dict()).digest() == plan.digest()


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    counted = profile(log_of(random_frame()))
    with pytest.raises(MissingColumn, match="no column 'colour'; it has 'number'"):
        counted.plan["colour"]


def test_the_error_is_the_largest_share_of_a_bin_with_several_values():
    values = np.concatenate([np.zeros(5_000), np.random.default_rng(0).normal(size=5_000)])
    plan = learn_plan(PredictionLog(pl.DataFrame({"x": values})))
    shares = np.bincount(np.searchsorted(plan["x"].edges, values, side="right")) / values.size
    atom = np.searchsorted(plan["x"].edges, 0.0, side="right")
    assert measure_error(plan) == np.delete(shares, atom).max()


def test_decision_edges_lie_between_the_decision_bins():
    plan = learn_plan(log_of(random_frame()))
    for column in plan.columns:
        if column.ordered:
            edges = column.decision_edges()
            assert edges.size == column.n_decision - 1
            assert set(edges.tolist()) <= set(column.edges.tolist())


def test_plans_of_other_cells_are_not_equal():
    frame = random_frame()
    one, other = learn_plan(log_of(frame)), learn_plan(log_of(frame.head(4_000)))
    assert one != other
    assert one.columns[0] != "a plan"
    assert hash(one) == hash(learn_plan(log_of(frame)))
