"""Numbers as hints say them."""

from __future__ import annotations


def percent(share: float) -> str:
    """Return a share as a percentage; one that is not zero never reads as zero.

    >>> percent(0.034), percent(0.5), percent(0.0001)
    ('3.4 %', '50 %', '<0.1 %')
    """
    value = 100 * share
    if 0 < value < 0.05:
        return "<0.1 %"
    return f"{value:.1f} %" if value < 10 and round(value, 1) % 1 else f"{value:.0f} %"


def plain(value: float) -> str:
    """Return a value with at most six significant digits.

    >>> plain(-999.0), plain(0.1234567), plain(1e6)
    ('-999', '0.123457', '1000000')
    """
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.6g}"
