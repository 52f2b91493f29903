"""What the edge-case panel is drawn from. `js/src/contract` is generated from these dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from afterlaunch.logs.roles import Task  # noqa: TC001 - the contract is generated from what stands here
from afterlaunch.reports import Estimate  # noqa: TC001 - the contract is generated from what stands here

if TYPE_CHECKING:
    import polars as pl

Verdict: TypeAlias = Literal["edge_cases", "none_found", "cannot_tell"]
SliceVerdict: TypeAlias = Literal["confirmed", "not_confirmed", "cannot_tell"]
GroupName: TypeAlias = Literal["routine", "outlier", "edge_case", "both"]
Kind: TypeAlias = Literal["range", "value", "flag", "missing"]
Basis: TypeAlias = Literal["realized", "estimated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Buckets:
    """The time axis: bucket `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC)."""

    starts_ms: tuple[int, ...]
    ends_ms: tuple[int, ...]
    every: str | None  # Polars duration; None: no time, and no buckets
    zone: str
    n_rows: tuple[int, ...]
    n_labelled: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Mean losses by bucket, None where there are no rows; the interval is that of the realized mean."""

    n: tuple[int, ...]  # rows with a loss
    realized: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    promised: tuple[float | None, ...]  # what the calibrated scores of all rows promised
    compared_n: tuple[int, ...]  # rows with a value of what slices are compared in
    compared: tuple[float, ...]  # their sum; those of buckets with fewer than 20 such rows are pooled


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Rows by cell of the density; cell = odd cell * number of loss cells + loss cell. Only cells with rows.

    Losses of cells with fewer than 20 rows are those of cells like them, pooled: single rows cannot be read off.
    """

    cell: tuple[int, ...]
    n: tuple[int, ...]
    n_labelled: tuple[int, ...]
    loss: tuple[float, ...]  # summed over the labelled rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    """How many rows are how odd, and how large the loss of rows like them is.

    Odd cells are [edge, next edge) of the share of reference rows that are less odd, loss cells the same of the
    smoothed loss; the last of each is open.
    """

    odd_edges: tuple[float, ...]
    loss_edges: tuple[float, ...]
    n_similar: int  # rows over which losses are smoothed
    counts: str | None  # rows by bucket and cell, packed: `edges/windows.py`
    reference: Cells | None
    current: Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition on one column.

    A range of numbers from `low` up to, not including, `high` (None: no end); a value; a true or false flag; or
    nothing there. `whole` marks whole numbers, whose ranges are told by their last one.
    """

    column: str
    kind: Kind
    low: float | None
    high: float | None
    value: str | None
    whole: bool
    words: str  # "hour 15–17"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A group of rows on which the model does worse than elsewhere, as judged on rows that it was not found on."""

    words: str
    conditions: tuple[Condition, ...]
    sentence: str
    code: str  # the filter as Polars code
    verdict: SliceVerdict
    needs: str | None
    n: int  # rows of the current window
    share: float
    n_held_out: int
    loss: float | None  # all three on the held-out rows
    loss_elsewhere: float | None
    effect: Estimate
    qvalue: float | None
    above_promise: Estimate | None
    before: Estimate | None  # the effect in the reference
    change: Estimate | None  # the effect less that in the reference
    worse_since_ms: int | None
    explained_share: float | None  # of all loss: what the slice has in excess of elsewhere
    series: Series | None
    cells: Cells
    counts: str | None  # as those of the density; None where the payload has no room for them

    @property
    def filter(self) -> pl.Expr:
        """The slice as a Polars expression, for the log's columns."""
        from afterlaunch.edges.conditions import expression_of  # noqa: PLC0415 - who draws payloads needs no Polars

        return expression_of(self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One of the four groups at the default thresholds.

    `share` is `n` of the window's rows that have a place in the density, labelled or not: the four add up to 1. Its
    interval, and that of `loss`, say how far days that pass within weeks may have moved them.
    """

    name: GroupName
    n: int
    share: Estimate
    loss: Estimate
    loss_share: float | None  # of all loss
    n_reference: int | None
    share_reference: Estimate | None
    loss_reference: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A column that makes a row odd: its value, and the share of reference rows at least as far out."""

    column: str
    value: str
    part: float
    tail_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What a row has that the rows most like it, which the model got right, have not."""

    column: str
    value: str
    usual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row, for inspection: only in what is made with `rows=True`."""

    group: GroupName
    values: tuple[str, ...]  # as `row_columns`
    outlier_share: float
    flagged: bool
    loss: float | None
    smoothed_loss: float | None
    surprise: float | None
    odd: tuple[Reason, ...]
    n_alike_right: int | None  # None: not looked for, since the row lies outside the measured window
    wrong: tuple[Contrast, ...]
    slices: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPayload:
    """Rows of the current selection, for a live panel that asks for them: never a part of what is saved."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeCasePayload:
    """The whole panel: aggregates alone, unless rows were asked for."""

    kind: Literal["edge_cases"]
    format: int
    id: str  # made from the content
    product: str  # "afterlaunch 0.1.0"
    noun: str  # what a row is, plural: "rows", "flights"
    task: Task
    loss: str  # "log_loss"
    loss_words: str  # "log loss"
    basis: Basis  # estimated: no labels, so the loss is the promised one
    promised_by_score: bool  # else by reference rows that are alike
    worse_than: Literal["elsewhere", "promise"]
    verdict: Verdict
    sentence: str
    evidence: str
    buckets: Buckets
    reference: tuple[int, int] | None  # half-open bucket ranges, None without time or without a reference
    current: tuple[int, int] | None
    loss_reference: Estimate | None
    loss_current: Estimate
    promised_reference: float | None
    promised_current: float | None
    n_reference: int
    n_current: int
    n_labelled: int
    min_rows: int
    min_effect: float
    false_share: float  # of confirmed slices, at most, on average
    n_searched: int
    series: Series | None
    slices: tuple[Slice, ...]
    density: Density
    odd_from: float  # thresholds: outlier share and smoothed loss
    bad_from: float
    groups: tuple[Group, ...]
    n_flagged: int
    outlier_method: str
    row_columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    code: str
