"""Whether a model feeds on its own output: loop gain, concentration, filter bubbles, selective labels."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlaunch.loops.measure import find_feedback_loops
    from afterlaunch.loops.report import LoopReport

__all__ = ["LoopReport", "find_feedback_loops"]

# Imported on first use: who reads payloads alone, such as the page and the card, needs no analysis.
_HOMES = {
    "LoopReport": "afterlaunch.loops.report",
    "find_feedback_loops": "afterlaunch.loops.measure",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'afterlaunch.loops' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
