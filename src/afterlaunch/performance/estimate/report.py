"""All estimates of a report: every metric, of all rows and of each segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.estimate.judge import judge_gaps
from afterlaunch.performance.estimate.learn import learn_estimator
from afterlaunch.performance.estimate.part import estimate_part
from afterlaunch.performance.estimate.places import place_rows
from afterlaunch.performance.estimate.shown import estimates_of, line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.estimate.part import Frame
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.performance.payload import Estimates, Line
    from afterlaunch.performance.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The estimates of a report, segment (None: all rows) by segment and metric by metric, and what they rest on."""

    lines: dict[tuple[str | None, str], Line | None]
    windows: dict[tuple[str | None, str], Estimates | None]
    notes: tuple[str, ...]

    def of(self, segment: str | None, metric: str) -> tuple[Line | None, Estimates | None]:
        """Return the estimates over time and in both windows."""
        return self.lines.get((segment, metric)), self.windows.get((segment, metric))


NONE = Promises(lines={}, windows={}, notes=())


def estimate_report(
    source: Source, metrics: Sequence[Metric], segments: Sequence[str], frame: Frame, *, alarm_rate: float
) -> Promises:
    """Return the estimates of all metrics and segments; none where the task's estimator has nothing to learn from."""
    axis = source.timeline.axis
    estimator = learn_estimator(source, np.isin(source.timeline.of_row, frame.mature.reference))
    if estimator is None:
        return NONE
    found = {
        (segment, metric.name): estimate_part(estimator, metric, source.outcomes, places, frame)
        for segment in (None, *segments)
        for places in [place_rows(source.outcomes, source.timeline.of_row, len(axis.starts), _inside(source, segment))]
        for metric in metrics
    }
    held = judge_gaps([one.gap for one in found.values()], alarm_rate)
    without = [metric.name for metric in metrics if not any(found[None, metric.name].line)]
    notes = (*estimator.notes, *((f"No estimate is known for {', '.join(without)}.",) if without else ()))
    return Promises(
        lines={key: line_of(one) for key, one in found.items()},
        windows={
            key: estimates_of(one, judged, axis.starts) for (key, one), judged in zip(found.items(), held, strict=True)
        },
        notes=notes,
    )


def _inside(source: Source, segment: str | None) -> np.ndarray | None:
    if segment is None or source.segment is None:
        return None
    return (source.segment == segment).fill_null(value=False).to_numpy()
