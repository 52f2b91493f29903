"""Histories of simulated ecosystems as the records of logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from afterlaunch.stats.ecosystem import Traffic, World, simulate
from afterlaunch.stats.gain import Record

if TYPE_CHECKING:
    from collections.abc import Iterator


class Records:
    """Makes records of what a world's log would hold."""

    def of(self, traffic: Traffic, *holds: str) -> Record:
        """Return a record that holds "expected", "inverse", "withheld" or "noise", whatever is named."""
        chances = traffic.ground.impressions[:, None] / np.where(traffic.expected > 0, traffic.expected, 1.0)
        every = {
            "expected": {"expected": traffic.expected},
            "inverse": {"inverse": traffic.shown * chances, "inverse_squares": traffic.shown * chances**2},
            "withheld": {"withheld": traffic.withheld},
            "noise": {"noise": traffic.ground.noise},
        }
        held = {name: value for one in holds for name, value in every[one].items()}
        return Record(shown=traffic.shown, clicked=traffic.clicked, used=traffic.used, live=traffic.ground.live, **held)

    def histories(self, world: World, n: int, seed: int = 0) -> Iterator[Traffic]:
        """Yield `n` histories of `world`."""
        runs = simulate(world, rng=np.random.default_rng(seed), n_runs=n)
        yield from (runs.run(i) for i in range(n))


@pytest.fixture(scope="session")
def records() -> Records:
    return Records()
