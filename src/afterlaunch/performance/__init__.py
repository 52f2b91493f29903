"""How good the model's answers were: metrics, their intervals and verdicts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlaunch.performance import metrics
    from afterlaunch.performance.explain.measure import explain_performance
    from afterlaunch.performance.explain.report import ExplanationReport
    from afterlaunch.performance.measure import measure_performance
    from afterlaunch.performance.metrics.metric import Influential, Metric
    from afterlaunch.performance.report import PerformanceReport
    from afterlaunch.performance.scored import Scored

__all__ = [
    "ExplanationReport",
    "Influential",
    "Metric",
    "PerformanceReport",
    "Scored",
    "explain_performance",
    "measure_performance",
    "metrics",
]

# Imported on first use: who reads payloads alone, such as the page and the card, needs no analysis.
_HOMES = {
    "ExplanationReport": "afterlaunch.performance.explain.report",
    "Influential": "afterlaunch.performance.metrics.metric",
    "Metric": "afterlaunch.performance.metrics.metric",
    "PerformanceReport": "afterlaunch.performance.report",
    "Scored": "afterlaunch.performance.scored",
    "explain_performance": "afterlaunch.performance.explain.measure",
    "measure_performance": "afterlaunch.performance.measure",
}


def __getattr__(name: str) -> object:
    if name == "metrics":
        return import_module("afterlaunch.performance.metrics")
    if name not in _HOMES:
        raise AttributeError(f"module 'afterlaunch.performance' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
