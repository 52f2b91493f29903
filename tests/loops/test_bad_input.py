"""What a log can be wrong about is said in one sentence: what was found, and what to do."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadColumn, BadInput, EmptyWindow


@pytest.fixture(scope="module")
def frame(impressions):
    return impressions(n_periods=5, n_impressions=1_000, n_items=20)


def test_a_single_item_is_refused(frame, log_of):
    with pytest.raises(BadInput, match="single item"):
        log_of(frame.with_columns(film=pl.lit("Alien")))


@pytest.mark.parametrize("p", [0.0, 1.5, -0.1])
def test_propensities_outside_of_0_to_1_are_refused(p, frame, log_of):
    wrong = frame.with_columns(p=pl.when(pl.int_range(pl.len()) == 3).then(p).otherwise("p"))
    with pytest.raises(BadColumn, match="'p'"):
        log_of(wrong, "propensity")


def test_clicks_on_items_that_were_never_shown_are_refused(frame, log_of):
    hidden = frame.with_columns(place=pl.when("seen").then(None).otherwise("place"))
    with pytest.raises(BadColumn, match="never shown"):
        log_of(hidden, position="place")


def test_a_catalogue_smaller_than_the_items_seen_is_refused(frame, log_of):
    with pytest.raises(BadInput, match="catalogue"):
        log_of(frame, catalog=["film-000", "film-001"])


def test_places_that_repeat_in_a_list_are_refused(frame, log_of):
    lists = frame.with_columns(at=pl.col("at").dt.truncate("1h"), who=pl.lit(1), place=pl.lit(1))
    with pytest.raises(BadColumn, match="repeats a place"):
        log_of(lists, "user", position="place")


def test_an_empty_window_is_refused(frame, log_of):
    empty = log_of(frame).where(pl.col("film") == "nowhere")
    with pytest.raises(EmptyWindow):
        al.find_feedback_loops(empty)


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.head(1),
        lambda frame: frame.group_by("film", maintain_order=True).head(1),
        lambda frame: frame.with_columns(seen=pl.col("seen") & (pl.int_range(pl.len()) == 7)),
        lambda frame: frame.with_columns(film=pl.col("film").replace("film-001", "film-000")),
        lambda frame: frame.with_columns(learnt=pl.lit(value=False)),
        lambda frame: frame.with_columns(jitter=pl.lit(0.0)),
        lambda frame: frame.with_columns(p=pl.lit(0.5)),
        lambda frame: frame.with_columns(p=pl.lit(None, pl.Float64)).with_columns(
            p=pl.when(pl.int_range(pl.len()) < 50).then(0.1).otherwise("p")
        ),
        lambda frame: frame.filter(pl.col("seen")).with_columns(seen=pl.int_range(pl.len()) > 0),
    ],
    ids=[
        "one row",
        "one row an item",
        "one click",
        "two items as one",
        "all withheld",
        "no noise",
        "all even",
        "most propensities unknown",
        "clicks but one",
    ],
)
def test_what_is_thin_gives_a_report_without_nan(change, frame, log_of):
    roles = ("user", "category", "in_training", "noise", "propensity")
    report = al.find_feedback_loops(log_of(change(frame), *roles, catalog=sorted(frame["film"].unique())))
    json.dumps(report.to_dict(), allow_nan=False)
    assert report.verdict in {"no_evidence", "not_identified"}
    assert "nan" not in report.summary().lower()
    report.draw_chart().to_dict()
    assert report._repr_mimebundle_()


def test_impressions_of_two_items_are_enough_for_a_report(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(n_items=2, n_periods=6), "propensity", "in_training"))
    json.dumps(report.to_dict(), allow_nan=False)
    assert report.by_popularity["tenth"].max() == 2


def test_numbers_and_dates_may_name_items_and_times(impressions, log_of):
    frame = impressions(n_periods=5).with_columns(
        film=pl.col("film").str.slice(5).cast(pl.Int32), at=pl.col("at").dt.date()
    )
    report = al.find_feedback_loops(log_of(frame, "propensity"))
    assert report.selected_items["item"].dtype == pl.Int32
    assert np.isfinite(report.table["gini"].to_numpy()).all()
