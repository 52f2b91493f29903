"""Numbers as hints say them."""

from __future__ import annotations

from afterlaunch import phrases

THREE_DIGITS = 100  # from here on a value's whole part has three digits already


def percent(share: float) -> str:
    """Return a share as a percentage; one that is not zero never reads as zero.

    >>> [percent(x).replace(phrases.THIN, "_") for x in (0.034, 0.5, 0.0001)]
    ['3.4_%', '50_%', '<0.1_%']
    """
    return phrases.share(share)


def plain(value: float) -> str:
    """Return a value with three significant digits, or its whole part and a decimal: a sentinel must be known again.

    >>> [plain(x).replace(phrases.THIN, "_") for x in (-999.0, 0.5556, -999.9, 1e6)]
    ['-999', '0.556', '-999.9', '1_000_000']
    """
    if abs(value) < THREE_DIGITS:
        return phrases.number(value)
    return f"{value:,.1f}".removesuffix(".0").replace(",", phrases.THIN)
