"""How the alarm rate of a report is shared between all rows and their segments."""

from __future__ import annotations

ALONE = 0.2  # of the rate is for segments, where nothing has changed among all rows; the rest is for all rows


def of_all_rows(alarm_rate: float, *, n_segments: int) -> float:
    """Return the rate of all rows: the report's, less what segments take.

    >>> of_all_rows(0.05, n_segments=0), round(of_all_rows(0.05, n_segments=3), 3)
    (0.05, 0.04)
    """
    return alarm_rate if n_segments == 0 else (1 - ALONE) * alarm_rate


def of_segments(alarm_rate: float, *, moved: bool) -> float:
    """Return the rate of segments: all of it once all rows have `moved`, for then the question is where."""
    return alarm_rate if moved else ALONE * alarm_rate
