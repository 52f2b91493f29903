"""Logs of a recommender whose gain is known, drawn from the simulator: one row an impression."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import polars as pl
import pytest

from afterlaunch.logs import InteractionLog
from afterlaunch.stats.ecosystem import World, simulate

START = datetime(2026, 1, 5)  # noqa: DTZ001 - a log's own clock
USERS = 400


@pytest.fixture(scope="session")
def impressions():
    """Return a maker of frames: 60 items over 14 weeks, each row with all that a log may record."""

    def make(*, gain=0.0, seed=0, n_items=60, n_periods=14, n_impressions=5_000, **world):
        rng = np.random.default_rng(seed)
        there = World(gain=gain, n_items=n_items, n_periods=n_periods, n_impressions=n_impressions, **world)
        run = simulate(there, rng=rng).run(0)
        shown, clicked, out = run.shown.ravel(), run.clicked.ravel(), run.withheld_clicked.ravel()
        cell = np.repeat(np.arange(shown.size), shown)
        within = np.arange(len(cell)) - np.repeat(np.cumsum(shown) - shown, shown)
        period, item = np.divmod(cell, run.shown.shape[1])
        seconds = period * 604_800 + rng.integers(0, 604_800, len(cell))
        share = run.expected / run.expected.sum(axis=1, keepdims=True)
        return pl.DataFrame(
            {
                "at": np.datetime64(START, "us") + (seconds * 1_000_000).astype("timedelta64[us]"),
                "film": [f"film-{one:03}" for one in item],
                "who": rng.integers(0, USERS, len(cell)),
                "genre": [f"genre-{one % 6}" for one in item],
                "place": rng.integers(1, 6, len(cell)),
                "p": share.ravel()[cell],
                "seen": within < clicked[cell],
                "learnt": within >= out[cell],
                "jitter": run.ground.noise.ravel()[cell],
            }
        )

    return make


ROLES = {
    "time": "at",
    "item": "film",
    "user": "who",
    "category": "genre",
    "clicked": "seen",
    "propensity": "p",
    "in_training": "learnt",
    "noise": "jitter",
}


@pytest.fixture(scope="session")
def log_of():
    """Return a maker of logs from such frames, with the roles that are named."""

    def make(frame, *roles, **more):
        named = {role: ROLES[role] for role in ("time", "item", "clicked", *roles)}
        return InteractionLog(frame, **{**named, **more})

    return make


@pytest.fixture(scope="session")
def found(impressions, log_of):
    """Return the log of a recommender with a gain of .6, of which 20 % of the clicks are withheld."""
    return log_of(impressions(gain=0.6, withheld=0.2, n_impressions=20_000), "user", "category", "in_training")
