"""Whatever comes in, out comes a report or one of our errors."""

import json
from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import afterlaunch as al
from afterlaunch.errors import AfterlaunchError
from afterlaunch.export.card import card_of
from afterlaunch.export.card import frame as frame_of

values = st.one_of(
    st.lists(st.one_of(st.none(), st.integers(-(2**40), 2**40)), max_size=60),
    st.lists(st.one_of(st.none(), st.floats()), max_size=60),
    st.lists(st.one_of(st.none(), st.booleans()), max_size=60),
    st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=60),
    st.lists(st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2200, 1, 1))), max_size=60),
    st.lists(st.one_of(st.none(), st.datetimes()), max_size=60),
    st.lists(st.one_of(st.none(), st.timedeltas(timedelta(-9), timedelta(9))), max_size=60),
    st.lists(st.none(), max_size=60),
    st.lists(st.lists(st.integers(), max_size=3), max_size=60),
)


@st.composite
def frames(draw):
    columns = draw(st.dictionaries(st.text(max_size=6), values, max_size=4))
    height = max((len(column) for column in columns.values()), default=0)
    return pl.DataFrame(
        {
            name: pl.Series(name, column + [None] * (height - len(column)), strict=False)
            for name, column in columns.items()
        }
    )


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(frames(), frames())
def test_any_two_frames_give_a_report_or_an_error_of_ours(new, old):
    try:
        report = al.measure_drift(new, reference=old)
    except AfterlaunchError:
        return
    json.dumps(report.to_dict(), allow_nan=False)
    assert report.summary()
    assert frame_of(card_of(report.payload()))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(frames(), st.sampled_from(["1h", "1d", "1mo", 3]))
def test_any_frame_with_any_time_gives_a_report_or_an_error_of_ours(frame, every):
    try:
        log = al.PredictionLog(frame, time=frame.columns[0] if frame.columns else None)
        report = al.measure_drift(log, every=every)
    except AfterlaunchError:
        return
    json.dumps(report.to_dict(), allow_nan=False)
    assert report.windows.height
    assert frame_of(card_of(report.payload()))
