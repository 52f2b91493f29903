"""The report's tables: one row a column, and one row a column and bucket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from afterlaunch.drift import words
from afterlaunch.drift.comparison import widths_of
from afterlaunch.drift.decide import in_unit
from afterlaunch.drift.measures.sides import Sides, sides
from afterlaunch.drift.privacy import sum_cells
from afterlaunch.stats import Cells, Windows
from afterlaunch.stats.arrays import distinct
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.drift.comparison import Compared, Comparison
    from afterlaunch.drift.measures.measure import Measure
    from afterlaunch.drift.payload import Column

TIME = pl.Datetime("us", "UTC")
SCHEMA: dict[str, pl.DataType] = {
    "column": pl.String(),
    "role": pl.String(),
    "kind": pl.String(),
    "verdict": pl.String(),
    "effect": pl.Float64(),
    "effect_low": pl.Float64(),
    "effect_high": pl.Float64(),
    "threshold": pl.Float64(),
    "pvalue": pl.Float64(),
    "qvalue": pl.Float64(),
    "needs": pl.String(),
    "ks": pl.Float64(),
    "psi": pl.Float64(),
    "js": pl.Float64(),
    "hellinger": pl.Float64(),
    "total_variation": pl.Float64(),
    "l_infinity": pl.Float64(),
    "chi_squared": pl.Float64(),
    "wasserstein": pl.Float64(),
    "wasserstein_raw": pl.Float64(),
    "null_share_reference": pl.Float64(),
    "null_share_current": pl.Float64(),
    "unseen_share": pl.Float64(),
    "distinct_share_reference": pl.Float64(),
    "distinct_share_current": pl.Float64(),
    "n_reference": pl.Int64(),
    "n_current": pl.Int64(),
    "onset": TIME,
    "onset_low": TIME,
    "onset_high": TIME,
    "shape": pl.String(),
    "cause": pl.String(),
    "importance": pl.Float64(),
}
DISTANCES = (
    "ks",
    "psi",
    "js",
    "hellinger",
    "total_variation",
    "l_infinity",
    "chi_squared",
    "wasserstein",
)
MEASURED = (*DISTANCES, "unseen_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One column's two windows at both resolutions."""

    decision: Sides
    fine: Sides


def resolve(column: Compared, windows: Windows) -> Resolved:
    """Return the two windows at the decision bins and, of ordered columns, at the fine ones."""
    decision = sides(column.cells, windows)
    if not column.plan.ordered:
        return Resolved(decision=decision, fine=decision)
    counts, seasonal = _by_season(column.fine, windows)
    own = sum_cells(counts, np.concatenate([column.plan.own, column.plan.own[-1] + 1 + np.arange(SPECIALS)]))
    return Resolved(decision=decision, fine=sides(Cells(counts=own, ordered=True, widths=_widths(column)), seasonal))


def _by_season(fine: np.ndarray, windows: Windows) -> tuple[np.ndarray, Windows]:
    """Return counts summed by window and season: all that comparing like for like needs, and far fewer rows."""
    seasons = distinct(windows.season)
    parts = [
        fine[of[windows.season[of] == season]].sum(axis=0)
        for of in (windows.reference, windows.current)
        for season in seasons
    ]
    n = len(seasons)
    place = np.arange(2 * n)
    summed = Windows(reference=place[:n], current=place[n:], position=place, season=np.tile(seasons, 2))
    return np.array(parts), summed


def _widths(column: Compared) -> np.ndarray | None:
    """Return the fine bins' widths in scales, within the clip quantiles: what lies beyond counts as at them."""
    plan = column.plan
    if plan.scale <= 0:
        return None
    inner = np.clip(np.delete(plan.edges, plan.added), plan.low, plan.high)
    return widths_of(np.concatenate([[plan.low], inner, [plan.high]]), plan.scale)


def make_table(
    comparison: Comparison, columns: Sequence[Column], measures: Sequence[Measure], *, min_effect: float
) -> pl.DataFrame:
    """Return one row a column, what matters most first; measures are taken at their own resolution."""
    windows = comparison.axis.windows
    rows = [
        _row(shown, resolve(compared, windows), measures, min_effect)
        for shown, compared in zip(columns, comparison.columns, strict=True)
    ]
    rows.sort(key=lambda row: -words.weight(row["effect"], row["importance"]))
    extra = [name for row in rows[:1] for name in row if name not in SCHEMA]
    return pl.DataFrame(rows, schema={**SCHEMA, **dict.fromkeys(extra, pl.Float64())}, orient="row")


def _row(column: Column, resolved: Resolved, measures: Sequence[Measure], min_effect: float) -> dict[str, Any]:
    judged, onset = column.judgement, column.onset
    row: dict[str, Any] = dict.fromkeys(SCHEMA)
    row.update(column=column.name, role=column.role, kind=column.kind, cause=column.cause, importance=column.importance)
    for name in (
        "verdict",
        "effect",
        "effect_low",
        "effect_high",
        "pvalue",
        "qvalue",
        "needs",
        "n_reference",
        "n_current",
    ):
        row[name] = getattr(judged, name)
    row.update(null_share_reference=judged.null_share_reference, null_share_current=judged.null_share_current)
    row["distinct_share_reference"], row["distinct_share_current"] = column.distinct or (None, None)
    row["threshold"] = min_effect if judged.natural is None else max(min_effect, judged.natural)
    for measure in measures:
        row[measure.name] = measure.distance(resolved.fine if measure.resolution == "fine" else resolved.decision)
    if row["wasserstein"] is not None and column.scale is not None:
        row["wasserstein_raw"] = in_unit(row["wasserstein"], column.scale)
    if onset is not None:
        row.update(onset=onset.at_ms, onset_low=onset.low_ms, onset_high=onset.high_ms, shape=onset.shape)
    for name in ("onset", "onset_low", "onset_high"):
        row[name] = None if row[name] is None else row[name] * 1000
    return row
