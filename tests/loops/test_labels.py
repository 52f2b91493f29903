"""Decisions of a scorer: what its labels say of the rows that it refused."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadInput, NotEnoughRows, RowsUnavailable
from afterlaunch.export.card import card_of, frame


def decisions(*, explore=0.02, n=30_000, seed=0):
    """Loans: those of low risk are granted, of the others a share at random; who is risky defaults more often."""
    rng = np.random.default_rng(seed)
    risk = rng.beta(2, 6, n)
    chance = np.where(risk < 0.4, 1.0, explore)
    granted = rng.uniform(size=n) < chance
    default = rng.uniform(size=n) < risk
    return pl.DataFrame(
        {
            "at": pl.datetime_range(pl.datetime(2026, 1, 1), pl.datetime(2026, 6, 30), "1h", eager=True).sample(
                n, with_replacement=True, seed=seed
            ),
            "risk": risk,
            "granted": granted,
            "chance": chance,
            "default": pl.Series(default).set(pl.Series(~granted), None),
        }
    )


def log_of(frame, **roles):
    named = {"time": "at", "score": "risk", "target": "default", "accepted": "granted", "propensity": "chance"}
    return al.PredictionLog(frame, **{**named, **roles}, noun="applications")


def test_labels_of_accepted_rows_alone_are_told_to_be_selective_and_by_how_much():
    report = al.find_feedback_loops(log_of(decisions()))
    assert (report.verdict, report.level) == ("loop", "L1")
    assert report.data.labels.weighted_rate.low <= 0.25 <= report.data.labels.weighted_rate.high
    assert report.data.labels.accepted_rate.high < 0.24
    assert report.sentence.startswith("The scorer shapes its own labels: of accepted rows 2")
    kind = report.kinds.filter(pl.col("kind") == "selective_labels").row(0, named=True)
    assert kind["verdict"] == "found"
    assert kind["high"] < 0
    with pytest.raises(al.errors.CheckFailed):
        report.check()


def test_where_acceptance_does_not_follow_the_outcome_there_is_no_evidence():
    rng = np.random.default_rng(1)
    frame = decisions(explore=1.0).with_columns(chance=pl.lit(0.5), granted=pl.Series(rng.uniform(size=30_000) < 0.5))
    report = al.find_feedback_loops(log_of(frame.with_columns(default=pl.when("granted").then("default"))))
    assert report.verdict == "no_evidence"
    assert report.data.kinds[-1].words.endswith(", no more than chance gives.")
    report.check()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"propensity": None}, "records no propensities"),
        ({"propensity": "certain"}, "leave nothing to chance"),
        ({"propensity": "rare"}, "what this log leaves to chance is too little"),
    ],
)
def test_without_enough_chance_it_cannot_tell_and_names_the_way_out(change, why):
    frame = decisions(explore=0.001).with_columns(
        certain=pl.col("granted").cast(pl.Float64), rare=pl.when(pl.col("chance") < 1).then(0.001).otherwise(1.0)
    )
    report = al.find_feedback_loops(log_of(frame, **change))
    assert report.verdict == "not_identified"
    assert why in report.sentence
    assert "accept 1 % of the rest at random" in report.evidence
    assert report.labels["weighted_rate"].null_count() > 0


def test_bins_hold_all_rows_and_their_edges_name_no_single_score():
    report = al.find_feedback_loops(log_of(decisions()))
    table = report.labels
    assert table["n"].sum() == 30_000
    edges = table["score_low"].to_list()
    assert edges == sorted(edges)
    assert edges == [round(one, 3) for one in edges]
    assert (table["labelled_share"].to_numpy()[:5] == 1).all()
    assert table["labelled_share"][-1] < 0.3


def test_a_report_on_labels_is_saved_and_read_back(tmp_path):
    report = al.find_feedback_loops(log_of(decisions(n=5_000)))
    for ending in ("html", "png", "json"):
        report.save(tmp_path / f"r.{ending}")
    again = al.load_report(tmp_path / "r.json")
    assert again.payload() == report.payload()
    assert again.table.is_empty()
    json.dumps(report.to_dict(), allow_nan=False)
    report.draw_chart().to_dict()
    with pytest.raises(RowsUnavailable):
        _ = report.selected_users


def test_rows_without_a_score_are_left_out_and_accepted_ones_without_a_chance_too():
    frame = decisions(n=5_000).with_columns(
        chance=pl.when(pl.int_range(pl.len()) < 10).then(None).otherwise("chance"),
    )
    report = al.find_feedback_loops(log_of(frame))
    assert any("without a propensity are left out" in note for note in report.data.notes)


def test_no_score_gives_the_rates_of_all_rows_alone():
    frame = decisions(explore=0.2).with_columns(guess=pl.col("risk") > 0.5)
    report = al.find_feedback_loops(log_of(frame, score=None, prediction="guess"))
    assert report.labels.height == 1
    assert report.data.labels.weighted_rate.value == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize("lacks", ["accepted", "target"])
def test_a_log_of_predictions_without_decisions_is_refused(lacks):
    with pytest.raises(BadInput, match=f"{lacks}="):
        al.find_feedback_loops(log_of(decisions(n=500), **{lacks: None}))


def test_too_few_rows_are_refused():
    with pytest.raises(NotEnoughRows, match="100"):
        al.find_feedback_loops(log_of(decisions(n=60)))


def test_a_number_as_target_is_refused():
    frame = decisions(n=2_000).with_columns(default=pl.col("risk") * 100)
    with pytest.raises(BadInput, match="regression"):
        al.find_feedback_loops(log_of(frame, score=None, prediction="risk", task="regression"))


@pytest.mark.parametrize("roles", [{}, {"propensity": None}])
def test_the_card_of_a_scorer_draws_its_two_rates_and_no_gain(roles):
    payload = al.find_feedback_loops(log_of(decisions(), **roles), alarm_rate=0.2).data
    said = frame(card_of(payload))
    assert "Loop gain" not in said
    assert "runaway" not in said
    assert "Rate among applications" in said
    assert ("unknown" in said) == bool(roles)
    assert card_of(payload).footer == "30,000 applications · intervals: 95\u202f%"
