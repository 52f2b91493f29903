"""What each user is shown, from logs: what is read, what is refused, and what the panel gets."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from afterlaunch.datasets import recommender
from afterlaunch.logs import InteractionLog
from afterlaunch.loops.bubbles import measure_bubbles
from afterlaunch.loops.drawn.bubbles import draw_bubbles
from afterlaunch.loops.drawn.kinds import filter_bubble
from afterlaunch.loops.impressions import read_impressions
from afterlaunch.reports import Estimate
from afterlaunch.stats.bubbles import Trend

HAS = {"alarm_rate": 0.05, "has_users": True, "has_categories": True}


@pytest.fixture(scope="module")
def log() -> InteractionLog:
    return recommender(n_items=60, n_weeks=5, n_impressions=4_000, n_users=500)


def found_in(log: InteractionLog):
    return measure_bubbles(log, read_impressions(log), rng=np.random.default_rng(0))


def test_the_recommender_shows_users_what_they_like(log):
    found = found_in(log)
    assert found.share == 1
    assert found.size == 7
    assert (found.variety.narrowed > 0.08).all()


def test_users_are_known_by_name_and_judged_on_what_they_were_shown(log):
    found = found_in(log)
    users = found.users(2)
    assert users.height == found.variety.n_users[2]
    assert users["user"].n_unique() == users.height
    assert users["entropy"].is_between(0, math.log2(found.size)).all()
    week = log.collect().filter(pl.col("served_at").dt.truncate("1w").rank("dense") == 3)
    counts = week.group_by("user").len().filter(pl.col("len") >= found.size)
    assert set(users["user"]) == set(counts["user"])


def test_a_log_without_users_or_categories_tells_nothing(log):
    rows = log.collect()
    for roles in ({"user": "user"}, {"category": "category"}):
        assert found_in(InteractionLog(rows, time="served_at", item="item", **roles)) is None


def test_users_who_are_shown_one_thing_tell_nothing(log):
    first = log.collect().unique(["user", pl.col("served_at").dt.truncate("1w").alias("week")], keep="first")
    assert found_in(InteractionLog(first, time="served_at", item="item", user="user", category="category")) is None


def test_a_map_holds_the_users_of_its_period(log):
    found = found_in(log)
    drawn = draw_bubbles(found)
    assert drawn.periods == (0, 1, 3, 4)
    assert len(drawn.x_edges) == len(drawn.y_edges) == 11
    for place, period in enumerate(drawn.periods):
        n = sum(drawn.shown[place].n)
        assert 0.75 * drawn.n_users[period] <= n <= drawn.n_users[period]
        assert min(drawn.shown[place].n) >= 3
        assert all(0 <= cell < 100 for cell in drawn.shown[place].cell)
    assert drawn.n_users == tuple(found.variety.n_users)
    assert drawn.narrowed[-1] == pytest.approx((found.users(4)["entropy"] < drawn.narrow_below).mean())
    assert drawn.own_overlap[0] is None
    assert "Each user is judged on 7 impressions a period, against 40 draws" in drawn.words


def test_nothing_found_is_nothing_drawn():
    assert draw_bubbles(None) is None


def test_taste_that_stays_is_no_bubble(log):
    found = found_in(log)
    drawn = draw_bubbles(found)
    kind = filter_bubble(drawn, found.variety.trend, **HAS)
    assert (kind.verdict, kind.estimate) == ("not_found", drawn.trend)
    assert kind.estimate.low < 0 < kind.estimate.high
    assert "on offer, no more than chance gives;" in kind.words


def test_users_who_came_to_see_less_are_a_bubble(log):
    drawn = draw_bubbles(found_in(log))
    narrowing = replace(drawn, trend=Estimate(value=-0.3, low=-0.4, high=-0.2))
    surely = Trend(change=-0.3, low=-0.4, high=-0.2, pvalue=1e-6)
    kind = filter_bubble(narrowing, surely, **HAS)
    assert filter_bubble(narrowing, surely, **{**HAS, "alarm_rate": 1e-6 / 2}).verdict == "not_found"
    assert kind.verdict == "found"
    assert "see a range 0.3 bits narrower, beyond what was on offer" in kind.words


def test_without_users_a_bubble_is_not_logged_and_without_a_change_it_cannot_be_told(log):
    assert filter_bubble(None, None, **{**HAS, "has_users": False}).needs == "user="
    still = replace(draw_bubbles(found_in(log)), trend=Estimate(value=None, low=None, high=None))
    for bubbles in (None, still):
        assert filter_bubble(bubbles, None, **HAS).verdict == "cannot_tell"
