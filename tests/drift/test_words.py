"""The same golden file holds the TypeScript twin."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from afterlaunch.drift import words
from afterlaunch.drift.payload import Buckets, Judgement

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "words.json").read_text(encoding="utf-8"))


def _buckets(name):
    return Buckets(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in GOLDEN["buckets"][name].items()}
    )


def _said(name):
    return [words.Said(**{**one, "judgement": Judgement(**one["judgement"])}) for one in GOLDEN["columns"][name]]


def _speak(case):
    match case["function"]:
        case "number" | "share" | "short" as name:
            return getattr(words, name)(case["arguments"][0])
        case "needs":
            return words.NEEDS[case["arguments"][0]]
        case "moment":
            return words.moment(case["arguments"][0], _buckets(case["buckets"]))
        case "span":
            return words.span(tuple(case["arguments"][0]), _buckets(case["buckets"]))
        case "sentence":
            return words.sentence(_said(case["columns"]), _buckets(case["buckets"]), against=case["against"])
    options = {name: case[name] for name in ("alarm_rate", "min_effect", "measure")}
    return words.evidence(_said(case["columns"]), _buckets(case["buckets"]), **options)


@pytest.mark.parametrize(
    "case", GOLDEN["cases"], ids=lambda case: f"{case['function']} {case.get('columns', case.get('arguments'))}"
)
def test_words_are_those_of_the_golden_file(case):
    assert _speak(case) == case["expected"]


def test_every_word_function_is_in_the_golden_file():
    assert {case["function"] for case in GOLDEN["cases"]} == {
        "number",
        "share",
        "short",
        "moment",
        "span",
        "sentence",
        "evidence",
        "needs",
    }


def test_a_cause_is_part_of_the_sentence():
    columns = [replace(one, cause="unit change, °F to °C: and so on") for one in _said("one of two, since")[:1]]
    assert (
        words.sentence(columns, _buckets("days"))
        == "1 of 1 column drifted: temp, since 12 July (unit change, °F to °C)."
    )


def test_a_cause_with_colons_in_a_category_is_not_cut():
    for name in ("http://x", "a: b"):
        columns = [replace(one, cause=f"new category {name!r}: 48 % of rows") for one in _said("one of two, since")[:1]]
        assert f"(new category {name!r})." in words.sentence(columns, _buckets("days"))


def test_a_fault_is_named_where_drift_cannot_be_told():
    columns = [
        replace(_said("none can tell")[1], cause="frozen at 5: 99 % of rows have it, was 1 %", onset_ms=1356998400000)
    ]
    assert words.sentence(columns, _buckets("days")) == (
        "Cannot tell whether 1 column drifted. But b seems to have a fault since 1 January: frozen at 5."
    )


def test_what_matters_most_is_the_largest_effect_times_importance():
    columns = _said("by importance")
    assert [one.name for one in words.by_weight(columns)] == ["hour", "temp"]
    assert words.by_weight([replace(one, importance=None) for one in columns])[0].name == "temp"
