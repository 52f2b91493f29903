"""The report's tables: one row a metric, segment and window; and one a metric, segment and bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.performance.payload import Buckets, PerformancePayload, Series, WindowValue

TIME = pl.Datetime("us", "UTC")
COMMON: dict[str, pl.DataType] = {
    "metric": pl.String(),
    "segment": pl.String(),
    "window_start": TIME,
    "window_end": TIME,
    "realized": pl.Float64(),
    "realized_low": pl.Float64(),
    "realized_high": pl.Float64(),
    "estimated": pl.Float64(),
    "estimated_low": pl.Float64(),
    "estimated_high": pl.Float64(),
    "n": pl.Int64(),
    "n_labelled": pl.Int64(),
    "mature": pl.Boolean(),
}
SCHEMA = {
    **dict(list(COMMON.items())[:2]),
    "window": pl.String(),
    **dict(list(COMMON.items())[2:]),
    "verdict": pl.String(),
    "change": pl.Float64(),
    "change_low": pl.Float64(),
    "change_high": pl.Float64(),
    "matters_from": pl.Float64(),
    "usual_low": pl.Float64(),
    "usual_high": pl.Float64(),
    "pvalue": pl.Float64(),
    "needs": pl.String(),
}
JUDGED = (
    "verdict",
    "change",
    "change_low",
    "change_high",
    "matters_from",
    "usual_low",
    "usual_high",
    "pvalue",
    "needs",
)


def make_table(payload: PerformancePayload) -> pl.DataFrame:
    """Return two rows a metric and segment: the reference, and the current window with its verdict."""
    rows = [row for one in payload.series for row in _windows(one, payload)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def over_time(payload: PerformancePayload) -> pl.DataFrame:
    """Return one row a metric, segment and bucket."""
    rows = [row for one in payload.series for row in _buckets(one, payload.buckets)]
    return pl.DataFrame(rows, schema=COMMON, orient="row")


def _windows(one: Series, payload: PerformancePayload) -> Iterator[dict[str, Any]]:
    judged, buckets = one.judgement, payload.buckets
    for name, found, (first, end) in (
        ("reference", judged.reference, payload.reference),
        ("current", judged.current, payload.current),
    ):
        row: dict[str, Any] = dict.fromkeys(SCHEMA)
        row.update(metric=one.metric, segment=one.segment, window=name, mature=all(buckets.mature[first:end]))
        row.update(_realized(found), **_estimated(one, name), **_span(first, end, buckets))
        if name == "current":
            row.update({key: getattr(judged, key) for key in JUDGED})
        yield row


def _realized(found: WindowValue) -> dict[str, Any]:
    return {
        "realized": found.value,
        "realized_low": found.low,
        "realized_high": found.high,
        "n": found.n_rows,
        "n_labelled": found.n_labelled,
    }


def _estimated(one: Series, window: str) -> dict[str, Any]:
    found = None if one.estimates is None else getattr(one.estimates, window)
    if found is None:
        return {}
    return {"estimated": found.value, "estimated_low": found.low, "estimated_high": found.high}


def _buckets(one: Series, buckets: Buckets) -> Iterator[dict[str, Any]]:
    for place in range(len(buckets.starts_ms)):
        row: dict[str, Any] = dict.fromkeys(COMMON)
        row.update(metric=one.metric, segment=one.segment, mature=buckets.mature[place])
        row.update(_span(place, place + 1, buckets), n=one.n_rows[place], n_labelled=one.n_labelled[place])
        for name, line in (("realized", one.realized), ("estimated", one.estimated)):
            if line is not None:
                row.update({name: line.value[place], f"{name}_low": line.low[place], f"{name}_high": line.high[place]})
        yield row


def _span(first: int, end: int, buckets: Buckets) -> dict[str, int | None]:
    if buckets.every is None:
        return {"window_start": None, "window_end": None}
    return {"window_start": 1000 * buckets.starts_ms[first], "window_end": 1000 * buckets.ends_ms[end - 1]}
