"""Without a reference: false alarms and faults found; `benchmarks/drift_first_look.py` is the long version."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.profiles.first_stretch import length_of
from afterlaunch.stats import Windows, find_season, judge

pytestmark = pytest.mark.simulation

DAY_US = 86_400_000_000
N_COLUMNS = 8
WORLDS = {"rows alone vary": {}, "weekends": {"weekend": 0.4}, "persistent days": {"rho": 0.6, "sd": 0.125}}


def first_look(counts, days, *, weekend=0.0, rho=0.0, sd=0.0, shift=0.0, fault=0):
    """Return the verdicts on columns of which the first moves by `shift` from day `fault` on."""
    day = np.arange(days)
    common = counts.persistent(days, rho=rho, sd=sd / np.sqrt(2)) + weekend * (day % 7 >= 5)
    means = [common + counts.persistent(days, rho=rho, sd=sd / np.sqrt(2)) for _ in range(N_COLUMNS)]
    means[0] = means[0] + shift * (day >= fault)
    columns = [counts.ordered(mean, rows=300) for mean in means]
    edges = (4 + np.arange(days + 1)) * DAY_US
    season, _ = find_season(columns, day, edges[:-1], edges[1:])
    n = length_of(days)
    return judge(columns, Windows(reference=day[:n], current=day[n:], position=day, season=season, timeless=False))


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
@pytest.mark.parametrize("days", [14, 21, 28, 42, 90])
def test_a_quiet_log_without_a_reference_seldom_holds_any_false_alarm(counts, days, world) -> None:
    false = sum(any(one.verdict == "drifted" for one in first_look(counts, days, **world)) for _ in range(12))
    assert false <= 3  # of 12 at 5 %: exceeded by chance once in 500


@pytest.mark.parametrize("days", [28, 42, 90])
def test_a_shift_of_one_standard_deviation_after_two_thirds_is_found(counts, days) -> None:
    found = [first_look(counts, days, shift=1.0, fault=days * 2 // 3, weekend=0.4)[0].verdict for _ in range(6)]
    assert found.count("drifted") >= 5


def test_three_weeks_find_what_moved_in_the_last_five_days(counts) -> None:
    found = [first_look(counts, 21, shift=1.0, fault=16)[0].verdict for _ in range(6)]
    assert found.count("drifted") >= 5


def test_a_quiet_first_look_is_answered(counts) -> None:
    for days in (14, 21, 28):
        verdicts = [one.verdict for _ in range(5) for one in first_look(counts, days)]
        assert verdicts.count("cannot_tell") <= 0.05 * len(verdicts)
