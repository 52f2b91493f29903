"""`find_edge_cases` on logs whose truth is known: all tasks, with and without time, labels and a reference."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadColumn, BadInput, BadOption, EmptyWindow, NotEnoughRows, RowsUnavailable
from afterlaunch.results import ViewState

WINDOWS = {"reference": ("2024-01-01", "2024-01-29")}
TASKS = ("binary", "multiclass", "regression")


def confirmed(report):
    return [one for one in report.slices if one.verdict == "confirmed"]


def is_the_bad_group(one, frame):
    """Whether a slice is, but for the cut of a number, the team plans from 50 on."""
    inside = frame.select(one.filter).to_series().to_numpy()
    truth = ((frame["plan"] == "team") & (frame["age"] >= 50)).to_numpy()
    return (inside & truth).sum() >= 0.8 * max(inside.sum(), truth.sum())


@pytest.mark.parametrize("task", TASKS)
def test_the_group_that_is_served_badly_is_found_and_confirmed(task, world, log_of):
    frame = world(task)
    report = al.find_edge_cases(log_of(frame, task), **WINDOWS)
    assert report.verdict == "edge_cases"
    assert is_the_bad_group(confirmed(report)[0], frame)
    assert len(confirmed(report)) == 1


@pytest.mark.parametrize("task", TASKS)
def test_a_model_that_is_as_good_everywhere_has_none(task, world, log_of):
    report = al.find_edge_cases(log_of(world(task, bad=False), task), **WINDOWS)
    assert report.verdict == "none_found"
    report.check()


def test_without_time_rows_are_compared_with_themselves(world, log_of):
    frame = world().drop("at")
    report = al.find_edge_cases(log_of(frame, time=None))
    assert report.verdict == "edge_cases"
    assert report.data.buckets.starts_ms == ()
    assert report.groups["n_reference"].null_count() == 4
    assert report.rows().height == frame.height


def test_two_logs_and_a_bare_table_take_each_others_roles(world, log_of):
    old, new = world(bad=False, seed=1).drop("at"), world(seed=2).drop("at")
    report = al.find_edge_cases(new, reference=log_of(old, time=None))
    assert is_the_bad_group(confirmed(report)[0], new)
    assert report.data.n_reference == old.height
    assert report.code() == "al.find_edge_cases(new, reference=old)"


def test_without_labels_losses_are_estimated_and_it_says_so(world, log_of):
    frame = world("regression").with_columns(
        y=pl.when(pl.col("at") < pl.datetime(2024, 1, 29)).then("y").otherwise(None)
    )
    report = al.find_edge_cases(log_of(frame, "regression"), **WINDOWS)
    assert report.data.basis == "estimated"
    assert report.sentence.startswith("Estimated absolute error")
    assert "No labels" in report.evidence
    assert confirmed(report)


def test_scores_alone_promise_a_loss(world, log_of):
    report = al.find_edge_cases(log_of(world().drop("y"), target=None), **WINDOWS)
    assert report.data.basis == "estimated"
    assert report.rows("edge_case")["surprise"].is_null().all() or report.rows("edge_case").height == 0


def test_the_score_promises_what_comes_true_where_it_is_right(world, log_of):
    report = al.find_edge_cases(log_of(world(bad=False, n=12_000)), **WINDOWS)
    assert report.data.promised_current == pytest.approx(report.data.loss_current.value, abs=0.02)


def test_a_slice_is_a_sentence_a_filter_and_code(world, log_of):
    frame = world()
    log = log_of(frame)
    report = al.find_edge_cases(log, **WINDOWS)
    one = report.slices[0]
    current = log.between("2024-01-29", "2025-01-01")
    assert current.where(one.filter).collect().height == one.n
    assert current.where(eval(one.code, {"pl": pl})).collect().height == one.n  # noqa: S307 - our own code
    assert one.sentence.startswith("plan is team and age ≥ ")
    assert "against" in one.sentence


def test_numbers_of_a_slice_are_those_of_the_rows_it_was_not_found_on(world, log_of):
    frame = world()
    report = al.find_edge_cases(log_of(frame), **WINDOWS)
    one = report.slices[0]
    weeks = pl.col("at").dt.week()
    held = frame.filter(pl.col("at") >= pl.datetime(2024, 1, 29)).filter(weeks.rank("dense") % 2 == 0)
    loss = pl.when("y").then(-pl.col("score").log()).otherwise(-(1 - pl.col("score")).log())
    inside = held.filter(one.filter).select(loss).to_series()
    assert one.n_held_out == inside.len()
    assert one.loss == pytest.approx(inside.mean())
    assert one.effect.low < one.effect.value < one.effect.high


def test_what_began_after_the_reference_is_dated(world, log_of):
    frame = world(bad=False, n=12_000)
    hurt = (pl.col("plan") == "team") & (pl.col("at") >= pl.datetime(2024, 2, 12))
    turned = frame.with_columns(y=pl.when(hurt).then(pl.col("score") < 0.5).otherwise("y"))
    report = al.find_edge_cases(log_of(turned), **WINDOWS)
    one = next(one for one in confirmed(report) if one.words == "plan is team")
    assert one.change.low > 0
    assert report.table.row(0, named=True)["worse_since"].date().isoformat() == "2024-02-12"


def test_what_was_as_bad_before_has_no_date(world, log_of):
    report = al.find_edge_cases(log_of(world(n=12_000)), **WINDOWS)
    assert confirmed(report)[0].worse_since_ms is None
    assert confirmed(report)[0].before.value > 0.4


def test_groups_add_up_and_hold_the_rows_they_say(world, log_of):
    report = al.find_edge_cases(log_of(world()), **WINDOWS)
    assert report.groups["n"].sum() == report.data.n_current
    assert report.groups["share"].sum() == pytest.approx(1)
    assert report.groups["loss_share"].sum() == pytest.approx(1)
    for row in report.groups.iter_rows(named=True):
        rows = report.rows(row["group"])
        assert rows.height == row["n"]
        assert set(rows["group"]) <= {row["group"]}
        if row["n"]:
            assert rows["loss"].mean() == pytest.approx(row["loss"])


def test_group_losses_do_not_count_a_rows_own_luck(world, log_of):
    report = al.find_edge_cases(log_of(world(bad=False, n=8000)), **WINDOWS)
    by_group = dict(report.groups.select("group", "loss").iter_rows())
    assert by_group["edge_case"] is None or by_group["edge_case"] < 1.5 * by_group["routine"]


def test_thresholds_move_the_groups(world, log_of):
    report = al.find_edge_cases(log_of(world()), **WINDOWS)
    n = report.rows("edge_case").height
    report.view.change(ViewState(threshold=report.data.bad_from * 1.5))
    assert report.rows("edge_case").height < n


def test_a_selection_gives_its_rows(world, log_of):
    report = al.find_edge_cases(log_of(world()), **WINDOWS)
    assert report.selected_rows().height == report.data.n_current
    report.selection = al.Selection(slice=0)
    assert report.selected_rows().height == report.slices[0].n
    report.selection = al.Selection(slice=0, group="edge_case")
    picked = report.selected_rows()
    assert set(picked["group"]) == {"edge_case"}
    assert picked.height < report.slices[0].n
    report.selection = al.Selection(slice=99)
    with pytest.raises(RowsUnavailable, match="slices"):
        report.selected_rows()


def test_the_payload_holds_no_rows_unless_asked(world, log_of):
    report = al.find_edge_cases(log_of(world()), **WINDOWS)
    assert report.payload().rows == ()
    rows = report.payload(rows=True).rows
    assert 50 <= len(rows) <= 200
    assert {one.group for one in rows} >= {"routine", "edge_case"}
    assert report.payload().rows == ()
    assert len(al.find_edge_cases(log_of(world()), rows=True, **WINDOWS).payload().rows) == len(rows)


def test_a_row_tells_why_it_is_odd_and_why_it_is_wrong(world, log_of):
    frame = world()
    frame[frame.height - 1, "income"] = 1e7
    report = al.find_edge_cases(log_of(frame), outliers=al.outliers.EmpiricalTail(), **WINDOWS)
    strange = report.inspect(pl.col("income") == 1e7)[0]
    assert strange.odd[0].column == "income"
    assert strange.odd[0].tail_share < 0.01
    bad = report.inspect(report.slices[0].filter, n=3)
    assert all(0 in one.slices for one in bad)


def test_a_saved_report_reads_back_without_rows(world, log_of, tmp_path):
    report = al.find_edge_cases(log_of(world()), **WINDOWS)
    report.save(tmp_path / "edges.json")
    again = al.load_report(tmp_path / "edges.json")
    assert again.data == report.data
    assert again.table.equals(report.table)
    with pytest.raises(RowsUnavailable):
        again.rows()


def test_the_same_seed_gives_the_same_report(world, log_of):
    one, other = (al.find_edge_cases(log_of(world()), **WINDOWS) for _ in range(2))
    assert one.data == other.data


def test_the_code_reproduces_the_report(world, log_of):
    report = al.find_edge_cases(log_of(world()), max_conditions=3, outliers=al.outliers.EmpiricalTail(), **WINDOWS)
    again = eval(report.code(), {"al": al, "log": log_of(world())})  # noqa: S307 - our own code
    assert again.data == report.data


@pytest.mark.parametrize("method", ["EmpiricalTail", "IsolationForest", "NearestNeighbours", "RobustMahalanobis"])
def test_every_outlier_method_is_calibrated_on_rows_like_the_reference(method, world, log_of):
    report = al.find_edge_cases(log_of(world(n=9000)), outliers=getattr(al.outliers, method)(), **WINDOWS)
    odd = report.rows()["outlier_share"]
    assert (odd >= 0.9).mean() == pytest.approx(0.1, abs=0.025)
    assert report.data.outlier_method == getattr(al.outliers, method).name


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"loss": "absolute"}, BadOption),
        ({"max_conditions": 4}, BadOption),
        ({"min_rows": 39}, BadOption),
        ({"outliers": "forest"}, BadOption),
        ({"rng": -1}, BadOption),
        ({"alarm_rate": 0}, BadOption),
        ({"worse_than": "before"}, BadOption),
        ({"every": 100}, BadOption),
        ({"reference": ("2020-01-01", "2020-02-01")}, EmptyWindow),
        ({"current": ("2024-01-10", "2024-02-01")}, BadOption),
        ({"current": ("2024-02-20", "2024-02-20T02:00")}, NotEnoughRows),
    ],
)
def test_what_cannot_be_used_is_said(options, error, world, log_of):
    with pytest.raises(error):
        al.find_edge_cases(log_of(world()), **{**WINDOWS, **options})


def test_a_log_without_answers_or_targets_is_refused(world):
    with pytest.raises(BadInput, match="target"):
        al.find_edge_cases(world().select("plan", "age"))


def test_scores_that_are_no_probabilities_are_refused(world, log_of):
    with pytest.raises(BadColumn):
        al.find_edge_cases(log_of(world().with_columns(score=pl.col("score") * 100)), **WINDOWS)


def test_a_regression_without_any_label_is_refused(world, log_of):
    with pytest.raises(BadInput, match="label"):
        al.find_edge_cases(
            log_of(world("regression").with_columns(y=pl.lit(None, pl.Float64)), "regression"), **WINDOWS
        )


def test_a_window_of_thirty_rows_cannot_tell(world, log_of):
    frame = world()
    few = pl.concat([frame.filter(pl.col("at") < pl.datetime(2024, 1, 29)), frame.tail(40)])
    report = al.find_edge_cases(log_of(few), **WINDOWS)
    assert report.verdict == "cannot_tell"
    assert "cannot tell" in report.sentence


def test_a_constant_target_and_new_categories_give_a_report(world, log_of):
    frame = world().with_columns(
        y=pl.lit(value=True),
        plan=pl.when(pl.col("at") >= pl.datetime(2024, 2, 1)).then(pl.lit("new")).otherwise("plan"),
    )
    report = al.find_edge_cases(log_of(frame), **WINDOWS)
    assert json.dumps(report.to_dict(), allow_nan=False)
    assert np.isfinite(report.rows()["outlier_share"].to_numpy()).all()


def test_a_log_without_features_has_no_slices(world, log_of):
    report = al.find_edge_cases(log_of(world().select("at", "score", "y")), **WINDOWS)
    assert report.slices == ()
    assert report.table.height == 0


def test_rows_without_a_label_count_for_oddness_alone(world, log_of):
    frame = world().with_columns(y=pl.when(pl.int_range(pl.len()) % 3 > 0).then("y").otherwise(None))
    report = al.find_edge_cases(log_of(frame), **WINDOWS)
    assert report.data.n_labelled < report.data.n_current
    assert report.groups["n"].sum() == report.data.n_current
    assert confirmed(report)
    for group in report.data.groups:  # of all rows, the unlabelled ones too
        assert group.share.value == pytest.approx(group.n / report.data.n_current)
        assert group.share.high - group.share.low < 0.2


def test_the_chart_draws_every_slice(world, log_of):
    assert al.find_edge_cases(log_of(world()), **WINDOWS).chart().to_dict()["layer"]


def test_segments_and_versions_cut_slices_and_make_no_row_odd(world, log_of):
    frame = world(bad=False)
    late = pl.col("at") >= pl.datetime(2024, 1, 29)
    version = pl.when(late & (pl.int_range(pl.len()) % 2 == 0)).then(pl.lit("v2")).otherwise(pl.lit("v1"))
    frame = frame.with_columns(model=version)
    frame = frame.with_columns(y=pl.when(pl.col("model") == "v2").then(pl.col("score") < 0.5).otherwise("y"))
    report = al.find_edge_cases(
        log_of(frame, features=["age", "income"], version="model", segments=["plan"]), **WINDOWS
    )
    assert confirmed(report)[0].words == "model is v2"
    assert (report.rows()["outlier_share"] >= 0.9).mean() < 0.15
