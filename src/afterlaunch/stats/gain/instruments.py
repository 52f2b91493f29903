"""Chance that moved the feedback and nothing else: what a stochastic policy, or a deliberate experiment, leaves behind.

Each instrument gives, for transitions from period t to t + 1 (t from 1 on) and items, a deviation `d` of mean 0 given
all that went before; x, the logarithm of the clicks learnt from in t; and y, that of the exposure in t + 1. From x and
y is taken what the items' earlier exposure and clicks say: all of it precedes `d`, so that what is left is no less
valid, and far less restless. Cells are chosen on what precedes `d` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

import numpy as np

from afterlaunch.stats.gain.control import within_periods, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afterlaunch.stats.arrays import BoolArray, FloatArray
    from afterlaunch.stats.gain.record import Record

Value = TypeVar("Value", np.float64, np.int64, np.bool_)
InstrumentName: TypeAlias = Literal["surprise", "inverse", "withheld", "noise"]

MIN_CLICKS = 5.0  # of a cell, foreseen: the logarithm of fewer hardly follows them
MIN_PERIODS = 4
NOT_DRAWN_ANEW = 0.3  # correlation of an item's noise from one period to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """Deviations `d`, causes `x` and effects `y` by transition and item, 0 outside of the cells `kept`.

    `controls` are what was taken out of `x` and `y`.
    """

    name: InstrumentName
    d: FloatArray
    x: FloatArray
    y: FloatArray
    kept: BoolArray
    controls: tuple[FloatArray, ...] = ()


@dataclass(frozen=True, slots=True)
class _Times:
    """A record's logarithms, to be read at t and around it, for t from 1 to T - 2."""

    exposure: FloatArray
    clicks: FloatArray
    there: BoolArray
    noise: FloatArray | None

    def at(self, values: NDArray[Value], lag: int = 0) -> NDArray[Value]:
        """Return `values` (T, n) of the period `lag` after each t; 0 before the log begins."""
        n = len(values) - 2
        start = 1 + lag
        if start >= 0:
            return values[start : start + n]
        shifted = values[:n].copy()
        shifted[1:], shifted[0] = values[: n - 1], 0
        return shifted

    def lasting(self) -> BoolArray:
        """Return which items were there before, in and after each t, with an exposure that is known."""
        known = self.there & np.isfinite(self.exposure)
        return known[2:] & known[1:-1] & known[:-2]

    def before(self) -> list[FloatArray]:
        """Return what the period before says, and the noise of this and the next, which no deviation moves."""
        noise = [] if self.noise is None else [self.at(self.noise), self.at(self.noise, 1)]
        return [self.at(self.exposure, -1), self.at(self.clicks, -1), *noise]


def read_instruments(record: Record, *, smoothing: float) -> list[Instrument]:
    """Return the instruments that `record` holds; `smoothing` is what the model adds to clicks before the logarithm."""
    if len(record.shown) < MIN_PERIODS:
        return []
    noise = None if record.noise is None else np.nan_to_num(record.noise)
    times = _Times(record.log_exposure(), np.log(record.used + smoothing), record.there(), noise)
    found = [_surprise(record, times), _inverse(record, times), _withheld(record, times), _noise(record, times)]
    return [one for one in found if one is not None]


def _surprise(record: Record, times: _Times) -> Instrument | None:
    """Realised less expected impressions, in standard deviations of a draw."""
    if record.expected is None:
        return None
    expected = np.nan_to_num(record.expected)
    kept = times.lasting() & (times.at(expected) * record.click_rate >= MIN_CLICKS)
    d = (record.shown - expected) / np.sqrt(np.where(expected > 0, expected, 1.0))
    return _made("surprise", times, times.at(d), kept, [times.at(times.exposure), *times.before()])


def _inverse(record: Record, times: _Times) -> Instrument | None:
    """Impressions weighted by 1/p less all impressions: of mean 0 where every item could be shown every time."""
    if record.expected is not None or record.inverse is None or record.inverse_squares is None:
        return None
    before = times.at(record.inverse_squares, -1)
    kept = times.lasting() & (before > 0) & (times.at(record.shown, -1) * record.click_rate >= MIN_CLICKS)
    surprise = times.at(record.inverse) - record.impressions[1:-1, None]
    d = surprise / np.sqrt(np.where(before > 0, before, 1.0))
    return _made("inverse", times, d, kept, times.before())


def _withheld(record: Record, times: _Times) -> Instrument | None:
    """Clicks kept for training less their share of all clicks, given what was shown, clicked and kept."""
    if record.withheld is None or not record.withheld.any():
        return None
    n, clicks = record.shown.astype(np.float64), record.clicked.astype(np.float64)
    out = record.withheld.astype(np.float64)
    kept_out = clicks - record.used
    if np.array_equal(kept_out, out):  # clicks alone were withheld: their share in the period is what is known
        n, out = clicks, clicks * _shares(kept_out, clicks)
        variance = out * (1 - _shares(kept_out, clicks))
    else:
        there = np.maximum(n, 1)
        variance = clicks * (n - out) * out * (n - clicks) / (there**2 * np.maximum(n - 1, 1))
    d = (out / np.maximum(n, 1) * clicks - kept_out) / np.sqrt(np.where(variance > 0, variance, 1.0))
    kept = times.lasting() & times.at((variance > 0) & (clicks >= MIN_CLICKS))
    known = [times.at(np.log(clicks + 0.5)), times.at(times.exposure)]
    return _made("withheld", times, times.at(d), kept, [*known, *times.before()])


def _noise(record: Record, times: _Times) -> Instrument | None:
    """The noise that was added to scores; what it does to the period's own exposure is part of its effect."""
    if record.noise is None:
        return None
    foreseen = times.at(np.exp(times.exposure), -1) * record.click_rate
    kept = times.lasting() & np.isfinite(times.at(record.noise)) & (foreseen >= MIN_CLICKS)
    d = within_periods(times.at(record.noise), kept)
    others = [
        within_periods(times.at(record.noise, lag), kept & np.isfinite(times.at(record.noise, lag))) for lag in (-1, 1)
    ]
    spread = np.sqrt((d**2).sum() / max(int(kept.sum()), 1))
    if spread == 0 or abs(float((d * others[1]).sum())) > NOT_DRAWN_ANEW * spread**2 * int(kept.sum()):
        return None
    known = [times.at(times.exposure, -1), times.at(times.clicks, -1), times.at(times.clicks, -2)]
    return _made("noise", times, d / spread, kept, [*others, *known])


def _shares(part: FloatArray, whole: FloatArray) -> FloatArray:
    return part.sum(axis=1, keepdims=True) / np.maximum(whole.sum(axis=1, keepdims=True), 1)


def _made(
    name: InstrumentName, times: _Times, d: FloatArray, kept: BoolArray, controls: Sequence[FloatArray]
) -> Instrument:
    return Instrument(
        name=name,
        d=np.where(kept, d, 0.0),
        x=without(controls, times.at(times.clicks), kept),
        y=without(controls, times.at(times.exposure, 1), kept),
        kept=kept,
        controls=tuple(controls),
    )
