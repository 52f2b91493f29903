"""Where a model hurts: slices, outliers, and the four groups between them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlaunch.edges import outliers
    from afterlaunch.edges.measure import find_edge_cases
    from afterlaunch.edges.report import EdgeCaseReport

__all__ = ["EdgeCaseReport", "find_edge_cases", "outliers"]

# Imported on first use: who reads payloads alone, such as the page and the card, needs no analysis.
_HOMES = {
    "EdgeCaseReport": "afterlaunch.edges.report",
    "find_edge_cases": "afterlaunch.edges.measure",
}


def __getattr__(name: str) -> object:
    if name == "outliers":
        return import_module("afterlaunch.edges.outliers")
    if name not in _HOMES:
        raise AttributeError(f"module 'afterlaunch.edges' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
