"""Sentences for managers: subject, verb, number, consequence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afterlaunch.loops import words
from afterlaunch.loops.drawn.gain import UNKNOWN, amplification
from afterlaunch.loops.payload import Instrument, PlanPoint
from afterlaunch.reports import Estimate
from afterlaunch.stats.gain.echo import Echo

NAMES = words.Names(subject="recommender", feedback="clicks", period="week")
FEEDS = "The recommender feeds on its own clicks"
PLAN = PlanPoint(share=0.03, periods=4, half_width=0.0951)


def gain(value, low, high, **more):
    one = Estimate(value=value, low=low, high=high)
    return replace(UNKNOWN, gain=one, amplification=amplification(one), pvalue=0.001, **more)


@pytest.mark.parametrize(
    ("verdict", "found", "expected"),
    [
        (
            "loop",
            gain(0.62, 0.48, 0.75),
            "The recommender feeds on its own clicks: gain 0.62 [0.48, 0.75]; popularity is amplified 2.6 times.",
        ),
        (
            "loop",
            gain(None, 0.71, None, bound_only=True),
            "The recommender feeds on its own clicks: gain at least 0.71; popularity is amplified 3.4 times or more.",
        ),
        (
            "loop",
            gain(1.2, 1.05, 1.4),
            f"{FEEDS}: gain at least 1.05; it runs away, popularity is amplified without end.",
        ),
        (
            "loop",
            gain(-0.4, -0.6, -0.2),
            "The recommender works against its own clicks: gain −0.4 [−0.6, −0.2]; differences shrink to 71\u202f%.",
        ),
        ("loop", gain(None, None, None, bound_only=True), "The recommender feeds on its own clicks: a gain above 0."),
        (
            "no_evidence",
            gain(0.04, -0.06, 0.14, missed=0.14),
            f"No evidence that t{FEEDS[1:]}: gain 0.04 [−0.06, 0.14]; a gain above 0.14 would have been seen.",
        ),
        (
            "not_identified",
            UNKNOWN,
            "Cannot tell whether the recommender feeds on its own clicks: this log records no randomisation.",
        ),
    ],
)
def test_the_verdict_is_one_sentence(verdict, found, expected):
    assert words.sentence(verdict, found, NAMES, why="this log records no randomisation") == expected


def test_the_way_out_names_the_share_and_the_weeks():
    assert words.way_out(PLAN, NAMES) == "To know: withhold 3\u202f% of clicks from training for 4 weeks."
    one = replace(PLAN, periods=1)
    assert words.way_out(one, NAMES).endswith("for 1 week.")
    assert "and log which" in words.way_out(None, NAMES)


def test_what_cannot_be_told_says_what_a_plan_would_give_and_what_a_regression_would_claim():
    found = replace(UNKNOWN, advice=PLAN, naive=0.73)
    said = words.gain_words("not_identified", found, NAMES, way_out=words.way_out(PLAN, NAMES))
    assert said.startswith("Withhold 3\u202f% of clicks from training for 4 weeks. At this traffic that gives ± 0.1;")
    assert "would say 0.73, but that alarms in most logs without a loop" in said


def test_a_gain_is_told_in_what_it_adds_up_to():
    said = words.gain_words("loop", gain(0.62, 0.48, 0.75), NAMES, way_out="")
    assert said == (
        "One per cent more clicks bring 0.62 per cent more exposure the next week, those 0.38 the week after, and so on"
        ": 2.6 in all."
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (gain(0.62, 0.48, 0.75), "Below 1: it settles, it does not run away."),
        (gain(None, 0.7, None, bound_only=True), "it is a bound"),
    ],
)
def test_how_sure_it_is_says_whether_it_settles(found, expected):
    said = words.evidence("loop", found, alarm_rate=0.05, way_out="")
    assert expected in said
    assert "at most 5\u202f%" in said


@pytest.mark.parametrize("level", ["L0", "L1", "L2"])
def test_each_level_says_what_it_licenses_and_what_the_next_costs(level):
    said = words.level_words(level, replace(UNKNOWN, advice=PLAN), NAMES)
    assert said.startswith(level)
    assert "licenses" in said
    assert ("Next, L" in said) == (level != "L2")


@pytest.mark.parametrize(
    ("every", "one", "several"), [("1d", "day", "days"), ("2w", "period of 2 weeks", "periods of 2 weeks")]
)
def test_periods_are_called_by_their_length(every, one, several):
    names = words.Names(subject="recommender", feedback="clicks", period=words.period_noun(every))
    assert (names.period, names.periods) == (one, several)


@pytest.mark.parametrize(("estimate", "pvalue", "said"), [(0.12, 1e-4, True), (0.12, 0.4, False), (-0.1, 1e-4, False)])
def test_feedback_that_comes_back_later_is_told_where_it_is_seen(estimate, pvalue, said):
    echo = Echo(estimate=estimate, spread=0.02, pvalue=pvalue)
    assert ("0.12 two weeks on" in words.echo_words(echo, NAMES)) == said


def test_instruments_that_contradict_each_other_are_named():
    one = Instrument(
        name="noise",
        title="noise in scores",
        gain=Estimate(value=0.1, low=0.0, high=0.2),
        pvalue=0.2,
        weak=False,
        n_periods=5,
        words="",
    )
    found = gain(0.62, 0.48, 0.75, instruments=(one,))
    assert words.odds_words(found, ("noise",)) == (
        "Contradicted by noise in scores, 0.1 [0, 0.2]: say corrected=True if feedback is divided by propensities."
    )
    assert words.odds_words(found, ()) == ""


@pytest.mark.parametrize(
    ("value", "said"), [(-0.4, "works against its own clicks: a gain below 0."), (0.4, "above 0.")]
)
def test_a_bound_is_told_by_the_side_on_which_its_instrument_lies(value, said):
    one = Instrument(
        name="surprise",
        title="surprise exposure",
        gain=Estimate(value=value, low=None, high=None),
        pvalue=0.001,
        weak=False,
        n_periods=5,
        words="",
    )
    found = gain(None, None, None, bound_only=True, instrument="surprise", instruments=(one,))
    assert words.sentence("loop", found, NAMES, why="").endswith(said)
    assert ("runs away" in words.evidence("loop", found, alarm_rate=0.05, way_out="")) == (value > 0)
    assert ("bring less exposure" in words.gain_words("loop", found, NAMES, way_out="")) == (value < 0)
