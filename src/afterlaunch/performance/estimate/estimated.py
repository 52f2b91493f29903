"""What an estimate is: a value, what is open about it, and how far each row's outcome moves the realized one away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from afterlaunch.performance.noise import NOTHING, inwards
from afterlaunch.stats.scales import SCALES

if TYPE_CHECKING:
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.stats.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """The estimate of a metric on n rows; variances are on the metric's scale, where it stands `at`.

    `noise` is the variance of the realized value about it, labels being chance; `own` that of the estimate, which was
    learnt from so many rows. `residual` (n,) is what each row's outcome adds to realized less estimated, n times, to
    first order (NaN without a label), and `spread` (n,) its variance, both in the unit; None where there is no formula.
    """

    value: float
    at: float
    slope: float
    noise: float
    own: float
    residual: FloatArray | None
    spread: FloatArray | None


class Estimator(Protocol):
    """Estimates any metric on some rows of a log, given by their places there."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was assumed, as sentences."""
        ...

    def estimate(self, metric: Metric, rows: IntArray) -> Estimated | None:
        """Return the estimate; None where there is no way to one."""
        ...


def on_scale(  # noqa: PLR0913 - the parts of an estimate
    metric: Metric,
    value: float,
    *,
    noise: float,
    own: float,
    support: float,
    curvature: float = 0.0,
    residual: FloatArray | None = None,
    spread: FloatArray | None = None,
) -> Estimated:
    """Return an estimate of which `noise` and `own` are variances in the metric's unit, `curvature` on its scale."""
    inner, added = inwards(metric, value, max(support, 1.0))
    scale = SCALES[metric.scale]
    slope = float(scale.slope(np.array(inner)))
    return Estimated(
        value=value,
        at=float(scale.to(np.array(inner))),
        slope=slope,
        noise=max((noise + added) * slope**2 + curvature, NOTHING),
        own=own * slope**2,
        residual=residual,
        spread=spread,
    )
