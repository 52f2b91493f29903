"""What changed between two tables, column by column."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from afterlaunch.commands.ends import ALARM, STABLE, check_targets, every_of, log_of, write
from afterlaunch.commands.options import TABLES, add_ends, add_every, add_tables
from afterlaunch.drift import words

if TYPE_CHECKING:
    from afterlaunch.commands.options import AddParser
    from afterlaunch.drift import DriftReport

VERDICTS = ("drifted", "stable", "cannot_tell")
MARKS = {"drifted": "●", "stable": "○", "cannot_tell": "◌"}
EXAMPLE = """\
example:
  afterlaunch drift --reference jan.parquet --current feb.parquet --time served_at \\
    --fail-on drifted --output report.html

exit status: 0 when no column has a verdict named by --fail-on, 1 when one has, 2 for wrong use.
A column that cannot be told warns, and fails only with --fail-on cannot_tell.
"""


def add(add_parser: AddParser) -> None:
    """Add the command."""
    drift = add_parser(
        "drift",
        help="what changed between two tables, column by column",
        description="Compare two tables, column by column, and fail a pipeline when one drifted.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(drift, f"{TABLES}; or a saved profile", ("time", "prediction", "score", "target"))
    add_every(drift)
    drift.add_argument("--columns", nargs="+", metavar="COLUMN", help="compare these alone")
    drift.add_argument(
        "--min-effect", type=float, metavar="SHARE", help="share of rows that must have moved (default: .03)"
    )
    add_ends(drift, VERDICTS, rate="chance of any false alarm")
    drift.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    check_targets(chosen)
    report = _measure(chosen)
    write(report, chosen, _verdicts(report))
    for note in report.data.notes:
        if words.says_left_out(note):
            print(f"warning: {words.printable(note)}", file=sys.stderr)
    by_verdict = {verdict: _names(report, verdict) for verdict in VERDICTS}
    if by_verdict["cannot_tell"]:
        print(f"warning: cannot tell: {words.printable(', '.join(by_verdict['cannot_tell']))}", file=sys.stderr)
    return ALARM if any(by_verdict.get(verdict) for verdict in chosen.fail_on) else STABLE


def _measure(chosen: argparse.Namespace) -> DriftReport:
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it
    from afterlaunch.drift.data import saved_profile  # noqa: PLC0415

    current, reference = (saved_profile(path) or log_of(path, chosen) for path in (chosen.current, chosen.reference))
    return al.measure_drift(
        current,
        reference=reference,
        every=every_of(chosen),
        columns=chosen.columns,
        alarm_rate=chosen.alarm_rate,
        min_effect=chosen.min_effect,
    )


def _verdicts(report: DriftReport) -> str:
    """Return the verdict table as text."""
    rows = [
        (
            f"{MARKS[row['verdict']]} {row['verdict'].replace('_', ' ')}",
            words.short(row["column"]),
            "" if row["effect"] is None else words.share(row["effect"]),
            "" if row["threshold"] is None else words.share(row["threshold"]),
            row["cause"] or row["needs"] or "",
        )
        for row in report.table.iter_rows(named=True)
    ]
    head = ("verdict", "column", "effect", "threshold", "remark")
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head) - 1)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in (head, *rows)
    ]
    return "\n".join(map(words.printable, [report.sentence, report.evidence, "", *lines]))


def _names(report: DriftReport, verdict: str) -> list[str]:
    return report.table.filter(report.table["verdict"] == verdict)["column"].to_list()
