"""What the verdicts promise, on a few simulated worlds; `benchmarks/drift_null.py` is the long version."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import Cells, Windows, find_season, judge
from afterlaunch.stats.phase import HOUR_US

pytestmark = pytest.mark.simulation

N_REPORTS = 60
N_COLUMNS = 12


def reports(counts, split, *, reference, current, rows=500, rho=0.0, sd=0.0, shift=0.0):
    n = reference + current
    jump = np.where(np.arange(n) >= reference, shift, 0.0)
    for _ in range(N_REPORTS if shift == 0 else 6):
        common = counts.persistent(n, rho=rho, sd=sd / np.sqrt(2))
        means = [common + counts.persistent(n, rho=rho, sd=sd / np.sqrt(2)) + jump for _ in range(N_COLUMNS)]
        yield judge([counts.ordered(mean, rows=rows) for mean in means], split(reference, current))


@pytest.mark.parametrize(
    "world",
    [
        {"reference": 28, "current": 7},
        {"reference": 28, "current": 7, "rho": 0.6, "sd": 0.125},
        {"reference": 56, "current": 1, "rho": 0.3, "sd": 0.1},
        {"reference": 14, "current": 7, "rho": 0.9, "sd": 0.2},
        {"reference": 28, "current": 7, "rows": 50},
        {"reference": 1, "current": 1, "rows": 50},
        {"reference": 1, "current": 1, "rows": 5000},
    ],
    ids=str,
)
def test_quiet_reports_seldom_hold_any_false_alarm(counts, split, world) -> None:
    false = sum(any(one.verdict == "drifted" for one in report) for report in reports(counts, split, **world))
    assert false <= 8  # of 60 at 5 %: exceeded by chance once in 150


def alarms(makes) -> int:
    return sum(any(one.verdict == "drifted" for one in judge(*make)) for make in makes)


@pytest.mark.parametrize("kind", ["missing", "flag", "category"])
def test_shares_that_vary_by_a_factor_seldom_alarm_on_one_day(counts, split, kind) -> None:
    """Without the growth of natural variation with the share, 10 to 15 of 100 reports had an alarm."""

    def column():
        share = np.minimum(0.05 * np.exp(0.7 * counts.rng.normal(size=29)), 0.9)
        if kind == "missing":
            return counts.ordered(np.zeros(29), missing=share)
        if kind == "category":
            return counts.categories(np.stack([1 - share, share, 0 * share], axis=1))
        hits = counts.rng.binomial(500, share)
        return Cells(counts=np.stack([500 - hits, hits, *[0 * hits] * 4], axis=1), ordered=True, widths=np.ones(2))

    assert alarms(([column() for _ in range(5)], split(28, 1)) for _ in range(100)) <= 10


@pytest.mark.parametrize("share", [0.0, 0.005, 0.05])
def test_a_jump_of_missing_values_is_found_on_one_day(counts, split, share) -> None:
    missing = np.where(np.arange(29) < 28, share * np.exp(0.3 * counts.rng.normal(size=29)), 0.5)
    assert judge([counts.ordered(np.zeros(29), missing=missing)], split(28, 1))[0].verdict == "drifted"


def astride(counts, edges: np.ndarray, group: np.ndarray, n_current: int, cycle: np.ndarray):
    """Return columns whose mean follows `cycle` by hour, 50 rows each, in buckets of hours of the same `group`."""
    first = np.flatnonzero(np.diff(group, prepend=-1))
    columns = [_summed(counts.ordered(cycle, rows=50), first) for _ in range(5)]
    bucket, bounds = np.arange(len(first)), (edges[np.append(first, len(group))] * HOUR_US).astype(np.int64)
    season, _ = find_season(columns, bucket, bounds[:-1], bounds[1:])
    windows = Windows(reference=bucket[:-n_current], current=bucket[-n_current:], position=bucket, season=season)
    return columns, windows


def _summed(cells: Cells, first: np.ndarray) -> Cells:
    return Cells(counts=np.add.reduceat(cells.counts, first, axis=0), ordered=True, widths=cells.widths)


def test_half_a_day_of_uneven_buckets_seldom_alarms_for_its_hours(counts) -> None:
    """Without seasons by part of the day, two of three such reports had an alarm."""
    hour = np.arange(14 * 24 + 12)
    cycle = 0.5 * np.sin(2 * np.pi * hour / 24)
    made = []
    for _ in range(40):
        group = np.cumsum(counts.rng.random(len(hour)) < 0.4)
        made.append(astride(counts, np.arange(len(hour) + 1), group, 5, cycle))
    assert alarms(made) <= 6


@pytest.mark.parametrize("n_current", [1, 3])
def test_buckets_of_three_days_seldom_alarm_for_their_weekends(counts, n_current) -> None:
    hour = np.arange(60 * 24)
    cycle = 0.4 * (hour // 24 % 7 >= 5)
    assert alarms(astride(counts, np.arange(len(hour) + 1), hour // 72, n_current, cycle) for _ in range(40)) <= 6


def test_an_ordinary_first_look_is_answered(counts, split) -> None:
    verdicts = [one.verdict for report in reports(counts, split, reference=14, current=7) for one in report]
    assert verdicts.count("cannot_tell") < 0.02 * len(verdicts)


@pytest.mark.parametrize(
    "world",
    [
        {"reference": 28, "current": 7, "shift": 0.2},
        {"reference": 56, "current": 1, "shift": 0.4},
        {"reference": 56, "current": 28, "rho": 0.3, "sd": 0.05, "shift": 0.2},
        {"reference": 1, "current": 1, "rows": 2000, "shift": 0.2},
    ],
    ids=str,
)
def test_known_shifts_are_found(counts, split, world) -> None:
    verdicts = [one.verdict for report in reports(counts, split, **world) for one in report]
    assert verdicts.count("drifted") > 0.9 * len(verdicts)


@pytest.mark.parametrize("shift", [0.0, 0.1, 0.4])
def test_the_effects_interval_holds_the_truth(counts, split, shift) -> None:
    truth = shares_gap(shift)
    found = [
        one
        for _ in range(5)
        for report in reports(counts, split, reference=28, current=7, rho=0.3, sd=0.05, shift=shift)
        for one in report
    ]
    assert np.mean([one.low - 0.003 <= truth <= one.high + 0.003 for one in found]) > 0.95


def shares_gap(shift: float, k: int = 16) -> float:
    centre = np.linspace(-2.5, 2.5, k)
    p, q = (np.exp(-((centre - mean) ** 2) / 2) for mean in (0.0, shift))
    return float(np.abs(np.cumsum(q / q.sum() - p / p.sum())).max())
