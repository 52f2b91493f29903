"""A user's own metric, from a plain function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.errors import BadOption
from afterlaunch.performance.reading import without_rows
from afterlaunch.stats.scales import SCALES

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, kw_only=True)
class Own:
    """A metric of your own: `function(target, score, prediction, weight)` returns a number, or None where undefined.

    The four are arrays: `target` and `prediction` (n,) hold 0 and 1, the place of a class in `report.classes`, or
    numbers; `score` (n,) the probability of 1, or (n, k), None where the log has none; `weight` (n,). A row of weight 2
    is to count as two. `min_effect` is the change from which on it matters, in the metric's unit. `scale` is "logit"
    for shares, "log" for what is above zero. Intervals come from leaving rows out in turn (Quenouille's jackknife); a
    metric with a formula for its influence is a frozen dataclass with the members of `performance.Influential`.

    >>> def hits(target, score, prediction, weight):
    ...     return float(np.average(target == prediction, weights=weight))
    >>> Own(function=hits, greater_is_better=True, min_effect=0.01).name
    'hits'
    """

    function: Callable[..., float | None]
    greater_is_better: bool | None
    min_effect: float
    name: str = ""
    tasks: tuple[Task, ...] = ("binary", "multiclass", "regression")
    reads: Answer = "prediction"
    unit: Unit = "number"
    scale: ScaleName = "identity"

    def __post_init__(self) -> None:
        """Check the options; the function's name serves where none is given."""
        if not callable(self.function):
            raise BadOption(f"Own(function={self.function!r}) is no function of target, score, prediction and weight")
        if self.scale not in SCALES:
            raise BadOption(f"scale={self.scale!r} is none of {', '.join(SCALES)}")
        object.__setattr__(self, "name", self.name or getattr(self.function, "__name__", "own"))

    def lacks(self, rows: Scored) -> str | None:
        """Return what the rows lack: any at all, or a finite value of the function."""
        return without_rows(rows) or ("a value of the function" if self.value(rows) is None else None)

    def value(self, rows: Scored) -> float | None:
        """Return the function's value; None where it has none, or one that is not finite."""
        if rows.total <= 0:
            return None
        found = self.function(rows.target, rows.score, rows.prediction, rows.weights)
        return None if found is None or not np.isfinite(found) else float(found)

    def support(self, rows: Scored) -> float:
        """Return all rows."""
        return rows.total

    def matters_from(self, value: float, rows: Scored) -> float:
        """Return `min_effect`."""
        del value, rows
        return self.min_effect
