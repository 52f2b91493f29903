"""The rows behind a report, where there are any: never part of what is shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from afterlaunch.errors import BadOption
from afterlaunch.profiles import rows_in
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from afterlaunch.drift.privacy import Pooling
    from afterlaunch.logs import PredictionLog
    from afterlaunch.profiles import Plan
    from afterlaunch.results import WindowName

Moments: TypeAlias = "tuple[datetime, datetime]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Where rows come from: the two logs (one and the same, unless two were given), and how their cells were pooled."""

    reference: PredictionLog
    current: PredictionLog
    plan: Plan
    poolings: Mapping[str, Pooling]

    def of(self, column: str, bins: tuple[int, int] | None, window: WindowName, span: Moments | None) -> pl.DataFrame:
        """Return the rows of the half-open range `bins` of a column's shown bins, within `span`, in their own order."""
        log = self.reference if window == "reference" else self.current
        runs = [None] if bins is None else self._decision_runs(column, bins)
        parts = [rows_in(log, self.plan, column, run, span) for run in runs]
        return pl.concat(parts) if parts else rows_in(log, self.plan, column, (0, 0), span)

    def _decision_runs(self, column: str, bins: tuple[int, int]) -> list[tuple[int, int]]:
        """Return the half-open runs of the plan's decision cells that the shown bins hold, special cells included."""
        n_decision = self.plan[column].n_decision
        pooling = self.poolings.get(column)
        target = np.arange(n_decision) if pooling is None else pooling.target
        n_shown = n_decision if pooling is None else len(pooling.labels)
        cells = np.concatenate([target, n_shown + np.arange(SPECIALS)])
        if not 0 <= bins[0] < bins[1] <= n_shown + SPECIALS:
            raise BadOption(f"bins {bins} of {column!r}: it has the half-open ranges from 0 to {n_shown + SPECIALS}")
        chosen = np.flatnonzero((cells >= bins[0]) & (cells < bins[1]))
        breaks = np.flatnonzero(np.diff(chosen) > 1) + 1
        return [(int(run[0]), int(run[-1]) + 1) for run in np.split(chosen, breaks) if run.size]
