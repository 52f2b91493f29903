"""Why a mean loss changed: known causes are found, quiet logs show none, bad input says what to do."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import BadOption, NotEnoughRows, RowsUnavailable
from afterlaunch.export.card import draw_card

EDGE = 30
WINDOWS = {"reference": ("2024-01-01", "2024-01-31"), "current": ("2024-01-31", "2024-02-20")}


def make_log(*, covariate=0.0, keep=1.0, concept=0.0, seed=0, rows=120, days=0.0):
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(50), rows)
    current = day >= EDGE
    site = rng.choice(["a", "b", "c"], len(day), p=[0.5, 0.3, 0.2])
    site = np.where(current & (rng.random(len(day)) < covariate), "c", site)
    x = rng.normal(size=len(day))
    logit = np.where(site == "c", 0.3 * x, 2.5 * x)
    score = 1 / (1 + np.exp(-logit))
    effect = days * rng.normal(size=50)[day]
    answer = rng.random(len(day)) < 1 / (1 + np.exp(-logit - effect + concept * current * (x > 0)))
    kept = ~current | answer | (rng.random(len(day)) < keep)
    at = [dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=int(one), hours=1) for one in day]
    frame = pl.DataFrame({"at": at, "site": site, "x": x, "score": score, "paid": answer}).filter(pl.Series(kept))
    return al.PredictionLog(frame, time="at", score="score", target="paid")


@pytest.fixture(scope="module")
def other_rows():
    return al.explain_performance(make_log(covariate=0.5), **WINDOWS)


def marks(report):
    return dict(report.table.filter(pl.col("part") != "total").select("part", "verdict").rows())


def test_other_rows_are_told_as_covariate_with_their_column_and_slice(other_rows):
    assert marks(other_rows)["covariate"] == "hurts"
    assert marks(other_rows)["concept"] == "like_placebo"
    assert other_rows.favoured == "features_first"
    assert other_rows.by_column["column"][0] == "site"
    assert "site is c" in other_rows.by_slice["slice"][:3].to_list()


def test_other_answers_are_told_as_concept():
    report = al.explain_performance(make_log(concept=2.0), **WINDOWS)
    assert marks(report)["concept"] == "hurts"
    assert marks(report)["covariate"] == "like_placebo"
    assert report.favoured == "features_first"


def test_another_mix_of_labels_is_told_as_label_which_features_alone_would_call_concept():
    report = al.explain_performance(make_log(keep=0.25), **WINDOWS)
    assert report.favoured == "label_first"
    assert marks(report)["given_label"] == "like_placebo"


def test_labels_and_answers_that_both_changed_are_not_called_labels_alone():
    for seed in range(3):
        report = al.explain_performance(make_log(keep=0.4, concept=-2.0, seed=seed), **WINDOWS)
        assert report.favoured != "label_first"


def test_the_sentence_gives_each_part_its_share_of_the_change(other_rows):
    told = next(part for part in other_rows.data.accountings[0].parts if part.name == "covariate")
    assert "all of it is other rows (covariate" in other_rows.sentence
    assert "by column, site +" in other_rows.summary()
    assert "by slice, site is c +" in other_rows.summary()
    assert told.assumption in other_rows.summary()


def test_more_evening_flights_of_two_carriers_are_named_as_slices():
    log = al.datasets.flights()
    zone = log.zone
    rows = log.between("2013-01-01", "2013-03-01").collect()
    evening = rows.filter(
        pl.col("carrier").is_in(["EV", "9E"])
        & (pl.col("hour") >= 17)
        & (pl.col("served_at") >= dt.datetime(2013, 2, 1, tzinfo=ZoneInfo(zone)))
    )
    more = al.PredictionLog(
        pl.concat([rows, *[evening] * 4]),
        time="served_at",
        score="score",
        target="late",
        features=("carrier", "origin", "dest", "hour", "distance", "seats"),
        noun="flights",
    )
    report = al.explain_performance(more, reference=("2013-01-01", "2013-02-01"), current=("2013-02-01", "2013-03-01"))
    sure = report.by_slice.filter(pl.col("low") > 0)["slice"].to_list()
    assert "hour ≥ 19 and carrier is EV" in sure
    assert set(report.by_column["column"][:2]) == {"hour", "carrier"}


def test_a_quiet_log_shows_nothing():
    for seed in range(3):
        report = al.explain_performance(make_log(seed=seed, days=0.3), **WINDOWS)
        assert set(marks(report).values()) == {"like_placebo"}
        assert report.favoured == "cannot_tell"
        assert report.verdict == "stable"


def test_the_tables_add_up(other_rows):
    table = other_rows.table.filter(pl.col("within").is_null())
    for name in ("features_first", "label_first"):
        one = table.filter(pl.col("accounting") == name)
        total = one.filter(pl.col("part") == "total")["change"][0]
        assert one.filter(pl.col("part") != "total")["change"].sum() == pytest.approx(total)
    inner = other_rows.table.filter(pl.col("within") == "covariate")["change"].sum()
    covariate = table.filter(pl.col("part") == "covariate")["change"][0]
    assert inner == pytest.approx(covariate)
    assert other_rows.by_column["change"].sum() == pytest.approx(covariate)


def test_windows_without_rows_in_common_cannot_be_told_by_features():
    log = (
        make_log()
        .collect()
        .with_columns(x=pl.col("x") + 40 * (pl.col("at") >= pl.datetime(2024, 1, 31, time_zone="UTC")))
    )
    report = al.explain_performance(al.PredictionLog(log, time="at", score="score", target="paid"), **WINDOWS)
    found = marks(report)
    assert found["covariate"] == found["concept"] == "cannot_tell"
    assert found["label"] == "like_placebo"
    assert "rows like the current ones" in report.table.filter(pl.col("part") == "concept")["needs"][0]
    assert report.by_column.is_empty()


def test_a_label_new_to_the_reference_cannot_be_told_by_label():
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({"x": rng.normal(size=1200), "said": ["a", "b"] * 600, "truth": ["a", "b"] * 600})
    new = frame.with_columns(truth=pl.when(pl.col("x") > 1).then(pl.lit("c")).otherwise(pl.col("truth")))
    old = al.PredictionLog(frame, prediction="said", target="truth")
    report = al.explain_performance(new, reference=old)
    assert marks(report)["label"] == "cannot_tell"
    assert "labelled c" in report.table.filter(pl.col("part") == "label")["needs"][0]


def test_two_tables_without_time_and_a_regression_are_explained():
    rng = np.random.default_rng(0)
    x = rng.normal(size=3000)
    old = pl.DataFrame({"x": x, "said": x, "y": x + rng.normal(size=3000)})
    new = old.with_columns(y=pl.col("y") + 1.5)
    report = al.explain_performance(new, reference=al.PredictionLog(old, prediction="said", target="y"))
    assert report.data.loss == "absolute"
    assert marks(report)["concept"] == "hurts"


def test_the_report_is_saved_and_read_back_and_says_how_to_repeat_it(other_rows, tmp_path):
    path = tmp_path / "explanation.json"
    other_rows.save(path)
    again = al.load_report(path)
    assert again.data == other_rows.data
    assert eval(other_rows.code(), {"al": al, "log": make_log(covariate=0.5)}).data == other_rows.data  # noqa: S307
    with pytest.raises(RowsUnavailable):
        again.selected_rows()


def test_a_selected_slice_gives_its_current_rows(other_rows):
    other_rows.selection = al.Selection(slice=0)
    assert other_rows.selected_rows().height == other_rows.by_slice["n_current"][0]
    other_rows.selection = None


def test_summary_chart_and_card_are_drawn(other_rows):
    assert "covariate" in other_rows.summary()
    assert other_rows.chart().to_dict()
    assert draw_card(other_rows.data).startswith(b"\x89PNG")


def test_too_few_rows_and_unknown_losses_say_what_to_do():
    with pytest.raises(NotEnoughRows, match="needs 200"):
        al.explain_performance(make_log(rows=5), **WINDOWS)
    with pytest.raises(BadOption, match="log_loss"):
        al.explain_performance(make_log(), **WINDOWS, loss="absolute")
    with pytest.raises(BadOption, match="alarm_rate"):
        al.explain_performance(make_log(), **WINDOWS, alarm_rate=2)
