"""A cell's output stays small."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta

import numpy as np
import polars as pl

import afterlaunch as al

N_DAYS, ROWS_PER_DAY = 60, 1_000
MAX_OUTPUT, MAX_PICTURE = 300_000, 30_000


def test_25_columns_of_60_days_fit_in_300_kb():
    chance = np.random.default_rng(0)
    day = np.repeat(np.arange(N_DAYS), ROWS_PER_DAY)
    at = [datetime(2026, 1, 1) + timedelta(days=int(d)) for d in day]  # noqa: DTZ001 (UTC is said so)
    numbers = {f"number_{i}": chance.normal(i == 0, 1 + (i < 3) * (day > 40), day.size) for i in range(20)}
    words = {f"word_{i}": chance.choice(list("abcdefghij"), day.size) for i in range(5)}
    log = al.PredictionLog(pl.DataFrame({"at": at, **numbers, **words}), time="at")
    bundle = al.measure_drift(log, reference=("2026-01-01", "2026-02-01"))._repr_mimebundle_()
    assert sum(len(json.dumps(part)) for part in bundle.values()) <= MAX_OUTPUT
    assert len(base64.b64decode(str(bundle["image/png"]))) <= MAX_PICTURE
