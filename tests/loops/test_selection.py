"""What is picked in the panel is a value in Python: items, users and the rows of the log."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadOption, RowsUnavailable

WEEK = ("2026-02-02", "2026-02-09")


@pytest.fixture
def report(found):
    return al.find_feedback_loops(found)


def test_without_a_selection_all_items_are_there_with_their_counts(report):
    items = report.selected_items
    assert items.height == report.data.n_items
    assert items["shown"].sum() == report.data.periods.n_impressions[-1]
    assert items["shown"].is_sorted(descending=True)
    assert items["merit"].sum() == pytest.approx(1)


def test_tenths_of_popularity_pick_items_of_the_period_and_their_rows(report, found):
    report.selection = al.Selection(column="popularity", bins=(0, 2))
    report.widget.current = list(WEEK)
    items = report.selected_items
    assert items["tenth"].to_list() == sorted([1, 2] * (items.height // 2))
    rows = report.selected_rows()
    assert rows.height == items["shown"].sum()
    assert set(rows["film"]) == set(items["item"])
    assert rows["at"].min() >= found.between(*WEEK).collect()["at"].min()


def test_users_are_picked_by_the_variety_of_what_they_see(report):
    everyone = report.selected_users
    edges = report.data.bubbles.x_edges
    report.selection = al.Selection(column="entropy", bins=(0, 3))
    some = report.selected_users
    assert 0 < some.height < everyone.height
    assert some["entropy"].max() < edges[3]
    report.selection = al.Selection(column="entropy", bins=(0, len(edges) - 1))
    assert report.selected_users.height == everyone.height
    report.selection = al.Selection(group="narrowed")
    share = report.selected_users.height / everyone.height
    assert share == pytest.approx(report.bubbles["narrowed"][-1], abs=0.01)
    assert set(report.selected_rows()["who"]) == set(report.selected_users["user"])


def test_a_log_without_users_has_none_to_pick(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(n_periods=5)))
    with pytest.raises(RowsUnavailable, match="names no users"):
        _ = report.selected_users


def test_items_without_clicks_have_no_tenths_to_pick_from(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(n_periods=5), clicked=None))
    report.selection = al.Selection(column="popularity", bins=(0, 1))
    with pytest.raises(RowsUnavailable, match="no clicks"):
        _ = report.selected_items


def test_a_change_is_simulated_beside_going_on_as_today(report):
    course = report.simulate(explore=0.1, correct=True)
    last = course.filter(pl.col("period") == pl.col("period").max())
    today, changed = last.row(0, named=True), last.row(1, named=True)
    assert changed["gini"] < today["gini"] - 0.1
    assert changed["click_rate"] < today["click_rate"]
    assert changed["cost_low"] > 0
    assert today["cost"] == 0
    assert (course["gini_low"] <= course["gini_high"]).all()


def test_the_grid_holds_what_simulate_says(report):
    grid = report.advice.filter(pl.col("correct") & (pl.col("explore") == 0.1) & (pl.col("guarantee") == 0))
    course = report.simulate(explore=0.1, correct=True).filter(pl.col("setting") == "changed")
    assert grid["gini"].item() == pytest.approx(course["gini"][-1], rel=1e-3)
    assert report.advice["is_today"].sum() == 1


def test_shares_that_are_none_are_refused_and_so_is_a_log_without_a_gain(report, impressions, log_of):
    with pytest.raises(BadOption, match="explore"):
        report.simulate(explore=1.5)
    unknown = al.find_feedback_loops(log_of(impressions(n_periods=6)))
    assert unknown.advice.is_empty()
    with pytest.raises(RowsUnavailable, match="gain that is identified"):
        unknown.simulate(explore=0.1)


def test_simulating_again_gives_the_same(report):
    assert report.simulate(correct=True).equals(report.simulate(correct=True))
    assert np.isfinite(report.simulate()["gini"].to_numpy()).all()


@pytest.mark.parametrize("unknown", [{"group": "nope"}, {"column": "zzz"}, {"slice": 0}])
def test_a_selection_that_loops_do_not_have_is_refused(unknown, report):
    report.selection = al.Selection(**unknown)
    for read in (lambda: report.selected_items, lambda: report.selected_users, report.selected_rows):
        with pytest.raises(BadOption, match=f"{next(iter(unknown))}="):
            read()
