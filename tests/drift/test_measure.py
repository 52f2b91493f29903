import json
from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest
from scipy.stats import ks_2samp, wasserstein_distance
from sklearn.ensemble import RandomForestClassifier
from tests.drift.conftest import daily

import afterlaunch as al
from afterlaunch.drift.cells import cells_of, windows_of
from afterlaunch.errors import BadOption, EmptyWindow, MissingColumn, RowsUnavailable
from afterlaunch.stats import judge

API_COLUMNS = [
    "column",
    "role",
    "kind",
    "verdict",
    "effect",
    "effect_low",
    "effect_high",
    "threshold",
    "pvalue",
    "qvalue",
    "needs",
    "ks",
    "psi",
    "js",
    "hellinger",
    "total_variation",
    "wasserstein",
    "wasserstein_raw",
    "null_share_reference",
    "null_share_current",
    "unseen_share",
    "n_reference",
    "n_current",
    "onset",
    "onset_low",
    "onset_high",
    "shape",
    "cause",
    "importance",
]


@pytest.fixture
def log(rng):
    return al.PredictionLog(daily(rng, 40, shift_from=30, shift=1.0), time="at")


def verdicts(report):
    return dict(zip(report.table["column"], report.table["verdict"], strict=True))


def test_two_bare_frames_are_a_whole_call(frame):
    report = al.measure_drift(frame.with_columns(pl.col("amount") + 5), reference=frame)
    assert verdicts(report) == {"amount": "drifted", "items": "stable", "country": "stable", "member": "stable"}
    assert report.verdict == "drifted"
    assert report.sentence == "1 of 4 columns drifted: amount."
    assert "rows as independent" in report.evidence


def test_pandas_and_polars_frames_give_the_same_numbers(frame):
    new = frame.with_columns(pl.col("items") + 1)
    polars = al.measure_drift(new, reference=frame)
    pandas = al.measure_drift(new.to_pandas(), reference=frame.to_pandas())
    assert polars.table.equals(pandas.table)


def test_a_log_is_compared_with_a_window_of_itself(log):
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-31"))
    assert verdicts(report) == {"x": "drifted", "y": "stable", "k": "stable"}
    assert report.data.reference == (0, 30)
    assert report.data.current == (30, 40)


def test_the_table_has_every_promised_column_and_no_nan(log):
    table = al.measure_drift(log, reference=("2024-01-01", "2024-01-31")).table
    assert set(API_COLUMNS) <= set(table.columns)
    assert not any(table[name].is_nan().any() for name in table.columns if table[name].dtype.is_float())


def test_without_a_reference_the_first_buckets_serve_and_the_sentence_says_so(log):
    report = al.measure_drift(log)
    assert "against your first 20 days, chosen for you" in report.sentence
    assert report.data.reference == (0, 20)


def test_profiles_are_accepted_wherever_logs_are(log):
    old, new = log.between("2024-01-01", "2024-01-31"), log.between("2024-01-31", "2024-03-01")
    before = al.profile(old)
    pairs = [(new, before), (al.profile(new, like=before), before), (new, old)]
    tables = [al.measure_drift(a, reference=b).table.drop("cause") for a, b in pairs]
    assert tables[0].equals(tables[1])
    assert tables[0].equals(tables[2])


def test_a_saved_profile_is_read_from_its_path(log, tmp_path):
    old, new = log.between("2024-01-01", "2024-01-31"), log.between("2024-01-31", "2024-03-01")
    al.profile(old).save(tmp_path / "old.parquet")
    assert al.measure_drift(new, reference=tmp_path / "old.parquet").verdict == "drifted"


def test_the_order_of_rows_changes_nothing(frame):
    new = frame.with_columns(pl.col("amount") * 1.1)
    shuffled = al.measure_drift(new.sample(fraction=1, shuffle=True, seed=1), reference=frame.reverse())
    assert shuffled.table.equals(al.measure_drift(new, reference=frame).table)


def test_a_growing_shift_never_gives_a_smaller_effect(frame):
    shifts = [0, 1, 2, 5, 10, 20]
    effects = [
        al.measure_drift(frame.with_columns(pl.col("amount") + shift), reference=frame, columns=["amount"]).table[
            "effect"
        ][0]
        for shift in shifts
    ]
    assert effects == sorted(effects)


@pytest.mark.parametrize("spoil", [lambda x: x.scatter([0], 1e6), lambda x: x.scatter(range(1000), -999_999.0)])
def test_an_outlier_or_a_sentinel_on_both_sides_neither_hides_nor_makes_a_shift(rng, spoil):
    old, same = (spoil(pl.Series("x", rng.normal(size=100_000))).to_frame() for _ in range(2))
    moved = spoil(pl.Series("x", rng.normal(0.2, 1, 100_000))).to_frame()
    assert al.measure_drift(same, reference=old).verdict == "stable"
    found = al.measure_drift(moved, reference=old)
    assert found.verdict == "drifted"
    assert found.table["wasserstein"][0] == pytest.approx(0.2, abs=0.03)


def test_ks_and_wasserstein_are_those_of_scipy(rng):
    old, new = rng.normal(size=20_000), rng.normal(0.3, 1.2, 20_000)
    row = al.measure_drift(pl.DataFrame({"x": new}), reference=pl.DataFrame({"x": old})).table.row(0, named=True)
    assert row["ks"] == pytest.approx(ks_2samp(old, new).statistic, abs=0.002)
    outer = np.quantile(old, [0.005, 0.995])  # what lies beyond counts as at them
    exact = wasserstein_distance(np.clip(old, *outer), np.clip(new, *outer))
    assert row["wasserstein_raw"] == pytest.approx(exact, rel=0.01)


def test_missing_values_are_part_of_the_verdict(frame, rng):
    gone = pl.Series(rng.random(frame.height) < 0.2)
    new = frame.with_columns(pl.when(gone).then(None).otherwise("amount").alias("amount"))
    report = al.measure_drift(new, reference=frame)
    assert verdicts(report)["amount"] == "drifted"
    assert report.table.row(0, named=True)["cause"].startswith("missing in 20\u202f% of rows")


def test_the_first_measure_decides_what_matters(frame):
    new = frame.with_columns(pl.col("amount") + 1)
    assert verdicts(al.measure_drift(new, reference=frame))["amount"] == "drifted"
    report = al.measure_drift(new, reference=frame, measures=[al.measures.PSI(bins=20, min_effect=0.2)])
    assert verdicts(report)["amount"] == "stable"
    assert (report.data.measure, report.data.min_effect) == ("psi", 0.2)
    assert report.data.notes[0].startswith("psi says what matters, from 0.2 on")


def test_what_matters_can_be_set(frame):
    new = frame.with_columns(pl.col("amount") + 1)
    assert al.measure_drift(new, reference=frame, min_effect=0.5).verdict == "stable"


def test_importance_ranks_the_columns(frame):
    new = frame.with_columns(pl.col("amount") + 5, pl.col("items") + 1)
    report = al.measure_drift(new, reference=frame, importance={"items": 10, "amount": 0.1})
    assert report.table["column"][0] == "items"
    assert "items matters most" in report.sentence


def test_a_fitted_estimator_gives_importances(frame):
    x = frame.select("amount", "items").to_pandas()
    model = RandomForestClassifier(n_estimators=5, random_state=0).fit(x, frame["member"].to_numpy())
    report = al.measure_drift(frame, reference=frame, importance=model)
    importances = dict(zip(report.table["column"], report.table["importance"], strict=True))
    assert importances["country"] == 0.0
    assert max(importances.values()) == 1.0


def test_segments_share_one_alarm_rate(log):
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-31"), by="k")
    assert set(report.segments) == {"a", "b", "c"}
    assert report.data.alarm_rate == pytest.approx(0.05 / 4)
    assert report.alarm_rate == pytest.approx(0.05)
    assert "here and in its segments: at most 5" in report.evidence
    assert report.by_segment.height == 3 * 2
    assert "a: x" in report.alarms["drifted"]
    assert "alarm_rate" not in report.code()


def test_two_logs_that_overlap_in_time_are_laid_end_to_end(log):
    report = al.measure_drift(log, reference=log)
    assert report.verdict == "stable"
    assert any("end to end" in note for note in report.data.notes)


def test_windows_that_overlap_are_noted(log):
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-31"), current=("2024-01-20", "2024-02-09"))
    assert any("overlap" in note for note in report.data.notes)


def test_a_window_that_cuts_a_bucket_is_moved_and_noted(log):
    report = al.measure_drift(log, reference=("2024-01-01T06:00", "2024-01-20"))
    assert any("moved to whole buckets" in note for note in report.data.notes)


def test_columns_that_only_one_side_has_are_noted(frame):
    report = al.measure_drift(frame.drop("items").with_columns(new=1), reference=frame)
    assert any("'items' is missing" in note for note in report.data.notes)
    assert any("'new' is new" in note for note in report.data.notes)


def test_python_judges_what_the_payload_carries(log):
    payload = al.measure_drift(log, reference=("2024-01-01", "2024-01-31")).data
    windows = windows_of(payload.buckets, payload.reference, payload.current)
    judged = judge(cells_of(payload), windows, alarm_rate=payload.alarm_rate, min_effect=payload.min_effect)
    for column, again in zip(payload.columns, judged, strict=True):
        assert column.judgement.verdict == again.verdict
        assert column.judgement.effect == pytest.approx(again.effect, abs=1e-12)
        assert column.judgement.natural == pytest.approx(again.natural, abs=1e-12)
        assert column.judgement.wasserstein == pytest.approx(again.measures.wasserstein, abs=1e-12)


def test_a_report_survives_json(log):
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-31"), by="k")
    again = al.DriftReport.from_dict(json.loads(json.dumps(report.to_dict(), allow_nan=False)))
    assert again.data == report.data
    assert again.table.equals(report.table)
    assert again.windows.equals(report.windows)
    with pytest.raises(RowsUnavailable, match="counts alone"):
        again.selected_rows()


def test_selected_rows_are_exactly_those_of_the_cell(log):
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-31"))
    index, column = next((i, one) for i, one in enumerate(report.data.columns) if one.name == "k")
    report.selection = al.Selection(column="k", bins=(1, 2), window="reference")
    rows = report.selected_rows()
    assert rows["k"].unique().to_list() == [column.labels[1]]
    assert rows["at"].max() < datetime(2024, 1, 31, tzinfo=UTC)
    assert rows.height == cells_of(report.data)[index].counts[slice(*report.data.reference), 1].sum()


def test_the_windows_table_measures_every_bucket(log):
    windows = al.measure_drift(log, reference=("2024-01-01", "2024-01-31")).windows
    assert windows.height == 3 * 40
    x = windows.filter(pl.col("column") == "x")
    assert x.filter(~pl.col("in_reference"))["effect"].min() > x.filter("in_reference")["effect"].max()


def test_the_code_reproduces_the_report(log):
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-31"), columns=["x", "k"], min_effect=0.1)
    again = eval(report.code(), {"al": al, "log": log})  # noqa: S307 - the code that we print
    assert again.table.equals(report.table)


def test_the_code_follows_the_brushes(log):
    report = al.measure_drift(log, reference=("2024-01-01", "2024-01-31"))
    report.view.state = report.view.state.__class__(reference=("2024-01-05", "2024-01-20"))
    assert 'reference=("2024-01-05", "2024-01-20")' in report.code()


def test_many_buckets_are_merged_to_keep_the_panel_small(rng):
    frame = pl.DataFrame({f"x{i}": rng.normal(size=24 * 400 * 25) for i in range(4)}).with_columns(
        at=pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2025, 12, 31), "1h", eager=True).sample(
            24 * 400 * 25, with_replacement=True, seed=1
        )
    )
    report = al.measure_drift(al.PredictionLog(frame, time="at"), reference=("2024-01-01", "2025-01-01"), every="1h")
    assert report.data.buckets.every != "1h"
    assert any("merged" in note for note in report.data.notes)
    assert len(report.data.counts) < 800_000


def test_check_raises_on_drift_alone(frame):
    al.measure_drift(frame, reference=frame).check()
    with pytest.raises(al.errors.CheckFailed, match="amount"):
        al.measure_drift(frame.with_columns(pl.col("amount") + 9), reference=frame).check()


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"alarm_rate": 2}, BadOption, "alarm_rate"),
        ({"min_effect": "much"}, BadOption, "min_effect"),
        ({"measures": ["psi"]}, BadOption, r"have .*PSI\(\)"),
        ({"measures": [al.measures.ChiSquared()]}, BadOption, "cannot decide"),
        ({"columns": ["nothing"]}, MissingColumn, "nothing"),
        ({"columns": "amount"}, BadOption, "is not a list"),
        ({"importance": {"nothing": 1}}, BadOption, "nothing"),
        ({"importance": object()}, BadOption, "feature names"),
        ({"every": "soon"}, al.errors.BadTime, "soon"),
        ({"by": "nothing"}, MissingColumn, "nothing"),
        ({"current": ("2024-01-01", "2024-01-02")}, BadOption, "current="),
    ],
)
def test_a_wrong_option_is_named(frame, options, error, said):
    with pytest.raises(error, match=said):
        al.measure_drift(frame, reference=frame, **options)


def test_a_window_without_rows_is_named(log):
    with pytest.raises(EmptyWindow):
        al.measure_drift(log, reference=("2020-01-01", "2020-02-01"))
    with pytest.raises(EmptyWindow, match="current"):
        al.measure_drift(log, reference=("2024-01-01", "2024-01-31"), current=("2025-01-01", "2025-02-01"))


def test_one_bare_frame_has_nothing_to_be_compared_with(frame):
    with pytest.raises(BadOption, match="reference=another table"):
        al.measure_drift(frame)


def test_hostile_names_and_values_come_through_as_they_are(rng):
    names = ["<img src=x onerror=alert(1)>", "a\nb", "{reference}", "$(rm)", "日本語", "'; DROP", " "]
    old = pl.DataFrame({name: rng.choice(["</script>", "x"], 500) for name in names})
    report = al.measure_drift(old, reference=old)
    assert sorted(report.table["column"]) == sorted(names)
    assert all("</script>" in column.labels for column in report.data.columns)


@pytest.mark.parametrize("n", [1, 2, 19, 20])
def test_a_handful_of_rows_is_answered(n):
    old = pl.DataFrame({"x": np.arange(n, dtype=float), "k": ["a"] * n})
    assert al.measure_drift(old, reference=old).verdict in {"stable", "cannot_tell"}


def test_dates_of_bare_frames_are_said_to_move_on_by_themselves(rng):
    old, new = daily(rng, 10), daily(rng, 20).tail(2000)
    report = al.measure_drift(new, reference=old)
    assert "at" not in report.table["column"]
    assert "'at' holds dates, which move on by themselves" in report.summary()
    moved = al.measure_drift(new, reference=old, columns=["at", "x"]).table.row(0, named=True)
    assert (moved["column"], moved["verdict"]) == ("at", "drifted")
    assert "dates move on by themselves" in moved["cause"]


@pytest.mark.parametrize("new", [[1.0] * 60, [1.0, 2.5] * 30, [None] * 60])
def test_a_constant_column_is_compared_and_shown(new):
    old = pl.DataFrame({"x": [1.0] * 60})
    report = al.measure_drift(pl.DataFrame({"x": new}, schema={"x": pl.Float64}), reference=old)
    assert report.verdict == ("stable" if new[1] == 1.0 else "drifted")
    assert report._repr_mimebundle_()


def test_a_column_of_one_category_is_shown():
    old = pl.DataFrame({"x": ["a"] * 60})
    assert al.measure_drift(old, reference=old)._repr_mimebundle_()


def damages(plain):
    yield {key: value for key, value in plain.items() if key != "payload"}
    yield {**plain, "table": [{"column": 3, "onset": "soon"}]}
    yield {**plain, "segments": ["a"]}
    yield {**plain, "payload": {**plain["payload"], "columns": ["x"]}}


def test_a_damaged_report_is_named(log, tmp_path):
    plain = al.measure_drift(log, reference=("2024-01-01", "2024-01-31")).to_dict()
    for damaged in damages(plain):
        (tmp_path / "report.json").write_text(json.dumps(damaged))
        with pytest.raises(al.errors.BadFile):
            al.load_report(tmp_path / "report.json")


def test_an_id_is_said_to_move_on_by_itself(frame):
    old = frame.with_columns(order=pl.Series(range(2000)), spent=pl.Series(np.linspace(0, 1, 2000)))
    new = frame.with_columns(order=pl.Series(range(2000, 4000)), spent=pl.Series(np.linspace(2, 3, 2000)))
    causes = dict(al.measure_drift(new, reference=old).table.select("column", "cause").rows())
    assert causes["order"].startswith("whole numbers that all lie above those before")
    assert causes["spent"] is None


def test_what_is_not_compared_is_in_the_summary(frame):
    assert "'items' is missing" in al.measure_drift(frame.drop("items"), reference=frame).summary()
