"""Text in pictures fits, and stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlaunch.export import ink


@given(st.text(), st.floats(40, 400))
def test_what_is_cut_fits(text, width):
    assert ink.text_width(ink.cut_middle(text, width, 12), 12) <= width


@given(st.text(), st.floats(40, 400), st.integers(1, 3))
def test_what_is_wrapped_fits_in_its_lines(text, width, lines):
    wrapped = ink.wrap(text, width, 12, lines=lines)
    assert len(wrapped) <= lines
    assert all(ink.text_width(row, 12) <= width for row in wrapped)


def test_a_sentence_that_does_not_fit_ends_in_an_ellipsis_between_words():
    assert ink.wrap("one two three four", 60, 12, lines=1) == ["one two…"]


def test_a_name_that_does_not_fit_keeps_both_ends():
    cut = ink.cut_middle("average_temperature_celsius", 100, 12)
    assert cut.startswith("aver")
    assert cut.endswith("ius")
    assert "…" in cut


@pytest.mark.parametrize("word", ["drifted", "stable", "cannot_tell"])
def test_each_verdict_has_a_mark_of_its_own(word):
    others = {ink.mark(0, 0, other) for other in ("drifted", "stable", "cannot_tell") if other != word}
    assert ink.mark(0, 0, word) not in others


def test_markup_in_text_is_escaped():
    assert "<b>" not in ink.text(0, 0, "<b>&")
