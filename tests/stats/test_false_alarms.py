"""What the verdicts promise, on a few simulated worlds; `benchmarks/drift_null.py` is the long version."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import judge

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
