"""What the commands have in common: the tables they compare, the level, and the verdicts that fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    AddParser: TypeAlias = Callable[..., argparse.ArgumentParser]

TABLES = "Parquet, CSV, NDJSON or Arrow: a file, a folder or a glob"
LOSSES = "log_loss, brier, zero_one, absolute or squared"

ROLES = {
    "time": "the column with the time of each row",
    "prediction": "the column with the model's predictions",
    "score": "the column with the model's scores, 0 to 1",
    "target": "the column with the true outcomes; empty where it is not known yet",
    "target_time": "the column with the time at which each outcome was known",
    "id": "the column that names each row",
}


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
