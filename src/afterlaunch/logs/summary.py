"""A log described: roles, types, nulls and time span, as text and as a compact table in which all data are text.

The span is told in days: no exact first or last moment is left in a saved notebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import polars as pl

from afterlaunch.logs.roles import SEGMENT
from afterlaunch.logs.run import collect, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afterlaunch.logs.columns import LogColumn
    from afterlaunch.logs.log import Log

LISTED = 60  # columns shown before "and n more"
NAME_CHARACTERS = 48
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
            f'<div tabindex="0" style="max-width:100%;overflow-x:auto"><p style="margin:0 0 .6em">{head}</p>'
            f'<table style="border-collapse:collapse;font:inherit"><thead>{_html_row(HEADINGS, "th")}</thead>'
            f'<tbody>{body}</tbody></table><p style="margin:.6em 0 0;opacity:.8">{notes}</p></div>'
        )

    def _more(self) -> list[str]:
        rest = len(self.rows) - LISTED
        return [f"and {rest:,} more column{'s' * (rest > 1)}"] if rest > 0 else []


def _html_row(cells: Sequence[str], tag: str) -> str:
    style = "text-align:left;padding:.1em 1.2em .1em 0;white-space:pre"
    line = ";border-bottom:1px solid" if tag == "th" else ""
    return "<tr>" + "".join(f'<{tag} style="{style}{line}">{escape(cell)}</{tag}>' for cell in cells) + "</tr>"


def describe(log: Log) -> Description:
    """Return what there is to say about `log`; reads the columns that are profiled or have a role once."""
    schema = read_schema(log.frame)
    roles = _roles(log)
    names = [name for name in roles if name in schema]
    found = _read(log, names)
    nulls = {name: int(found[f"nulls{place}"]) for place, name in enumerate(names)}
    n_rows = int(found["n"])
    profiled = {column.name: column for column in log.columns}
    rows = (
        (_shown(name), roles[name], _kind(profiled.get(name), log.KINDS.get(roles[name])), str(schema[name]), share)
        for name in names
        for share in [_share(nulls[name], n_rows)]
    )
    return Description(head=tuple(_head(log, found, nulls)), rows=tuple(rows), notes=log.notes)


def _roles(log: Log) -> dict[str, str]:
    """Return the roles of every column that has one, those that are profiled first."""
    roles: dict[str, str] = {column.name: column.role for column in log.columns}
    for role, name in log.named():
        known = roles.get(name)
        said = role.removeprefix("a ").replace("_", " ")
        if known is None:
            roles[name] = said
        elif role == SEGMENT:
            roles[name] = f"{known}, {said}"
    return roles


def _kind(column: LogColumn | None, otherwise: str | None) -> str:
    if column is None:
        return otherwise or "not profiled"
    return "identifier" if column.identifier else column.kind


def _read(log: Log, names: Sequence[str]) -> dict[str, Any]:
    nulls = [pl.col(name).null_count().alias(f"nulls{place}") for place, name in enumerate(names)]
    span = [] if log.time is None else [pl.col(log.time).min().alias("first"), pl.col(log.time).max().alias("last")]
    return collect(log.frame.select(pl.len().alias("n"), *span, *nulls)).row(0, named=True)


def _head(log: Log, found: dict[str, Any], nulls: dict[str, int]) -> Iterator[str]:
    n_rows = int(found["n"])
    yield f"{n_rows:,} {log.noun}, {len(nulls):,} column{'s' * (len(nulls) != 1)}"
    if log.time is not None and n_rows:
        yield f"{_shown(log.time)}: {found['first']:%Y-%m-%d} to {found['last']:%Y-%m-%d} ({log.zone})"
    target = dict(log.named()).get("target")
    if target is not None and n_rows:
        yield f"labelled: {1 - nulls[target] / n_rows:.1%} have {_shown(target)}"


def _shown(name: str) -> str:
    """Return a name on one line, cut where it is long."""
    line = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in name)
    return line if len(line) <= NAME_CHARACTERS else line[: NAME_CHARACTERS - 1] + "…"


def _share(count: int, of: int) -> str:
    if count == 0:
        return "none"
    share = count / of
    return f"{share:.1%}" if share >= 0.001 else f"{count:,} rows"
