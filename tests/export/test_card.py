"""The verdict card: small, the same each time, and readable whatever it has to say."""

from __future__ import annotations

import struct
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.export.samples import COLUMNS, make_column, make_payload

from afterlaunch.export.card import CARD_WIDTH, MAX_BYTES, SCALES, card_of, draw_card, frame

TEXT = "{http://www.w3.org/2000/svg}text"
LONG = "a_column_whose_name_goes_on_and_on_until_nobody_remembers_how_it_began"
PAYLOADS = {
    "plain": make_payload(),
    "one column": make_payload(COLUMNS[:1]),
    "no columns": make_payload(()),
    "long name": make_payload((make_column(LONG, 0.4, "drifted"),)),
    "hostile name": make_payload((make_column("<script>&\x00\n", 0.4, "drifted"),)),
    "all drifted": make_payload(tuple(make_column(f"c{i}", 0.1 * i, "drifted") for i in range(1, 9))),
    "unordered": make_payload((make_column("carrier", 0.3, "drifted", ordered=False),)),
    "long sentence": replace(make_payload(), sentence="word " * 80, evidence="word " * 120),
    "a year": make_payload(n_days=365),
    "nothing known": make_payload(
        (replace(COLUMNS[0], judgement=replace(COLUMNS[0].judgement, effect=None, effect_low=None, effect_high=None)),)
    ),
}


def texts(payload):
    return [element.text for element in ET.fromstring(frame(card_of(payload))).iter(TEXT)]  # noqa: S314 (our own)


def without_time(payload):
    buckets = payload.buckets
    two = {name: getattr(buckets, name)[:2] for name in ("starts_ms", "ends_ms", "position", "season", "n_rows")}
    few = make_payload(n_days=2)
    return replace(few, buckets=replace(buckets, **two, every=None), reference=(0, 1), current=(1, 2))


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_card_is_a_small_picture(name):
    picture = draw_card(PAYLOADS[name])
    width, _ = struct.unpack(">II", picture[16:24])
    assert width in {int(CARD_WIDTH * scale) for scale in SCALES}
    assert len(picture) <= MAX_BYTES


def test_a_card_is_the_same_each_time():
    assert draw_card(make_payload()) == draw_card(make_payload())


def test_a_card_says_the_verdict_how_sure_it_is_and_who_made_it():
    said = texts(make_payload())
    payload = make_payload()
    assert payload.sentence in said
    assert payload.evidence in said
    assert payload.product in said


def test_what_drifted_comes_first():
    said = texts(make_payload(COLUMNS[::-1]))
    assert said.index("temp") < said.index("dewp") < said.index("pressure") < said.index("humid")


def test_a_card_says_what_it_has_no_room_for():
    assert "and 2 more: 2 stable" in texts(make_payload())


def test_a_large_but_usual_change_is_called_so():
    assert "stable, large but usual" in texts(make_payload((make_column("humid", 0.04, "stable"),)))


def test_a_card_without_time_shows_no_windows():
    said = texts(without_time(make_payload()))
    assert not [text for text in said if text and text.startswith("reference 1")]
    assert draw_card(without_time(make_payload()))


def test_a_long_name_is_cut_in_its_middle():
    (name,) = [text for text in texts(PAYLOADS["long name"]) if text and text.startswith("a_col")]
    assert "…" in name
    assert name.endswith("began")


def test_a_hostile_name_is_text():
    assert any("<script>&" in text for text in texts(PAYLOADS["hostile name"]) if text)


def test_the_windows_are_named_apart_wherever_they_are():
    for window in ((0, 1), (0, 119), (1, 3), (118, 120)):
        payload = replace(make_payload(), reference=(0, 2), current=window)
        drawn = ET.fromstring(frame(card_of(payload))).iter(TEXT)  # noqa: S314 (our own)
        labels = [element for element in drawn if (element.text or "").startswith(("reference  ", "current  "))]
        xs = [float(label.get("x")) for label in labels]
        assert len(xs) == 2
        assert abs(xs[0] - xs[1]) > 100
        assert all(20 <= x <= 700 for x in xs)
