"""Rates of all rows from labels of the accepted: worked examples, coverage, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from afterlaunch.stats.selective import Decisions, measure_selective, wilson


def decisions(n=20_000, *, accept_below=0.8, explore=0.02, seed=0):
    """Rows whose outcome is as likely as their score says; high scores are accepted at random alone."""
    rng = np.random.default_rng(seed)
    score = rng.uniform(size=n)
    chance = np.where(score < accept_below, 1.0, explore)
    return Decisions(
        score=score,
        labelled=rng.uniform(size=n) < chance,
        outcome=(rng.uniform(size=n) < score).astype(float),
        chance=chance,
    )


@pytest.mark.parametrize(("k", "n"), [(0, 20), (3, 30), (40, 40)])
def test_the_interval_of_a_share_is_wilsons(k, n):
    found, there = wilson(k / n, n), binomtest(k, n).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((there.low, there.high), abs=1e-6)


def test_weights_are_a_worked_example():
    rows = Decisions(
        score=None,
        labelled=np.repeat([True, False], [60, 60]),
        outcome=np.repeat([1.0, 0.0, 0.0], [20, 40, 60]),
        chance=np.repeat([0.25, 0.5, 0.5], [20, 40, 60]),
    )
    found = measure_selective(rows)
    # 20 labels of weight 4 and 40 of weight 2: the ones have 80 of 160; (160)² / (20·16 + 40·4) of 60 rows.
    assert found.weighted.value == pytest.approx(0.5)
    assert found.effective == pytest.approx(160**2 / 480 / 60)
    assert found.accepted.value == pytest.approx(1 / 3)


@pytest.mark.simulation
def test_one_in_fifty_accepted_at_random_repairs_the_rate_and_its_interval_holds_the_truth():
    runs = [measure_selective(decisions(n=30_000, seed=seed)) for seed in range(250)]
    held = [one.weighted.low <= 0.5 <= one.weighted.high for one in runs]
    assert np.mean([one.accepted.value for one in runs]) < 0.42
    assert np.mean([one.weighted.value for one in runs]) == pytest.approx(0.5, abs=0.005)
    assert 0.92 <= np.mean(held) <= 0.98
    assert all(one.difference.high < 0 for one in runs)


@pytest.mark.simulation
def test_where_acceptance_is_even_the_two_rates_differ_by_chance_alone():
    apart = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        score = rng.uniform(size=2_000)
        chance = rng.choice([0.3, 0.6], 2_000)
        rows = Decisions(
            score=score,
            labelled=rng.uniform(size=2_000) < chance,
            outcome=(rng.uniform(size=2_000) < score).astype(float),
            chance=chance,
        )
        found = measure_selective(rows).difference
        apart += not found.low <= 0 <= found.high
    assert apart <= 300 * 0.05 + 3 * np.sqrt(300 * 0.05 * 0.95)


def test_few_rows_of_great_weight_are_refused():
    found = measure_selective(decisions(accept_below=0.5, explore=0.005))
    assert found.effective < 0.05
    assert np.isnan(found.weighted.value)
    assert np.isfinite(found.accepted.value)


def test_scores_that_nobody_accepts_have_no_rate_and_the_share_of_them_is_told():
    found = measure_selective(decisions(explore=0.0))
    assert np.isnan(found.weighted.value)
    assert found.uncovered == pytest.approx(0.2, abs=0.02)
    assert np.isnan(found.bins[-1].accepted.value)


def test_without_chances_there_is_no_weighted_rate():
    rows = decisions()
    found = measure_selective(Decisions(score=rows.score, labelled=rows.labelled, outcome=rows.outcome, chance=None))
    assert np.isnan(found.weighted.value)
    assert np.isnan(found.effective)
    assert len(found.bins) == 10


@pytest.mark.parametrize("n", [1, 3, 150])
def test_few_rows_and_one_score_give_no_error(n):
    rows = Decisions(score=np.full(n, 0.5), labelled=np.ones(n, dtype=bool), outcome=np.zeros(n), chance=np.ones(n))
    found = measure_selective(rows)
    assert sum(one.n for one in found.bins) == n
    assert found.accepted.value == 0


@pytest.mark.simulation
@pytest.mark.parametrize("rate", [0.05, 0.2])
def test_where_acceptance_follows_the_score_alone_and_outcomes_do_not_the_level_holds(rate):
    false = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        score = rng.uniform(size=3_000)
        chance = np.where(score < 0.5, 0.9, 0.2)
        rows = Decisions(
            score=score,
            labelled=rng.uniform(size=3_000) < chance,
            outcome=(rng.uniform(size=3_000) < 0.3).astype(float),
            chance=chance,
        )
        false += measure_selective(rows).pvalue <= rate
    margin = 2.6 * (rate * (1 - rate) / 400) ** 0.5
    assert false / 400 <= rate + margin
