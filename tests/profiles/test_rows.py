from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles.frames import COLUMNS, decision_counts, frames, log_of, random_frame

from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import SPECIALS, learn_plan, profile, rows_in


@given(frames(), frames(), st.sampled_from([*COLUMNS]), st.data())
@settings(max_examples=80, deadline=None)
def test_found_rows_are_those_that_were_counted(reference, current, name, data):
    plan = learn_plan(log_of(reference))
    n_cells = plan[name].n_decision + len(SPECIALS)
    first = data.draw(st.integers(0, n_cells))
    last = data.draw(st.integers(first, n_cells))
    log = log_of(current)
    found = rows_in(log, plan, name, (first, last), None)
    assert found.height == decision_counts(profile(log, like=plan), name)[:, first:last].sum()


def test_found_rows_lie_in_the_window():
    log = log_of(random_frame())
    plan = learn_plan(log)
    window = (dt.datetime(2024, 3, 22, tzinfo=dt.UTC), dt.datetime(2024, 3, 25, tzinfo=dt.UTC))
    counted = profile(log, like=plan).between(*window)
    for cell in range(plan["skewed"].n_decision):
        found = rows_in(log, plan, "skewed", (cell, cell + 1), window)
        assert found.height == decision_counts(counted, "skewed")[:, cell].sum()
    assert rows_in(log, plan, "skewed", None, window).height == counted.n_rows.sum()


@pytest.mark.parametrize("special", SPECIALS)
def test_each_special_cell_has_its_rows(special):
    reference = pl.DataFrame({"x": [1.0, 2.0] * 20, "word": ["a", "b"] * 20})
    odd = {"null": None, "nan": float("nan"), "infinite": float("-inf")}.get(special, 1.0)
    current = pl.DataFrame({"x": [1.0, odd], "word": ["a", None if special == "null" else "c"]})
    plan, log = learn_plan(PredictionLog(reference)), PredictionLog(current)
    for name in ("x", "word"):
        cell = plan[name].n_decision + SPECIALS.index(special)
        found = rows_in(log, plan, name, (cell, cell + 1), None)
        assert found.height == decision_counts(profile(log, like=plan), name)[0, cell]


def test_rows_of_rare_categories_are_found_together():
    words = [f"w{i:04d}" for i in range(300) for _ in range(300 - i)]
    log = PredictionLog(pl.DataFrame({"word": words}))
    plan = learn_plan(log)
    assert rows_in(log, plan, "word", (256, 257), None)["word"].n_unique() == 44
