from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from afterlaunch.stats.ecosystem import World
from afterlaunch.stats.gain import Record, foresee, measure_gain
from afterlaunch.stats.gain.instruments import read_instruments
from afterlaunch.stats.gain.judge import _judged
from afterlaunch.stats.perturbed import History, elasticities, true_gain

BASE = World(withheld=0.03, noise=0.1)
ALL = ("expected", "withheld", "noise")


@pytest.fixture(scope="module")
def looped(records):
    return measure_gain(records.of(next(records.histories(replace(BASE, gain=0.5), 1)), *ALL))


class TestTruth:
    def test_without_exploration_every_item_answers_by_the_parameter(self, records) -> None:
        world = World(gain=0.5, explore=0.0, n_periods=5, n_items=40)
        found = elasticities(History(world, next(records.histories(world, 1))))
        assert np.allclose(found, 0.5)

    def test_exploration_and_memory_weaken_it(self, records) -> None:
        for world in (World(gain=0.5, explore=0.2, n_periods=5), World(gain=0.5, memory=0.5, n_periods=5)):
            found = elasticities(History(world, next(records.histories(world, 1))))
            assert found.mean() < 0.45

    def test_chance_drawn_again_finds_what_a_nudge_finds(self, records) -> None:
        world = replace(BASE, gain=0.5, explore=0.0, n_periods=6)
        history = History(world, next(records.histories(world, 1)))
        for one in read_instruments(records.of(history.traffic, *ALL), smoothing=0.5):
            truth = true_gain(history, one.name, one.kept, rng=np.random.default_rng(0))
            assert truth == pytest.approx(0.5, abs=1e-9)


class TestVerdicts:
    def test_a_loop_is_found_and_told_by_the_strongest_instrument(self, looped) -> None:
        assert looped.found == "loop"
        assert looped.instrument == "noise"
        assert looped.low < 0.5 * 0.96 < looped.high + 0.05
        assert looped.believed.spread == min(one.spread for one in looped.instruments)
        assert not looped.bound
        assert looped.missed is None

    def test_sensitivity_runs_from_a_fifth_to_five_times_the_smoothing(self, looped) -> None:
        constants, estimates = zip(*looped.believed.sensitivity, strict=True)
        assert constants == pytest.approx((0.1, 0.5, 2.5))
        assert estimates[1] == pytest.approx(looped.estimate)
        assert list(estimates) == sorted(estimates)  # more smoothing, less movement of the clicks

    def test_without_a_loop_the_gain_that_could_be_missed_is_named(self, records) -> None:
        found = [measure_gain(records.of(one, *ALL)) for one in records.histories(BASE, 10)]
        quiet = [one for one in found if one.found == "no_evidence"]
        assert len(quiet) >= 8
        assert all(one.missed == one.high and 0 < one.missed < 0.1 for one in quiet)

    def test_a_log_without_randomisation_is_not_identified_and_learns_what_would_tell(self, records) -> None:
        record = records.of(next(records.histories(World(gain=0.5), 1)))
        gain = measure_gain(record)
        assert (gain.found, gain.instrument, gain.low, gain.high) == ("not_identified", None, None, None)
        need = foresee(record).least("withheld")
        assert need.half_width <= 0.1
        assert 0 < need.amount <= 0.2

    def test_in_a_collapsed_log_there_is_a_bound_and_no_point(self, records) -> None:
        for one in records.histories(replace(BASE, gain=1.0), 10):
            gain = measure_gain(records.of(one, "expected"))
            assert gain.estimate is None
            assert gain.high is None
            assert gain.bound
            assert gain.instruments[0].overlap < 0.2
            assert gain.low is None or gain.low <= 1.0

    def test_an_instrument_whose_interval_ends_is_believed_before_one_whose_does_not(self, records) -> None:
        world = replace(BASE, gain=0.4, n_impressions=3_000, withheld=0.2)
        unbounded = 0
        for one in records.histories(world, 20):
            gain = measure_gain(records.of(one, *ALL))
            ended = [each for each in gain.instruments if each.accepted.low is not None]
            unbounded += len(gain.instruments) - len(ended)
            assert not ended or gain.believed in ended
        assert unbounded > 0

    def test_wrong_propensities_are_refused(self, records) -> None:
        traffic = next(records.histories(World(gain=0.3), 1))
        wrong = traffic.expected * np.exp(0.3 * np.random.default_rng(0).normal(size=200))
        wrong *= traffic.expected.sum(axis=1, keepdims=True) / wrong.sum(axis=1, keepdims=True)
        gain = measure_gain(replace(records.of(traffic, "expected", "withheld"), expected=wrong))
        assert gain.refused == ("surprise",)
        right = measure_gain(records.of(traffic, "expected"))
        assert right.refused == ()

    def test_an_alarm_is_told_by_an_instrument_that_raises_it(self, looped) -> None:
        one = looped.believed
        quiet = replace(
            one, estimate=0.0, accepted=replace(one.accepted, low=-0.1, high=0.1), adjusted=0.6, spread=0.01
        )
        loud = replace(one, name="withheld", adjusted=0.001, spread=0.05)
        gain = _judged((quiet, loud), (), 0.05)
        assert (gain.found, gain.instrument, gain.estimate) == ("loop", "withheld", loud.estimate)
        assert _judged((quiet,), (), 0.05).instrument == quiet.name

    def test_feedback_divided_by_propensities_shows_as_disagreement(self, records) -> None:
        """The model still follows its feedback, but exposure no longer breeds exposure: only noise sees the whole."""
        world = World(gain=0.5, correct=1.0, noise=0.15)
        gain = measure_gain(records.of(next(records.histories(world, 1)), "expected", "noise"))
        said = {one.name: one for one in gain.instruments}
        assert said["surprise"].estimate > 0.3
        assert abs(said["noise"].estimate) < 0.05
        assert {gain.instrument, *gain.at_odds} == {"surprise", "noise"}

    @pytest.mark.parametrize("shape", [(1, 50), (2, 50), (10, 1), (10, 3)])
    def test_too_few_periods_or_items_cannot_tell(self, shape) -> None:
        shown = np.full(shape, 1_000)
        record = Record(shown=shown, clicked=shown // 10, used=shown // 10, expected=shown.astype(float))
        assert measure_gain(record).found == "not_identified"

    def test_a_policy_that_leaves_nothing_to_chance_cannot_tell(self, records) -> None:
        traffic = next(records.histories(World(gain=0.5), 1))
        record = replace(records.of(traffic), expected=traffic.shown.astype(float))
        assert measure_gain(record).found == "not_identified"

    def test_no_clicks_at_all_cannot_tell(self) -> None:
        shown = np.full((10, 50), 1_000)
        none = np.zeros_like(shown)
        gain = measure_gain(Record(shown=shown, clicked=none, used=none, expected=shown + 1.0, withheld=shown // 10))
        assert gain.found == "not_identified"


@pytest.mark.simulation
class TestPromises:
    @pytest.mark.parametrize("holds", [ALL, ("inverse",)])
    def test_a_loop_free_log_alarms_one_time_in_twenty(self, records, holds) -> None:
        alarms: dict[str, list[bool]] = {}
        for one in records.histories(BASE, 300, seed=11):
            gain = measure_gain(records.of(one, *holds))
            alarms.setdefault("report", []).append(gain.found == "loop")
            for each in gain.instruments:
                alarms.setdefault(each.name, []).append(each.pvalue <= 0.05)
        for name, said in alarms.items():
            assert 4 <= sum(said) <= 27, name  # of 300 at 5 %: three standard errors

    @pytest.mark.parametrize("gain", [0.25, 0.5])
    def test_intervals_cover_the_truth_of_their_own_history(self, records, gain) -> None:
        world = replace(BASE, gain=gain)
        covered: dict[str, list[bool]] = {}
        rng = np.random.default_rng(2)
        for one in records.histories(world, 80, seed=12):
            record = records.of(one, *ALL)
            kept = {each.name: each.kept for each in read_instruments(record, smoothing=0.5)}
            for each in measure_gain(record).instruments:
                truth = true_gain(History(world, one), each.name, kept[each.name], rng=rng, n_draws=10)
                covered.setdefault(each.name, []).append(each.accepted.low <= truth <= each.accepted.high)
        for name, said in covered.items():
            assert sum(said) >= 70, name  # of 80 at 95 %: fewer once in a thousand

    @pytest.mark.parametrize(
        "awkward",
        [
            {"shock": 0.4},
            {"churn": 0.05},
            {"drift": 0.1, "confounding": 1.0},
            {"version_every": 5},
            {"burst": 5},
            {"content": 1.5, "quality": 1.0},
            {"n_impressions": 4_000},
            {"n_periods": 8},
        ],
        ids=str,
    )
    def test_awkward_logs_without_a_loop_alarm_no_more(self, records, awkward) -> None:
        alarms = sum(
            measure_gain(records.of(one, *ALL)).found == "loop"
            for one in records.histories(replace(BASE, **awkward), 100, seed=13)
        )
        assert alarms <= 13  # of 100 at 5 %: more once in a thousand

    def test_a_policy_that_looks_at_the_user_is_judged_by_inverse_propensities(self) -> None:
        """Two kinds of users see different items; the log holds the shown item's probability alone."""
        alarms, estimates = 0, []
        for gain in (0.0, 0.5):
            for seed in range(40):
                found = measure_gain(two_kinds_of_users(gain, np.random.default_rng(seed)))
                if gain:
                    estimates.append(found.instruments[0].estimate)
                else:
                    alarms += found.found == "loop"
        assert alarms <= 7  # of 40 at 5 %: more once in a thousand
        assert np.median(estimates) == pytest.approx(0.5, abs=0.12)

    def test_what_randomisation_tells_was_foreseen_within_a_third(self, records) -> None:
        quiet = replace(BASE, gain=0.3, withheld=0.0, noise=0.0)
        foreseen = [foresee(records.of(one, "expected")) for one in records.histories(quiet, 5, seed=1)]
        for way, world in (
            ("withheld", replace(quiet, withheld=0.05, n_periods=14)),
            ("noise", replace(quiet, noise=0.1, n_periods=14)),
            ("propensities", replace(quiet, n_periods=14)),
        ):
            amount = {"withheld": 0.05, "noise": 0.1, "propensities": 1.0}[way]
            expected = np.median([one.half_width(way, amount, 12) for one in foreseen])
            name = "surprise" if way == "propensities" else way
            had = []
            for one in records.histories(world, 15, seed=2):
                said = {each.name: each.accepted for each in measure_gain(records.of(one, *ALL)).instruments}
                had.append((said[name].high - said[name].low) / 2)
            assert expected == pytest.approx(np.median(had), rel=1 / 3)


def two_kinds_of_users(gain: float, rng: np.random.Generator, *, n: int = 60, n_periods: int = 27) -> Record:
    """Return a log whose policy gives each kind of users shares of its own, from the clicks of all."""
    content = rng.normal(size=(2, n)) * 0.4
    rate = 0.1 * np.exp(0.4 * rng.normal(size=n))
    used = np.full(n, 60.0)
    counts = {name: [] for name in ("shown", "clicked", "inverse", "inverse_squares")}
    for _ in range(n_periods):
        score = gain * np.log(used + 0.5) + content + 0.1 * rng.normal(size=(2, n))
        shares = 0.9 * np.exp(score) / np.exp(score).sum(axis=1, keepdims=True) + 0.1 / n
        shown = np.stack([rng.multinomial(15_000, one) for one in shares])
        clicked = rng.binomial(shown.sum(axis=0), rate)
        used = clicked.astype(float)
        counts["shown"].append(shown.sum(axis=0))
        counts["clicked"].append(clicked)
        counts["inverse"].append((shown / shares).sum(axis=0))
        counts["inverse_squares"].append((shown / shares**2).sum(axis=0))
    arrays = {name: np.array(values) for name, values in counts.items()}
    return Record(used=arrays["clicked"], **arrays)
