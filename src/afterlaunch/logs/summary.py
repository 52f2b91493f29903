"""A log described: roles, types, nulls and time span, as text and as a compact table in which all data are text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.logs.run import collect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs.prediction import PredictionLog

LISTED = 60  # columns shown before "and n more"
HEADINGS = ("column", "role", "kind", "type", "nulls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What there is to say about a log: `head` in sentences, `rows` one a column, `notes` on what was assumed."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str, str], ...]
    notes: tuple[str, ...]

    def text(self) -> str:
        """Return the description as lines of text, columns aligned."""
        table = [HEADINGS, *self.rows[:LISTED]]
        widths = [max(len(row[place]) for row in table) for place in range(len(HEADINGS))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
        ]
        return "\n".join([*self.head, "", *lines, *self._more(), *([""] if self.notes else []), *self.notes])

    def html(self) -> str:
        """Return the description as an HTML table without scripts or colours of its own."""
        head = "<br>".join(map(escape, self.head))
        notes = "<br>".join(map(escape, (*self._more(), *self.notes)))
        body = "".join(_html_row(row, "td") for row in self.rows[:LISTED])
        return (
            f'<div style="max-width:100%;overflow-x:auto"><p style="margin:0 0 .5em">{head}</p>'
            f"<table><thead>{_html_row(HEADINGS, 'th')}</thead><tbody>{body}</tbody></table>"
            f'<p style="margin:.5em 0 0;opacity:.75">{notes}</p></div>'
        )

    def _more(self) -> list[str]:
        rest = len(self.rows) - LISTED
        return [f"and {rest:,} more columns"] if rest > 0 else []


def _html_row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f'<{tag} style="text-align:left">{escape(cell)}</{tag}>' for cell in cells) + "</tr>"


def describe(log: PredictionLog) -> Description:
    """Return what there is to say about `log`; reads the profiled columns once."""
    names = [column.name for column in log.columns]
    clock = [] if log.time is None else [pl.col(log.time).min().alias("first"), pl.col(log.time).max().alias("last")]
    nulls = [pl.col(name).null_count().alias(f"nulls{place}") for place, name in enumerate(names)]
    found = collect(log.frame.select(pl.len().alias("n"), *clock, *nulls)).row(0, named=True)
    n_rows = int(found["n"])
    head = [f"{n_rows:,} {log.noun}, {len(names):,} columns"]
    if log.time is not None and n_rows:
        first, last = found["first"], found["last"]
        head.append(f"{log.time}: {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} ({log.zone})")
    if log.target is not None and n_rows:
        missing = found[f"nulls{names.index(log.target)}"]
        head.append(f"labelled: {(n_rows - missing) / n_rows:.1%} have {log.target}")
    rows = tuple(
        (
            column.name,
            column.role,
            _kind(column.kind, identifier=column.identifier),
            str(column.dtype),
            _share(null, n_rows),
        )
        for column, null in zip(log.columns, (found[f"nulls{place}"] for place in range(len(names))), strict=True)
    )
    return Description(head=tuple(head), rows=rows, notes=log.notes)


def _kind(kind: str, *, identifier: bool) -> str:
    return "identifier" if identifier else kind


def _share(count: int, of: int) -> str:
    if count == 0:
        return "none"
    share = count / of
    return f"{share:.1%}" if share >= 0.001 else f"{count:,} rows"
