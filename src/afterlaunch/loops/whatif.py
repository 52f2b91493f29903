"""What corrections would change and cost: a simulator calibrated on the log, tried on a grid and at single settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.loops.drawn.plain import estimate, known, shares
from afterlaunch.loops.payload import Forecast, Setting, WhatIf
from afterlaunch.loops.words import size
from afterlaunch.phrases import share
from afterlaunch.stats.remedies import RECENT, Belief, Remedy, band, calibrate, cost, try_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.loops.words import Names
    from afterlaunch.reports import Estimate
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.gain.judge import Gain
    from afterlaunch.stats.remedies import Outlook, Today

EXPLORE = (0.0, 0.02, 0.05, 0.1, 0.2)
GUARANTEE = (0.0, 0.02, 0.05)
CLOSE = 0.005  # to today's exploration: then it stands for it
HORIZON = 26
ENDS = ("_low", "", "_high")
NEW_ITEMS = 0.002  # of the catalogue each period, from which a guarantee for them is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A log's policy and items, ready to be tried."""

    today: Today
    seed: int

    def simulate(self, *, explore: float | None, correct: bool | None, guarantee: float | None) -> pl.DataFrame:
        """Return the course of today's way and of a changed one; what is None stays as it is today."""
        now = self.today.remedy
        changed = Remedy(
            explore=now.explore if explore is None else explore,
            correct=now.correct if correct is None else correct,
            guarantee=now.guarantee if guarantee is None else guarantee,
        )
        tried = {
            name: try_out(self.today, one, seed=self.seed) for name, one in (("as today", now), ("changed", changed))
        }
        return pl.concat([_course(name, one, tried["as today"]) for name, one in tried.items()])


def _course(name: str, outlook: Outlook, today: Outlook) -> pl.DataFrame:
    n = outlook.gini.shape[1]
    lost = 1 - np.cumsum(outlook.clicks, axis=1) / np.cumsum(today.clicks, axis=1)
    columns = [pl.Series("setting", [name] * n), pl.Series("period", range(1, n + 1), dtype=pl.Int64)]
    for column, values in (("gini", outlook.gini), ("click_rate", outlook.click_rate), ("cost", lost)):
        columns += [pl.Series(f"{column}{end}", one) for end, one in zip(ENDS, band(values), strict=True)]
    for end, value in zip(ENDS, band(outlook.merit_correlation).tolist(), strict=True):
        columns.append(pl.Series(f"merit_correlation{end}", [None] * (n - 1) + [value], dtype=pl.Float64))
    return pl.DataFrame(columns)


def make_simulator(
    found: Impressions, gain: Gain | None, *, smoothing: float, rng: np.random.Generator
) -> Simulator | None:
    """Return a simulator calibrated on a log; None where its gain is not known to both sides."""
    record = found.record()
    if record is None or gain is None or gain.estimate is None or gain.low is None or gain.high is None:
        return None
    belief = Belief(estimate=gain.estimate, low=gain.low, high=gain.high, smoothing=smoothing)
    today = calibrate(record, belief, explore=_explored(found), horizon=HORIZON, rng=rng)
    return None if today is None else Simulator(today=today, seed=int(rng.integers(2**31)))


def _explored(found: Impressions) -> float:
    """Return the share of impressions that a random holdout has today; without one, exploration comes on top."""
    if found.held_out is None or not found.held_out.any():
        return 0.0
    recent = slice(-RECENT, None)
    return float(found.held_out[recent].sum() / max(int(found.shown[recent].sum()), 1))


def draw_what_if(simulator: Simulator | None, names: Names) -> WhatIf | None:
    """Return what each setting of the grid is expected to lead to, as the panel draws it."""
    if simulator is None:
        return None
    today = simulator.today
    now = today.remedy
    explore = tuple(sorted({one for one in EXPLORE if abs(one - now.explore) > CLOSE} | {now.explore}))
    guarantee = GUARANTEE if today.new_items >= NEW_ITEMS else GUARANTEE[:1]
    as_today = try_out(today, now, seed=simulator.seed)
    settings = tuple(_settings(simulator, as_today, explore, guarantee))
    return WhatIf(
        explore=shares(np.array(explore)),
        guarantee=shares(np.array(guarantee)),
        now=(explore.index(now.explore), 0),
        correct_now=False,
        horizon=today.horizon,
        settings=settings,
        words=_words(today, names),
    )


def _settings(
    simulator: Simulator, as_today: Outlook, explore: tuple[float, ...], guarantee: tuple[float, ...]
) -> Iterator[Setting]:
    for i, part in enumerate(explore):
        for correct in (False, True):
            for j, kept in enumerate(guarantee):
                remedy = Remedy(explore=part, correct=correct, guarantee=kept)
                same = remedy == simulator.today.remedy
                outlook = as_today if same else try_out(simulator.today, remedy, seed=simulator.seed)
                yield Setting(
                    explore=i,
                    correct=correct,
                    guarantee=j,
                    gini=_forecast(outlook.gini),
                    click_rate=_forecast(outlook.click_rate),
                    merit_correlation=_estimate(outlook.merit_correlation),
                    cost=_estimate(cost(outlook, as_today)),
                )


def _forecast(values: FloatArray) -> Forecast:
    low, middle, high = band(values)
    return Forecast(value=_short(middle), low=_short(low), high=_short(high))


def _short(values: FloatArray) -> tuple[float, ...]:
    """Return numbers in four digits: a grid of forecasts is most of what a cell's output holds."""
    return tuple(float(f"{one:.4g}") for one in values.tolist())


def _estimate(values: FloatArray) -> Estimate:
    low, middle, high = (float(one) for one in band(values))
    return estimate(known(middle), known(low), known(high))


def _words(today: Today, names: Names) -> str:
    n_runs, _, n_items = today.ground.rate.shape
    top = "" if today.remedy.explore else "Exploration comes on top of what the policy does today. "
    low, high = (size(float(one)) for one in (today.gain.min(), today.gain.max()))
    return (
        f"{n_runs} runs a setting of a simulator that starts where the log ends: {n_items:,} items, gain drawn from "
        f"its interval ({low} to {high}); bands hold {share(0.8)} of runs. {top}Not modelled: users' tastes, seasons, "
        f"{names.feedback} that wear off."
    )
