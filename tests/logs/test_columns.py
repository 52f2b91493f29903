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


@pytest.mark.parametrize("values", [[f"c{place}" for place in range(100)], sentences(100)])
def test_a_type_of_categories_says_that_they_are_categories(values):
    for dtype in (pl.Categorical, pl.Enum(values)):
        (column,) = PredictionLog(pl.DataFrame({"x": pl.Series(values, dtype=dtype)})).columns
        assert (column.kind, column.identifier) == ("categorical", False)


@pytest.mark.parametrize("pattern", ["m{}", "The shop at {} High Street"])
def test_many_categories_are_told_by_all_rows_not_by_a_sample(pattern, tmp_path):
    names = [pattern.format(place) for place in range(10_000)]
    rng.shuffle(names)
    frame = pl.DataFrame({"x": names * 10})
    frame.write_parquet(tmp_path / "shops.parquet")
    frame.write_csv(tmp_path / "shops.csv")
    for data in (frame, frame.lazy(), tmp_path / "shops.parquet", tmp_path / "shops.csv"):
        (column,) = PredictionLog(data).columns
        assert (column.kind, column.identifier) == ("categorical", False)


def test_blank_strings_do_not_hide_many_identifiers():
    frame = pl.DataFrame({"x": [*[f"c{place}" for place in range(30_000)], *["", " ", None] * 30_000]})
    assert PredictionLog(frame).columns[0].identifier


def test_what_was_taken_for_identifiers_and_text_is_said():
    frame = pl.DataFrame({"id": [f"c{place}" for place in range(100)], "note": sentences(100)})
    assert PredictionLog(frame).notes == (
        "Nearly unique strings are left out as identifiers, unless features= or columns= names them: 'id'.",
        "Free text is profiled by its length: 'note'.",
    )
