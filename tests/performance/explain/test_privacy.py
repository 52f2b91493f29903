"""An explanation tells of columns, slices and labels that many rows share, and of no single row."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from tests.packed import PLANTED, columns_with_secrets, files_of, found_in, outputs_of, words_of

import afterlaunch as al
from afterlaunch.export.card import card_of, frame

N_ROWS = 6000
CATEGORIES = ("secret-city", "secret-town")
LABELS = ("secret-old-label", "secret-new-label")
SECRETS = (*PLANTED, *CATEGORIES, *LABELS)
WINDOWS = {"reference": ("2026-01-01", "2026-03-01"), "current": ("2026-03-01", "2026-05-06")}


def rows():
    """Rows of three labels, of which the current ones come from a harder city; what few rows have is secret."""
    chance = np.random.default_rng(0)
    late = np.arange(N_ROWS) >= N_ROWS * 59 // 125
    city = np.where(chance.random(N_ROWS) < np.where(late, 0.6, 0.2), "Rome", "Oslo").astype(object)
    label = chance.choice(["red", "green", "blue"], N_ROWS).astype(object)
    said = np.where(chance.random(N_ROWS) < np.where(city == "Rome", 0.5, 0.9), label, "red").astype(object)
    city[:15], city[-10:] = CATEGORIES
    label[[20, 21, 22, -20, -21, -22]], label[-19:] = LABELS
    return columns_with_secrets(N_ROWS, chance) | {
        "city": city.tolist(),
        "said": said.tolist(),
        "label": label.tolist(),
    }


@pytest.fixture(scope="module")
def report():
    log = al.PredictionLog(pl.DataFrame(rows()), time="at", prediction="said", target="label")
    return al.explain_performance(log, **WINDOWS)


def assert_clean(*texts):
    for text in texts:
        assert found_in(text, SECRETS) == set()


def test_the_explanation_speaks_of_what_many_rows_share(report):
    assert {"city", "income", "visits"} <= set(report.by_column["column"])
    assert not {"id", "note"} & set(report.by_column["column"])
    assert "city is Rome" in report.by_slice["slice"].to_list()


def test_a_label_of_few_rows_is_missed_without_its_name(report):
    needs = report.table.filter(pl.col("part") == "label")["needs"].drop_nulls().to_list()
    assert needs
    assert all("1 label that is new" in one or "1 labels that are new" in one for one in needs)


def test_a_cells_output_and_what_is_said_hold_no_secret(report):
    assert_clean(*outputs_of(report), words_of(report))


def test_saved_pages_and_files_hold_no_secret_not_even_with_rows(report, tmp_path):
    assert_clean(*files_of(report, tmp_path))
    assert_clean(*files_of(report, tmp_path, rows=True))


def test_the_picture_the_chart_and_the_widget_hold_no_secret(report):
    assert_clean(frame(card_of(report.payload())), json.dumps(report.chart().to_dict()))
    assert_clean(json.dumps(report.widget.get_state("payload")))


def test_the_tables_hold_no_secret(report):
    assert_clean(*(table.write_json() for table in (report.table, report.by_column, report.by_slice)))


def test_rows_that_are_picked_stay_with_their_log(report, tmp_path):
    report.selection = al.Selection(slice=0)
    picked = report.selected_rows()
    assert found_in(picked.write_json(), SECRETS) >= {"secret-id", "secret note"}
    assert_clean(*outputs_of(report), *files_of(report, tmp_path), words_of(report))
    report.selection = None
