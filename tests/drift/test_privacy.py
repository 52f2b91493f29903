import json
from dataclasses import asdict

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drift.conftest import daily
from tests.packed import files_of, found_in, outputs_of
from tests.profiles.frames import decision_counts

import afterlaunch as al
from afterlaunch.drift.privacy import POOL, drawing_edges, pool_categories
from afterlaunch.logs import as_log
from afterlaunch.profiles import learn_plan

SECRETS = ("id-7f3a", "quick brown", "rare-gem", "rarer", "2718281", "314159")


@pytest.fixture
def report(rng):
    frame = daily(rng, 30, rows=100)
    n = frame.height
    words = np.array(["quick", "brown", "fox", "jumps", "over", "lazy", "dogs"])
    frame = frame.with_columns(
        user=pl.Series([f"id-7f3a-{i}" for i in range(n)]),
        comment=pl.Series([f"the quick brown {' '.join(rng.choice(words, 6))} {i}" for i in range(n)]),
        kind=pl.Series(rng.permutation(["common"] * (n - 22) + ["rare-gem"] * 19 + ["rarer"] * 3)),
        money=pl.Series(np.concatenate([[-2718281.0], rng.normal(0, 1, n - 2), [3141592.0]])),
    )
    return al.measure_drift(al.PredictionLog(frame, time="at"), reference=("2024-01-01", "2024-01-20"))


def totals(log, plan):
    return decision_counts(al.profile(log), plan.name)[:, :-4].sum(axis=0)


def secrets_in(report):
    """Return the secrets that a cell's output, the payload and what is kept of a report hold."""
    texts = [*outputs_of(report), json.dumps(asdict(report.payload())), json.dumps(report.to_dict())]
    return {secret for text in texts for secret in found_in(text, SECRETS)}


def test_no_secret_leaves_in_anything_that_is_shared(report):
    assert secrets_in(report) == set()


def test_nothing_leaves_in_the_saved_page_either(report, tmp_path):
    for text in files_of(report, tmp_path):
        assert found_in(text, SECRETS) == set()


@pytest.mark.parametrize("values", [[{"a": "id-7f3a"}, "id-7f3a", 1.5], ["id-7f3a", {1, 2}, b"id-7f3a"]])
def test_a_column_that_cannot_be_read_is_not_quoted(values):
    mixed = pd.DataFrame({"ok": range(60), "bad": values * 20})
    report = al.measure_drift(mixed, reference=mixed)
    assert any(note.startswith("'bad' is left out") for note in report.data.notes)
    assert secrets_in(report) == set()


def test_free_text_is_shared_by_its_length_alone(report):
    comment = next(column for column in report.data.columns if column.name == "comment")
    assert comment.kind == "text"
    assert comment.labels == ()
    assert "user" not in {column.name for column in report.data.columns}


def test_rare_categories_are_summed_as_other(report):
    kind = next(column for column in report.data.columns if column.name == "kind")
    assert kind.labels == ("common", POOL)


def test_rows_let_rare_names_through_when_asked():
    frame = pl.DataFrame({"kind": ["common"] * 500 + ["rare-gem"] * 5})
    assert "rare-gem" in al.measure_drift(frame, reference=frame, rows=True).data.columns[0].labels


def test_buckets_of_fewer_than_20_rows_are_merged(rng):
    frame = daily(rng, 60, rows=7)
    report = al.measure_drift(al.PredictionLog(frame, time="at"), reference=("2024-01-01", "2024-02-01"))
    assert min(report.data.buckets.n_rows) >= 20
    assert sum(report.data.buckets.n_rows) == frame.height


@pytest.mark.parametrize(
    "values",
    [
        lambda rng: rng.normal(1234.5678, 17.3, 5000),
        lambda rng: rng.lognormal(0, 3, 5000),
        lambda rng: rng.uniform(1e-9, 2e-9, 5000),
        lambda rng: np.concatenate([rng.normal(size=4000), np.full(1000, -999_999.0)]),
        lambda rng: rng.integers(0, 24, 5000).astype(float),
        lambda _: np.full(100, 3.25),
    ],
)
def test_edges_hold_no_exact_extreme_and_stay_in_order(rng, values):
    column = pl.DataFrame({"x": values(rng)})
    log = as_log(column)
    plan = learn_plan(log).columns[0]
    edges = drawing_edges(plan, totals(log, plan))
    assert len(edges) == plan.n_decision + 1
    assert (edges[1:] >= edges[:-1]).all()
    if plan.scale > 0:
        assert edges[0] <= plan.low
        assert edges[-1] >= plan.high
    continuous = column["x"].n_unique() > 1000
    if continuous:
        assert not set(edges.tolist()) & {column["x"].min(), column["x"].max()}
        assert not set(edges.tolist()) & set(column["x"].to_list())


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=60))
def test_edges_of_any_numbers_are_finite_and_in_order(values):
    log = as_log(pl.DataFrame({"x": values}))
    plan = learn_plan(log).columns[0]
    edges = drawing_edges(plan, totals(log, plan))
    assert np.isfinite(edges).all()
    assert (edges[1:] >= edges[:-1]).all()


def test_categories_that_the_reference_hardly_saw_are_pooled_and_new_ones_are_not():
    pooling = pool_categories(("a", "b", "c"), np.array([500, 80, 90]), np.array([400, 4, 0]))
    assert pooling.labels == ("a", "c", "other")
    assert pool_categories(("a", "c"), np.array([500, 90]), np.array([400, 0])).pooled is None


def test_pooling_keeps_every_row():
    rows = np.array([50, 3, 40, 7])
    pooling = pool_categories(("a", "b", "other", "c"), rows, rows)
    assert (pooling.labels, pooling.pooled) == (("a", "other"), 1)
    counts = np.array([[50, 3, 40, 7, 1, 0, 0, 2]])
    assert pooling.apply(counts).tolist() == [[50, 50, 1, 0, 0, 2]]


def test_the_few_values_of_a_small_table_are_not_shared(rng):
    salaries = rng.integers(30_000, 90_000, 60) * 1.0 + 0.37
    frame = pl.DataFrame({"salary": salaries})
    edges = al.measure_drift(frame, reference=frame).data.columns[0].edges
    assert not set(edges) & set(salaries.tolist())
    assert all(edge % 100 == 0 for edge in edges)


def test_a_window_of_fewer_than_20_rows_is_not_shared():
    old = pl.DataFrame({"k": ["a", "b"] * 500})
    report = al.measure_drift(pl.DataFrame({"k": ["a"] * 12 + ["b"] * 7}), reference=old)
    assert report.data.buckets.n_rows == (1000, 0)
    assert report.verdict == "cannot_tell"
    assert any("fewer than 20 rows" in note for note in report.data.notes)
