"""The call that reproduces a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.phrases import iso

if TYPE_CHECKING:
    from collections.abc import Mapping

ONE_LOG = "al.find_edge_cases(log, reference={reference}, current={current}"
TWO_LOGS = "al.find_edge_cases(new, reference=old"
ALONE = "al.find_edge_cases(log"


def call(template: str, windows: Mapping[str, str], options: Mapping[str, str]) -> str:
    """Return the call with its windows and the options that differ from their defaults."""
    chosen = "".join(f", {name}={value}" for name, value in options.items())
    for name, window in windows.items():
        template = template.replace(f"{{{name}}}", window, 1)
    return f"{template}{chosen})"


def literal(start_us: int, end_us: int, zone: str) -> str:
    """Return a window as code, its ends in the log's zone."""
    return f'("{iso(start_us // 1000, zone)}", "{iso(end_us // 1000, zone)}")'
