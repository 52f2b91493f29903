"""The two gamma functions that the null needs, from SciPy on first use: importing it costs more than all else here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray


def log_gamma(x: FloatArray) -> FloatArray:
    """Return the logarithm of the gamma function at positive `x`."""
    from scipy.special import gammaln  # noqa: PLC0415 - see above

    return gammaln(x)


def upper_gamma(a: FloatArray, x: FloatArray) -> FloatArray:
    """Return the chance that a gamma variable of shape `a` exceeds `x`: the regularised incomplete function.

    >>> float(upper_gamma(1.0, 1.0).round(4))
    0.3679
    """
    from scipy.special import gammaincc  # noqa: PLC0415 - see above

    return gammaincc(a, x)
