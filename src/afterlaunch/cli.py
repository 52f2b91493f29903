"""The command line: `drift`, `performance` and `edge-cases` gate a pipeline, `demo` writes the demo page."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from afterlaunch.drift import words
from afterlaunch.errors import AfterlaunchError, BadOption
from afterlaunch.export.shown import check_target
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afterlaunch.drift import DriftReport
    from afterlaunch.results import Report

STABLE, ALARM, WRONG_USE = 0, 1, 2
VERDICTS = ("drifted", "stable", "cannot_tell")
MARKS = {"drifted": "●", "stable": "○", "cannot_tell": "◌"}

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
DEMO_EXAMPLE = """\
example:
  afterlaunch demo --output report.html --open
"""


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
    _add_edge_cases(commands.add_parser)
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
    table = "Parquet, CSV, NDJSON or Arrow: a file, a folder or a glob; or a saved profile"
    drift.add_argument("--reference", required=True, metavar="PATH", help=table)
    drift.add_argument("--current", required=True, metavar="PATH", help="the same")
    drift.add_argument("--time", metavar="COLUMN", help="the column with the time of each row")
    drift.add_argument("--prediction", metavar="COLUMN", help="the column with the model's predictions")
    drift.add_argument("--score", metavar="COLUMN", help="the column with the model's scores, 0 to 1")
    drift.add_argument("--target", metavar="COLUMN", help="the column with the true outcomes")
    drift.add_argument("--every", default="1d", help="length of a bucket of time (default: 1d)")
    drift.add_argument("--columns", nargs="+", metavar="COLUMN", help="compare these alone")
    drift.add_argument("--alarm-rate", type=float, default=0.05, metavar="SHARE", help="chance of any false alarm")
    drift.add_argument(
        "--min-effect", type=float, metavar="SHARE", help="share of rows that must have moved (default: .03)"
    )
    drift.add_argument(
        "--fail-on",
        nargs="+",
        choices=(*VERDICTS, "never"),
        default=["drifted"],
        help="verdicts that exit with 1 (default: drifted)",
    )
    drift.add_argument("--output", metavar="PATH", help="write the report there: .html, .png or .json")
    drift.add_argument("--json", metavar="PATH", help="write the numbers there; - prints them instead of the table")
    drift.set_defaults(run=_drift)


def _add_performance(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    performance = add_parser(
        "performance",
        help="how good a model's answers were, and whether that changed",
        description="Compare a model's performance in two tables, and fail a pipeline when a metric dropped.",
        epilog=PERFORMANCE_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    table = "Parquet, CSV, NDJSON or Arrow: a file, a folder or a glob"
    performance.add_argument("--reference", required=True, metavar="PATH", help=table)
    performance.add_argument("--current", required=True, metavar="PATH", help="the same")
    for role, help_text in ROLES.items():
        performance.add_argument(f"--{role.replace('_', '-')}", metavar="COLUMN", help=help_text)
    performance.add_argument("--every", default="1d", help="length of a bucket of time (default: 1d)")
    performance.add_argument("--metrics", nargs="+", metavar="NAME", help="such as roc_auc, log_loss, rmse")
    performance.add_argument("--by", metavar="COLUMN", help="every metric in each of its segments besides")
    performance.add_argument(
        "--alarm-rate", type=float, default=0.05, metavar="SHARE", help="chance of any false alarm"
    )
    performance.add_argument(
        "--fail-on",
        nargs="+",
        choices=("dropped", "improved", "stable", "cannot_tell", "never"),
        default=["dropped"],
        help="verdicts that exit with 1 (default: dropped)",
    )
    performance.add_argument("--output", metavar="PATH", help="write the report there: .html, .png or .json")
    performance.add_argument("--json", metavar="PATH", help="write the numbers there; - prints them instead")
    performance.set_defaults(run=_performance)


def _add_edge_cases(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    edges = add_parser(
        "edge-cases",
        help="where a model does worse than elsewhere, and whether those rows are odd",
        description="Find the groups of rows on which a model does worse than elsewhere, confirmed on held-out time.",
        epilog=EDGES_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    table = "Parquet, CSV, NDJSON or Arrow: a file, a folder or a glob"
    edges.add_argument("--reference", required=True, metavar="PATH", help=table)
    edges.add_argument("--current", required=True, metavar="PATH", help="the same")
    for role, help_text in ROLES.items():
        edges.add_argument(f"--{role.replace('_', '-')}", metavar="COLUMN", help=help_text)
    edges.add_argument("--loss", metavar="NAME", help="log_loss, brier, zero_one, absolute or squared")
    edges.add_argument("--max-conditions", type=int, default=2, metavar="N", help="of a slice (default: 2)")
    edges.add_argument("--min-rows", type=int, metavar="N", help="of a slice (default: 2 in 1000, 50 at least)")
    edges.add_argument(
        "--alarm-rate", type=float, default=0.05, metavar="SHARE", help="false slices among the confirmed"
    )
    edges.add_argument(
        "--fail-on",
        nargs="+",
        choices=("edge_cases", "none_found", "cannot_tell", "never"),
        default=["edge_cases"],
        help="verdicts that exit with 1 (default: edge_cases)",
    )
    edges.add_argument("--output", metavar="PATH", help="write the report there: .html, .png or .json")
    edges.add_argument("--json", metavar="PATH", help="write the numbers there; - prints them instead of the summary")
    edges.set_defaults(run=_edge_cases)


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
    if chosen.json == "-":
        print(_as_json(report))
    else:
        print(_verdicts(report))
    if chosen.json and chosen.json != "-":
        report.save(chosen.json)
    if chosen.output:
        report.save(chosen.output)
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
    roles = {role: getattr(chosen, role) for role in ROLES}
    report = al.measure_performance(
        al.PredictionLog(chosen.current, **roles),
        reference=al.PredictionLog(chosen.reference, **roles),
        every=int(chosen.every) if chosen.every.isdigit() else chosen.every,
        metrics=chosen.metrics,
        by=chosen.by,
        alarm_rate=chosen.alarm_rate,
    )
    _say(report, chosen)
    return ALARM if set(report.table["verdict"]) & set(chosen.fail_on) else STABLE


def _edge_cases(chosen: argparse.Namespace) -> int:
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it

    _check_targets(chosen)
    roles = {role: getattr(chosen, role) for role in ROLES}
    report = al.find_edge_cases(
        al.PredictionLog(chosen.current, **roles),
        reference=al.PredictionLog(chosen.reference, **roles),
        loss=chosen.loss,
        max_conditions=chosen.max_conditions,
        min_rows=chosen.min_rows,
        alarm_rate=chosen.alarm_rate,
    )
    _say(report, chosen)
    return ALARM if report.verdict in chosen.fail_on else STABLE


def _say(report: Report, chosen: argparse.Namespace) -> None:
    """Print the summary or the numbers, and write what is to be written."""
    print(_as_json(report) if chosen.json == "-" else "\n".join(map(words.printable, report.summary().splitlines())))
    if chosen.json and chosen.json != "-":
        report.save(chosen.json)
    if chosen.output:
        report.save(chosen.output)


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

    return al.measure_drift(
        _read(chosen.current, chosen),
        reference=_read(chosen.reference, chosen),
        every=int(chosen.every) if chosen.every.isdigit() else chosen.every,
        columns=chosen.columns,
        alarm_rate=chosen.alarm_rate,
        min_effect=chosen.min_effect,
    )


def _read(path: str, chosen: argparse.Namespace) -> object:
    """Return a log of the files at `path`, or the profile that was saved there."""
    import afterlaunch as al  # noqa: PLC0415 - help and errors need none of it
    from afterlaunch.drift.data import saved_profile  # noqa: PLC0415

    return saved_profile(path) or al.PredictionLog(
        path, time=chosen.time, prediction=chosen.prediction, score=chosen.score, target=chosen.target
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
