"""Nothing of single rows is in what is shared: not as text, not packed, not in the picture."""

from __future__ import annotations

import base64
import gzip
import json

import numpy as np
import polars as pl
import pytest
from tests.packed import PLANTED, columns_with_secrets, files_of, found_in, outputs_of

import afterlaunch as al
from afterlaunch.export.card import card_of, frame

N_ROWS = 4000
SECRETS = (*PLANTED, "secret-rare", "secret-late")


@pytest.fixture(scope="module")
def report():
    """A report on rows with planted secrets: ids, free text, rare categories, extremes, and one that comes late."""
    chance = np.random.default_rng(0)
    city = chance.choice(["Oslo", "Rome"], N_ROWS).astype(object)
    city[:15] = "secret-rare"
    city[-10:] = "secret-late"
    data = columns_with_secrets(N_ROWS, chance) | {"city": city.tolist()}
    log = al.PredictionLog(pl.DataFrame(data), time="at")
    return al.measure_drift(log, reference=("2026-01-01", "2026-02-01"))


def assert_clean(text):
    assert found_in(text, SECRETS) == set()


def test_the_search_finds_what_is_packed():
    packed = base64.b64encode(gzip.compress(b"x" * 99 + b"secret note")).decode()
    assert found_in(f'unpack("{packed}")', SECRETS) == {"secret note"}


def test_a_cells_output_holds_aggregates_alone(report):
    for text in outputs_of(report):
        assert_clean(text)


def test_saved_pages_and_files_hold_aggregates_alone(report, tmp_path):
    for text in files_of(report, tmp_path):
        assert_clean(text)


def test_the_picture_says_nothing_of_single_rows(report):
    assert_clean(frame(card_of(report.payload())))


def test_the_widget_holds_aggregates_alone(report):
    assert_clean(json.dumps(report.widget.get_state("payload")))


def test_the_report_still_speaks_of_the_columns(report):
    names = {column.name for column in report.payload().columns}
    assert {"income", "city", "visits"} <= names
    assert "id" not in names
