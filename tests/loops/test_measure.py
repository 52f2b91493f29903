"""`find_feedback_loops` where the truth is known: found where there is a loop, and honest where it cannot be told."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadInput, BadOption, CheckFailed, RowsUnavailable
from afterlaunch.loops.drawn.kinds import popularity_bias
from afterlaunch.loops.impressions import read_impressions
from afterlaunch.loops.lacks import find_lack
from afterlaunch.loops.words import Names
from afterlaunch.reports import Estimate

NAMES = Names(subject="recommender", feedback="clicks", period="week")


@pytest.fixture(scope="module")
def report(found):
    return al.find_feedback_loops(found)


def test_a_loop_is_found_from_feedback_withheld_from_training(report):
    assert report.verdict == "loop"
    assert report.level == "L2"
    assert report.gain.instrument == "withheld"
    assert report.gain.interval.low <= 0.6 <= report.gain.interval.high
    assert report.sentence.startswith("The recommender feeds on its own clicks: gain 0.")
    with pytest.raises(CheckFailed, match="feeds on clicks"):
        report.check()


def test_a_loop_is_found_from_propensities_alone(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(gain=0.6, n_impressions=20_000), "propensity"))
    assert (report.verdict, report.level) == ("loop", "L1")
    assert "Next, L2: withhold" in report.data.level_words


@pytest.mark.parametrize("roles", [("in_training",), ("propensity",)])
def test_a_recommender_without_a_loop_raises_no_alarm_and_says_what_could_have_been_missed(roles, impressions, log_of):
    frame = impressions(gain=0.0, withheld=0.2, n_impressions=20_000, seed=3)
    report = al.find_feedback_loops(log_of(frame, *roles))
    assert report.verdict == "no_evidence"
    assert report.gain.missed == pytest.approx(report.gain.interval.high)
    assert "would have been seen" in report.sentence
    report.check()


def test_a_log_without_chance_cannot_tell_and_names_the_way_out(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(gain=0.6), "user"))
    assert (report.verdict, report.level) == ("not_identified", "L0")
    assert report.sentence == (
        "Cannot tell whether the recommender feeds on its own clicks: this log records no randomisation."
    )
    assert "To know: withhold" in report.evidence
    assert report.gain.interval is None
    assert report.data.gain.naive > 0.3
    assert report.kinds.row(0, named=True)["verdict"] == "cannot_tell"
    report.check()


def test_without_a_loop_too_the_naive_regression_would_say_there_is_one(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(gain=0.0, n_impressions=20_000), "propensity"))
    assert report.verdict == "no_evidence"
    assert report.data.gain.naive > 0.3


def test_a_deterministic_policy_is_level_0_and_said_so(impressions, log_of):
    frame = impressions().with_columns(p=pl.lit(1.0))
    report = al.find_feedback_loops(log_of(frame, "propensity"))
    assert (report.verdict, report.level) == ("not_identified", "L0")
    assert "all propensities are 0 or 1" in report.sentence


@pytest.mark.parametrize("n_periods", [1, 2, 3])
def test_too_few_periods_cannot_tell(n_periods, impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(n_periods=n_periods), "propensity"))
    assert report.verdict == "not_identified"
    assert f"this log holds {['one week', 'two weeks', 'three weeks'][n_periods - 1]}" in report.sentence
    assert "Log 4 weeks or more" in report.evidence
    assert report.table.height == n_periods


def test_without_clicks_exposure_is_described_and_nothing_more(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(n_periods=6).drop("seen"), clicked=None))
    assert report.verdict == "not_identified"
    assert "holds no clicks" in report.sentence
    assert report.table["gini"].is_not_null().all()
    assert report.table["gini_null"].is_null().all()
    assert report.by_popularity.is_empty()
    assert report.kinds.filter(pl.col("kind") == "popularity_bias")["verdict"].item() == "not_logged"


def test_a_log_without_a_single_click_cannot_tell(impressions, log_of):
    report = al.find_feedback_loops(log_of(impressions(n_periods=6).with_columns(seen=pl.lit(value=False))))
    assert report.verdict == "not_identified"
    assert "nobody gave clicks" in report.sentence


def test_concentration_has_intervals_and_a_band_and_is_never_alarmed_on(report):
    table = report.table
    for name in ("gini", "entropy", "coverage", "tail_share", "mean_popularity"):
        inside = (table[name] >= table[f"{name}_low"] - 1e-9) & (table[name] <= table[f"{name}_high"] + 1e-9)
        assert inside.all()
    assert (table["gini"] > table["gini_null_high"]).tail(10).all()
    assert "gini" not in " ".join(report.alarms["loop"])
    assert table["n_impressions"].sum() == report.data.n_impressions


def test_the_most_shown_tenth_gets_more_than_its_merit(report):
    last = report.by_popularity.filter(pl.col("period") == pl.col("period").max())
    assert last["exposure"].sum() == pytest.approx(1, abs=1e-5)
    assert last["merit"].sum() == pytest.approx(1, abs=1e-5)
    assert last["ratio_low"][0] > 1.1
    assert last["ratio_high"][-1] < 1
    assert report.kinds.filter(pl.col("kind") == "popularity_bias")["verdict"].item() == "found"


def test_all_numbers_are_plain_and_come_back_from_a_file(report, tmp_path):
    json.dumps(report.to_dict(), allow_nan=False)
    report.save(tmp_path / "r.json")
    again = al.load_report(tmp_path / "r.json")
    assert again.payload() == report.payload()
    assert again.table.equals(report.table)
    for ask in (lambda: again.selected_items, lambda: again.selected_users, again.selected_rows, again.simulate):
        with pytest.raises(RowsUnavailable):
            ask()


def test_a_report_is_a_page_a_picture_a_chart_and_a_text(report, tmp_path):
    report.save(tmp_path / "r.html")
    report.save(tmp_path / "r.png")
    assert b"<html" in (tmp_path / "r.html").read_bytes()
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
    assert report.draw_chart().to_dict()["layer"]
    assert len(report.summary().splitlines()) <= 20


def test_the_call_is_told_with_the_options_that_were_chosen(found):
    report = al.find_feedback_loops(found, every="2w", feedback="plays", rng=3)
    assert report.code() == "al.find_feedback_loops(log, every='2w', feedback='plays', rng=3)"
    assert "its own plays" in report.sentence
    assert report.data.periods.noun == "period of 2 weeks"


def test_the_same_log_gives_the_same_report(found, report):
    assert al.find_feedback_loops(found).data.id == report.data.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": 1000},
        {"every": "fortnight"},
        {"tail": 1.5},
        {"smoothing": 0},
        {"alarm_rate": 0},
        {"feedback": ""},
        {"feedback": "x" * 100},
        {"public_items": "yes"},
        {"rng": -1},
    ],
)
def test_options_that_make_no_sense_are_refused(wrong, found):
    with pytest.raises((BadOption, al.errors.BadTime)):
        al.find_feedback_loops(found, **wrong)


@pytest.mark.parametrize("what", [pl.DataFrame({"x": [1]}), "shown.parquet", None])
def test_what_is_no_log_is_refused_and_it_says_what_to_pass(what):
    with pytest.raises(BadInput, match=r"pass al\.InteractionLog"):
        al.find_feedback_loops(what)


def test_a_catalogue_with_items_that_were_never_shown_counts_them(impressions, log_of):
    frame = impressions(n_periods=6)
    names = sorted(frame["film"].unique())
    more = [f"never-{i}" for i in range(len(names))]
    lone, with_more = (al.find_feedback_loops(log_of(frame, catalog=catalog)) for catalog in (names, [*names, *more]))
    assert with_more.data.n_items == 2 * lone.data.n_items
    assert np.allclose(with_more.table["coverage"], lone.table["coverage"] / 2, atol=1e-5)


def test_a_period_in_which_nothing_was_shown_has_no_numbers(impressions, log_of):
    frame = impressions(n_periods=8)
    week = frame["at"].dt.week()
    report = al.find_feedback_loops(log_of(frame.filter(week != week.min() + 3), "propensity"))
    assert report.table["gini"].null_count() == 1
    assert report.data.merit[3] is None
    json.dumps(report.to_dict(), allow_nan=False)


def test_propensities_that_do_not_fit_what_was_shown_are_not_used_and_it_says_so(impressions, log_of):
    frame = impressions(gain=0.6, n_impressions=20_000)
    wrong = frame.with_columns(p=pl.col("p").sqrt() / 20)
    report = al.find_feedback_loops(log_of(wrong, "propensity"))
    assert report.verdict == "not_identified"
    assert "do not fit" in report.sentence
    assert any(note.startswith("Propensities were not used") for note in report.data.notes)


def test_a_loop_that_works_against_itself_raises_no_alarm_and_adds_to_no_popularity(report):
    data = report.data
    below = replace(data.gain, gain=Estimate(value=-0.4, low=-0.6, high=-0.2))
    al.LoopReport(data=replace(data, gain=below)).check()
    kind = popularity_bias("loop", data.merit, below, NAMES, needs=None)
    assert kind.verdict == "not_found"
    assert kind.words.endswith("and the loop takes from it.")


def test_users_without_a_name_and_those_who_were_shown_nothing_are_not_counted(impressions, log_of):
    frame = impressions(n_periods=5).with_row_index("row")
    named = frame.with_columns(
        who=pl.when(pl.col("row") % 3 == 0).then(None).otherwise(pl.col("who") % 50 + 100 * (pl.col("row") % 3 == 1)),
        place=pl.when(pl.col("row") % 3 == 2).then(None).otherwise("place"),
        seen=pl.col("seen") & (pl.col("row") % 3 < 2),
    )
    assert al.find_feedback_loops(log_of(named, "user", position="place")).data.n_users == 50


def test_a_log_that_withholds_and_cannot_tell_is_not_told_to_withhold(impressions, log_of):
    thin = impressions(n_items=200, n_periods=5, n_impressions=300, withheld=0.2)
    report = al.find_feedback_loops(log_of(thin, "in_training"))
    assert (report.verdict, report.data.gain.advice) == ("not_identified", None)
    assert report.evidence.endswith("To know: more traffic, or longer periods.")  # too thin to foresee what would tell
    assert "withh" not in report.evidence


def test_what_was_foreseen_not_to_tell_is_said(impressions, log_of):
    log = log_of(impressions(n_items=200, n_periods=5, n_impressions=300, withheld=0.2), "in_training")
    lack = find_lack(log, read_impressions(log), None, None, NAMES, corrected=False, foreseen=True)
    assert lack.way_out.endswith("longer periods: 20\u202f% of clicks withheld for 52 weeks would not tell.")
