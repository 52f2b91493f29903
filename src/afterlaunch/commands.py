"""What the commands have in common: the tables they compare, the level, the verdicts that fail, and their examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

TABLES = "Parquet, CSV, NDJSON or Arrow: a file, a folder or a glob"

DRIFT_EXAMPLE = """\
example:
  afterlaunch drift --reference jan.parquet --current feb.parquet --time served_at \\
    --fail-on drifted --output report.html

exit status: 0 when no column has a verdict named by --fail-on, 1 when one has, 2 for wrong use.
A column that cannot be told warns, and fails only with --fail-on cannot_tell.
"""
ROLES = {
    "time": "the column with the time of each row",
    "prediction": "the column with the model's predictions",
    "score": "the column with the model's scores, 0 to 1",
    "target": "the column with the true outcomes; empty where it is not known yet",
    "target_time": "the column with the time at which each outcome was known",
    "id": "the column that names each row",
}
EDGES_EXAMPLE = """\
example:
  afterlaunch edge-cases --reference jan.parquet --current feb.parquet --time served_at \\
    --score score --target late --fail-on edge_cases --output report.html

exit status: 0 when the verdict is none named by --fail-on, 1 when it is, 2 for wrong use.
"""
PERFORMANCE_EXAMPLE = """\
example:
  afterlaunch performance --reference jan.parquet --current feb.parquet --time served_at \\
    --score score --target late --fail-on dropped --output report.html

exit status: 0 when no metric has a verdict named by --fail-on, 1 when one has, 2 for wrong use.
"""
EXPLAIN_EXAMPLE = """\
example:
  afterlaunch explain --reference jan.parquet --current feb.parquet --time served_at \\
    --score score --target late --output report.html

exit status: 0 when the verdict is none named by --fail-on, 1 when it is, 2 for wrong use.
The verdict is dropped when the loss rose by more than it does between quiet stretches of the reference.
"""
LOOPS_EXAMPLE = """\
example:
  afterlaunch loops --log shown.parquet --time shown_at --item film --clicked clicked \\
    --in-training in_training --fail-on loop --output report.html

exit status: 0 when the verdict is none named by --fail-on, 1 when it is, 2 for wrong use.
A log that cannot tell (not_identified) warns, and fails only with --fail-on not_identified.
"""
LOOP_ROLES = {
    "user": "the column with whom it was shown to",
    "position": "the column with its place in the list, from 1",
    "score": "the column with the model's scores",
    "propensity": "the column with the probability that the policy showed it",
    "policy": "the column with the policy that showed it",
    "clicked": "the column that says whether feedback came",
    "in_training": "the column that says whether the model learns from the row",
    "holdout": "the column that says whether it was shown at random",
    "category": "the column with the item's category",
    "version": "the column with the model's version",
    "noise": "the column with what was added to the score on purpose",
}
DEMO_EXAMPLE = """\
example:
  afterlaunch demo --output report.html --open
"""


def add_tables(parser: argparse.ArgumentParser, table: str, roles: Sequence[str]) -> None:
    """Add the two tables that are compared, and the columns that play a part in them."""
    parser.add_argument("--reference", required=True, metavar="PATH", help=table)
    parser.add_argument("--current", required=True, metavar="PATH", help="the same")
    for role in roles:
        parser.add_argument(f"--{role.replace('_', '-')}", metavar="COLUMN", help=ROLES[role])


def add_every(parser: argparse.ArgumentParser) -> None:
    """Add the length of a bucket of time."""
    parser.add_argument("--every", default="1d", help="length of a bucket of time (default: 1d)")


def add_ends(parser: argparse.ArgumentParser, verdicts: Sequence[str], *, rate: str) -> None:
    """Add the level, the `verdicts` that fail (the first unless others are named), and where results are written."""
    parser.add_argument("--alarm-rate", type=float, default=0.05, metavar="SHARE", help=rate)
    parser.add_argument(
        "--fail-on",
        nargs="+",
        choices=(*verdicts, "never"),
        default=[verdicts[0]],
        help=f"verdicts that exit with 1 (default: {verdicts[0]})",
    )
    parser.add_argument("--output", metavar="PATH", help="write the report there: .html, .png or .json")
    parser.add_argument("--json", metavar="PATH", help="write the numbers there; - prints them in place of the text")
