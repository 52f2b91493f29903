import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadOption, CheckFailed


@pytest.fixture
def sides(rng):
    """Two tables of three places; in the smallest x moves, which the whole hides."""
    n = 6000
    place = rng.choice(["EWR", "JFK", "LGA"], n, p=[0.62, 0.06, 0.32])
    old = pl.DataFrame({"place": place, "x": rng.normal(size=n), "y": rng.normal(size=n)})
    new = old.with_columns(
        x=pl.Series(rng.normal(size=n)) + 0.6 * (pl.col("place") == "JFK"), y=pl.Series(rng.normal(size=n))
    )
    return new, old


@pytest.fixture
def report(sides):
    return al.measure_drift(sides[0], reference=sides[1], by="place")


def test_drift_in_a_segment_alone_is_the_verdict_and_said(report):
    assert report.verdict == "drifted"
    assert report.sentence == "All 3 columns are stable; in 1 of 3 segments by place a column drifted: JFK: x."
    assert "JFK: 1 of 2 columns drifted: x." in report.summary()
    with pytest.raises(CheckFailed, match=r"drifted: JFK: x\. All 3"):
        report.check()


def test_the_alarm_rate_is_the_same_wherever_it_is_said(report):
    assert report.alarm_rate == pytest.approx(0.05)
    assert "Chance of any false alarm here and in its segments: at most 5" in report.evidence
    assert report.segments["JFK"].alarm_rate == pytest.approx(0.05 / 4)


def test_the_panel_and_the_picture_get_the_segments_drifted_first(report):
    assert [(one.name, one.verdict, one.drifted) for one in report.data.segments.each] == [
        ("JFK", "drifted", ("x",)),
        ("EWR", "stable", ()),
        ("LGA", "stable", ()),
    ]


def test_segments_survive_json(report):
    again = al.DriftReport.from_dict(report.to_dict())
    assert (again.data, again.verdict, again.sentence) == (report.data, report.verdict, report.sentence)


def test_a_column_of_too_many_values_is_refused(sides):
    with pytest.raises(BadOption, match="by='x' has no value with 20 rows in both windows"):
        al.measure_drift(sides[0], reference=sides[1], by="x")


def test_a_segment_that_cannot_be_compared_is_not_counted_as_one(rng):
    day = np.repeat(np.arange(30), 60)
    log = pl.DataFrame({"x": rng.normal(size=1800), "place": np.where(day < 10, "early", "always")}).with_columns(
        at=pl.datetime(2024, 1, 1) + pl.duration(days=pl.Series(day))
    )
    report = al.measure_drift(al.PredictionLog(log, time="at"), reference=("2024-01-01", "2024-01-21"), by="place")
    assert list(report.segments) == ["always"]
    assert any("1 segment by place, 1 that cannot be compared" in note for note in report.data.notes)
    assert report.alarm_rate == pytest.approx(0.05)
