"""Scales on which the noise of a value hardly depends on the value: there intervals are made, and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.stats.arrays import FloatArray

ScaleName: TypeAlias = Literal["identity", "logit", "log", "fisher", "log_gap", "square"]
AnyScale: TypeAlias = ScaleName | Literal["length"]
LEAST = 1e-12
MOST = 700.0  # an exponent beyond which floats end


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A monotone map of values, its inverse, and how fast it rises."""

    to: Callable[[FloatArray], FloatArray]
    back: Callable[[FloatArray], FloatArray]
    slope: Callable[[FloatArray], FloatArray]


def _inside(value: FloatArray) -> FloatArray:
    return np.clip(value, LEAST, 1 - LEAST)


def _correlation(value: FloatArray) -> FloatArray:
    return np.clip(value, LEAST - 1, 1 - LEAST)


def _logit(value: FloatArray) -> FloatArray:
    p = _inside(value)
    return np.log(p) - np.log1p(-p)


def _logistic(at: FloatArray) -> FloatArray:
    return 0.5 * (1 + np.tanh(np.asarray(at) / 2))


def _exp(at: FloatArray) -> FloatArray:
    return np.exp(np.minimum(at, MOST))


def _gap(value: FloatArray) -> FloatArray:
    return np.maximum(1 - value, LEAST)


SCALES: dict[AnyScale, Scale] = {
    "identity": Scale(to=np.asarray, back=np.asarray, slope=np.ones_like),
    # shares
    "logit": Scale(to=_logit, back=_logistic, slope=lambda x: 1 / (_inside(x) * (1 - _inside(x)))),
    # losses, from 0 up
    "log": Scale(
        to=lambda x: np.log(np.maximum(x, LEAST)),
        back=_exp,
        slope=lambda x: 1 / np.maximum(x, LEAST),
    ),
    # correlations, -1 to 1
    "fisher": Scale(
        to=lambda x: np.arctanh(_correlation(x)), back=np.tanh, slope=lambda x: 1 / (1 - _correlation(x) ** 2)
    ),
    # what lies below 1
    "log_gap": Scale(
        to=lambda x: -np.log(_gap(x)),
        back=lambda x: 1 - _exp(-np.asarray(x)),
        slope=lambda x: 1 / _gap(x),
    ),
    # roots of mean squares: the square's noise is nearly normal where the root is near zero
    "square": Scale(to=np.square, back=lambda x: np.sqrt(np.maximum(x, 0.0)), slope=lambda x: 2 * np.maximum(x, LEAST)),
    # lengths of vectors, from 0 up
    "length": Scale(to=np.asarray, back=lambda x: np.maximum(x, 0.0), slope=np.ones_like),
}
