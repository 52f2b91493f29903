"""The gain of a loop: what each instrument says of it, which is believed, and what the log cannot tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy.special import ndtri

from afterlaunch.stats.gain.anderson import Accepted, Moments, accepted_gains, moments_of
from afterlaunch.stats.gain.echo import Echo, measure_echo
from afterlaunch.stats.gain.fit import misfit
from afterlaunch.stats.gain.instruments import MIN_CLICKS, Instrument, InstrumentName, read_instruments
from afterlaunch.stats.multiplicity import holm

if TYPE_CHECKING:
    from afterlaunch.stats.gain.record import Record

Found: TypeAlias = Literal["loop", "no_evidence", "not_identified"]

LEVEL = 0.95
MIN_OVERLAP = 1 / 3  # below, the instrument speaks of items that make up little of what is shown
RUNAWAY = 1.0
DISAGREEMENT = 0.01  # chance of calling two instruments at odds that estimate one gain
MISFIT = 1e-6  # propensities are refused only when they cannot be right
SMOOTHINGS = (0.2, 1.0, 5.0)  # times the smoothing constant


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """What one instrument says.

    `accepted` are the gains that its test does not reject, `pvalue` that of no loop, `adjusted` the same corrected for
    the number of instruments; `spread` the standard error, `strength` the F statistic of the instrument on the
    feedback. `overlap` is 1 where items weigh as they are shown, and near 0 where the estimate speaks of items that are
    hardly shown; `n_items` and `n_cells` are used, half of the weight lies on items of fewer than `typical` impressions
    a period. `sensitivity` pairs smoothing constants with the estimates that they give. `misfit` is the p-value of
    propensities that fit what was shown (None for other instruments).
    """

    name: InstrumentName
    estimate: float
    accepted: Accepted
    pvalue: float
    adjusted: float
    spread: float
    strength: float
    overlap: float
    n_items: int
    n_cells: int
    typical: float
    sensitivity: tuple[tuple[float, float], ...]
    misfit: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """The gain, by the instrument that tells most of those that bear the verdict out, and what is found.

    `estimate`, `low` and `high` are None where the log cannot tell: above, where the items that carry the information
    make up little of what is shown (`bound`), and on both sides where the instrument is weak. `missed` is the largest
    gain that a log without evidence could have. `at_odds` names instruments that contradict the one believed;
    `refused` those whose propensities do not fit what was shown. `echo` is what comes back one period later still, and
    is not in the gain.
    """

    found: Found
    instrument: InstrumentName | None
    estimate: float | None
    low: float | None
    high: float | None
    bound: bool
    pvalue: float | None
    missed: float | None
    instruments: tuple[Estimated, ...]
    at_odds: tuple[InstrumentName, ...]
    refused: tuple[InstrumentName, ...]
    echo: Echo | None = None

    @property
    def believed(self) -> Estimated | None:
        """What the instrument says that is believed."""
        return next((one for one in self.instruments if one.name == self.instrument), None)


def measure_gain(record: Record, *, smoothing: float = 0.5, alarm_rate: float = 0.05, corrected: bool = False) -> Gain:
    """Return the gain of `record`'s loop: how many per cent more exposure follow one per cent more training feedback.

    Instruments are corrected for by Holm's method, so that a log without a loop raises an alarm with chance
    `alarm_rate` at most, whatever it holds. The interval (95 %) is that of the instrument with the least standard
    error, among those that raise the alarm where there is one, and those whose interval ends. A model whose feedback is
    `corrected`, divided by its propensity, follows chance clicks although exposure breeds no exposure: of it noise
    alone, which moves exposure itself, is asked.
    """
    record = record.with_clicks(MIN_CLICKS)
    candidates = _candidates(record, smoothing)
    refused: tuple[InstrumentName, ...] = tuple(
        one.instrument.name for one in candidates if one.fit is not None and one.fit < MISFIT
    )
    asked = [one for one in candidates if not corrected or one.instrument.name == "noise"]
    usable = [one for one in asked if one.instrument.name not in refused]
    if not usable:
        return _nothing(refused)
    adjusted = holm(np.array([one.moments.pvalue() for one in usable]))
    told = tuple(_estimated(one, float(p), record) for one, p in zip(usable, adjusted, strict=True))
    judged = _judged(told, refused, alarm_rate)
    best = next(one for one in usable if one.instrument.name == judged.instrument)
    return replace(judged, echo=measure_echo(record, best.instrument, best.moments, smoothing=smoothing))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """An instrument, its sums, whether its propensities fit, and its estimates at other smoothing constants."""

    instrument: Instrument
    moments: Moments
    fit: float | None
    sensitivity: tuple[tuple[float, float], ...]


def _candidates(record: Record, smoothing: float) -> list[_Candidate]:
    found: list[_Candidate] = []
    others = [read_instruments(record, smoothing=smoothing * factor) for factor in SMOOTHINGS]
    for one in read_instruments(record, smoothing=smoothing):
        moments = moments_of(one)
        if moments is not None:
            sensitivity = _sensitivity(one.name, others, smoothing)
            found.append(_Candidate(instrument=one, moments=moments, fit=misfit(one), sensitivity=sensitivity))
    return found


def _sensitivity(
    name: InstrumentName, others: list[list[Instrument]], smoothing: float
) -> tuple[tuple[float, float], ...]:
    """Return pairs of smoothing constant and estimate."""
    pairs: list[tuple[float, float]] = []
    for factor, instruments in zip(SMOOTHINGS, others, strict=True):
        moments = next((moments_of(one) for one in instruments if one.name == name), None)
        if moments is not None:
            pairs.append((factor * smoothing, moments.estimate))
    return tuple(pairs)


def _estimated(candidate: _Candidate, adjusted: float, record: Record) -> Estimated:
    one, moments = candidate.instrument, candidate.moments
    weight = np.maximum((one.d * one.x).sum(axis=0), 0.0)
    weight = weight / max(float(weight.sum()), 1e-300)
    shown = record.shown[1:-1].sum(axis=0).astype(np.float64)
    share = shown / max(float(record.impressions[1:-1].sum()), 1.0)
    order = np.argsort(shown)
    middle = int(np.searchsorted(np.cumsum(weight[order]), 0.5))
    return Estimated(
        name=one.name,
        estimate=moments.estimate,
        accepted=accepted_gains(moments, level=LEVEL),
        pvalue=moments.pvalue(),
        adjusted=adjusted,
        spread=moments.spread,
        strength=moments.strength,
        overlap=float(np.minimum(weight, share).sum()),
        n_items=int(one.kept.any(axis=0).sum()),
        n_cells=int(one.kept.sum()),
        typical=float(shown[order[min(middle, len(order) - 1)]]) / max(len(record.shown) - 2, 1),
        sensitivity=candidate.sensitivity,
        misfit=candidate.fit,
    )


def _judged(told: tuple[Estimated, ...], refused: tuple[InstrumentName, ...], alarm_rate: float) -> Gain:
    alarming = tuple(one for one in told if one.adjusted <= alarm_rate)
    best = min(alarming or told, key=lambda one: (one.accepted.low is None, one.spread))
    low, high = best.accepted.low, best.accepted.high
    bound = best.overlap < MIN_OVERLAP or (high is not None and high >= RUNAWAY)
    unknown = high is None or bound
    found: Found = "loop" if alarming else "not_identified" if unknown else "no_evidence"
    return Gain(
        found=found,
        instrument=best.name,
        estimate=None if unknown else best.estimate,
        low=low,
        high=None if unknown else high,
        bound=bound,
        pvalue=min(one.adjusted for one in told),
        missed=high if found == "no_evidence" else None,
        instruments=told,
        at_odds=_at_odds(best, told),
        refused=refused,
    )


def _at_odds(best: Estimated, told: tuple[Estimated, ...]) -> tuple[InstrumentName, ...]:
    """Return the instruments whose estimate differs from that of `best` by more than chance."""
    others = [one for one in told if one is not best and one.accepted.low is not None]
    if best.accepted.low is None:
        return ()
    limit = float(ndtri(1 - DISAGREEMENT / 2 / max(len(others), 1)))
    apart = [one for one in others if abs(one.estimate - best.estimate) > limit * np.hypot(one.spread, best.spread)]
    return tuple(one.name for one in apart)


def _nothing(refused: tuple[InstrumentName, ...]) -> Gain:
    return Gain(
        found="not_identified",
        instrument=None,
        estimate=None,
        low=None,
        high=None,
        bound=False,
        pvalue=None,
        missed=None,
        instruments=(),
        at_odds=(),
        refused=refused,
    )
