"""Whether a recommender feeds on its own clicks."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from afterlaunch.commands.ends import ALARM, STABLE, check_targets, summary, write
from afterlaunch.commands.options import ROLES, TABLES, add_ends
from afterlaunch.phrases import printable

if TYPE_CHECKING:
    from afterlaunch.commands.options import AddParser

LOG_ROLES = {
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
EXAMPLE = """\
example:
  afterlaunch loops --log shown.parquet --time shown_at --item film --clicked clicked \\
    --in-training in_training --fail-on loop --output report.html

exit status: 0 when the verdict is none named by --fail-on, 1 when it is, 2 for wrong use.
A loop that works against its own feedback has the verdict loop too, and raises no alarm in Python.
A log that cannot tell (not_identified) warns, and fails only with --fail-on not_identified.
"""


def add(add_parser: AddParser) -> None:
    """Add the command."""
    loops = add_parser(
        "loops",
        help="whether a recommender feeds on its own clicks",
        description="Find out whether a recommender feeds on its own feedback, from a log of what was shown.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    loops.add_argument("--log", required=True, metavar="PATH", help=TABLES)
    loops.add_argument("--time", required=True, metavar="COLUMN", help=ROLES["time"])
    loops.add_argument("--item", required=True, metavar="COLUMN", help="the column with what was shown")
    for role, what in LOG_ROLES.items():
        loops.add_argument(f"--{role.replace('_', '-')}", metavar="COLUMN", help=what)
    loops.add_argument("--catalog", metavar="PATH", help="a table with every item that could be shown")
    loops.add_argument("--every", default="1w", help="after which the model learns anew (default: 1w)")
    loops.add_argument("--smoothing", type=float, default=0.5, metavar="N", help="added to counts (default: 0.5)")
    loops.add_argument("--feedback", default="clicks", metavar="NOUN", help="what comes back (default: clicks)")
    add_ends(loops, ("loop", "no_evidence", "not_identified"), rate="chance of a false alarm")
    loops.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    check_targets(chosen)
    roles = {role: getattr(chosen, role) for role in ("time", "item", *LOG_ROLES, "catalog")}
    report = al.find_feedback_loops(
        al.InteractionLog(chosen.log, **roles),
        every=chosen.every,
        smoothing=chosen.smoothing,
        feedback=chosen.feedback,
        alarm_rate=chosen.alarm_rate,
    )
    write(report, chosen, summary(report))
    if report.verdict == "not_identified":
        print(f"warning: {printable(report.sentence)}", file=sys.stderr)
    return ALARM if report.verdict in chosen.fail_on else STABLE
