"""The report on edge cases: a payload, with the rows it came from where those are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, get_args

import numpy as np

from afterlaunch.edges import words
from afterlaunch.edges.payload import EdgeCasePayload, GroupName, Row, RowsPayload
from afterlaunch.edges.table import group_numbers, group_table, row_table, slice_table
from afterlaunch.errors import BadOption, RowsUnavailable
from afterlaunch.logs import parse_window
from afterlaunch.phrases import number, short
from afterlaunch.reports import PayloadReport
from afterlaunch.results import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from afterlaunch.edges.groups import Rows
    from afterlaunch.edges.inspect import Inspector
    from afterlaunch.edges.payload import Slice
    from afterlaunch.results import AnyChart
    from afterlaunch.stats.arrays import BoolArray

SUMMARY_ROWS = 12
MOST_EXAMPLES = 60  # rows that a live panel is sent at a time


def _edge(edges: Sequence[float], value: float) -> float:
    """Return the first edge of the density's cells from `value` on: a threshold lies between cells, as in the panel.

    >>> _edge((0.0, 0.9, 0.99), 0.95), _edge((0.0, 0.9, 0.99), 1.0)
    (0.99, 0.99)
    """
    least = value - 1e-9 * max(1.0, abs(value))
    return next((edge for edge in edges[1:] if edge >= least), edges[-1])


@dataclass(kw_only=True, eq=False, repr=False)
class EdgeCaseReport(PayloadReport[EdgeCasePayload]):
    """Where a model does worse than elsewhere, and whether those rows are odd; `find_edge_cases` makes it.

    `slices` are groups of rows with `.filter`, a Polars expression, and `.sentence`; `table` has one row each. `groups`
    are the four groups; `rows("edge_case")` gives the rows of one.
    """

    kind: ClassVar[str] = "edge_cases"
    payload_class: ClassVar[type[Any]] = EdgeCasePayload
    inspector: Inspector | None = None

    @property
    def slices(self) -> tuple[Slice, ...]:
        """The slices, the confirmed ones first and what explains most loss first."""
        return self.data.slices

    @property
    def table(self) -> pl.DataFrame:
        """One row a slice."""
        return self._table

    @cached_property
    def _table(self) -> pl.DataFrame:
        return slice_table(self.data.slices)

    @cached_property
    def groups(self) -> pl.DataFrame:
        """One row a group at the default thresholds: routine, outlier, edge_case, both."""
        return group_table(self.data.groups)

    @property
    def verdict(self) -> str:
        """`edge_cases` if a slice is confirmed, `cannot_tell` if none could be judged, else `none_found`."""
        return self.data.verdict

    @property
    def alarms(self) -> Mapping[str, tuple[str, ...]]:
        """The confirmed slices, by the verdict `edge_cases`."""
        return {"edge_cases": tuple(one.words for one in self.slices if one.verdict == "confirmed")}

    def rows(self, group: str | None = None) -> pl.DataFrame:
        """Return the current window's rows of a group, all without one, worst first, and what was found out about each.

        Beside the log's columns: `outlier_share` (of reference rows that are less odd), `outlier_flag`, `loss`,
        `smoothed_loss`, `surprise` (loss above what the score promised) and `group`. Groups are cut at the thresholds
        chosen in the panel or in its widget, at the next edge between the cells that it shows; the window is the one
        chosen there, too. Raises `RowsUnavailable` for a report that was read from a file.
        """
        return self._rows(self._in_window(), group)

    def inspect(self, where: pl.Expr, *, n: int = 10) -> tuple[Row, ...]:
        """Return why the worst `n` current rows that meet a Polars condition are odd and why they are wrong."""
        inspector = self._at_hand()
        met = inspector.source.frame.select(where.fill_null(value=False)).to_series().to_numpy()
        places = np.flatnonzero(met & self._in_window())
        worst = places[np.argsort(-np.nan_to_num(inspector.rows.smoothed[places]), kind="stable")[:n]]
        return tuple(inspector.inspect(worst))

    def selected_rows(self) -> pl.DataFrame:
        """Return the current rows of the selected slice and group, all without a selection."""
        picked = self.selection or Selection()
        return self._rows(self._in_slice(), picked.group)

    def answer(self, question: str) -> RowsPayload:
        """Return the worst rows of the selection, each with why it is odd and why it is wrong, to `rows`."""
        if question != "rows":
            raise RowsUnavailable(f"an {self.kind} report has no answer to {question!r}: ask for rows")
        inspector, picked = self._at_hand(), self.selection or Selection()
        which = self._in_slice() & inspector.anywhere.known
        if picked.group is not None:
            names = _check_group(picked.group)
            which &= group_numbers(self._shown_rows(), **self._thresholds()) == names.index(picked.group)
        places = np.flatnonzero(which)
        smoothed = inspector.rows.smoothed[places]
        worst = places[np.argsort(-smoothed, kind="stable")[:MOST_EXAMPLES]]
        return RowsPayload(columns=tuple(inspector.source.frame.columns), rows=tuple(inspector.inspect(worst)))

    def _in_slice(self) -> BoolArray:
        """Return which rows lie in the current window and in the selected slice."""
        which, place = self._in_window(), (self.selection or Selection()).slice
        if place is None:
            return which
        if place >= len(self.slices):
            raise RowsUnavailable(f"the report has {len(self.slices)} slices, none numbered {place}")
        return which & self._at_hand().slices[place].rows

    def _in_window(self) -> BoolArray:
        """Return which rows lie in the current window: the report's own, or the one to which it was moved."""
        inspector = self._at_hand()
        window, at = self.view.state.current, inspector.source.outcomes.time_us
        if window is None:
            return inspector.rows.is_current
        if at is None:
            raise BadOption("a window needs a time column: name one with PredictionLog(data, time='served_at')")
        start, end = (round(moment.timestamp() * 1e6) for moment in parse_window(window, inspector.source.log.zone))
        return (at >= start) & (at < end)

    def _rows(self, which: BoolArray, group: str | None) -> pl.DataFrame:
        if group is not None:
            _check_group(group)
        table = row_table(self._at_hand(), which, rows=self._shown_rows(), **self._thresholds())
        return table if group is None else table.filter(table.get_columns()[-1] == group)

    def _shown_rows(self) -> Rows:
        """Return the rows as the window shown has them: the report's own leaves out those that a scorer learnt from."""
        inspector = self._at_hand()
        return inspector.rows if self.view.state.current is None else inspector.anywhere

    def _thresholds(self) -> dict[str, float]:
        data, odd, bad = self.data, self.view.state.odd, self.view.state.threshold
        return {
            "odd_from": data.odd_from if odd is None else _edge(data.density.odd_edges, odd),
            "bad_from": data.bad_from if bad is None else _edge(data.density.loss_edges, bad),
        }

    def _at_hand(self) -> Inspector:
        if self.inspector is None:
            raise RowsUnavailable("this report was read from a file, which holds no rows: find edge cases on the log")
        return self.inspector

    def payload(self, *, rows: bool = False) -> EdgeCasePayload:
        """Return what the panel is drawn from; with `rows`, example rows of each group too."""
        if not rows or self.data.rows or self.inspector is None:
            return self.data
        from afterlaunch.edges.build import with_rows  # noqa: PLC0415 - building needs more than showing

        return with_rows(self.data, self.inspector)

    def summary(self) -> str:
        """Return the verdict, how sure it is, the groups and the slices that matter most."""
        lines = [self.sentence, self.evidence, words.groups_sentence(self.data.groups, self.data.noun), ""]
        width = max((len(short(one.words)) for one in self.slices[:SUMMARY_ROWS]), default=0)
        for one in self.slices[:SUMMARY_ROWS]:
            effect = "unknown" if one.effect.value is None else f"{one.effect.value:+.3g}"
            reach = "" if one.effect.low is None else f"[{number(one.effect.low)}, {number(one.effect.high or 0.0)}]"
            told = f"{short(one.words):<{width}}  {one.verdict:<13}  n {one.n:<7,}  {effect:>7}  {reach}"
            lines.append(f"{told}  {one.needs or ''}".rstrip())
        if len(self.slices) > SUMMARY_ROWS:
            lines.append(f"… and {len(self.slices) - SUMMARY_ROWS} more; see .table")
        return "\n".join(lines)

    def draw_chart(self) -> AnyChart:
        """Return the slices' effects with their intervals as a new Altair chart."""
        from afterlaunch.edges.chart import draw_slices  # noqa: PLC0415 - Altair takes half a second to import

        return draw_slices(self.table)


def _check_group(name: str) -> tuple[str, ...]:
    """Return the names of the groups; raise `BadOption` where `name` is none of them."""
    names = get_args(GroupName)
    if name not in names:
        raise BadOption(f"group={name!r} is none of {', '.join(names)}")
    return names
