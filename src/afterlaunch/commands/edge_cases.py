"""Where a model does worse than elsewhere, and whether those rows are odd."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from afterlaunch.commands.ends import ALARM, STABLE, check_targets, log_of, summary, write
from afterlaunch.commands.options import LOSSES, ROLES, TABLES, add_ends, add_tables

if TYPE_CHECKING:
    from afterlaunch.commands.options import AddParser

EXAMPLE = """\
example:
  afterlaunch edge-cases --reference jan.parquet --current feb.parquet --time served_at \\
    --score score --target late --fail-on edge_cases --output report.html

exit status: 0 when the verdict is none named by --fail-on, 1 when it is, 2 for wrong use.
"""


def add(add_parser: AddParser) -> None:
    """Add the command."""
    edges = add_parser(
        "edge-cases",
        help="where a model does worse than elsewhere, and whether those rows are odd",
        description="Find the groups of rows on which a model does worse than elsewhere, confirmed on held-out time.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(edges, TABLES, tuple(ROLES))
    edges.add_argument("--loss", metavar="NAME", help=LOSSES)
    edges.add_argument("--max-conditions", type=int, default=2, metavar="N", help="of a slice (default: 2)")
    edges.add_argument("--min-rows", type=int, metavar="N", help="of a slice (default: 2 in 1000, 50 at least)")
    add_ends(edges, ("edge_cases", "none_found", "cannot_tell"), rate="false slices among the confirmed")
    edges.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    check_targets(chosen)
    report = al.find_edge_cases(
        log_of(chosen.current, chosen),
        reference=log_of(chosen.reference, chosen),
        loss=chosen.loss,
        max_conditions=chosen.max_conditions,
        min_rows=chosen.min_rows,
        alarm_rate=chosen.alarm_rate,
    )
    write(report, chosen, summary(report))
    return ALARM if report.verdict in chosen.fail_on else STABLE
