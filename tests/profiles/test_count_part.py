from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from tests.profiles.frames import COLUMNS, count_slowly, frames, log_of, random_frame

from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import SPECIALS, learn_plan, profile


def cells(counts: np.ndarray, n_bins: int) -> dict[str, int]:
    names = [*map(str, range(n_bins)), *SPECIALS]
    return {name: n for name, n in zip(names, counts.sum(axis=0).tolist(), strict=True) if n}


@given(frames(), frames())
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_looking_at_each_value(reference, current):
    plan = learn_plan(log_of(reference))
    counted = profile(log_of(current), like=plan)
    for name in COLUMNS:
        assert cells(counted.counts[name], plan[name].n_bins) == count_slowly(current, plan, name)


def test_counts_of_many_rows_are_those_of_looking_at_each_value():
    frame = random_frame(40_000)
    plan = learn_plan(log_of(frame.head(20_000)))
    counted = profile(log_of(frame), like=plan)
    for name in frame.columns[1:]:
        assert cells(counted.counts[name], plan[name].n_bins) == count_slowly(frame, plan, name)


def test_rows_out_of_order_have_the_same_profile():
    frame = random_frame()
    plan = learn_plan(log_of(frame))
    assert profile(log_of(frame), like=plan) == profile(
        log_of(frame.sample(fraction=1, shuffle=True, seed=1)), like=plan
    )


def test_each_bucket_counts_its_own_rows():
    frame = random_frame()
    counted = profile(log_of(frame))
    by_day = frame.group_by(pl.col("at").dt.date()).len().sort("at")
    assert counted.n_rows.tolist() == by_day["len"].to_list()
    assert all(np.array_equal(counts.sum(axis=1), counted.n_rows) for counts in counted.counts.values())


def test_sums_give_the_mean_of_the_clipped_values():
    frame = random_frame()
    counted = profile(log_of(frame))
    column = counted.plan["skewed"]
    mean = counted.sums["skewed"].sum() / 2**20 / frame.height * (column.high - column.low) + column.low
    expected = frame["skewed"].cast(pl.Float64).clip(column.low, column.high).mean()
    assert mean == pytest.approx(expected, rel=1e-6)


def test_columns_read_in_batches_keep_their_rows_together(tmp_path, monkeypatch):
    frame = random_frame()
    path = tmp_path / "log.parquet"
    frame.write_parquet(path, row_group_size=700)
    monkeypatch.setattr("afterlaunch.profiles.count_part.BATCH", frame.height)
    plan = learn_plan(log_of(frame))
    assert profile(PredictionLog(path, time="at"), like=plan) == profile(log_of(frame), like=plan)


@pytest.mark.parametrize("write", ["write_csv", "write_ndjson"])
def test_text_files_are_counted_like_frames(tmp_path, write):
    frame = random_frame().select("at", "count", "word", "flag")
    path = tmp_path / f"log.{write.removeprefix('write_')}"
    getattr(frame, write)(path)
    plan = learn_plan(log_of(frame))
    assert profile(PredictionLog(path, time="at"), like=plan) == profile(log_of(frame), like=plan)


def test_a_log_without_columns_to_profile_still_counts_rows():
    frame = pl.DataFrame({"id": [f"u{i:05d}" for i in range(100)]})
    counted = profile(PredictionLog(frame))
    assert counted.n_rows.tolist() == [100]
    assert counted.counts == {}


def test_days_are_cut_in_the_logs_zone_also_when_the_clock_changes():
    at = pl.datetime_range(
        pl.datetime(2024, 3, 29), pl.datetime(2024, 4, 2), "30m", time_zone="Europe/Paris", eager=True
    )
    counted = profile(log_of(pl.DataFrame({"at": at, "x": range(len(at))})))
    assert counted.plan.zone == "Europe/Paris"
    assert counted.n_rows.tolist() == [48, 48, 46, 48, 1]
    assert ((counted.ends() - counted.starts) // 3_600_000_000).tolist() == [24, 24, 23, 24, 24]
