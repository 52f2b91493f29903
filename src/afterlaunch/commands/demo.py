"""The demo page."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from afterlaunch.commands.ends import STABLE
from afterlaunch.export.shown import check_target

if TYPE_CHECKING:
    from afterlaunch.commands.options import AddParser

EXAMPLE = """\
example:
  afterlaunch demo --output report.html --open
"""


def add(add_parser: AddParser) -> None:
    """Add the command."""
    demo = add_parser(
        "demo",
        help="write a page on a year of flights with a planted fault",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    demo.add_argument(
        "--output", default="afterlaunch-demo.html", metavar="PATH", help="default: afterlaunch-demo.html"
    )
    demo.add_argument("--open", action="store_true", help="open the page in a browser")
    demo.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    check_target(chosen.output)
    log = al.datasets.flights(fault="celsius")
    report = al.measure_drift(log, reference=al.datasets.FLIGHTS_REFERENCE, current=al.datasets.FLIGHTS_CURRENT)
    report.save(chosen.output)
    print(report.summary())
    page = Path(chosen.output).resolve()
    print(f"\nwrote {page}")
    if chosen.open:
        webbrowser.open(page.as_uri())
    return STABLE
