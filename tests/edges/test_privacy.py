"""What is shared of edge cases holds no single row, unless rows are asked for."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from tests.packed import PLANTED, columns_with_secrets, files_of, found_in, outputs_of, words_of

import afterlaunch as al
from afterlaunch.export.card import card_of, frame

N_ROWS = 6000
SECRETS = (*PLANTED, "secret-early", "secret-late")


@pytest.fixture(scope="module")
def report():
    """A report that finds a slice; two plans of few rows are served badly too, one of each window."""
    chance = np.random.default_rng(0)
    plan = chance.choice(["basic", "plus", "team"], N_ROWS).astype(object)
    score = chance.uniform(0.05, 0.95, N_ROWS)
    plan[:15], plan[-15:] = "secret-early", "secret-late"
    wrong = np.isin(plan, ["team", "secret-early", "secret-late"])
    columns = columns_with_secrets(N_ROWS, chance) | {
        "plan": plan.tolist(),
        "score": score,
        "left": chance.random(N_ROWS) < np.where(wrong, 1 - score, score),
    }
    log = al.PredictionLog(pl.DataFrame(columns), time="at", score="score", target="left")
    return al.find_edge_cases(log, reference=("2026-01-01", "2026-02-15"))


def secrets_in(*texts):
    return {secret for text in texts for secret in found_in(text, SECRETS)}


def test_a_slice_of_many_rows_is_named(report):
    assert "plan is team" in report.sentence


def test_a_cells_output_and_what_is_said_hold_no_secret(report):
    assert secrets_in(*outputs_of(report), words_of(report)) == set()


def test_saved_pages_and_files_hold_no_secret(report, tmp_path):
    assert secrets_in(*files_of(report, tmp_path)) == set()


def test_the_picture_and_the_widget_hold_no_secret(report):
    assert secrets_in(frame(card_of(report.payload())), json.dumps(report.widget.get_state("payload"))) == set()


def test_rows_that_were_looked_at_do_not_leave(report, tmp_path):
    report.selection = al.Selection(slice=0)
    assert secrets_in(report.selected_rows().write_json()) >= {"secret-id", "secret note"}
    report.answer("rows")
    assert secrets_in(*outputs_of(report), *files_of(report, tmp_path), words_of(report)) == set()
    report.selection = None


def test_a_page_holds_rows_where_they_are_asked_for(report, tmp_path):
    report.save(tmp_path / "page.html", rows=True)
    assert secrets_in((tmp_path / "page.html").read_text()) >= {"secret-id", "secret note"}
