"""How good a model's answers were, and whether that changed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from afterlaunch.commands.ends import ALARM, STABLE, check_targets, every_of, log_of, summary, write
from afterlaunch.commands.options import ROLES, TABLES, add_ends, add_every, add_tables

if TYPE_CHECKING:
    from afterlaunch.commands.options import AddParser

EXAMPLE = """\
example:
  afterlaunch performance --reference jan.parquet --current feb.parquet --time served_at \\
    --score score --target late --fail-on dropped --output report.html

exit status: 0 when no metric has a verdict named by --fail-on, 1 when one has, 2 for wrong use.
"""


def add(add_parser: AddParser) -> None:
    """Add the command."""
    performance = add_parser(
        "performance",
        help="how good a model's answers were, and whether that changed",
        description="Compare a model's performance in two tables, and fail a pipeline when a metric dropped.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(performance, TABLES, tuple(ROLES))
    add_every(performance)
    performance.add_argument("--metrics", nargs="+", metavar="NAME", help="such as roc_auc, log_loss, rmse")
    performance.add_argument("--by", metavar="COLUMN", help="every metric in each of its segments besides")
    add_ends(performance, ("dropped", "improved", "stable", "cannot_tell"), rate="chance of any false alarm")
    performance.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    check_targets(chosen)
    report = al.measure_performance(
        log_of(chosen.current, chosen),
        reference=log_of(chosen.reference, chosen),
        every=every_of(chosen),
        metrics=chosen.metrics,
        by=chosen.by,
        alarm_rate=chosen.alarm_rate,
    )
    write(report, chosen, summary(report))
    return ALARM if set(report.table["verdict"]) & set(chosen.fail_on) else STABLE
