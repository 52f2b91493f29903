"""Values and changes of a metric as a reader wants them, by its unit; the same in Python and on the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from afterlaunch.phrases import THIN, fixed, number

if TYPE_CHECKING:
    from afterlaunch.performance.payload import Metric

BY_CUSTOM = frozenset({"roc_auc", "average_precision", "f1"})  # between 0 and 1, and never said in per cent
EXACT = 1e-9  # below it a logarithm's rounding
MANY, SMALL = 1000, 1e-3


def is_percent(metric: Metric) -> bool:
    """Whether a metric is said in per cent, and its changes in percentage points."""
    return metric.unit == "share" and metric.name not in BY_CUSTOM


def value(metric: Metric, at: float | None) -> str:
    """Return a value to three digits, the last of them even if it is 0: "72.4 %", "0.519"; "–" where there is none."""
    if at is None:
        return "–"
    return f"{_figure(100 * at)}{THIN}%" if is_percent(metric) else _figure(at)


def change(metric: Metric, by: float | None) -> str:
    """Return a change with its sign, to two digits: "−14 pp", "+0.051"; "–" where there is none."""
    if by is None:
        return "–"
    sign = "±" if by == 0 else "+" if by > 0 else "−"
    return f"{sign}{size(metric, by)}"


def size(metric: Metric, by: float) -> str:
    """Return a change without its sign: "14 pp", "0.051"."""
    amount = abs(by) * (100 if is_percent(metric) else 1)
    said = number(amount) if amount >= 10 or amount < 1e-6 else _digits(amount, 2)
    return f"{said}{THIN}pp" if is_percent(metric) else said


def _figure(at: float) -> str:
    amount = abs(at)
    if amount >= MANY or amount < SMALL:
        return number(at)
    return _digits(at, 3)


def _digits(at: float, n: int) -> str:
    """Return n significant digits, zeros at the end too."""
    return fixed(at, min(6, max(0, n - 1 - math.floor(math.log10(abs(at)) + EXACT))))
