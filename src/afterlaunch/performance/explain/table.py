"""The report's tables: one row a part, a column, a slice."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from afterlaunch.performance.explain.payload import ExplanationPayload

FLOAT, TEXT, WHOLE = pl.Float64(), pl.String(), pl.Int64()
PARTS: dict[str, pl.DataType] = {
    "accounting": TEXT,
    "part": TEXT,
    "within": TEXT,
    "change": FLOAT,
    "low": FLOAT,
    "high": FLOAT,
    "placebo_low": FLOAT,
    "placebo_high": FLOAT,
    "pvalue": FLOAT,
    "verdict": TEXT,
    "favoured": pl.Boolean(),
    "assumption": TEXT,
    "needs": TEXT,
}
COLUMNS: dict[str, pl.DataType] = {"column": TEXT, "change": FLOAT, "low": FLOAT, "high": FLOAT}
SLICES: dict[str, pl.DataType] = {
    "slice": TEXT,
    "change": FLOAT,
    "low": FLOAT,
    "high": FLOAT,
    "n_reference": WHOLE,
    "n_current": WHOLE,
    "share_reference": FLOAT,
    "share_current": FLOAT,
    "loss_reference": FLOAT,
    "loss_current": FLOAT,
    "filter": TEXT,
}


def part_table(payload: ExplanationPayload) -> pl.DataFrame:
    """Return one row a part of either accounting, the total after each; parts within none add up to it."""
    rows = [
        asdict(part)
        | {"accounting": one.name, "part": part.name, "verdict": part.mark, "favoured": payload.favoured == one.name}
        for one in payload.accountings
        for part in (*one.parts, payload.total)
    ]
    return pl.DataFrame([{name: row[name] for name in PARTS} for row in rows], schema=PARTS, orient="row")


def column_table(payload: ExplanationPayload) -> pl.DataFrame:
    """Return one row a column, the largest share first; a null column is what the models do not place."""
    return pl.DataFrame([asdict(one) for one in payload.columns], schema=COLUMNS, orient="row")


def slice_table(payload: ExplanationPayload) -> pl.DataFrame:
    """Return one row a slice, the largest share first."""
    rows = [
        {name: getattr(one, name) for name in SLICES if name not in ("slice", "filter")}
        | {"slice": one.words, "filter": one.code}
        for one in payload.slices
    ]
    return pl.DataFrame([{name: row[name] for name in SLICES} for row in rows], schema=SLICES, orient="row")
