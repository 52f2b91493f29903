"""Read a saved report back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from afterlaunch.drift.report import DriftReport
from afterlaunch.errors import BadFile

if TYPE_CHECKING:
    from os import PathLike


def load_report(path: str | PathLike[str]) -> DriftReport:
    """Return the report that `report.save("x.json")` wrote; it has no rows. Raises `BadFile` where it is none."""
    try:
        plain = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as failure:
        raise BadFile(f"{path} is not a saved report: {failure}") from failure
    if not isinstance(plain, dict):
        raise BadFile(f"{path} holds other JSON, not a saved report")
    return DriftReport.from_dict(cast("dict[str, Any]", plain))
