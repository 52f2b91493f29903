"""The call that reproduces a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.phrases import iso

if TYPE_CHECKING:
    from collections.abc import Mapping

ONE_LOG = "al.find_edge_cases(log"
TWO_LOGS = "al.find_edge_cases(new, reference=old"


def call(template: str, chosen: Mapping[str, str]) -> str:
    """Return the call with the windows and options that were chosen, as code.

    >>> call(ONE_LOG, {"max_conditions": "3"})
    'al.find_edge_cases(log, max_conditions=3)'
    """
    return f"{template}{''.join(f', {name}={value}' for name, value in chosen.items())})"


def literal(start_us: int, end_us: int, zone: str) -> str:
    """Return a window as code, its ends in the log's zone."""
    return f'("{iso(start_us // 1000, zone)}", "{iso(end_us // 1000, zone)}")'
