"""A short form of `benchmarks/performance_intervals.py`: false verdicts are held, and a lost skill is found."""

import numpy as np
import pytest

from afterlaunch.performance import metrics
from afterlaunch.performance.bucketed import Bucketed
from afterlaunch.performance.scored import Scored
from afterlaunch.performance.steps import measure_steps
from afterlaunch.performance.verdicts import judge_steps
from afterlaunch.stats import Windows

JUDGED = [
    metrics.LogLoss(),
    metrics.RocAuc(),
    metrics.CalibrationError(),
    metrics.Accuracy(),
    metrics.Precision(),
    metrics.Recall(),
]
REFERENCE, CURRENT, ROWS = 28, 7, 300


def verdicts(rng, *, rho=0.0, sd=0.0, skill=1.0):
    days = REFERENCE + CURRENT
    noise = rng.normal(size=(2, days))
    for day in range(1, days):
        noise[:, day] = rho * noise[:, day - 1] + np.sqrt(1 - rho**2) * noise[:, day]
    day = np.repeat(np.arange(days), ROWS)
    z = rng.normal(size=len(day))
    slope = 1.5 * np.exp(sd / 2 * noise[1]) * np.where(np.arange(days) >= REFERENCE, skill, 1.0)
    score = 1 / (1 + np.exp(1 - 1.5 * z))
    target = rng.random(len(z)) < 1 / (1 + np.exp(1 - sd * noise[0][day] - slope[day] * z))
    rows = Scored(
        task="binary",
        n_classes=2,
        target=target.astype(float),
        score=score,
        prediction=(score >= 0.4).astype(float),
    )
    place = np.arange(days)
    windows = Windows(reference=place[:REFERENCE], current=place[REFERENCE:], position=place, season=place * 0)
    bucketed = Bucketed(rows=rows, first=ROWS * np.arange(days + 1), n_rows=np.full(days, ROWS))
    return [one.verdict for one in judge_steps(measure_steps(JUDGED, bucketed, windows), 0.05)]


@pytest.mark.simulation
@pytest.mark.parametrize(("rho", "sd"), [(0.0, 0.0), (0.3, 0.2), (0.6, 0.3)])
def test_reports_without_a_change_seldom_say_that_there_is_one(rho, sd):
    rng, false, runs = np.random.default_rng(1), 0, 60
    for _ in range(runs):
        false += bool({"dropped", "improved"} & set(verdicts(rng, rho=rho, sd=sd)))
    assert false / runs <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / runs)


@pytest.mark.simulation
def test_a_model_that_lost_half_of_its_skill_is_found_out():
    rng = np.random.default_rng(2)
    found = [verdicts(rng, rho=0.3, sd=0.1, skill=0.5) for _ in range(15)]
    assert sum(one[1] == "dropped" for one in found) >= 13
    assert not any("improved" in one for one in found)
