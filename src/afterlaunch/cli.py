"""The command line: most commands gate a pipeline, `demo` writes the demo page."""

from __future__ import annotations

import argparse
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from afterlaunch.commands import COMMANDS
from afterlaunch.commands.ends import STABLE, WRONG_USE
from afterlaunch.errors import AfterlaunchError
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks ● still gets its table
    parser = _parser()
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as ended:  # argparse prints its own message
        return WRONG_USE if ended.code else STABLE
    try:
        return chosen.run(chosen)
    except (AfterlaunchError, OSError) as error:
        print(f"afterlaunch {chosen.command}: {' '.join(str(error).split())}", file=sys.stderr)
        return WRONG_USE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afterlaunch", description="What happens to a model after its launch.")
    parser.add_argument("--version", action="version", version=PRODUCT)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands.add_parser)
    return parser
