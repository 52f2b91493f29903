"""Everything that happens to a machine-learning model after its launch, inside the notebook.

Names are imported on first use, so that `import afterlaunch` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from afterlaunch.export.shown import Shown
from afterlaunch.results import Report
from afterlaunch.version import VERSION

if TYPE_CHECKING:
    from afterlaunch import datasets, drift, edges, errors, loops, performance
    from afterlaunch.drift import DriftReport, measure_drift, measures
    from afterlaunch.edges import EdgeCaseReport, find_edge_cases, outliers
    from afterlaunch.load import load_report
    from afterlaunch.logs import InteractionLog, PredictionLog
    from afterlaunch.loops import LoopReport, find_feedback_loops
    from afterlaunch.performance import (
        ExplanationReport,
        PerformanceReport,
        explain_performance,
        measure_performance,
        metrics,
    )
    from afterlaunch.profiles import Dask, Local, Profile, profile, read_profile
    from afterlaunch.results import Interval, Selection

__version__ = VERSION
__all__ = [
    "Dask",
    "DriftReport",
    "EdgeCaseReport",
    "ExplanationReport",
    "InteractionLog",
    "Interval",
    "Local",
    "LoopReport",
    "PerformanceReport",
    "PredictionLog",
    "Profile",
    "Report",
    "Selection",
    "datasets",
    "drift",
    "edges",
    "errors",
    "explain_performance",
    "find_edge_cases",
    "find_feedback_loops",
    "load_report",
    "loops",
    "measure_drift",
    "measure_performance",
    "measures",
    "metrics",
    "outliers",
    "performance",
    "profile",
    "read_profile",
]

_HOMES = {
    "Dask": "afterlaunch.profiles",
    "DriftReport": "afterlaunch.drift",
    "EdgeCaseReport": "afterlaunch.edges",
    "ExplanationReport": "afterlaunch.performance",
    "InteractionLog": "afterlaunch.logs",
    "Interval": "afterlaunch.results",
    "Local": "afterlaunch.profiles",
    "LoopReport": "afterlaunch.loops",
    "PerformanceReport": "afterlaunch.performance",
    "PredictionLog": "afterlaunch.logs",
    "Profile": "afterlaunch.profiles",
    "Selection": "afterlaunch.results",
    "explain_performance": "afterlaunch.performance",
    "find_edge_cases": "afterlaunch.edges",
    "find_feedback_loops": "afterlaunch.loops",
    "load_report": "afterlaunch.load",
    "measure_drift": "afterlaunch.drift",
    "measure_performance": "afterlaunch.performance",
    "measures": "afterlaunch.drift",
    "metrics": "afterlaunch.performance",
    "outliers": "afterlaunch.edges",
    "profile": "afterlaunch.profiles",
    "read_profile": "afterlaunch.profiles",
}
_MODULES = ("datasets", "drift", "edges", "errors", "loops", "performance")

Report.display = Shown()


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"afterlaunch.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'afterlaunch' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
