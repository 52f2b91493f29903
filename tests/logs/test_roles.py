"""Roles: who plays which part, and what is said when a name is wrong."""

from __future__ import annotations

import polars as pl
import pytest

from afterlaunch.errors import BadColumn, BadInput, BadOption, MissingColumn
from afterlaunch.logs import PredictionLog

FRAME = pl.DataFrame(
    {
        "age": [31, 54],
        "country": ["FR", "DE"],
        "answer": ["yes", "no"],
        "p_yes": [0.9, 0.2],
        "p_no": [0.1, 0.8],
        "truth": [1, None],
        "row": ["r1", "r2"],
    }
)


def parts(**roles: object) -> list[tuple[str, str]]:
    return [(column.name, column.role) for column in PredictionLog(FRAME, **roles).columns]


def test_every_column_without_another_role_is_a_feature():
    assert parts(prediction="answer", score={"yes": "p_yes", "no": "p_no"}, target="truth", id="row") == [
        ("age", "feature"),
        ("country", "feature"),
        ("answer", "prediction"),
        ("p_yes", "score"),
        ("p_no", "score"),
        ("truth", "target"),
    ]


def test_named_features_are_the_only_ones():
    assert parts(features=["age"], score="p_yes") == [("age", "feature"), ("p_yes", "score")]
    assert parts(features="age") == [("age", "feature")]


def test_segments_may_be_features_too():
    assert ("country", "feature") in parts(segments="country")


def test_the_other_columns_stay_in_the_rows():
    log = PredictionLog(FRAME, features=["age"], id="row")
    assert log.where(pl.col("country") == "FR").collect()["row"].to_list() == ["r1"]


def test_roles_can_be_read_back():
    log = PredictionLog(
        FRAME, score={"yes": "p_yes"}, segments=["country"], positive="yes", task="binary", noun="people"
    )
    assert (log.score, log.segments, log.positive, log.task, log.noun) == (
        {"yes": "p_yes"},
        ("country",),
        "yes",
        "binary",
        "people",
    )
    assert log.features == ("age", "country", "answer", "p_no", "truth", "row")


@pytest.mark.parametrize(
    ("roles", "error", "message"),
    [
        ({"target": "trut"}, MissingColumn, "no column 'trut' for target; did you mean 'truth'. The data have 'age', "),
        ({"time": "AGE"}, MissingColumn, "no column 'AGE' for time; did you mean 'age'"),
        ({"features": ["zzz"]}, MissingColumn, "no column 'zzz' for a feature; The data have"),
        ({"segments": ["land"]}, MissingColumn, "no column 'land' for a segment"),
        ({"score": {"yes": "p"}}, MissingColumn, "no column 'p' for score"),
        (
            {"prediction": "p_yes", "score": "p_yes"},
            BadColumn,
            "'p_yes' is named as prediction and as score: name it once",
        ),
        ({"features": ["age", "truth"], "target": "truth"}, BadColumn, "'truth' is named as target and as a feature"),
        ({"score": "age"}, BadColumn, "'age' runs from 31 to 54, a score or propensity lies between 0 and 1: scale it"),
        ({"score": "answer"}, BadColumn, "'answer' is String: scores, propensities and noise are numbers"),
        ({"propensity": "age"}, BadColumn, "'age' runs from 31 to 54"),
        ({"noise": "row"}, BadColumn, "'row' is String: scores, propensities and noise are numbers"),
        ({"task": "guess"}, BadOption, "task='guess' is none of binary, multiclass, regression"),
        ({"features": 7}, BadOption, "features=7 is not a list of column names"),
        ({"score": 7}, BadOption, "score=7 is no column name: write score='score' or a mapping of class to column"),
        ({"target": 7}, BadOption, "target=7 is no column name"),
    ],
    ids=str,
)
def test_a_wrong_role_names_the_column_what_was_found_and_what_to_do(roles, error, message):
    with pytest.raises(error, match=message):
        PredictionLog(FRAME, **roles)


def test_roles_that_leave_nothing_to_compare_are_refused():
    with pytest.raises(BadInput, match="no column is left to compare: all of 'row' have other roles"):
        PredictionLog(FRAME.select("row"), id="row")


def test_a_struct_cannot_play_a_role_but_its_fields_can():
    frame = pl.DataFrame({"out": [{"p": 0.5}], "x": [1]})
    assert PredictionLog(frame, score="out.p").scores == ("out.p",)
    with pytest.raises(MissingColumn, match=r"'out' cannot be used for score: 'out' is a struct, .*: 'out\.p'"):
        PredictionLog(frame, score="out")


@pytest.mark.parametrize("score", [[0.0, 1.0], [0, 1], [None, 0.5], [float("nan"), 0.5]])
def test_scores_from_0_to_1_pass_and_missing_ones_too(score):
    assert PredictionLog(pl.DataFrame({"s": score}), score="s").score == "s"


@pytest.mark.parametrize("score", [[-0.1, 0.5], [0.5, 1.1], [0.5, float("inf")], [50, 70]])
def test_scores_outside_0_to_1_are_refused(score):
    with pytest.raises(BadColumn, match="a score or propensity lies between 0 and 1"):
        PredictionLog(pl.DataFrame({"s": score}), score="s")
