from __future__ import annotations

from dataclasses import replace
from time import process_time

import numpy as np
import pytest
from scipy.stats import beta, kstest

from afterlaunch.stats.drawn import Impressions, draw_impressions
from afterlaunch.stats.ecosystem import Traffic, World, lay_ground, run_on, simulate


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def gini(shown: np.ndarray) -> float:
    n = len(shown)
    return float(((2 * np.arange(1, n + 1) - n - 1) * np.sort(shown)).sum() / (n * shown.sum()))


def test_the_same_seed_gives_the_same_history() -> None:
    first, second = (simulate(World(gain=0.5, withheld=0.1, noise=0.1), rng=rng(3)) for _ in range(2))
    assert np.array_equal(first.shown, second.shown)
    assert np.array_equal(first.used, second.used)


def test_counts_of_an_item_and_period_fit_into_each_other() -> None:
    traffic = simulate(World(gain=0.7, withheld=0.2, churn=0.05, burst=4, traffic=0.3), rng=rng(), n_runs=3)
    assert (traffic.clicked <= traffic.shown).all()
    assert (traffic.withheld_clicked <= np.minimum(traffic.withheld, traffic.clicked)).all()
    assert (traffic.withheld - traffic.withheld_clicked <= traffic.shown - traffic.clicked).all()
    assert (traffic.shown.sum(axis=2) <= traffic.ground.impressions).all()
    assert np.allclose(traffic.expected.sum(axis=2), traffic.ground.impressions)
    assert not traffic.shown[:, ~traffic.ground.live].any()


def test_shown_is_expected_but_for_the_draw() -> None:
    traffic = simulate(World(gain=0.5), rng=rng(), n_runs=20)
    squares = (traffic.shown - traffic.expected) ** 2 / traffic.expected
    assert squares.mean() == pytest.approx(1, abs=0.02)  # a multinomial's, less one in n


def test_items_are_replaced_at_the_stated_rate_and_start_new() -> None:
    live, age = (getattr(lay_ground(World(churn=0.1), rng=rng()), name) for name in ("live", "age"))
    assert (live.sum(axis=1) == 200).all()
    assert ((live[1:] & ~live[:-1]).sum(axis=1) == 20).all()
    assert (age[1:][live[1:] & ~live[:-1]] == 0).all()
    assert not (live[:-2] & ~live[1:-1] & live[2:]).any()  # who left does not come back


def test_gain_concentrates_exposure_and_correction_undoes_it() -> None:
    last = {
        name: np.mean([gini(one[-1]) for one in simulate(world, rng=rng(1), n_runs=8).shown])
        for name, world in {
            "none": World(),
            "loop": World(gain=0.65),
            "corrected": World(gain=0.65, correct=1.0),
            "explored": World(gain=0.65, explore=0.3),
        }.items()
    }
    assert last["loop"] > last["none"] + 0.3
    assert last["explored"] < last["loop"] - 0.1
    assert last["corrected"] < last["loop"] - 0.2


def test_new_items_are_sure_of_their_guarantee_and_of_no_more() -> None:
    world = World(gain=0.8, churn=0.05, guarantee=0.5, n_new=3)
    traffic = simulate(world, rng=rng(2)).run(0)
    new = traffic.ground.live & (traffic.ground.age < 3) & (traffic.ground.age >= 0)
    even = 40_000 / 200
    assert traffic.expected[new].min() > 0.5 * even * 0.95  # the others give way in proportion
    without = simulate(replace(world, guarantee=0.0), rng=rng(2)).run(0)
    assert traffic.expected[new].mean() > 1.5 * without.expected[new].mean()


def test_a_version_changes_content_and_memory_carries_clicks_on() -> None:
    versions = lay_ground(World(version_every=9, wander=0.0), rng=rng()).content[0]
    changed = (versions[1:] != versions[:-1]).all(axis=1)
    assert np.flatnonzero(changed).tolist() == [8, 17]
    world = World(memory=0.5, n_periods=3)
    traffic = simulate(world, rng=rng()).run(0)
    assert np.allclose(traffic.learnt[2], 0.5 * traffic.learnt[1] + traffic.used[1])


def test_withholding_begins_when_it_is_said_to() -> None:
    traffic = simulate(World(withheld=0.1, withheld_from=20), rng=rng()).run(0)
    assert not traffic.withheld[:20].any()
    assert traffic.withheld[20:].sum() / traffic.shown[20:].sum() == pytest.approx(0.1, abs=0.005)


def test_two_hundred_items_over_27_periods_take_less_than_30_milliseconds() -> None:
    took = []
    for seed in range(7):
        start = process_time()
        simulate(World(gain=0.6, withheld=0.03, noise=0.1), rng=rng(seed))
        took.append(process_time() - start)
    assert np.median(took) < 0.03


@pytest.fixture(scope="module")
def drawn() -> tuple[Traffic, Impressions]:
    traffic = simulate(World(gain=0.6, withheld=0.1, n_impressions=5_000, churn=0.02), rng=rng()).run(0)
    return traffic, draw_impressions(traffic, n_users=700, slots=10, narrow=0.5, rng=rng(1))


class TestImpressions:
    def test_they_count_up_to_the_traffic(self, drawn) -> None:
        traffic, one = drawn
        cell = one.moment.astype(int) * traffic.shown.shape[1] + one.item

        def count(rows: np.ndarray) -> np.ndarray:
            return np.bincount(cell[rows], minlength=traffic.shown.size).reshape(traffic.shown.shape)

        assert np.array_equal(count(np.ones(len(cell), dtype=bool)), traffic.shown)
        assert np.array_equal(count(one.clicked), traffic.clicked)
        assert np.array_equal(count(one.clicked & one.in_training), traffic.used)
        assert np.array_equal(count(~one.in_training), traffic.withheld)

    def test_a_list_has_one_user_one_moment_and_each_position_once(self, drawn) -> None:
        _, one = drawn
        assert len(np.unique(one.list * 100 + one.position)) == len(one.list)
        assert one.position.min() == 1
        assert one.position.max() == 10
        assert len(np.unique(np.stack([one.list, one.user]), axis=1).T) == one.list.max() + 1
        assert len(np.unique(np.stack([one.list, one.moment]), axis=1).T) == one.list.max() + 1

    def test_time_runs_on_and_higher_places_are_clicked_more(self, drawn) -> None:
        _, one = drawn
        assert (np.diff(one.moment) >= 0).all()
        assert one.clicked[one.position == 1].mean() > 1.5 * one.clicked[one.position == 6].mean()

    def test_users_see_more_of_the_category_they_like(self, drawn) -> None:
        traffic, one = drawn
        liked = (one.user % 8) == traffic.ground.category[one.item]
        assert liked.mean() == pytest.approx(0.5 + 0.5 / 8, abs=0.02)

    def test_a_propensity_is_the_share_of_the_period(self, drawn) -> None:
        traffic, one = drawn
        period = one.moment.astype(int)
        expected = traffic.expected[period, one.item] / traffic.ground.impressions[period]
        assert np.allclose(one.propensity, expected)


@pytest.mark.simulation
class TestUrn:
    """Where what is found is added to the urn that decides where to look, the urn does not learn the rates.

    Ensign, Friedler, Neville, Scheidegger & Venkatasubramanian (2018), *Runaway feedback loops in predictive policing*.
    """

    WORLD = World(n_items=2, n_periods=1_500, n_impressions=1, gain=1.0, smoothing=1e-9, memory=1.0, explore=0.0)

    def shares(
        self, rates: list[float], *, correct: float = 0.0, balls: tuple[float, float] = (1.0, 1.0)
    ) -> np.ndarray:
        """Return the first one's share in 200 urns at the end: gain 1, all that was found remembered."""
        world = replace(self.WORLD, correct=correct)
        blank = lay_ground(replace(world, memory=0.0, content=0.0, confounding=0.0, wander=0.0), rng=rng(), n_runs=200)
        ground = replace(
            blank, rate=np.broadcast_to(rates, blank.rate.shape), learnt=np.broadcast_to(balls, blank.learnt.shape)
        )
        traffic = run_on(ground, world, rng=rng(4))
        return traffic.learnt[:, -1, 0] / traffic.learnt[:, -1].sum(axis=1)

    def test_at_equal_rates_it_settles_anywhere_as_polya_says(self) -> None:
        assert kstest(self.shares([1.0, 1.0], balls=(2.0, 5.0)), beta(2, 5).cdf).pvalue > 0.01

    def test_at_unequal_rates_the_higher_takes_all(self) -> None:
        assert np.median(self.shares([0.9, 0.3])) > 0.96

    def test_corrected_by_propensities_it_learns_the_rates(self) -> None:
        found = self.shares([0.9, 0.3], correct=1.0)
        assert np.mean(found) == pytest.approx(0.75, abs=0.02)
        assert np.std(found) < 0.06
