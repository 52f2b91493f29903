"""What is shared holds no name of a user, and of items only where they are public."""

from __future__ import annotations

import polars as pl
import pytest
from tests.packed import files_of, found_in, outputs_of, words_of

import afterlaunch as al

SECRET_USER, SECRET_ITEM, SECRET_GENRE = "secret-user-", "secret-film-", "secret-genre-"
SECRETS = (SECRET_USER, SECRET_ITEM, SECRET_GENRE)


@pytest.fixture(scope="module")
def secret_log(impressions, log_of):
    frame = impressions(gain=0.6, withheld=0.2, n_impressions=8_000).with_columns(
        who=pl.lit(SECRET_USER) + pl.col("who").cast(pl.String),
        film=pl.lit(SECRET_ITEM) + pl.col("film"),
        genre=pl.lit(SECRET_GENRE) + pl.col("genre"),
    )
    return log_of(frame, "user", "category", "in_training", "propensity", position="place")


@pytest.fixture(scope="module")
def report(secret_log):
    return al.find_feedback_loops(secret_log)


def secrets_in(*texts):
    return {secret for text in texts for secret in found_in(text, SECRETS)}


def test_the_report_found_items_and_users_to_be_silent_about(report):
    assert report.items.height > 0
    assert report.items["item"].str.starts_with(SECRET_ITEM).all()
    assert report.selected_users["user"].str.starts_with(SECRET_USER).all()


def test_a_cells_output_and_what_is_said_hold_no_name(report):
    assert secrets_in(*outputs_of(report), words_of(report)) == set()


def test_saved_pages_and_files_hold_no_name(report, tmp_path):
    assert secrets_in(*files_of(report, tmp_path)) == set()


def test_a_selection_does_not_bring_names_into_what_is_shared(report, tmp_path):
    report.selection = al.Selection(group="narrowed")
    _ = report.selected_users, report.selected_rows()
    assert secrets_in(*files_of(report, tmp_path)) == set()


def test_names_of_items_are_shared_where_rows_are_asked_for_and_no_user_even_then(report, tmp_path):
    report.save(tmp_path / "r.html", rows=True)
    assert secrets_in((tmp_path / "r.html").read_text()) == {SECRET_ITEM}


def test_public_items_are_named_and_nothing_else_is(secret_log, tmp_path):
    report = al.find_feedback_loops(secret_log, public_items=True)
    assert report.code() == "al.find_feedback_loops(log, public_items=True)"
    for text in files_of(report, tmp_path):
        assert secrets_in(text) == {SECRET_ITEM}


def test_counts_of_few_users_or_items_are_not_told(report):
    cells = [n for one in (*report.data.bubbles.shown, *report.data.bubbles.null) for n in one.n]
    assert min(cells) >= 3


def test_hostile_names_are_text_wherever_they_are_public(impressions, log_of, tmp_path):
    frame = impressions(gain=0.6, n_periods=6).with_columns(film=pl.lit("<script>alert(1)</script>") + pl.col("film"))
    report = al.find_feedback_loops(log_of(frame, "propensity"), public_items=True)
    report.save(tmp_path / "r.html")
    assert "<script>alert(1)" not in (tmp_path / "r.html").read_text()
    report.save(tmp_path / "r.png")
