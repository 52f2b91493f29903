"""What changed in the data: measures, decisions, onsets and causes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlaunch.drift import measures
    from afterlaunch.drift.measure import measure_drift
    from afterlaunch.drift.report import DriftReport

__all__ = ["DriftReport", "measure_drift", "measures"]

# Imported on first use: who reads payloads alone, such as the page and the card, needs no analysis.
_HOMES = {
    "DriftReport": "afterlaunch.drift.report",
    "measure_drift": "afterlaunch.drift.measure",
}


def __getattr__(name: str) -> object:
    if name == "measures":
        return import_module("afterlaunch.drift.measures")
    if name not in _HOMES:
        raise AttributeError(f"module 'afterlaunch.drift' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
