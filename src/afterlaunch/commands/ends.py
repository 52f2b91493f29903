"""How a command ends: its exit status, what it prints, and what it writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from afterlaunch.commands.options import ROLES
from afterlaunch.errors import BadOption
from afterlaunch.export.shown import check_target
from afterlaunch.phrases import printable

if TYPE_CHECKING:
    import argparse

    from afterlaunch.logs import PredictionLog
    from afterlaunch.results import Report

STABLE, ALARM, WRONG_USE = 0, 1, 2


def check_targets(chosen: argparse.Namespace) -> None:
    """Raise where something cannot be written, before anything is computed."""
    if chosen.json and chosen.json != "-":
        if Path(chosen.json).suffix.lower() != ".json":
            raise BadOption(f"--json {chosen.json} must end in .json")
        check_target(chosen.json)
    if chosen.output:
        check_target(chosen.output)


def write(report: Report, chosen: argparse.Namespace, text: str) -> None:
    """Print the text or the numbers, and write what is to be written."""
    print(_as_json(report) if chosen.json == "-" else text)
    for path in (chosen.json, chosen.output):
        if path and path != "-":
            report.save(path)


def summary(report: Report) -> str:
    """Return the report as text that a terminal can print."""
    return "\n".join(map(printable, report.summary().splitlines()))


def _as_json(report: Report) -> str:
    import json  # noqa: PLC0415

    return json.dumps(report.to_dict(), allow_nan=False)


def log_of(path: str, chosen: argparse.Namespace) -> PredictionLog:
    """Return the log of the files at `path`, with the roles that the command knows."""
    from afterlaunch.logs import PredictionLog  # noqa: PLC0415 - help and errors need none of it

    return PredictionLog(path, **{role: getattr(chosen, role) for role in ROLES if role in chosen})


def every_of(chosen: argparse.Namespace) -> str | int:
    """Return the length of a bucket: a duration, or a number of rows."""
    return int(chosen.every) if chosen.every.isdigit() else chosen.every
