"""Kinds of strings: categories, free text, identifiers."""

from __future__ import annotations

from random import Random

import polars as pl
import pytest

from afterlaunch.logs import PredictionLog

rng = Random(0)  # noqa: S311 - words, not secrets
WORDS = ("late", "bag", "lost", "again", "the", "crew", "was", "kind", "gate", "closed")


def kind(values: list[str | None], **roles: object) -> tuple[str, bool]:
    log = PredictionLog(pl.DataFrame({"x": values, "y": [0] * len(values)}), **roles)
    (column,) = [column for column in log.columns if column.name == "x"]
    return column.kind, column.identifier


def sentences(count: int) -> list[str]:
    return [" ".join(rng.choices(WORDS, k=8)) + f" {place}" for place in range(count)]


def test_few_values_are_categories():
    assert kind(["a", "b"] * 50) == ("categorical", False)


def test_sentences_are_text():
    assert kind(sentences(100)) == ("text", False)


def test_long_strings_without_spaces_are_text():
    assert kind([f"https://example.org/{'x' * 60}/{place}" for place in range(100)]) == ("text", False)


@pytest.mark.parametrize("pattern", ["c{}", "8c1f4e9a-1111-4222-8333-{:012d}"])
def test_nearly_unique_short_strings_are_identifiers(pattern):
    values = [pattern.format(place) for place in range(100)]
    assert kind(values) == ("text", True)


@pytest.mark.parametrize("roles", [{"features": ["x"]}, {"prediction": "x"}, {"target": "x"}, {"segments": ["x"]}])
def test_nearly_unique_strings_that_a_user_named_are_categories(roles):
    assert kind([f"c{place}" for place in range(100)], **roles) == ("categorical", False)


def test_blank_strings_and_nulls_do_not_hide_free_text():
    assert kind([*sentences(100), *["", " ", None] * 200]) == ("text", False)


def test_fewer_than_twenty_strings_are_categories():
    assert kind(sentences(19)) == ("categorical", False)


def test_identifiers_hidden_in_the_middle_of_a_large_log_are_found():
    same = ["none"] * 12_000
    assert kind([*same, *(f"c{place}" for place in range(60_000)), *same]) == ("text", True)


def test_identifiers_as_categories_are_identifiers():
    frame = pl.DataFrame({"x": pl.Series([f"c{place}" for place in range(100)], dtype=pl.Categorical), "y": 0})
    assert PredictionLog(frame).columns[0].identifier


def test_what_was_taken_for_identifiers_and_text_is_said():
    frame = pl.DataFrame({"id": [f"c{place}" for place in range(100)], "note": sentences(100)})
    assert PredictionLog(frame).notes == (
        "Nearly unique strings count as identifiers, not shown by value: 'id'.",
        "Free text is profiled by its length: 'note'.",
    )
