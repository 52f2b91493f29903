from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from afterlaunch.errors import BadColumn, BadInput, BadTime
from afterlaunch.logs import PredictionLog
from afterlaunch.logs.outcomes import NEVER, read_outcomes

SCORES = {"a": "pa", "b": "pb", "c": "pc"}


def frame(**columns):
    return pl.DataFrame(columns)


def multiclass(**more):
    return frame(
        y=["a", "b", None, "c"], pa=[0.2, 0.3, 0.1, 0.5], pb=[0.3, 0.3, 0.8, 0.2], pc=[0.5, 0.4, 0.1, 0.3], **more
    )


def test_a_missing_target_is_unlabelled_never_wrong():
    found = read_outcomes(PredictionLog(frame(y=[1, 0, None], p=[0.9, 0.2, 0.8]), target="y", score="p"))
    assert found.labelled.tolist() == [True, True, False]
    assert np.isnan(found.target[2])
    assert found.prediction.tolist() == [1.0, 0.0, 1.0]


def test_nan_is_missing_too():
    found = read_outcomes(PredictionLog(frame(y=[1.0, np.nan], p=[0.5, 0.5]), target="y", score="p"))
    assert found.labelled.tolist() == [True, False]


@pytest.mark.parametrize(
    ("target", "prediction", "task"),
    [
        ([True, False, True], [True, True, False], "binary"),
        ([0, 1, 1], [0, 1, 0], "binary"),
        (["no", "1", "no"], ["no", "1", "1"], "binary"),
        (["x", "y", "z"], ["x", "y", "y"], "multiclass"),
        ([1, 2, 3], [1, 2, 2], "multiclass"),
        ([1, 2, 30], [1, 2, 7], "regression"),
        ([1.5, 2.0, 0.1], [1.0, 2.0, 0.0], "regression"),
    ],
)
def test_the_task_is_told_by_the_columns_and_said(target, prediction, task):
    found = read_outcomes(PredictionLog(frame(y=target, p=prediction), target="y", prediction="p"))
    assert found.task == task
    assert any(task in note for note in found.notes)


def test_the_task_that_is_named_is_taken():
    log = PredictionLog(frame(y=[1, 2, 3], p=[1, 2, 2]), target="y", prediction="p", task="regression")
    assert read_outcomes(log).task == "regression"


def test_the_positive_class_is_the_one_that_is_named():
    data = frame(y=["bad", "good", "bad"], p=[0.9, 0.1, 0.8])
    found = read_outcomes(PredictionLog(data, target="y", score="p", positive="bad"))
    assert found.classes == ("good", "bad")
    assert found.target.tolist() == [1, 0, 1]


def test_a_positive_class_that_does_not_occur_is_an_error_that_names_the_values():
    data = frame(y=["bad", "good", "bad"], p=[0.9, 0.1, 0.8])
    with pytest.raises(BadColumn, match=r"positive=1 is none of the values of 'y'.*positive='"):
        read_outcomes(PredictionLog(data, target="y", score="p"))


def test_three_classes_and_one_score_are_an_error():
    with pytest.raises(BadColumn, match="3 classes"):
        read_outcomes(PredictionLog(frame(y=[0, 1, 2], p=[0.1, 0.5, 0.2]), target="y", score="p"))


def test_a_probability_named_as_prediction_is_an_error_that_says_so():
    with pytest.raises(BadColumn, match="name it as score="):
        read_outcomes(PredictionLog(frame(y=[0, 1], p=[0.1, 0.5]), target="y", prediction="p"))


def test_scores_of_classes_are_columns_in_the_order_of_the_classes():
    found = read_outcomes(PredictionLog(multiclass(), target="y", score=SCORES))
    assert found.classes == ("a", "b", "c")
    assert found.score.shape == (4, 3)
    assert found.prediction.tolist() == [2, 2, 1, 0]


def test_a_class_without_a_score_column_is_said():
    found = read_outcomes(PredictionLog(multiclass().with_columns(y=pl.lit("d")), target="y", score=SCORES))
    assert "No score is logged for 'd': it counts as 0." in found.notes


def test_scores_that_are_no_probabilities_are_an_error():
    with pytest.raises(BadColumn, match="sum to"):
        read_outcomes(PredictionLog(multiclass().with_columns(pa=pl.lit(0.9)), target="y", score=SCORES))


def test_neither_target_nor_score_is_an_error():
    with pytest.raises(BadInput, match="neither target nor score"):
        read_outcomes(PredictionLog(frame(x=[1, 2])))


def test_neither_score_nor_prediction_is_an_error():
    with pytest.raises(BadInput, match="what the model answered"):
        read_outcomes(PredictionLog(frame(x=[1, 2], y=[0, 1]), target="y"))


def test_infinite_targets_are_an_error():
    with pytest.raises(BadColumn, match="infinite"):
        read_outcomes(PredictionLog(frame(y=[1.5, float("inf")], p=[1.0, 2.0]), target="y", prediction="p"))


def test_a_repeated_id_is_an_error():
    log = PredictionLog(frame(i=[1, 1, 2], y=[0, 1, 1], p=[0.1, 0.5, 0.9]), target="y", score="p", id="i")
    with pytest.raises(BadColumn, match=r"'i' repeats ids in 1 rows"):
        read_outcomes(log)


def test_rows_without_a_score_are_said_and_kept():
    found = read_outcomes(PredictionLog(frame(y=[1, 0], p=[0.3, None]), target="y", score="p"))
    assert found.answered.tolist() == [True, False]
    assert "Rows without a score or prediction cannot be measured: 1." in found.notes


def timed(delays):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    served = [start + timedelta(hours=i) for i in range(len(delays))]
    known = [None if d is None else at + timedelta(hours=d) for at, d in zip(served, delays, strict=True)]
    data = frame(at=served, y=[None if d is None else 1 for d in delays], p=[0.5] * len(delays), known=known)
    return PredictionLog(data, time="at", target="y", score="p", target_time="known")


def test_label_times_are_read_and_missing_ones_are_never():
    found = read_outcomes(timed([2, None, 5]))
    assert (found.label_time_us - found.time_us)[[0, 2]].tolist() == [7_200_000_000, 18_000_000_000]
    assert found.label_time_us[1] == NEVER


def test_labels_that_arrive_before_their_prediction_are_an_error():
    with pytest.raises(BadTime, match="before their prediction"):
        read_outcomes(timed([2, -3, 5, 1]))


def test_a_few_early_labels_count_as_known_at_once_and_are_said():
    found = read_outcomes(timed([-1] + [2] * 300))
    assert found.label_time_us[0] == found.time_us[0]
    assert any("before their prediction" in note for note in found.notes)


def test_two_logs_share_their_classes():
    old = PredictionLog(frame(y=["a", "b"], q=["a", "b"]), target="y", prediction="q")
    new = PredictionLog(frame(y=["c", "b"], q=["b", "b"]), target="y", prediction="q", task="multiclass")
    found = read_outcomes(old, new)
    assert found.classes == ("a", "b", "c")
    assert found.target.tolist() == [0, 1, 2, 1]


def test_two_logs_of_other_types_are_an_error():
    old = PredictionLog(frame(y=[datetime(2026, 1, 1, tzinfo=UTC)], q=["a"]), target="y", prediction="q")
    new = PredictionLog(frame(y=[1], q=["a"]), target="y", prediction="q")
    with pytest.raises(BadColumn, match=r"Datetime.*one type in both logs"):
        read_outcomes(old, new)


def test_some_of_the_rows_can_be_taken():
    found = read_outcomes(PredictionLog(multiclass(), target="y", score=SCORES))
    assert found.take(np.array([3, 0])).target.tolist() == [2, 0]
    assert found.take(found.labelled).n == 3
