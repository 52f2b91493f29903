"""What the cells of the test notebooks call."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl

import afterlaunch as al

ROWS_PER_DAY = 60
N_DAYS = 90


def _times(seconds):
    return [datetime(2026, 1, 1) + timedelta(seconds=int(one)) for one in seconds]  # noqa: DTZ001 (UTC is said so)


def make_log(names=("temp", "dewp", "humid", "pressure"), *, rng=0):
    """Three months of made-up weather; the first two columns shift after two of them."""
    chance = np.random.default_rng(rng)
    days = np.repeat(np.arange(N_DAYS), ROWS_PER_DAY)
    late = days >= 2 * N_DAYS // 3
    columns = {name: chance.normal(3 * late if i < 2 else 0, 1, days.size) for i, name in enumerate(names)}
    columns["carrier"] = chance.choice(["AA", "UA", "DL"], days.size)
    return al.PredictionLog(pl.DataFrame({"at": _times(86_400 * days), **columns}), time="at")


def make_report():
    """Return a report in which `temp` and `dewp` drifted, `current` being the last month."""
    return al.measure_drift(make_log(), reference=("2026-01-01", "2026-02-15"), current=("2026-03-02", "2026-03-25"))


def make_edge_log(*, rng=0):
    """Eight weeks of a model that is right but for customers of a plan from fifty on, of whom it says the reverse."""
    chance = np.random.default_rng(rng)
    n = 8000
    seconds = np.sort(chance.integers(0, 56 * 86_400, n))
    plan, age = chance.choice(["basic", "plus", "team"], n, p=[0.5, 0.3, 0.2]), chance.integers(18, 80, n)
    score = chance.uniform(0.05, 0.95, n)
    wrong = (plan == "team") & (age >= 50)
    columns = {
        "at": _times(seconds),
        "plan": plan,
        "age": age,
        "income": chance.lognormal(10, 0.5, n),
        "score": score,
        "left": chance.random(n) < np.where(wrong, 1 - score, score),
    }
    return al.PredictionLog(pl.DataFrame(columns), time="at", score="score", target="left")


def make_edge_report(*, rows=False):
    """Return a report whose first slice is the customers of whom the model says the reverse."""
    return al.find_edge_cases(make_edge_log(), reference=("2026-01-01", "2026-01-22"), rows=rows)


def make_scored_log(*, rng=0):
    """Ten weeks of scores that are right for seven of them, then the reverse; labels come in within days."""
    chance = np.random.default_rng(rng)
    n = 70 * 80
    seconds = np.sort(chance.integers(0, 70 * 86_400, n))
    score = chance.uniform(0.05, 0.95, n)
    late = seconds >= 49 * 86_400
    known = seconds + chance.exponential(2 * 86_400, n) <= 70 * 86_400
    true = chance.random(n) < np.where(late, 1 - score, score)
    columns = {
        "at": _times(seconds),
        "site": chance.choice(["north", "south"], n, p=[0.7, 0.3]),
        "score": score,
        "left": [bool(one) if there else None for one, there in zip(true, known, strict=True)],
    }
    return al.PredictionLog(pl.DataFrame(columns), time="at", score="score", target="left")


def make_performance_report():
    """Return a report in which every metric dropped, by site."""
    return al.measure_performance(
        make_scored_log(), reference=("2026-01-01", "2026-02-10"), current=("2026-02-24", "2026-03-04"), by="site"
    )


def make_busier_log(*, rng=0):
    """Twelve weeks of flights whose score is right; in the last four, evening flights of two carriers are many more."""
    chance = np.random.default_rng(rng)
    n = 84 * 120
    seconds = np.sort(chance.integers(0, 84 * 86_400, n))
    late = seconds >= 56 * 86_400
    carrier = chance.choice(["AA", "DL", "EV", "MQ", "UA"], n, p=[0.3, 0.3, 0.1, 0.1, 0.2])
    hour = chance.integers(6, 23, n)
    busy = late & (chance.random(n) < 0.35)
    carrier = np.where(busy, chance.choice(["EV", "MQ"], n), carrier)
    hour = np.where(busy, chance.integers(17, 23, n), hour)
    hard = np.isin(carrier, ["EV", "MQ"]) & (hour >= 17)
    score = np.where(hard, chance.uniform(0.35, 0.65, n), chance.uniform(0.02, 0.2, n))
    columns = {
        "at": _times(seconds),
        "carrier": carrier,
        "hour": hour,
        "distance": chance.integers(100, 2500, n),
        "score": score,
        "late": chance.random(n) < score,
    }
    return al.PredictionLog(pl.DataFrame(columns), time="at", score="score", target="late", noun="flights")


def make_explanation():
    """Return an explanation: most of the change is other traffic, evening flights of two carriers."""
    return al.explain_performance(
        make_busier_log(), reference=("2026-01-01", "2026-02-26"), current=("2026-02-26", "2026-03-26")
    )


def make_loop_report():
    """Return a report on a recommender that feeds on its own clicks."""
    return al.find_feedback_loops(al.datasets.recommender(gain=0.6, n_weeks=14, n_impressions=10_000, withheld=0.1))


def make_long_loop_report():
    """Return a report on half a year of such a recommender, which withholds nothing."""
    return al.find_feedback_loops(al.datasets.recommender(gain=0.6, rng=0))
