"""The facts of a log: rows, rows without a time, and the span."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from afterlaunch.errors import BadColumn
from afterlaunch.logs import PredictionLog
from afterlaunch.logs.facts import Facts, read_facts
from afterlaunch.logs.roles import Roles
from afterlaunch.logs.times import read_time

FRAME = pl.DataFrame({"at": ["2013-01-02", None, "2013-01-01"], "p": [0.5, None, 1.0]})


def test_the_facts_are_read_from_time_alone():
    facts = read_facts(FRAME.lazy(), [read_time(FRAME["at"])], Roles(time="at", score="p"))
    span = (datetime(2013, 1, 1, tzinfo=UTC), datetime(2013, 1, 2, tzinfo=UTC))
    assert facts == Facts(n_rows=3, n_untimed=1, span=span)


def test_a_log_without_time_has_no_span():
    assert read_facts(FRAME.lazy(), [], Roles()) == Facts(n_rows=3, n_untimed=0, span=None)


def test_a_propensity_is_a_share_like_a_score():
    with pytest.raises(BadColumn, match=r"'p' runs from 0\.5 to 2, a score or propensity lies between 0 and 1"):
        read_facts(pl.LazyFrame({"p": [0.5, 2.0]}), [], Roles(propensity="p"))


def test_a_decision_is_yes_or_no():
    with pytest.raises(BadColumn, match=r"'given' holds 0\.5: accepted is a boolean, or 0 and 1"):
        PredictionLog(pl.DataFrame({"x": [1, 2], "given": [0.5, 1.0]}), accepted="given")
    with pytest.raises(BadColumn, match="'given' is String: accepted is a boolean, or 0 and 1"):
        PredictionLog(pl.DataFrame({"x": [1, 2], "given": ["yes", "no"]}), accepted="given")
    assert PredictionLog(pl.DataFrame({"x": [1, 2], "given": [0, None]}), accepted="given").accepted == "given"


def test_what_was_accepted_had_a_chance():
    frame = pl.DataFrame({"x": [1, 2], "given": [True, False], "p": [0.5, 0.0]})
    assert PredictionLog(frame, accepted="given", propensity="p").propensity == "p"
    with pytest.raises(BadColumn, match="'p' is 0 for 1 rows that were accepted: what was accepted had a chance"):
        PredictionLog(frame.with_columns(pl.col("given").reverse()), accepted="given", propensity="p")
