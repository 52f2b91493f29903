"""The report's tables: one row a slice, one row a group, rows of the log with what was found out about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from afterlaunch.edges.groups import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.edges.groups import Rows
    from afterlaunch.edges.inspect import Inspector
    from afterlaunch.edges.payload import Group, Slice
    from afterlaunch.reports import Estimate
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

TIME = pl.Datetime("us", "UTC")
SLICES: dict[str, pl.DataType] = {
    "slice": pl.String(),
    "verdict": pl.String(),
    "confirmed": pl.Boolean(),
    "n": pl.Int64(),
    "share": pl.Float64(),
    "loss": pl.Float64(),
    "loss_elsewhere": pl.Float64(),
    "effect": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "qvalue": pl.Float64(),
    "explained_share": pl.Float64(),
    "above_promise": pl.Float64(),
    "above_promise_low": pl.Float64(),
    "above_promise_high": pl.Float64(),
    "effect_reference": pl.Float64(),
    "change": pl.Float64(),
    "change_low": pl.Float64(),
    "change_high": pl.Float64(),
    "worse_since": TIME,
    "n_held_out": pl.Int64(),
    "needs": pl.String(),
}
GROUPS: dict[str, pl.DataType] = {
    "group": pl.String(),
    "n": pl.Int64(),
    "share": pl.Float64(),
    "share_low": pl.Float64(),
    "share_high": pl.Float64(),
    "loss": pl.Float64(),
    "loss_low": pl.Float64(),
    "loss_high": pl.Float64(),
    "loss_share": pl.Float64(),
    "n_reference": pl.Int64(),
    "share_reference": pl.Float64(),
    "loss_reference": pl.Float64(),
}


def slice_table(slices: Sequence[Slice]) -> pl.DataFrame:
    """Return one row a slice, the confirmed ones first and what explains most loss first."""
    return pl.DataFrame([_slice_row(one) for one in slices], schema=SLICES, orient="row")


def _slice_row(one: Slice) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(one, name) for name in SLICES if name in type(one).__dataclass_fields__}
    row |= {"slice": one.words, "confirmed": one.verdict == "confirmed"}
    row |= _ends("effect", one.effect, low="low", high="high")
    row |= _ends("above_promise", one.above_promise) | _ends("change", one.change)
    row["effect_reference"] = None if one.before is None else one.before.value
    row["worse_since"] = None if one.worse_since_ms is None else one.worse_since_ms * 1000
    return row


def group_table(groups: Sequence[Group]) -> pl.DataFrame:
    """Return one row a group."""
    rows = [
        {"group": one.name, "n": one.n, "loss_share": one.loss_share, "n_reference": one.n_reference}
        | _ends("share", one.share)
        | _ends("loss", one.loss)
        | {
            "share_reference": None if one.share_reference is None else one.share_reference.value,
            "loss_reference": None if one.loss_reference is None else one.loss_reference.value,
        }
        for one in groups
    ]
    return pl.DataFrame(rows, schema=GROUPS, orient="row")


def _ends(name: str, one: Estimate | None, *, low: str | None = None, high: str | None = None) -> dict[str, Any]:
    return {
        name: None if one is None else one.value,
        low or f"{name}_low": None if one is None else one.low,
        high or f"{name}_high": None if one is None else one.high,
    }


def row_table(inspector: Inspector, which: BoolArray, *, rows: Rows, odd_from: float, bad_from: float) -> pl.DataFrame:
    """Return rows of the log with what was found out about each, the worst first."""
    places = np.flatnonzero(which)
    smoothed = rows.smoothed[places]
    places = places[np.argsort(-np.nan_to_num(smoothed, nan=-np.inf), kind="stable")]
    frame = inspector.source.frame
    group = group_numbers(rows, odd_from=odd_from, bad_from=bad_from)[places]
    named = pl.Series([*NAMES, None], dtype=pl.String)[group.tolist()]
    surprise = inspector.losses.surprise
    found = {
        "outlier_share": _column(rows.share, places),
        "outlier_flag": pl.Series(inspector.odd.flag[places]),
        "loss": _column(rows.loss, places),
        "smoothed_loss": _column(rows.smoothed, places),
        "surprise": _column(surprise if surprise is not None else np.full(len(rows.loss), np.nan), places),
        "group": named,
    }
    taken = set(frame.columns)
    new = [column.alias(f"{name}_of_row" if name in taken else name) for name, column in found.items()]
    return frame[places.tolist()].with_columns(new)


def group_numbers(rows: Rows, *, odd_from: float, bad_from: float) -> IntArray:
    """Return each row's group as a place in `NAMES`, their number where it is not known."""
    group = (rows.share >= odd_from).astype(np.int64) + 2 * (rows.smoothed >= bad_from)
    return np.where(rows.known, group, len(NAMES))


def _column(values: FloatArray, places: np.ndarray) -> pl.Series:
    return pl.Series(values[places]).fill_nan(None)
