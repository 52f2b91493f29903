"""One report a segment besides the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.drift.options import Options
    from afterlaunch.drift.report import DriftReport
    from afterlaunch.drift.source import Source


def measure_segments(source: Source, options: Options, report_on: Callable[[Source, Options], DriftReport]) -> DriftReport:
    """Return the whole's report with one report a segment; together they hold the alarm rate."""
    raise NotImplementedError
