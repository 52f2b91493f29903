"""The command line: `drift`, `performance`, `explain` and `edge-cases` gate a pipeline, `demo` writes the demo page."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from afterlaunch.commands import (
    DEMO_EXAMPLE,
    DRIFT_EXAMPLE,
    EDGES_EXAMPLE,
    EXPLAIN_EXAMPLE,
    LOOP_ROLES,
    LOOPS_EXAMPLE,
    PERFORMANCE_EXAMPLE,
    ROLES,
    TABLES,
    add_ends,
    add_every,
    add_tables,
)
from afterlaunch.drift import words
from afterlaunch.errors import AfterlaunchError, BadOption
from afterlaunch.export.shown import check_target
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afterlaunch.drift import DriftReport
    from afterlaunch.logs import PredictionLog
    from afterlaunch.results import Report

STABLE, ALARM, WRONG_USE = 0, 1, 2
LOSSES = "log_loss, brier, zero_one, absolute or squared"
VERDICTS = ("drifted", "stable", "cannot_tell")
MARKS = {"drifted": "●", "stable": "○", "cannot_tell": "◌"}


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
    _add_drift(commands.add_parser)
    _add_performance(commands.add_parser)
    _add_explain(commands.add_parser)
    _add_edge_cases(commands.add_parser)
    _add_loops(commands.add_parser)
    _add_demo(commands.add_parser)
    return parser


def _add_drift(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    drift = add_parser(
        "drift",
        help="what changed between two tables, column by column",
        description="Compare two tables, column by column, and fail a pipeline when one drifted.",
        epilog=DRIFT_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(drift, f"{TABLES}; or a saved profile", ("time", "prediction", "score", "target"))
    add_every(drift)
    drift.add_argument("--columns", nargs="+", metavar="COLUMN", help="compare these alone")
    drift.add_argument(
        "--min-effect", type=float, metavar="SHARE", help="share of rows that must have moved (default: .03)"
    )
    add_ends(drift, VERDICTS, rate="chance of any false alarm")
    drift.set_defaults(run=_drift)


def _add_performance(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    performance = add_parser(
        "performance",
        help="how good a model's answers were, and whether that changed",
        description="Compare a model's performance in two tables, and fail a pipeline when a metric dropped.",
        epilog=PERFORMANCE_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(performance, TABLES, tuple(ROLES))
    add_every(performance)
    performance.add_argument("--metrics", nargs="+", metavar="NAME", help="such as roc_auc, log_loss, rmse")
    performance.add_argument("--by", metavar="COLUMN", help="every metric in each of its segments besides")
    add_ends(performance, ("dropped", "improved", "stable", "cannot_tell"), rate="chance of any false alarm")
    performance.set_defaults(run=_performance)


def _add_explain(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    explain = add_parser(
        "explain",
        help="why a model's loss changed: other rows, other answers, or another mix of labels",
        description="Split the change of a mean loss between two tables in parts that add up, in two accountings.",
        epilog=EXPLAIN_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(explain, TABLES, tuple(ROLES))
    add_every(explain)
    explain.add_argument("--loss", metavar="NAME", help=LOSSES)
    add_ends(explain, ("dropped", "improved", "stable", "cannot_tell"), rate="chance of any false part")
    explain.set_defaults(run=_explain)


def _add_edge_cases(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    edges = add_parser(
        "edge-cases",
        help="where a model does worse than elsewhere, and whether those rows are odd",
        description="Find the groups of rows on which a model does worse than elsewhere, confirmed on held-out time.",
        epilog=EDGES_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_tables(edges, TABLES, tuple(ROLES))
    edges.add_argument("--loss", metavar="NAME", help=LOSSES)
    edges.add_argument("--max-conditions", type=int, default=2, metavar="N", help="of a slice (default: 2)")
    edges.add_argument("--min-rows", type=int, metavar="N", help="of a slice (default: 2 in 1000, 50 at least)")
    add_ends(edges, ("edge_cases", "none_found", "cannot_tell"), rate="false slices among the confirmed")
    edges.set_defaults(run=_edge_cases)


def _add_loops(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    loops = add_parser(
        "loops",
        help="whether a recommender feeds on its own clicks",
        description="Find out whether a recommender feeds on its own feedback, from a log of what was shown.",
        epilog=LOOPS_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    loops.add_argument("--log", required=True, metavar="PATH", help=TABLES)
    loops.add_argument("--time", required=True, metavar="COLUMN", help=ROLES["time"])
    loops.add_argument("--item", required=True, metavar="COLUMN", help="the column with what was shown")
    for role, what in LOOP_ROLES.items():
        loops.add_argument(f"--{role.replace('_', '-')}", metavar="COLUMN", help=what)
    loops.add_argument("--catalog", metavar="PATH", help="a table with every item that could be shown")
    loops.add_argument("--every", default="1w", help="after which the model learns anew (default: 1w)")
    loops.add_argument("--smoothing", type=float, default=0.5, metavar="N", help="added to counts (default: 0.5)")
    loops.add_argument("--feedback", default="clicks", metavar="NOUN", help="what comes back (default: clicks)")
    add_ends(loops, ("loop", "no_evidence", "not_identified"), rate="chance of a false alarm")
    loops.set_defaults(run=_loops)


def _add_demo(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    demo = add_parser(
        "demo",
        help="write a page on a year of flights with a planted fault",
        epilog=DEMO_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    demo.add_argument(
        "--output", default="afterlaunch-demo.html", metavar="PATH", help="default: afterlaunch-demo.html"
    )
    demo.add_argument("--open", action="store_true", help="open the page in a browser")
    demo.set_defaults(run=_demo)


def _drift(chosen: argparse.Namespace) -> int:
    _check_targets(chosen)
    report = _measure(chosen)
    _write(report, chosen, _verdicts(report))
    for note in report.data.notes:
        if words.says_left_out(note):
            print(f"warning: {words.printable(note)}", file=sys.stderr)
    by_verdict = {verdict: _names(report, verdict) for verdict in VERDICTS}
    if by_verdict["cannot_tell"]:
        print(f"warning: cannot tell: {words.printable(', '.join(by_verdict['cannot_tell']))}", file=sys.stderr)
    return ALARM if any(by_verdict.get(verdict) for verdict in chosen.fail_on) else STABLE


def _performance(chosen: argparse.Namespace) -> int:
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    _check_targets(chosen)
    report = al.measure_performance(
        _log(chosen.current, chosen),
        reference=_log(chosen.reference, chosen),
        every=_every(chosen),
        metrics=chosen.metrics,
        by=chosen.by,
        alarm_rate=chosen.alarm_rate,
    )
    _write(report, chosen, _summary(report))
    return ALARM if set(report.table["verdict"]) & set(chosen.fail_on) else STABLE


def _explain(chosen: argparse.Namespace) -> int:
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    _check_targets(chosen)
    report = al.explain_performance(
        _log(chosen.current, chosen),
        reference=_log(chosen.reference, chosen),
        loss=chosen.loss,
        every=_every(chosen),
        alarm_rate=chosen.alarm_rate,
    )
    _write(report, chosen, _summary(report))
    return ALARM if report.verdict in chosen.fail_on else STABLE


def _edge_cases(chosen: argparse.Namespace) -> int:
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    _check_targets(chosen)
    report = al.find_edge_cases(
        _log(chosen.current, chosen),
        reference=_log(chosen.reference, chosen),
        loss=chosen.loss,
        max_conditions=chosen.max_conditions,
        min_rows=chosen.min_rows,
        alarm_rate=chosen.alarm_rate,
    )
    _write(report, chosen, _summary(report))
    return ALARM if report.verdict in chosen.fail_on else STABLE


def _loops(chosen: argparse.Namespace) -> int:
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    _check_targets(chosen)
    roles = {role: getattr(chosen, role) for role in ("time", "item", *LOOP_ROLES, "catalog")}
    report = al.find_feedback_loops(
        al.InteractionLog(chosen.log, **roles),
        every=chosen.every,
        smoothing=chosen.smoothing,
        feedback=chosen.feedback,
        alarm_rate=chosen.alarm_rate,
    )
    _write(report, chosen, _summary(report))
    if report.verdict == "not_identified":
        print(f"warning: {words.printable(report.sentence)}", file=sys.stderr)
    return ALARM if report.verdict in chosen.fail_on else STABLE


def _write(report: Report, chosen: argparse.Namespace, text: str) -> None:
    """Print the text or the numbers, and write what is to be written."""
    print(_as_json(report) if chosen.json == "-" else text)
    for path in (chosen.json, chosen.output):
        if path and path != "-":
            report.save(path)


def _summary(report: Report) -> str:
    return "\n".join(map(words.printable, report.summary().splitlines()))


def _demo(chosen: argparse.Namespace) -> int:
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


def _measure(chosen: argparse.Namespace) -> DriftReport:
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it
    from afterlaunch.drift.data import saved_profile  # noqa: PLC0415

    current, reference = (saved_profile(path) or _log(path, chosen) for path in (chosen.current, chosen.reference))
    return al.measure_drift(
        current,
        reference=reference,
        every=_every(chosen),
        columns=chosen.columns,
        alarm_rate=chosen.alarm_rate,
        min_effect=chosen.min_effect,
    )


def _log(path: str, chosen: argparse.Namespace) -> PredictionLog:
    """Return the log of the files at `path`, with the roles that the command knows."""
    from afterlaunch.logs import PredictionLog  # noqa: PLC0415 - help and errors need none of it

    return PredictionLog(path, **{role: getattr(chosen, role) for role in ROLES if role in chosen})


def _every(chosen: argparse.Namespace) -> str | int:
    return int(chosen.every) if chosen.every.isdigit() else chosen.every


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


def _as_json(report: Report) -> str:
    import json  # noqa: PLC0415

    return json.dumps(report.to_dict(), allow_nan=False)


def _check_targets(chosen: argparse.Namespace) -> None:
    """Raise where something cannot be written, before anything is computed."""
    if chosen.json and chosen.json != "-":
        if Path(chosen.json).suffix.lower() != ".json":
            raise BadOption(f"--json {chosen.json} must end in .json")
        check_target(chosen.json)
    if chosen.output:
        check_target(chosen.output)
