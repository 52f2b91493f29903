"""The range of a slice's number, cut once more where it matters among the slice's other conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.edges.conditions import expression_of, in_range
from afterlaunch.edges.cut import numbers_of, quantile_edges

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from afterlaunch.edges.payload import Condition
    from afterlaunch.stats.arrays import BoolArray, FloatArray


CLEARLY = 1.5  # standard errors by which another range must stand out further, as it is picked among many


def refine(
    conditions: tuple[Condition, ...], frame: pl.DataFrame, value: FloatArray, *, known: BoolArray, min_rows: int
) -> tuple[Condition, ...]:
    """Return the conditions with each range replaced by the one that stands out clearly further, on rows to find on.

    Columns were cut where all rows differ; among the rows that meet the other conditions, the loss may differ
    elsewhere. All ranges between two of the column's quantiles are compared. `value` (n,) is centred on the mean of all
    rows; `known` (n,) marks the reference's rows, whose quantiles count.
    """
    refined = list(conditions)
    for place, condition in enumerate(conditions):
        if condition.kind != "range":
            continue
        others = [one for at, one in enumerate(refined) if at != place]
        inside = np.ones(frame.height, dtype=np.bool_)
        if others:
            inside = frame.select(expression_of(others).fill_null(value=False)).to_series().to_numpy()
        refined[place] = _best_range(condition, frame, value, known=known, inside=inside, min_rows=min_rows)
    return tuple(refined)


def _best_range(  # noqa: PLR0913 - one search over one column
    condition: Condition,
    frame: pl.DataFrame,
    value: FloatArray,
    *,
    known: BoolArray,
    inside: BoolArray,
    min_rows: int,
) -> Condition:
    x = numbers_of(frame[condition.column])
    edges = quantile_edges(x[known & ~np.isnan(x)], whole=condition.whole)
    own = [end for end in (condition.low, condition.high) if end is not None]
    edges = np.unique(np.concatenate([edges, own]))
    used = inside & ~np.isnan(x)
    code = np.searchsorted(edges, x[used], side="right")
    n = np.append(0, np.cumsum(np.bincount(code, minlength=len(edges) + 1)))
    total = np.append(0.0, np.cumsum(np.bincount(code, weights=value[used], minlength=len(edges) + 1)))
    bounds: Sequence[float | None] = [None, *edges.tolist(), None]
    starts, ends = bounds[:-1], bounds[1:]
    now = (starts.index(condition.low), ends.index(condition.high) + 1)
    first, last = _furthest(n, total, min_rows, now=now, margin=CLEARLY * float(value.std()))
    return in_range(condition.column, bounds[first], bounds[last], whole=condition.whole)


def _furthest(
    n: FloatArray, total: FloatArray, min_rows: int, *, now: tuple[int, int], margin: float
) -> tuple[int, int]:
    """Return the half-open range of cells whose sum is largest for its number of rows, from cumulative counts.

    It is the present range `now` unless another is ahead by `margin`.
    """
    first, last = np.triu_indices(len(n), k=1)
    rows, sums = n[last] - n[first], total[last] - total[first]
    out = np.where(rows >= max(min_rows, 1), sums / np.sqrt(np.maximum(rows, 1)), -np.inf)
    best = int(np.argmax(out))
    here = int(np.flatnonzero((first == now[0]) & (last == now[1]))[0])
    return (int(first[best]), int(last[best])) if out[best] > out[here] + margin else now
