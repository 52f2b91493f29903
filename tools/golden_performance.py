"""Golden vectors of performance: natural variation of one number a bucket, and whole payloads with their verdicts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from afterlaunch.logs import PredictionLog
from afterlaunch.performance import measure_performance, words
from afterlaunch.stats import Windows
from afterlaunch.stats.natural import SCALAR, Series, learn_natural
from afterlaunch.stats.noise import Noise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from afterlaunch.performance.payload import PerformancePayload, Verdict

SEED = 20260102
CHANCES = (0.05, 0.003)
SERIES = ("metric", "segment", "n_rows", "n_labelled", "realized", "judgement", "level", "moved", "noise", "spread")
DAYS, PER_DAY = 49, 60


@dataclass(kw_only=True)
class Case:
    """Values of buckets, and how many of them are the reference."""

    moved: np.ndarray
    n: np.ndarray
    n_reference: int
    season: int = 1
    n_current: int | None = None
    noise: tuple[float, float] | None = None


def natural_cases() -> list[dict[str, object]]:
    """Return series of buckets with what natural variation makes of their step."""
    rng = np.random.default_rng(SEED)
    return [{"name": name, **_natural(case)} for name, case in _cases(rng).items()]


def _cases(rng: Generator) -> dict[str, Case]:
    def days(n: int, rho: float) -> np.ndarray:
        out = rng.normal(size=n)
        for i in range(1, n):
            out[i] = rho * out[i - 1] + np.sqrt(1 - rho**2) * out[i]
        return 0.05 * out

    some = rng.poisson(300, 60).astype(float)
    gaps = some.copy()
    gaps[[3, 4, 20, 50]] = 0
    return {
        "independent rows": Case(moved=rng.normal(size=60) / np.sqrt(some), n=some, n_reference=45),
        "days that persist": Case(moved=days(60, 0.8) + 0.02 * rng.normal(size=60), n=some, n_reference=45),
        "days that wander": Case(moved=np.cumsum(days(60, 0.0)), n=some, n_reference=40),
        "a step": Case(moved=days(60, 0.3) + 0.4 * (np.arange(60) >= 45), n=some, n_reference=45),
        "weekdays": Case(moved=days(60, 0.3) + 0.2 * (np.arange(60) % 7 >= 5), n=some, n_reference=42, season=7),
        "an unseen weekday": Case(moved=days(60, 0.3), n=some, n_reference=5, season=7),
        "a short reference": Case(moved=days(12, 0.3), n=some[:12], n_reference=8),
        "too short": Case(moved=days(3, 0.3), n=some[:3], n_reference=2),
        "no time": Case(moved=np.array([0.0, 0.2]), n=np.array([800.0, 90.0]), n_reference=1),
        "buckets without rows": Case(moved=days(60, 0.3), n=gaps, n_reference=45),
        "unequal volume": Case(moved=days(60, 0.3), n=np.r_[some[:45], some[45:] / 20], n_reference=45),
        "three parts": Case(
            moved=np.column_stack([days(60, 0.5), days(60, 0.0), days(60, 0.8)]) + 0.05 * (some > 310)[:, None],
            n=some,
            n_reference=45,
            noise=(2.4, 0.5),
        ),
        "a window in between": Case(moved=days(60, 0.5), n=some, n_reference=30, n_current=10),
    }


def _natural(case: Case) -> dict[str, object]:
    time = np.arange(len(case.n))
    end = len(time) if case.n_current is None else case.n_reference + case.n_current
    windows = Windows(
        reference=time[: case.n_reference],
        current=time[case.n_reference : end],
        position=time,
        season=time % case.season,
        timeless=len(time) == 2,
    )
    variance = 1 / np.maximum(case.n, 1)
    wider = variance * np.where(np.isin(time, windows.current), 2.0, 1.0)
    noise = SCALAR if case.noise is None else _noise(*case.noise)
    learnt = learn_natural(Series(moved=case.moved, variance=variance, n=case.n, noise=noise), windows)
    step = float(np.linalg.norm(learnt.step @ case.moved))
    which = windows.current[case.n[windows.current] > 0]
    return {
        "windows": {
            **{name: getattr(windows, name).tolist() for name in ("reference", "current", "position", "season")},
            "timeless": windows.timeless,
        },
        "parts": case.moved.reshape(len(time), -1).T.tolist(),
        "noise": list(case.noise or ()),
        "variance": variance.tolist(),
        "wider": wider.tolist(),
        "n": case.n.tolist(),
        "step": step,
        "pvalue": learnt.pvalue(step),
        "reaches": [learnt.reach(chance) for chance in CHANCES] if learnt.raising > 0 else [],
        "reach_wider": learnt.reach(0.05, wider) if learnt.raising > 0 else None,
        "width": learnt.width(which, case.n, wider, 0.05),
        "between_share": learnt.between_share(),
        "caution": learnt.caution,
        "raising": learnt.raising,
        "covered": learnt.covered,
        "wandering": learnt.wandering,
    }


def _noise(shape: float, rate: float) -> Noise:
    return Noise(mean=np.ones(1), shape=np.array([shape]), rate=np.array([rate]))


def performance_cases() -> list[dict[str, object]]:
    """Return payloads of small logs, each with the buckets' windows that Python judged."""
    rng = np.random.default_rng(SEED)
    made: dict[str, tuple[pl.DataFrame, dict[str, Any]]] = {
        "binary": (_binary(rng), {"score": "p"}),
        "multiclass": (_multiclass(rng), {"prediction": "guess"}),
        "regression": (_regression(rng), {"prediction": "guess"}),
    }
    metrics = {
        "binary": [
            *("log_loss", "brier", "roc_auc", "average_precision", "calibration_error", "accuracy"),
            *("precision", "recall", "specificity", "f1", "mcc"),
        ],
        "multiclass": ["accuracy", "precision", "recall", "specificity", "f1", "mcc"],
        "regression": ["mae", "rmse", "median_absolute_error", "bias", "r2", "mape"],
    }
    cases: list[dict[str, object]] = []
    for name, (table, roles) in made.items():
        log = PredictionLog(table, target="y", time="at", **roles)
        report = measure_performance(log, reference=("2024-01-01", "2024-02-05"), metrics=metrics[name], by="site")
        cases.append(
            {"name": name, "payload": _judged(asdict(report.payload())), "words": list(_words(report.payload()))}
        )
    return cases


def _judged(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what the page judges from: the rest of a payload is drawn, not computed with."""
    kept = {name: payload[name] for name in ("buckets", "reference", "current", "alarm_rate", "metrics", "segments")}
    series = [{name: one[name] for name in SERIES} for one in payload["series"]]
    return {**kept, "task": payload["task"], "series": series, "sums": payload["sums"]}


def _words(payload: PerformancePayload) -> Iterator[dict[str, Any]]:
    """Yield what is said of the payload as it is, and with other verdicts."""
    infos = {metric.name: metric for metric in payload.metrics}
    n = len(payload.series)
    kinds: dict[str, list[Verdict | None]] = {
        "as they are": [None] * n,
        "stable": ["stable"] * n,
        "cannot tell": ["cannot_tell"] * n,
        "one in a segment": ["dropped" if place == 1 else "stable" for place in range(n)],
        "better": ["improved" if place % 2 else "cannot_tell" for place in range(n)],
        "some": ["cannot_tell" if place % 4 == 0 else "stable" for place in range(n)],
    }
    for against, (kind, verdicts) in enumerate(kinds.items()):
        series = [
            one if verdict is None else replace(one, judgement=replace(one.judgement, verdict=verdict))
            for one, verdict in zip(payload.series, verdicts, strict=True)
        ]
        chosen = "your first 3 weeks, chosen for you" if against % 2 else None
        yield {
            "kind": kind,
            "verdicts": [one.judgement.verdict for one in series],
            "against": chosen,
            "sentence": words.sentence(series, infos, against=chosen),
            "evidence": words.evidence(series, payload.buckets, alarm_rate=payload.alarm_rate),
        }


def _times(rng: Generator) -> dict[str, object]:
    n = DAYS * PER_DAY
    start = np.datetime64("2024-01-01T08:00:00", "us")
    at = start + np.repeat(np.arange(DAYS), PER_DAY).astype("timedelta64[D]")
    return {"at": at, "site": rng.choice(["north", "south"], n, p=[0.7, 0.3])}


def _binary(rng: Generator) -> pl.DataFrame:
    n = DAYS * PER_DAY
    p = rng.beta(1, 2, n)
    late = np.arange(n) >= 35 * PER_DAY
    y = rng.random(n) < np.where(late & (rng.random(n) < 0.5), 1 - p, p)
    return pl.DataFrame({**_times(rng), "p": p, "y": y})


def _multiclass(rng: Generator) -> pl.DataFrame:
    n = DAYS * PER_DAY
    y = rng.choice(3, n, p=[0.5, 0.3, 0.2])
    guess = np.where(rng.random(n) < 0.7, y, rng.choice(3, n))
    names = np.array(["left", "middle", "right"])
    return pl.DataFrame({**_times(rng), "y": names[y], "guess": names[guess]})


def _regression(rng: Generator) -> pl.DataFrame:
    n = DAYS * PER_DAY
    y = 20 + 5 * rng.normal(size=n)
    error = rng.normal(size=n) * np.where(np.arange(n) >= 35 * PER_DAY, 3.0, 2.0) + 0.3
    return pl.DataFrame({**_times(rng), "y": y, "guess": y + error})
