"""The whole call: what it says of logs whose truth is known, and of input that is not as it should be."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadColumn, BadFile, BadInput, BadOption, EmptyWindow, MissingColumn, RowsUnavailable

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS, PER_DAY, REFERENCE_DAYS = 42, 150, 28
REFERENCE = ("2026-01-01", "2026-01-29")


def table(*, skill=1.0, rows=PER_DAY, days=DAYS, seed=0):
    """Rows of a calibrated classifier whose skill is multiplied by `skill` after the reference."""
    rng = np.random.default_rng(seed)
    n = days * rows
    day = np.repeat(np.arange(days), rows)
    z = rng.normal(size=n)
    logit = np.where(day >= REFERENCE_DAYS, skill, 1.0) * 2 * z
    return pl.DataFrame(
        {
            "at": [
                START + timedelta(days=int(d), minutes=int(m))
                for d, m in zip(day, rng.integers(0, 1440, n), strict=True)
            ],
            "p": 1 / (1 + np.exp(-2 * z)),
            "y": rng.random(n) < 1 / (1 + np.exp(-logit)),
            "site": rng.choice(["north", "south"], n),
        }
    )


def log_of(frame, **roles):
    return al.PredictionLog(frame, **{"time": "at", "score": "p", "target": "y", "features": ["site"], **roles})


def measured(frame, **options):
    return al.measure_performance(log_of(frame), **{"reference": REFERENCE, "estimate": False, **options})


@pytest.fixture(scope="module")
def quiet():
    return measured(table())


@pytest.fixture(scope="module")
def fallen():
    return measured(table(skill=0.3))


def test_a_model_that_stays_as_it_was_is_stable(quiet):
    assert quiet.verdict == "stable"
    assert not set(quiet.table["verdict"]) & {"dropped", "improved"}
    quiet.check()


def test_a_model_that_lost_its_skill_has_dropped_and_the_sentence_says_how_far(fallen):
    assert fallen.verdict == "dropped"
    assert "rose from" in fallen.sentence or "fell from" in fallen.sentence
    with pytest.raises(al.errors.CheckFailed, match="dropped"):
        fallen.check()


def test_a_model_that_gained_skill_has_improved():
    report = measured(table(skill=3.0), metrics=["roc_auc"])
    assert report.verdict == "improved"
    report.check()


def test_values_are_those_of_the_rows_of_each_window(quiet):
    frame = table()
    cut = START + timedelta(days=REFERENCE_DAYS)
    for name, rows in (("reference", frame.filter(pl.col("at") < cut)), ("current", frame.filter(pl.col("at") >= cut))):
        found = quiet.table.filter((pl.col("window") == name) & (pl.col("metric") == "accuracy"))
        right = ((rows["p"] >= 0.5) == rows["y"]).mean()
        assert found["realized"].item() == pytest.approx(right)
        assert found["realized_low"].item() < right < found["realized_high"].item()
        assert found["n"].item() == rows.height


def test_there_is_a_value_for_every_bucket(quiet):
    over_time = quiet.windows.filter(pl.col("metric") == "log_loss")
    assert over_time.height == DAYS
    assert over_time["realized"].null_count() == 0


def test_buckets_of_so_many_rows_are_taken_too():
    report = measured(table(), every=300, metrics=["accuracy"])
    assert report.windows["n"].to_list()[:3] == [300, 300, 300]


def test_segments_are_judged_beside_the_whole(fallen):
    del fallen
    report = measured(table(skill=0.3), by="site", metrics=["roc_auc"])
    assert set(report.table["segment"].unique()) == {None, "north", "south"}
    assert report.alarms["dropped"][0] == "roc_auc"
    assert "north: roc_auc" in report.alarms["dropped"]


def test_two_tables_without_time_are_compared_by_their_rows():
    frame = table().drop("at")
    log = al.PredictionLog(frame, score="p", target="y")
    report = al.measure_performance(frame.with_columns(pl.col("y").reverse()), reference=log, metrics=["roc_auc"])
    assert report.verdict == "dropped"
    assert "taking rows as independent" in report.evidence


def test_without_a_reference_one_is_chosen_and_said():
    assert "chosen for you" in al.measure_performance(log_of(table()), metrics=["accuracy"], estimate=False).sentence


def test_missing_targets_are_unlabelled_and_never_wrong():
    frame = table()
    some = frame.with_columns(pl.when(pl.int_range(pl.len()) % 3 > 0).then("y").alias("y"))
    report = measured(some, metrics=["accuracy"])
    row = report.table.filter(pl.col("window") == "reference")
    assert row["n_labelled"].item() < row["n"].item()
    labelled = some.filter(pl.col("y").is_not_null(), pl.col("at") < START + timedelta(days=REFERENCE_DAYS))
    assert row["realized"].item() == pytest.approx(((labelled["p"] >= 0.5) == labelled["y"]).mean())


def test_regressions_and_classes_are_measured_too():
    rng = np.random.default_rng(1)
    frame = table().with_columns(amount=pl.Series(rng.gamma(2, 3, DAYS * PER_DAY)))
    frame = frame.with_columns(guess=pl.col("amount") + pl.Series(rng.normal(size=frame.height)))
    log = al.PredictionLog(frame, time="at", prediction="guess", target="amount")
    report = al.measure_performance(log, reference=REFERENCE, estimate=False)
    assert report.verdict == "stable"
    assert report.table["metric"].unique().sort().to_list() == ["bias", "mae", "median_absolute_error", "r2", "rmse"]


def test_a_users_own_metric_is_measured_as_a_built_in_one():
    def hits(target, score, prediction, weight):
        del score
        return float(np.average(target == prediction, weights=weight))

    own = al.metrics.Own(function=hits, greater_is_better=True, min_effect=0.01, scale="logit")
    report = measured(table(skill=0.3), metrics=[own, "accuracy"])
    table_ = report.table.filter(pl.col("window") == "current")
    assert table_["realized"][0] == pytest.approx(table_["realized"][1])
    assert table_["realized_low"][0] == pytest.approx(table_["realized_low"][1], abs=0.02)
    assert table_["verdict"].to_list() == ["dropped", "dropped"]


def test_a_report_comes_back_from_json_as_it_was(fallen, tmp_path):
    fallen.save(tmp_path / "r.json")
    again = al.load_report(tmp_path / "r.json")
    assert again.data == fallen.data
    assert again.table.equals(fallen.table)
    with pytest.raises(RowsUnavailable):
        again.selected_rows()


def test_plain_values_hold_no_nan(fallen):
    json.dumps(fallen.to_dict(), allow_nan=False)


def test_a_damaged_report_is_an_error(fallen):
    plain = fallen.to_dict()
    del plain["payload"]["buckets"]
    with pytest.raises(BadFile, match="damaged"):
        type(fallen).from_dict(plain)


def test_selected_rows_are_those_of_the_current_window(fallen):
    assert fallen.selected_rows().height == (DAYS - REFERENCE_DAYS) * PER_DAY


def test_the_code_reproduces_the_report():
    report = measured(table(), metrics=[al.metrics.RocAuc(min_effect=0.2)], by="site", alarm_rate=0.01)
    again = eval(report.code(), {"al": al, "log": log_of(table())})  # noqa: S307 - that is what the code is for
    assert again.data.series == report.data.series


def test_nothing_of_a_segment_or_bucket_with_few_rows_is_shared():
    frame = table(rows=30).with_columns(
        site=pl.when(pl.int_range(pl.len()) % 400 == 0).then(pl.lit("secret")).otherwise("site")
    )
    thin = frame.filter((pl.col("at") < START + timedelta(days=3)) | (pl.int_range(pl.len()) % 3 == 0))
    report = measured(thin, by="site", metrics=["accuracy"])
    assert "secret" not in json.dumps(report.to_dict())
    assert min(report.data.buckets.n_rows) >= 20


# ---------------------------------------------------------------- input that is not as it should be


def test_neither_target_nor_score_is_an_error():
    with pytest.raises(BadInput, match="neither target nor score"):
        al.measure_performance(al.PredictionLog(table(), time="at"), reference=REFERENCE)


def test_a_score_that_is_no_probability_is_an_error():
    with pytest.raises(BadColumn, match="between 0 and 1"):
        log_of(table().with_columns(pl.col("p") * 100))


def test_a_constant_target_in_a_window_cannot_be_told_and_says_what_it_needs():
    frame = table().with_columns(
        y=pl.when(pl.col("at") < START + timedelta(days=REFERENCE_DAYS)).then("y").otherwise(pl.lit(value=False))
    )
    report = measured(frame, metrics=["roc_auc", "recall"])
    current = report.table.filter(pl.col("window") == "current")
    assert current["verdict"].to_list() == ["cannot_tell", "cannot_tell"]
    assert current["needs"][0] == "rows of both classes in the current window"
    assert current["realized"].is_null().all()


def test_windows_of_thirty_rows_cannot_be_told():
    frame = table(rows=30, days=29)
    report = measured(frame, metrics=["accuracy", "roc_auc"])
    assert set(report.table["verdict"].drop_nulls()) == {"cannot_tell"}
    assert report.table["needs"].drop_nulls().str.contains("rows|reference").all()


def test_a_class_that_the_reference_never_had_is_counted():
    frame = table().with_columns(
        guess=pl.lit("cat"),
        what=pl.when(pl.col("at") < START + timedelta(days=35)).then(pl.lit("cat")).otherwise(pl.lit("dog")),
    )
    log = al.PredictionLog(frame, time="at", prediction="guess", target="what", task="multiclass")
    report = al.measure_performance(log, reference=REFERENCE, metrics=["accuracy"], estimate=False)
    assert report.classes == ("cat", "dog")
    assert report.table.filter(pl.col("window") == "current")["realized"].item() == pytest.approx(0.5)


def test_a_segment_of_one_class_cannot_be_told_and_the_rest_can():
    frame = table(skill=0.3).with_columns(y=pl.col("y") & (pl.col("site") == "north"))
    report = measured(frame, by="site", metrics=["roc_auc"])
    verdicts = dict(report.table.filter(pl.col("window") == "current").select("segment", "verdict").iter_rows())
    assert verdicts["south"] == "cannot_tell"
    assert verdicts["north"] == "dropped"


def test_repeated_ids_are_an_error():
    with pytest.raises(BadColumn, match="repeats ids"):
        al.measure_performance(log_of(table().with_columns(i=pl.lit(1)), id="i"), reference=REFERENCE)


def test_a_log_without_labels_and_estimates_is_an_error():
    frame = table().with_columns(y=pl.lit(None, dtype=pl.Boolean))
    with pytest.raises(BadInput, match="no row has a target yet"):
        measured(frame)


def test_a_window_without_buckets_is_an_error():
    with pytest.raises(EmptyWindow):
        measured(table(), current=("2027-01-01", "2027-02-01"))


def test_a_column_that_is_not_there_is_an_error():
    with pytest.raises(MissingColumn, match="by= names 'country'"):
        measured(table(), by="country")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"metrics": ["acuracy"]}, "no metric 'acuracy'"),
        ({"metrics": "roc_auc"}, "is a list"),
        ({"metrics": ["rmse"]}, "for regression tasks"),
        ({"metrics": []}, "names none"),
        ({"metrics": ["f1", "f1"]}, "twice"),
        ({"metrics": [print]}, "say whether greater is better"),
        ({"metrics": [al.metrics.Cost(matrix=[[0, 1, 2], [1, 0, 2], [1, 1, 0]])]}, "matrix of 3 classes"),
        ({"alarm_rate": 2}, "alarm_rate=2"),
    ],
)
def test_an_option_that_cannot_be_is_an_error_that_says_what_can(options, words):
    with pytest.raises(BadOption, match=words):
        measured(table(), **options)


def test_a_metric_of_scores_needs_scores():
    frame = table().with_columns(guess=pl.col("p") >= 0.5)
    log = al.PredictionLog(frame, time="at", prediction="guess", target="y")
    with pytest.raises(BadOption, match="reads scores"):
        al.measure_performance(log, reference=REFERENCE, metrics=["roc_auc"])


def test_a_profile_has_no_performance():
    with pytest.raises(BadInput, match="pass the log"):
        al.measure_performance(al.profile(log_of(table())), reference=REFERENCE)
