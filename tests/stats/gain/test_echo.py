from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats.ecosystem import World
from afterlaunch.stats.gain import measure_gain


def echoes(records, world: World, n: int, *holds: str):
    return [measure_gain(records.of(one, *holds)).echo for one in records.histories(world, n, seed=21)]


def test_a_model_that_remembers_echoes_half_of_what_came_back_at_once(records) -> None:
    """Half of the clicks are remembered for another period: of a gain of .5 a half comes at once, a quarter next."""
    found = echoes(records, World(gain=0.5, memory=0.5, explore=0.0), 10, "expected")
    assert np.mean([one.estimate for one in found]) == pytest.approx(0.125, abs=0.03)
    assert sum(one.pvalue < 0.05 for one in found) >= 8


@pytest.mark.simulation
@pytest.mark.parametrize("holds", [("expected",), ("withheld",), ("noise",)])
@pytest.mark.parametrize("gain", [0.0, 0.5])
def test_a_model_that_forgets_echoes_one_time_in_twenty(records, gain, holds) -> None:
    world = World(gain=gain, withheld=0.1, noise=0.1 if holds == ("noise",) else 0.0)
    found = echoes(records, world, 120, *holds)
    assert sum(one.pvalue < 0.05 for one in found) <= 14  # of 120 at 5 %: more once in a thousand
    assert abs(np.mean([one.estimate for one in found])) < 0.03


def test_four_transitions_are_too_few(records) -> None:
    assert echoes(records, World(gain=0.5, n_periods=6), 1, "expected") == [None]
