"""Read a saved report back, of whatever kind it is."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from afterlaunch.errors import BadFile

if TYPE_CHECKING:
    from os import PathLike

    from afterlaunch.results import Report

# Each kind of report, and where its class is: one that is not asked for is not imported.
KINDS = {
    "drift": ("afterlaunch.drift.report", "DriftReport"),
    "edge_cases": ("afterlaunch.edges.report", "EdgeCaseReport"),
    "explanation": ("afterlaunch.performance.explain.report", "ExplanationReport"),
    "loops": ("afterlaunch.loops.report", "LoopReport"),
    "performance": ("afterlaunch.performance.report", "PerformanceReport"),
}


def load_report(path: str | PathLike[str]) -> Report:
    """Return the report that `report.save("x.json")` wrote; it has no rows. Raises `BadFile` where it is none."""
    try:
        plain = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadFile(f"there is no file {path}: check the path, which is taken from {str(Path.cwd())!r}") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as failure:
        raise BadFile(f"{path} is not a saved report: {failure}") from failure
    if not isinstance(plain, dict):
        raise BadFile(f"{path} holds other JSON, not a saved report")
    found = cast("dict[str, Any]", plain)
    if found.get("kind") not in KINDS:
        raise BadFile(f"{path} holds a report of kind {found.get('kind')!r}; this version reads {', '.join(KINDS)}")
    home, name = KINDS[found["kind"]]
    return getattr(import_module(home), name).from_dict(found)
