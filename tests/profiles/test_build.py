from __future__ import annotations

import polars as pl
import pytest
from tests.profiles.frames import log_of, random_frame

from afterlaunch.errors import BadColumn, BadInput, BadOption, MissingColumn
from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import Local, profile


def test_a_bare_frame_is_profiled_as_a_log_without_roles():
    assert profile(random_frame().drop("at")).n_rows.tolist() == [5_000]


def test_like_takes_a_profile_or_a_plan():
    frame = random_frame()
    first = profile(log_of(frame))
    assert profile(log_of(frame), like=first) == profile(log_of(frame), like=first.plan) == first


def test_a_column_that_the_log_lacks_is_named():
    frame = random_frame()
    with pytest.raises(MissingColumn, match=r"column 'count'.*the log has none"):
        profile(log_of(frame.drop("count")), like=profile(log_of(frame)))


def test_a_column_of_another_kind_is_named_with_both_kinds():
    frame = random_frame()
    changed = frame.with_columns(pl.col("count").cast(pl.String))
    with pytest.raises(BadColumn, match="column 'count' is categorical here and numeric in the profile's plan"):
        profile(log_of(changed), like=profile(log_of(frame)))


def test_a_log_without_time_does_not_fit_a_plan_with_time():
    frame = random_frame()
    with pytest.raises(BadColumn, match="name a time column in both or in neither"):
        profile(PredictionLog(frame.drop("at")), like=profile(log_of(frame)))


def test_a_wider_number_type_is_the_same_kind():
    frame = random_frame()
    changed = frame.with_columns(pl.col("count").cast(pl.Float32))
    assert profile(log_of(changed), like=profile(log_of(frame))) == profile(log_of(frame))


def test_a_lazy_frame_of_no_fixed_order_is_read_once():
    frame = random_frame()
    lazy = frame.lazy().group_by("at", maintain_order=False).agg(pl.all().first())
    assert profile(PredictionLog(lazy, time="at"), like=profile(log_of(frame))) == profile(log_of(frame))


def test_what_is_no_profile_plan_or_runner_is_refused():
    log = log_of(random_frame())
    with pytest.raises(BadOption, match="like=5 is no profile"):
        profile(log, like=5)
    for runner in ("dask", Local):
        with pytest.raises(BadOption, match="runs nothing"):
            profile(log, runner=runner)
    with pytest.raises(BadInput, match="5 is no profile"):
        profile(log) + 5
