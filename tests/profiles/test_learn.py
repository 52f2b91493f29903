from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from tests.profiles.frames import log_of, random_frame

from afterlaunch.errors import BadTime, EmptyWindow
from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import learn as learning
from afterlaunch.profiles import learn_plan, measure_error, profile

MIDDLE = dt.datetime(2024, 3, 30)  # noqa: DTZ001 - in the log's zone


def test_edges_are_learned_from_the_reference_alone():
    frame = random_frame()
    before = frame.filter(pl.col("at") < MIDDLE)
    plan = learn_plan(log_of(frame), reference=(dt.datetime(2024, 3, 1), MIDDLE))  # noqa: DTZ001
    assert plan.columns == learn_plan(log_of(before)).columns


def test_a_reference_without_rows_is_refused():
    with pytest.raises(EmptyWindow):
        learn_plan(log_of(random_frame()), reference=(dt.datetime(2031, 1, 1), dt.datetime(2032, 1, 1)))  # noqa: DTZ001


def test_a_bucket_length_that_is_none_is_refused():
    with pytest.raises(BadTime, match="every='often'"):
        learn_plan(log_of(random_frame()), every="often")


def test_kinds_decide_how_a_column_is_cut():
    plan = learn_plan(log_of(random_frame()))
    assert {column.name: (column.kind, column.ordered) for column in plan.columns} == {
        "number": ("numeric", True),
        "skewed": ("numeric", True),
        "count": ("numeric", True),
        "word": ("categorical", False),
        "flag": ("boolean", False),
        "note": ("text", True),
        "day": ("time", True),
    }
    assert plan["word"].categories == ("red", "green", "blue")
    assert plan["flag"].categories == ("false", "true")


def test_identifiers_are_not_profiled():
    frame = random_frame().with_columns(key=pl.int_range(pl.len()).cast(pl.String))
    assert "key" not in [column.name for column in learn_plan(log_of(frame)).columns]


def test_a_large_reference_is_sampled_and_says_so(monkeypatch):
    frame = random_frame(20_000)
    monkeypatch.setattr(learning, "SAMPLE", 2_000)
    plan = learn_plan(log_of(frame))
    assert plan.n_sampled == -(-20_000 // 7)  # every 7th row: the largest prime that leaves 2,000
    assert plan["word"].categories == ("red", "green", "blue")
    assert plan == learn_plan(log_of(frame))


def test_few_distinct_values_are_all_found_in_a_sampled_reference(monkeypatch):
    rare = pl.Series([*([0, 1] * 5_000), 17]).shuffle(seed=0)
    monkeypatch.setattr(learning, "SAMPLE", 500)
    plan = learn_plan(PredictionLog(pl.DataFrame({"x": rare})))
    assert plan["x"].edges.tolist()[::2] == [0, 1, 17]
    assert measure_error(plan) == 0


def test_edges_learned_from_a_sample_keep_ks_within_two_thousandths():
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({"x": rng.normal(size=300_000)})
    plan = learn_plan(PredictionLog(frame))
    assert plan.n_sampled < 150_000
    exact = profile(PredictionLog(frame), like=plan).counts["x"].max() / frame.height
    assert exact == pytest.approx(measure_error(plan), rel=0.3)
    assert exact < 0.0025


def test_more_categories_than_are_counted_share_a_bin_and_are_not_unseen():
    words = [f"w{i:04d}" for i in range(400) for _ in range(400 - i)]
    log = PredictionLog(pl.DataFrame({"word": words}))
    counted = profile(log)
    column = counted.plan["word"]
    assert len(column.categories) == 256
    assert column.n_bins == column.n_decision == 257
    assert column.labels[-1] == "other"
    assert counted.counts["word"][0, 256] == sum(400 - i for i in range(256, 400))
    assert counted.counts["word"][0, -4:].tolist() == [0, 0, 0, 0]
    new = profile(PredictionLog(pl.DataFrame({"word": ["w0399", "never", None]})), like=counted)
    assert new.counts["word"][0, 256:].tolist() == [1, 1, 0, 0, 1]


def test_the_shared_bin_is_named_apart_from_a_category_called_other():
    words = ["other"] * 500 + [f"w{i}" for i in range(300) for _ in range(3)]
    assert learn_plan(PredictionLog(pl.DataFrame({"word": words})))["word"].labels[-1] == "other (rare)"


def test_a_number_of_rows_cuts_time_where_so_many_have_passed():
    counted = profile(log_of(random_frame()), every=1_000)
    assert counted.n_rows.tolist() == [1_000] * 5
    assert counted.position().tolist() == [0, 1, 2, 3, 4]
    assert counted.ends()[:-1].tolist() == counted.starts[1:].tolist()


def test_a_number_of_rows_cuts_a_log_without_time_by_row_number():
    log = PredictionLog(random_frame(2_500).drop("at"))
    counted = profile(log, every=1_000)
    assert counted.starts.tolist() == [0, 1_000, 2_000]
    assert counted.n_rows.tolist() == [1_000, 1_000, 500]


def test_no_length_makes_one_bucket_of_all_rows():
    frame = random_frame()
    counted = profile(log_of(frame), every=None)
    assert counted.n_rows.tolist() == [5_000]
    parts = [profile(log_of(part), like=counted) for part in (frame.head(100), frame.tail(4_900))]
    assert parts[0] + parts[1] == counted
