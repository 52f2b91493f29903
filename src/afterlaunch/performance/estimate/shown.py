"""Estimates as the payload has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.performance.payload import EstimatedValue, Estimates, Line
from afterlaunch.performance.payload import Gap as ShownGap
from afterlaunch.performance.steps import FEW_PLACEBOS

if TYPE_CHECKING:
    from afterlaunch.performance.estimate.gap import Gap
    from afterlaunch.performance.estimate.judge import Held
    from afterlaunch.performance.estimate.part import PartEstimate, Value
    from afterlaunch.stats.arrays import IntArray

DIGITS = 6


def line_of(found: PartEstimate) -> Line | None:
    """Return the estimate of every bucket; None where there is none at all."""
    if not any(found.line):
        return None
    return Line(
        value=tuple(None if one is None else _round(one.value) for one in found.line),
        low=tuple(None if one is None else _round(one.interval.low) for one in found.line),
        high=tuple(None if one is None else _round(one.interval.high) for one in found.line),
    )


def estimates_of(found: PartEstimate, held: Held | None, starts_us: IntArray) -> Estimates | None:
    """Return both windows' estimates and the gap; `starts_us` (D,) are the starts of the buckets that were judged."""
    if found.reference is None and found.current is None:
        return None
    gap = None if found.gap is None or held is None else _gap(found.gap, held, starts_us)
    return Estimates(reference=_window(found.reference), current=_window(found.current), gap=gap)


def _gap(gap: Gap, held: Held, starts_us: IntArray) -> ShownGap:
    known = gap.caution >= FEW_PLACEBOS
    since = int(starts_us[gap.onset.index]) // 1000 if held == "wrong" and gap.onset is not None else None
    return ShownGap(
        realized=_round(gap.realized),
        estimated=_round(gap.estimated),
        low=_round(gap.low) if known else None,
        high=_round(gap.high) if known else None,
        pvalue=_round(gap.pvalue),
        held=held,
        since_ms=since,
    )


def _window(found: Value | None) -> EstimatedValue | None:
    if found is None:
        return None
    return EstimatedValue(
        value=_round(found.value), low=_round(found.interval.low), high=_round(found.interval.high), n_rows=found.n
    )


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
