"""The gamma functions that the null needs, and the tail of the F distribution, for arrays, to near machine precision.

SciPy has them too, but importing its special functions takes longer than a verdict on small data; the tests hold these
to SciPy's. The browser's `gamma.ts` takes the same series. Press et al., *Numerical Recipes*, sections 6.1 to 6.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.stats.arrays import FloatArray

HALF_LOG_TAU = 0.9189385332046727
SHIFT = 10  # Stirling's series is exact to rounding from here on
NEAR = 3  # up to here the fraction needs more terms than the series, which loses two digits at most
PATIENCE = 4  # terms between two looks at what they add
EPSILON = 1e-16
TINY = 1e-300
MAX_TERMS = 10_000


def log_gamma(x: FloatArray) -> FloatArray:
    """Return the logarithm of the gamma function at `x`, from above 0 to 1e30.

    >>> log_gamma(np.array([1.0, 5.0])).round(4).tolist()
    [0.0, 3.1781]
    """
    y = x * (x + (SHIFT - 1))
    rising = y * (y + 8) * (y + 14) * (y + 18) * (y + 20)  # x (x + 1) ... (x + 9), the factors paired from outside in
    at = x + SHIFT
    r = 1 / at
    s = r * r
    series = r * (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360))))))
    return (at - 0.5) * np.log(at) - at + HALF_LOG_TAU + series - np.log(rising)


def upper_gamma(a: FloatArray, x: FloatArray) -> FloatArray:
    """Return the chance that a gamma variable of shape `a` exceeds `x`: the regularised incomplete function.

    `a` is above 0 and of the shape of `x`: a power series below a + 3, a continued fraction above.

    >>> upper_gamma(np.array([1.0]), np.array([1.0])).round(4).tolist()
    [0.3679]
    """
    safe = np.maximum(x, TINY)
    mass = np.exp(a * np.log(safe) - safe - log_gamma(a))
    below = safe < a + NEAR
    tail = np.empty(mass.shape)
    tail[below] = 1 - mass[below] * _lower_series(a[below], safe[below])
    tail[~below] = mass[~below] * _upper_fraction(a[~below], safe[~below])
    return tail


def f_tail(explained: FloatArray, left: FloatArray, ratio: FloatArray) -> FloatArray:
    """Return the chance that an F variable of `explained` and `left` degrees of freedom exceeds `ratio`.

    >>> f_tail(np.array([2.0]), np.array([10.0]), np.array([4.1028])).round(4).tolist()
    [0.05]
    """
    a, b = left / 2, explained / 2
    odds = explained * ratio / left
    x, rest = 1 / (1 + odds), odds / (1 + odds)
    log_x, log_rest = -np.log1p(odds), np.log(np.maximum(rest, TINY))
    mass = np.exp(a * log_x + b * log_rest + log_gamma(a + b) - log_gamma(a) - log_gamma(b))
    swapped = x > (a + 1) / (a + b + 2)
    first, second, at = np.where(swapped, b, a), np.where(swapped, a, b), np.where(swapped, rest, x)
    part = mass * _beta_fraction(first, second, at) / first
    return np.where(swapped, 1 - part, part)


def _lower_series(a: FloatArray, x: FloatArray) -> FloatArray:
    term = 1 / a
    total = term.copy()
    for i in range(1, MAX_TERMS):
        term *= x / (a + i)
        total += term
        if i % PATIENCE == 0 and np.all(term <= total * EPSILON):
            break
    return total


def _upper_fraction(a: FloatArray, x: FloatArray) -> FloatArray:
    return _fraction(lambda i: (-i * (i - a), x + (2 * i + 1 - a)), x + 1 - a)


def _beta_fraction(a: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    def term(i: int) -> tuple[FloatArray, float]:
        m, odd = divmod(i, 2)
        if odd:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0

    return _fraction(term, np.ones(x.shape))


def _fraction(term: Callable[[int], tuple[FloatArray, FloatArray | float]], first: FloatArray) -> FloatArray:
    """Return 1 / (first + n1 / (d1 + n2 / (d2 + ...))), `term` giving n and d from 1 on: Lentz's method.

    No denominator is 0 where the fractions above are asked for.
    """
    c = np.full(first.shape, 1 / TINY)
    d = 1 / first
    value = d.copy()
    for i in range(1, MAX_TERMS):
        above, below = term(i)
        d = 1 / (above * d + below)
        c = below + above / c
        change = c * d
        value *= change
        if i % PATIENCE == 0 and np.all(np.abs(change - 1) < 10 * EPSILON):
            break
    return value
