"""The commands of the command line, one file each: `add` says how it is called, `run` runs it."""

from __future__ import annotations

from afterlaunch.commands import demo, drift, edge_cases, explain, loops, performance

COMMANDS = (drift, performance, explain, edge_cases, loops, demo)

__all__ = ["COMMANDS"]
