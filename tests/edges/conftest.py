"""Logs with a known truth: a model that is wrong on one group of rows, or on none."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from afterlaunch.logs import PredictionLog

START = datetime(2024, 1, 1)  # noqa: DTZ001 - a log's own clock


@pytest.fixture(scope="session")
def world():
    """Return a maker of frames: 56 days, `n` rows, of which those of team plans from 50 on are served badly."""

    def make(task="binary", *, n=6000, days=56, seed=0, bad=True):
        rng = np.random.default_rng(seed)
        at = np.sort(rng.integers(0, days * 86_400, n))
        plan = rng.choice(["basic", "plus", "team"], n, p=[0.5, 0.3, 0.2])
        age = rng.integers(18, 80, n)
        income = rng.lognormal(10, 0.5, n)
        income[rng.random(n) < 0.03] = np.nan
        hurt = (plan == "team") & (age >= 50) & bad
        frame = {
            "at": [START + timedelta(seconds=int(one)) for one in at],
            "plan": plan,
            "age": age,
            "income": income,
            "trial": rng.random(n) < 0.3,
        }
        if task == "binary":
            score = rng.uniform(0.05, 0.95, n)
            frame |= {"score": score, "y": rng.random(n) < np.where(hurt, 1 - score, score)}
        elif task == "multiclass":
            chance = rng.dirichlet([1, 1, 1], n)
            label = np.array([rng.choice(3, p=one) for one in chance])
            label = np.where(hurt, (label + 1) % 3, label)
            frame |= {"a": chance[:, 0], "b": chance[:, 1], "c": chance[:, 2], "y": np.array(["a", "b", "c"])[label]}
        else:
            mean = 2.0 * age
            frame |= {"predicted": mean, "y": mean + rng.normal(0, np.where(hurt, 4, 1), n)}
        return pl.DataFrame(frame)

    return make


ROLES = {
    "binary": {"score": "score"},
    "multiclass": {"score": {"a": "a", "b": "b", "c": "c"}},
    "regression": {"prediction": "predicted", "task": "regression"},
}


@pytest.fixture(scope="session")
def log_of():
    """Return a maker of logs from such frames."""

    def make(frame, task="binary", **roles):
        given = {"time": "at", "target": "y", **ROLES[task], **roles}
        named = {role: name for role, name in given.items() if name is not None}
        return PredictionLog(frame, **named)

    return make
