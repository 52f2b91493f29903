"""Variety of what users are shown: definitions by hand, and what chance alone shows of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from afterlaunch.stats.bubbles import Draws, choose_size, draw_rows, entropy_of, measure_variety

N_ITEMS, N_CATEGORIES, N_USERS, SIZE, PERIODS, BLOCKS = 80, 8, 250, 8, 6, 7


def dealt(rng, *, narrow=0.0, growing=0.0, by_block=False):
    """Draw users who are shown items of their own category with some chance, or all of them those of the day."""
    weight = np.exp(0.7 * rng.normal(size=N_ITEMS))
    category = np.arange(N_ITEMS) % N_CATEGORIES
    period = np.repeat(np.arange(PERIODS), N_USERS)
    user = np.tile(np.arange(N_USERS), PERIODS)
    visit = rng.integers(0, BLOCKS, size=(len(user), 1))
    block = np.repeat(visit, SIZE, axis=1)
    item = rng.choice(N_ITEMS, size=(len(user), SIZE), p=weight / weight.sum())
    if by_block:
        todays = (rng.integers(0, N_ITEMS // N_CATEGORIES, item.shape) * N_CATEGORIES + block) % N_ITEMS
        item = np.where(rng.random(item.shape) < 0.6, todays, item)
    share = narrow + growing * period[:, None] / (PERIODS - 1)
    own = rng.integers(0, N_ITEMS // N_CATEGORIES, item.shape) * N_CATEGORIES + user[:, None] % N_CATEGORIES
    item = np.where(rng.random(item.shape) < share, own, item)
    return Draws(period=period, user=user, item=item, category=category[item], block=block)


# ---------------------------------------------------------------- definitions


@given(st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6), min_size=1, max_size=5))
def test_entropy_is_that_of_the_shares_of_categories(rows):
    found = entropy_of(np.array(rows))
    for one, row in zip(found, rows, strict=True):
        assert one == pytest.approx(stats.entropy(np.bincount(row), base=2), abs=1e-8)


def test_users_are_judged_on_as_many_impressions_as_most_have():
    assert choose_size(np.array([1, 1, 1, 6, 6, 6, 9])) == 6
    assert choose_size(np.full(10, 500)) == 40
    assert choose_size(np.array([1, 2, 3])) is None


def test_rows_are_drawn_of_those_who_have_enough():
    rng = np.random.default_rng(0)
    period, user = np.array([0, 0, 0, 1, 1, 0, 1]), np.array([5, 5, 5, 5, 5, 6, 6])
    rows = draw_rows(period, user, 2, rng)
    assert rows.shape == (2, 2)
    assert period[rows].tolist() == [[0, 0], [1, 1]]
    assert (user[rows] == 5).all()
    assert len({tuple(sorted(draw_rows(period, user, 2, rng)[0])) for _ in range(50)}) == 3


def test_overlap_is_the_jaccard_index_of_the_items():
    rng = np.random.default_rng(1)
    n = 30
    item = np.stack([np.array([0, 1, 2, 3]) if user < 15 else np.array([2, 3, 4, 5]) for user in range(n)])
    one = Draws(
        period=np.zeros(n, dtype=int), user=np.arange(n), item=item, category=item % 2, block=np.zeros_like(item)
    )
    found = measure_variety(one, 1, rng)
    assert found.overlap == pytest.approx((14 * 1 + 15 * 2 / 6) / 29)


def test_own_overlap_is_with_the_last_period_that_a_user_came():
    n = 25
    item = np.concatenate([np.tile([0, 1, 2, 3], (n, 1)), np.tile([2, 3, 4, 5], (n, 1))])
    one = Draws(
        period=np.repeat([0, 2], n), user=np.tile(np.arange(n), 2), item=item, category=item % 2, block=item * 0
    )
    found = measure_variety(one, 3, np.random.default_rng(2))
    assert np.isnan(found.own[:n]).all()
    assert found.own[n:] == pytest.approx(2 / 6)
    assert found.n_users.tolist() == [n, 0, n]
    assert np.isnan(found.narrowed[1])


# ---------------------------------------------------------------- what chance alone shows


@pytest.mark.simulation
@pytest.mark.parametrize("by_block", [False, True])
def test_without_a_bubble_no_more_users_are_narrow_than_the_line_says(by_block):
    rng = np.random.default_rng(7)
    shares, alarms = [], 0
    for _ in range(30):
        narrowed = measure_variety(dealt(rng, by_block=by_block), PERIODS, rng).narrowed
        shares.append(narrowed.mean())
        alarms += sum(narrowed - 1.96 * (0.05 * 0.95 / N_USERS) ** 0.5 > 0.05)
    assert np.mean(shares) <= 0.055
    assert alarms / (30 * PERIODS) <= 0.05


def test_what_was_on_offer_on_a_day_is_no_bubble_but_would_be_without_days():
    rng = np.random.default_rng(8)
    one = dealt(rng, by_block=True)
    whole = Draws(period=one.period, user=one.user, item=one.item, category=one.category, block=one.block * 0)
    assert measure_variety(one, PERIODS, rng).narrowed.mean() < 0.07
    assert measure_variety(whole, PERIODS, rng).narrowed.mean() > 0.15


def test_a_bubble_makes_many_users_narrow():
    rng = np.random.default_rng(9)
    found = measure_variety(dealt(rng, narrow=0.6), PERIODS, rng)
    assert (found.narrowed > 0.3).all()
    assert found.entropy.mean() < found.null_entropy.mean() - 0.3


def test_intervals_of_the_trend_hold_no_change_where_there_is_none():
    rng = np.random.default_rng(10)
    outside = 0
    for _ in range(60):
        trend = measure_variety(dealt(rng, narrow=0.3), PERIODS, rng).trend
        assert trend is not None
        outside += not trend[1] <= 0 <= trend[2]
    assert outside <= 8  # of 60 at 5 %: more with chance .5 %


def test_users_who_narrow_are_seen_to():
    rng = np.random.default_rng(11)
    trend = measure_variety(dealt(rng, growing=0.6), PERIODS, rng).trend
    assert trend is not None
    assert trend[2] < 0


def test_few_users_have_no_line():
    rng = np.random.default_rng(12)
    one = dealt(rng)
    few = one.user < 10
    found = measure_variety(
        Draws(
            period=one.period[few],
            user=one.user[few],
            item=one.item[few],
            category=one.category[few],
            block=one.block[few],
        ),
        PERIODS,
        rng,
    )
    assert np.isnan(found.narrowed).all()
    assert found.trend is None
