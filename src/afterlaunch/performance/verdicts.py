"""Verdicts on metrics: larger than natural variation, in so many metrics and segments, and large enough to matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from afterlaunch.performance.rates import of_all_rows, of_segments
from afterlaunch.performance.steps import FEW_PLACEBOS
from afterlaunch.stats.multiplicity import false_share_threshold, holm_threshold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afterlaunch.performance.steps import Step
    from afterlaunch.stats.arrays import FloatArray

Verdict: TypeAlias = Literal["dropped", "improved", "stable", "cannot_tell"]

LARGE = 5.0  # times what matters: a metric is stable where so large a change for the worse can be ruled out
NEEDS = {
    "season": "a reference that covers the same seasons",
    "longer_reference": "a longer reference, or last year's period",
    "more_rows": "more labelled rows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdict on one step, what a `cannot_tell` needs, and the values that are usual at the report's level."""

    step: Step
    verdict: Verdict
    needs: str | None
    usual: tuple[float, float] | None


def judge_steps(steps: Sequence[Step], alarm_rate: float) -> list[Judged]:
    """Return the verdict on every step; the chance of any false `dropped` or `improved` is at most `alarm_rate`."""
    return _judge_all(steps, alarm_rate, holm_threshold)


def judge_families(
    whole: Sequence[Step], segments: Sequence[Step], alarm_rate: float
) -> tuple[list[Judged], list[Judged]]:
    """Return the verdicts on all rows, at four fifths of `alarm_rate`, and on segments, at one fifth or at all of it.

    All of it once a metric of all rows has changed: there the question is where, and at most a share `alarm_rate` of
    the segments that are said to have changed is false, on average (Benjamini & Hochberg 1995). Where nothing has
    changed anywhere, the chance of any false verdict is at most `alarm_rate`.
    """
    first = judge_steps(whole, of_all_rows(alarm_rate, n_segments=len(segments)))
    moved = any(one.verdict in {"dropped", "improved"} for one in first)
    return first, _judge_all(segments, of_segments(alarm_rate, moved=moved), false_share_threshold)


def _judge_all(steps: Sequence[Step], rate: float, threshold: Callable[[FloatArray, float], float]) -> list[Judged]:
    pvalues = np.array([step.pvalue for step in steps if step.natural is not None])
    level = threshold(pvalues, rate) if len(pvalues) else rate
    return [_judge(step, level) for step in steps]


def _judge(step: Step, level: float) -> Judged:
    usual = step.usual(level)
    verdict, needs = _verdict(step, level, usual)
    return Judged(step=step, verdict=verdict, needs=needs, usual=usual)


def _verdict(step: Step, level: float, usual: tuple[float, float] | None) -> tuple[Verdict, str | None]:  # noqa: PLR0911 - one return a verdict
    natural = step.natural
    if natural is None or step.change is None:
        return "cannot_tell", step.lacks
    if not natural.covered:
        return "cannot_tell", NEEDS["season"]
    if natural.caution < FEW_PLACEBOS or usual is None:
        return "cannot_tell", NEEDS["longer_reference"]
    if step.pvalue <= level and abs(step.change) >= step.matters_from and _points_one_way(step):
        if natural.wandering:
            return "cannot_tell", NEEDS["longer_reference"]
        return ("improved" if is_better(step) else "dropped"), None
    if _worst(step) > LARGE * step.matters_from:
        return "cannot_tell", NEEDS["longer_reference" if natural.between_share() > 0.5 else "more_rows"]
    return "stable", None


def is_better(step: Step) -> bool:
    """Whether the current window's value is the better one."""
    if step.at is None or step.change is None:
        return False
    greater = step.metric.greater_is_better
    if greater is None:
        return abs(step.at.value + step.change) < abs(step.at.value)
    return (step.change > 0) == greater


def _points_one_way(step: Step) -> bool:
    """Whether the change's interval lies on one side of zero: a vector may turn while its length is told from no other.

    That is how calibration errors are judged: other bins may be off than before, and the error be as large.
    """
    return (step.low or 0.0) > 0 or (step.high or 0.0) < 0


def _worst(step: Step) -> float:
    """Return how much worse than the reference the metric may have become: the end of the change's interval."""
    low, high, greater = step.low or 0.0, step.high or 0.0, step.metric.greater_is_better
    if greater is None:
        return max(-low, high)
    return -low if greater else high
