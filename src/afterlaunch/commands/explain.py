"""Why a model's loss changed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from afterlaunch.commands.ends import ALARM, STABLE, check_targets, every_of, log_of, summary, write
from afterlaunch.commands.options import LOSSES, ROLES, TABLES, add_ends, add_every, add_tables

if TYPE_CHECKING:
    from afterlaunch.commands.options import AddParser

EXAMPLE = """\
example:
  afterlaunch explain --reference jan.parquet --current feb.parquet --time served_at \\
    --score score --target late --output report.html

exit status: 0 when the verdict is none named by --fail-on, 1 when it is, 2 for wrong use.
The verdict is dropped when the loss rose by more than it does between quiet stretches of the reference.
"""


def add(add_parser: AddParser) -> None:
    """Add the command."""
    explain = add_parser(
        "explain",
        help="why a model's loss changed: other rows, other answers, or another mix of labels",
        description="Split the change of a mean loss between two tables in parts that add up, in two accountings.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(explain, TABLES, tuple(ROLES))
    add_every(explain)
    explain.add_argument("--loss", metavar="NAME", help=LOSSES)
    add_ends(explain, ("dropped", "improved", "stable", "cannot_tell"), rate="chance of any false part")
    explain.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    check_targets(chosen)
    report = al.explain_performance(
        log_of(chosen.current, chosen),
        reference=log_of(chosen.reference, chosen),
        loss=chosen.loss,
        every=every_of(chosen),
        alarm_rate=chosen.alarm_rate,
    )
    write(report, chosen, summary(report))
    return ALARM if report.verdict in chosen.fail_on else STABLE
