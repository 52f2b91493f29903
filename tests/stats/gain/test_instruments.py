from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from afterlaunch.stats.ecosystem import World
from afterlaunch.stats.gain import Record, measure_gain
from afterlaunch.stats.gain.control import within_periods, without
from afterlaunch.stats.gain.instruments import read_instruments

BUSY = World(gain=0.5, withheld=0.05, noise=0.1, n_periods=14)


def named(record: Record) -> list[str]:
    return [one.name for one in read_instruments(record, smoothing=0.5)]


@pytest.fixture(scope="module")
def traffic(records):
    return next(records.histories(BUSY, 1))


def test_each_log_has_the_instruments_that_it_holds(records, traffic) -> None:
    assert named(records.of(traffic)) == []
    assert named(records.of(traffic, "expected")) == ["surprise"]
    assert named(records.of(traffic, "inverse")) == ["inverse"]
    assert named(records.of(traffic, "withheld", "noise")) == ["withheld", "noise"]


def test_deviations_have_mean_zero_and_a_spread_near_one(records) -> None:
    sums: dict[str, list[np.ndarray]] = {}
    for one in records.histories(BUSY, 30):
        for holds in (("expected", "withheld", "noise"), ("inverse",)):
            for found in read_instruments(records.of(one, *holds), smoothing=0.5):
                sums.setdefault(found.name, []).append(found.d[found.kept])
    for name, parts in sums.items():
        every = np.concatenate(parts)
        assert abs(every.mean()) < 4 * every.std() / np.sqrt(len(every)), name
        assert 0.5 < every.std() < 1.5, name


def test_what_was_known_before_is_taken_out_of_cause_and_effect(records, traffic) -> None:
    [one] = read_instruments(records.of(traffic, "expected"), smoothing=0.5)
    before = within_periods(np.log(traffic.expected)[1:-1], one.kept)
    for values in (one.x, one.y):
        assert np.abs(values[one.kept] @ before[one.kept]) < 1e-6
        assert np.abs(values.sum(axis=1)).max() < 1e-9
        assert not values[~one.kept].any()


def test_without_controls_only_the_periods_mean_is_taken_out() -> None:
    values = np.arange(6.0).reshape(2, 3)
    kept = np.array([[True, True, False], [True, True, True]])
    assert without([], values, kept).tolist() == [[-0.5, 0.5, 0.0], [-1.0, 0.0, 1.0]]


def test_noise_that_lasts_is_no_instrument(records, traffic) -> None:
    record = records.of(traffic, "noise")
    lasting = replace(record, noise=np.broadcast_to(record.noise[0], record.noise.shape))
    assert named(lasting) == []


def test_clicks_alone_withheld_are_told_from_impressions_withheld(records) -> None:
    """Where only clicks are flagged, all that is withheld was clicked: their share is that of the period's clicks."""
    estimates = []
    for one in records.histories(BUSY, 20):
        record = replace(records.of(one, "expected"), expected=one.expected, withheld=one.withheld_clicked)
        found = {each.name: each for each in measure_gain(record).instruments}
        estimates.append(found["withheld"].estimate)
    assert np.mean(estimates) == pytest.approx(0.47, abs=4 * np.std(estimates) / np.sqrt(20))


def test_items_without_clicks_change_nothing(records, traffic) -> None:
    record = records.of(traffic, "expected", "withheld", "noise")
    n = record.shown.shape[1]

    def wider(values: np.ndarray, fill: float) -> np.ndarray:
        return np.concatenate([values, np.full((len(values), n), fill, dtype=values.dtype)], axis=1)

    padded = Record(
        shown=wider(record.shown, 0),
        clicked=wider(record.clicked, 0),
        used=wider(record.used, 0),
        expected=wider(record.expected, 1e-3),
        withheld=wider(record.withheld, 0),
        noise=wider(record.noise, 0.0),
        live=wider(record.live, fill=True),
    )
    ours, theirs = measure_gain(record), measure_gain(padded)
    for one, other in zip(ours.instruments, theirs.instruments, strict=True):
        assert other.estimate == pytest.approx(one.estimate, rel=1e-6)
        assert other.overlap == pytest.approx(one.overlap, rel=1e-6)


def test_three_periods_hold_no_instrument(records) -> None:
    short = next(records.histories(replace(BUSY, n_periods=3), 1))
    assert named(records.of(short, "expected", "withheld", "noise")) == []


def test_an_item_is_there_from_its_first_to_its_last_period() -> None:
    shown = np.array([[0, 1], [1, 0], [0, 0], [1, 0]])
    record = Record(shown=shown, clicked=shown, used=shown)
    assert record.there().T.astype(int).tolist() == [[0, 1, 1, 1], [1, 0, 0, 0]]
