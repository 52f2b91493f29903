"""Odd logs end in an explanation without NaN, in an honest cannot_tell, or in an error that says what to do."""

import datetime as dt
import json
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import afterlaunch as al
from afterlaunch.errors import AfterlaunchError, BadColumn, BadInput, BadTime, NotEnoughRows

START, EDGE = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2024, 1, 19, tzinfo=dt.UTC)
WINDOWS = {"reference": ("2024-01-01", "2024-01-19"), "current": ("2024-01-19", "2024-01-31")}
LATE = pl.col("at") >= EDGE
ROLES = {"score": "p", "target": "y"}


def frame(n=640, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    p = 1 / (1 + np.exp(-x))
    at = [START + dt.timedelta(days=int(day), hours=1) for day in np.sort(rng.integers(0, 30, n))]
    return pl.DataFrame({"at": at, "x": x, "site": rng.choice(["a", "b"], n), "p": p, "y": rng.random(n) < p})


def explain(rows, **roles):
    return al.explain_performance(al.PredictionLog(rows, time="at", **(roles or ROLES)), **WINDOWS)


def marks(report):
    return {part.name: part.mark for one in report.data.accountings for part in one.parts}


def check_sound(report):
    """Every number is one, what cannot be told says what it needs, and the parts add up."""
    json.dumps(report.to_dict(), allow_nan=False)
    assert report.summary()
    total = report.data.total.change
    for one in report.data.accountings:
        parts = [part for part in one.parts if part.within is None]
        assert all(part.needs for part in one.parts if part.mark == "cannot_tell")
        if all(part.change is not None for part in parts):
            assert math.isclose(sum(part.change for part in parts), total, rel_tol=1e-6, abs_tol=1e-9)
    if not report.by_column.is_empty():
        covariate = report.data.accountings[0].parts[0].change
        assert report.by_column["column"].null_count() == 1
        assert math.isclose(report.by_column["change"].sum(), covariate, rel_tol=1e-6, abs_tol=1e-9)


ODD = {
    "a column of nulls": frame().with_columns(x=pl.lit(None, pl.Float64)),
    "a constant column": frame().with_columns(x=pl.lit(1.0), site=pl.lit("a")),
    "infinite values": frame().with_columns(x=pl.when(pl.col("x") > 1).then(float("inf")).otherwise(pl.col("x"))),
    "no columns": frame().select("at", "p", "y"),
    "one label in both windows": frame().with_columns(y=pl.lit(value=True)),
    "one label in the current window": frame().with_columns(y=pl.col("y") & ~LATE),
    "scores of 0 and 1": frame().with_columns(p=(pl.col("x") > 0).cast(pl.Float64)),
    "one score": frame().with_columns(p=pl.lit(0.5)),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_logs_are_explained_without_nan(name):
    check_sound(explain(ODD[name]))


def test_one_label_in_the_reference_leaves_the_other_unknown():
    report = explain(frame().with_columns(y=pl.col("y") & LATE))
    check_sound(report)
    assert marks(report)["label"] == "cannot_tell"


@pytest.mark.parametrize(
    "column",
    [
        pl.when(LATE).then(None).otherwise(pl.col("x")).alias("x"),
        pl.when(LATE).then(pl.lit("new")).otherwise(pl.col("site")).alias("site"),
        pl.int_range(pl.len()).alias("count"),
    ],
)
def test_a_column_that_tells_the_windows_apart_is_named_and_nothing_is_told_by_features(column):
    report = explain(frame(1280).with_columns(column))
    check_sound(report)
    assert marks(report)["concept"] == "cannot_tell"
    assert column.meta.output_name() + " alone tells" in report.data.accountings[0].parts[0].needs


@pytest.mark.parametrize(
    ("rows", "roles", "error", "said"),
    [
        (frame(), {"score": "p"}, BadInput, "no row has a target"),
        (frame(), {"target": "y"}, BadInput, "neither score nor prediction"),
        (frame().with_columns(y=pl.lit(None, pl.Boolean)), ROLES, BadInput, "wait for labels"),
        (frame().with_columns(y=pl.when(~LATE).then(pl.col("y"))), ROLES, NotEnoughRows, "labels have arrived"),
        (frame(60), ROLES, NotEnoughRows, "needs 200"),
        (frame().with_columns(p=3 * pl.col("p")), ROLES, BadColumn, "between 0 and 1"),
        (
            frame().with_columns(known=pl.col("at") - pl.duration(days=1)),
            {**ROLES, "target_time": "known"},
            BadTime,
            "before their prediction",
        ),
        (frame().with_columns(id=pl.lit(1)), {**ROLES, "id": "id"}, BadColumn, "repeats ids"),
    ],
)
def test_what_cannot_be_explained_says_what_to_do(rows, roles, error, said):
    with pytest.raises(error, match=said):
        explain(rows, **roles)


def attempt(rows):
    """Return the report, or the error that refuses it."""
    try:
        return explain(rows)
    except AfterlaunchError as error:
        return error


LOGS = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 1000),
        "n": st.integers(30, 900),
        "missing": st.floats(0, 1),
        "unlabelled": st.floats(0, 0.9),
        "positive": st.sampled_from([0.0, 0.01, 0.5, 1.0]),
        "constant": st.booleans(),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LOGS)
def test_any_log_is_explained_soundly_or_refused_with_a_reason(log):
    rng, n = np.random.default_rng(log["seed"]), log["n"]
    usual = pl.lit(1.0) if log["constant"] else pl.col("x")
    rows = frame(n, log["seed"]).with_columns(
        x=pl.when(pl.Series(rng.random(n) >= log["missing"])).then(usual),
        y=pl.when(pl.Series(rng.random(n) >= log["unlabelled"])).then(pl.Series(rng.random(n) < log["positive"])),
    )
    found = attempt(rows)
    if isinstance(found, AfterlaunchError):
        assert len(str(found)) > 40
    else:
        check_sound(found)


def test_a_label_of_few_rows_is_not_named():
    rng = np.random.default_rng(0)
    frame = pl.DataFrame(
        {"x": rng.normal(size=4000), "y": rng.choice(["a", "b"], 4000), "said": rng.choice(["a", "b"], 4000)}
    )
    new = frame.with_columns(y=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("Jane Roe")).otherwise("y"))
    old = al.PredictionLog(frame, target="y", prediction="said")
    report = al.explain_performance(al.PredictionLog(new, target="y", prediction="said"), reference=old)
    assert "Jane" not in str(report.to_dict())


def test_rounding_is_no_part():
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({"x": rng.normal(size=4000), "p": np.full(4000, 0.5), "y": rng.integers(0, 2, 4000)})
    old = al.PredictionLog(frame, target="y", score="p")
    report = al.explain_performance(frame.with_columns(pl.col("x") + 0.5), reference=old)
    assert set(report.table["verdict"]) <= {"like_placebo", "cannot_tell"}
