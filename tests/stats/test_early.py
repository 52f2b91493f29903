import numpy as np
import pytest

from afterlaunch.stats.early import early_against_late


def world(rng, days, rows, effect=0.0, wander=0.0):
    bucket = np.repeat(np.arange(days), rows)
    arrived = rng.integers(0, 1_000_000, days * rows)
    chance = 0.3 + wander * rng.uniform(-1, 1, days)[bucket] - effect * (arrived - 500_000) / 1_000_000
    return (rng.random(days * rows) < chance).astype(float), arrived, bucket


@pytest.mark.simulation
@pytest.mark.parametrize(("days", "rows", "wander"), [(30, 60, 0.0), (30, 60, 0.25), (5, 200, 0.2), (60, 15, 0.1)])
def test_it_errs_in_at_most_one_case_of_twenty_where_early_is_like_late(days, rows, wander):
    rng = np.random.default_rng(days)
    runs = 1000
    found = [early_against_late(*world(rng, days, rows, wander=wander)) for _ in range(runs)]
    false = np.mean([one.pvalue <= 0.05 for one in found])
    assert false <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5


@pytest.mark.simulation
def test_its_interval_holds_the_true_difference():
    rng = np.random.default_rng(1)
    runs = 600
    found = [early_against_late(*world(rng, 30, 60, effect=0.2, wander=0.1)) for _ in range(runs)]
    held = np.mean([one.low <= 0.1 <= one.high for one in found])
    assert held >= 0.95 - 3 * (0.05 * 0.95 / runs) ** 0.5
    assert np.mean([one.pvalue <= 0.05 for one in found]) > 0.9


def test_labels_that_all_come_at_once_have_no_halves():
    bucket = np.repeat(np.arange(10), 50)
    assert early_against_late(np.ones(500), bucket * 100, bucket) is None


def test_what_arrives_together_stays_together():
    bucket = np.zeros(100, dtype=int)
    arrived = np.where(np.arange(100) < 80, 1, 2)
    found = early_against_late((arrived == 1) * 1.0, arrived, bucket)
    assert (found.early, found.late) == (1.0, 0.0)
