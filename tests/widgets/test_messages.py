"""Payloads and view states as they travel."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlaunch.errors import BadInput
from afterlaunch.results import Remedy, Selection, ViewState
from afterlaunch.widgets.messages import as_plain, plain_state, read_state

moments = st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2, unique=True)
windows = st.none() | moments.map(lambda ends: (min(ends).isoformat(), max(ends).isoformat()))
selections = st.none() | st.builds(
    Selection,
    column=st.none() | st.text(),
    bins=st.none() | st.tuples(st.integers(), st.integers()),
    window=st.sampled_from(["reference", "current"]),
    slice=st.none() | st.integers(min_value=0),
    group=st.none() | st.text(),
)
thresholds = st.none() | st.floats(min_value=0, allow_infinity=False)
shares = st.none() | st.floats(min_value=0, max_value=1)
remedies = st.none() | st.builds(
    Remedy, explore=st.floats(min_value=0, max_value=1), correct=st.booleans(), guarantee=st.floats(0, 1)
)
states = st.builds(
    ViewState,
    selection=selections,
    reference=windows,
    current=windows,
    threshold=thresholds,
    odd=shares,
    remedy=remedies,
)


@given(states)
def test_a_state_survives_the_journey(state):
    assert read_state(json.loads(json.dumps(plain_state(state)))) == state


def test_a_state_that_was_saved_before_there_were_slices_is_read():
    old = {"column": "temp", "bins": None, "window": "current"}
    raw = {"selection": old, "reference": None, "current": None, "threshold": 0.1}
    assert read_state(raw) == ViewState(selection=Selection(column="temp"), threshold=0.1)


@pytest.mark.parametrize("raw", [None, 3, {}, {"selection": 1}, {**plain_state(ViewState()), "current": ["a"]}])
def test_what_is_no_state_is_refused(raw):
    with pytest.raises(BadInput, match="not a view state"):
        read_state(raw)


@given(st.floats())
def test_a_number_that_json_lacks_becomes_none(value):
    json.dumps(as_plain({"a": [value]}), allow_nan=False)


def test_a_value_that_a_payload_cannot_hold_is_named():
    with pytest.raises(TypeError, match="a payload holds a set"):
        as_plain({"a": {1}})
