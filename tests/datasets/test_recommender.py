"""The simulated recommender: repeatable, true to its counts, and as told as its options say."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from afterlaunch.datasets import recommender
from afterlaunch.errors import BadOption
from afterlaunch.loops.impressions import read_impressions
from afterlaunch.stats.concentration import gini_corrected

SMALL = {"n_items": 60, "n_weeks": 6, "n_impressions": 3_000, "n_users": 400}


def test_the_same_seed_gives_the_same_log():
    one, again, other = (recommender(rng=seed, **SMALL).collect() for seed in (3, 3, 4))
    assert one.equals(again)
    assert not one.equals(other)


def test_a_log_has_the_size_that_was_asked_for():
    log = recommender(**SMALL)
    found = read_impressions(log)
    assert found.shown.shape == (6, 60)
    assert found.total.tolist() == [3_000] * 6
    rows = log.collect()
    assert rows["user"].n_unique() <= 400
    assert rows["position"].max() <= 5
    assert rows["category"].n_unique() == 8
    assert 0.03 < rows["clicked"].mean() < 0.25


def test_propensities_tell_what_each_item_could_expect():
    by_impression = read_impressions(recommender(**SMALL)).chances
    by_table = read_impressions(recommender(propensities="expected", **SMALL)).chances
    assert by_impression.context_free
    shown = read_impressions(recommender(**SMALL)).shown
    assert by_impression.expected[shown > 0] == pytest.approx(by_table.expected[shown > 0])
    assert read_impressions(recommender(propensities=None, **SMALL)).chances.expected is None


def test_columns_are_there_where_their_options_are():
    plain = recommender(**SMALL)
    assert (plain.in_training, plain.noise) == (None, None)
    told = recommender(withheld=0.2, noise=0.3, **SMALL)
    found = read_impressions(told)
    assert found.withheld.sum() / found.shown.sum() == pytest.approx(0.2, abs=0.02)
    spread = float(np.nanstd(found.noise))
    assert spread == pytest.approx(0.3, abs=0.05)
    within = told.collect().group_by(pl.col("served_at").dt.truncate("1w"), "item").agg(pl.col("noise").n_unique())
    assert within["noise"].max() == 1


def test_a_loop_concentrates_exposure():
    last = {gain: read_impressions(recommender(gain, rng=1, **SMALL)).shown[-1] for gain in (0.0, 0.8)}
    assert gini_corrected(last[0.8]) > gini_corrected(last[0.0]) + 0.1


def test_places_further_up_are_clicked_more():
    rows = recommender(n_impressions=20_000, n_weeks=4, n_users=1_000).collect()
    rates = rows.group_by("position").agg(pl.col("clicked").mean()).sort("position")["clicked"]
    assert rates[0] > 1.3 * rates[4]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"gain": -1}, "gain=-1 lies outside of 0 to 3"),
        ({"n_items": 1}, "n_items=1 is too few: write 2 or more"),
        ({"withheld": 1.0}, r"withheld=1\.0 lies outside of 0 to 0\.99: it is a share"),
        ({"propensities": "all"}, "propensities='all' is not known: have None, 'shown', 'expected'"),
    ],
)
def test_options_that_make_no_world_are_refused(options, message):
    with pytest.raises(BadOption, match=message):
        recommender(**{**SMALL, **options})
