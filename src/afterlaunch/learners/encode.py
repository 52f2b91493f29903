"""Mixed columns as numbers: learnt on a reference, applied to any rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs.columns import LogColumn

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]

FAR = 20.0  # robust standard deviations beyond which a number is not told from another
EMBEDDED = 4  # coordinates of a category: two categories lie about as far apart as any other two
SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """How columns become numbers: `categories[j]` lists a categorical column's values, the most frequent first."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    categories: tuple[tuple[str, ...] | None, ...]

    def numbers(self, frame: pl.DataFrame) -> FloatArray:
        """Return rows as (n, p): numbers, codes of categories (unseen ones the next), NaN where missing or infinite."""
        columns = [self._one(frame[name], place) for place, name in enumerate(self.names)]
        return np.stack(columns, axis=1) if columns else np.zeros((frame.height, 0))

    def _one(self, values: pl.Series, place: int) -> FloatArray:
        known = self.categories[place]
        if known is None:
            numbers = values.dt.epoch("us") if values.dtype.is_temporal() else values
            column = numbers.cast(pl.Float64).to_numpy().astype(np.float64)
            return np.where(np.isfinite(column), column, np.nan)
        text = values.cast(pl.String)
        codes = text.replace_strict(list(known), list(range(len(known))), default=len(known), return_dtype=pl.Float64)
        return np.where(text.is_null().to_numpy(), np.nan, codes.to_numpy())

    @property
    def is_category(self) -> BoolArray:
        """Which columns (p,) hold codes."""
        return np.array([known is not None for known in self.categories], dtype=np.bool_)


def learn_encoder(frame: pl.DataFrame, columns: Sequence[LogColumn]) -> Encoder:
    """Return the encoder of the numeric, boolean, time and categorical `columns` of a reference."""
    used = [column for column in columns if column.kind != "text"]
    return Encoder(
        names=tuple(column.name for column in used),
        kinds=tuple(column.kind for column in used),
        categories=tuple(_categories(frame[column.name]) if column.kind == "categorical" else None for column in used),
    )


def _categories(values: pl.Series) -> tuple[str, ...]:
    counts = values.drop_nulls().cast(pl.String).value_counts()
    name, count = counts.columns
    return tuple(counts.sort([count, name], descending=[True, False])[name].to_list())


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A space in which rows that are alike lie near each other, learnt on reference numbers (n, p).

    Numbers are centred and divided by a robust spread, at most 20 to either side; a missing one lies at the median,
    with a coordinate of its own that says so. A category is a point of a fixed random set, any two equally far apart.
    """

    center: FloatArray
    spread: FloatArray
    has_gaps: BoolArray
    is_category: BoolArray
    points: tuple[FloatArray | None, ...]

    def place(self, x: FloatArray) -> FloatArray:
        """Return rows of numbers `x` (n, p) as points (n, q)."""
        parts: list[FloatArray] = []
        for column, points in enumerate(self.points):
            values = x[:, column]
            gone = np.isnan(values)
            if points is None:
                scaled = np.clip((values - self.center[column]) / self.spread[column], -FAR, FAR)
                parts.append(np.where(gone, 0.0, scaled)[:, None])
                if self.has_gaps[column]:
                    parts.append(gone.astype(np.float64)[:, None])
            else:
                code = np.where(gone, len(points) - 1, np.minimum(np.nan_to_num(values), len(points) - 2))
                parts.append(points[code.astype(np.int64)])
        return np.concatenate(parts, axis=1) if parts else np.zeros((len(x), 0))


def learn_space(x: FloatArray, encoder: Encoder, *, rng: np.random.Generator) -> Space:
    """Return the space of reference rows `x` (n, p) that `encoder` made."""
    center, spread = np.zeros(x.shape[1]), np.ones(x.shape[1])
    points: list[FloatArray | None] = []
    for column, known in enumerate(encoder.categories):
        present = x[~np.isnan(x[:, column]), column]
        if known is None:
            center[column], spread[column] = robust_scale(present)
            points.append(None)
        else:
            drawn = rng.normal(size=(len(known) + 2, EMBEDDED))  # one for unseen, the last for missing
            points.append(drawn / np.sqrt((drawn**2).sum(axis=1, keepdims=True)))
    return Space(
        center=center,
        spread=spread,
        has_gaps=np.asarray(np.isnan(x).any(axis=0), dtype=np.bool_),
        is_category=encoder.is_category,
        points=tuple(points),
    )


def robust_scale(values: FloatArray) -> tuple[float, float]:
    """Return median and spread of numbers: the middle half's, or of the outer ones where that is one value."""
    if not len(values):
        return 0.0, 1.0
    low, median, high = np.quantile(values, [0.25, 0.5, 0.75])
    spread = (high - low) / 1.349
    if spread <= SAME * max(abs(median), 1e-300):
        kept = np.clip(values, *np.quantile(values, [0.01, 0.99]))
        spread = float(kept.std())
    return float(median), float(spread) if spread > 0 else 1.0
