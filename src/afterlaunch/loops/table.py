"""The report's tables: one row a period, tenth of popularity, item, instrument, kind of loop, score bin, setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from afterlaunch.loops.payload import Item, LoopPayload, Setting, WhatIf
    from afterlaunch.reports import Estimate

CORE = ("gini", "entropy", "coverage", "tail_share", "mean_popularity", "rank_exposure")
TIME = pl.Datetime("ms", "UTC")


def period_table(payload: LoopPayload) -> pl.DataFrame:
    """Return one row a period: each measure of concentration with its interval and its band without a loop."""
    periods = payload.periods
    if periods is None:
        return pl.DataFrame(schema={"period": TIME, "n_impressions": pl.Int64()})
    zone = periods.zone
    columns = [
        pl.Series("period", periods.starts_ms, dtype=pl.Int64).cast(TIME).dt.convert_time_zone(zone),
        pl.Series("period_end", periods.ends_ms, dtype=pl.Int64).cast(TIME).dt.convert_time_zone(zone),
    ]
    for one in payload.concentration:
        for part in ("", "_low", "_high", "_null", "_null_low", "_null_high"):
            values = getattr(one, part.removeprefix("_") or "value")
            columns.append(pl.Series(f"{one.name}{part}", values, dtype=pl.Float64))
    columns.append(pl.Series("n_impressions", periods.n_impressions, dtype=pl.Int64))
    columns.append(pl.Series("n_clicks", periods.n_clicks or [None] * len(periods.starts_ms), dtype=pl.Int64))
    columns.append(pl.Series("randomised_share", periods.randomised, dtype=pl.Float64))
    return pl.DataFrame(columns)


POPULARITY: dict[str, pl.DataType] = {
    "period": TIME,
    "tenth": pl.Int64(),
    "n_items": pl.Int64(),
    "exposure": pl.Float64(),
    "merit": pl.Float64(),
    "ratio": pl.Float64(),
    "ratio_low": pl.Float64(),
    "ratio_high": pl.Float64(),
    "click_rate": pl.Float64(),
}


def popularity_table(payload: LoopPayload) -> pl.DataFrame:
    """Return one row a period and tenth of popularity, the most shown first: exposure against merit."""
    starts = () if payload.periods is None else payload.periods.starts_ms
    rows = [
        {
            "period": start,
            "tenth": tenth + 1,
            "n_items": one.n_items[tenth],
            "exposure": one.exposure[tenth],
            "merit": one.merit[tenth],
            "click_rate": one.click_rate[tenth],
        }
        | _ends("ratio", one.ratio[tenth])
        for start, one in zip(starts, payload.merit, strict=False)
        if one is not None
        for tenth in range(len(one.n_items))
    ]
    return _in_zone(_frame(rows, POPULARITY), payload)


ITEMS: dict[str, pl.DataType] = {
    "exposed": pl.String(),
    "item": pl.String(),
    "ratio": pl.Float64(),
    "ratio_low": pl.Float64(),
    "ratio_high": pl.Float64(),
    "exposure": pl.Float64(),
    "n_impressions": pl.Int64(),
    "n_clicks": pl.Int64(),
}


def item_table(payload: LoopPayload) -> pl.DataFrame:
    """Return one row an item that is shown much more, or much less, than its merit."""
    rows = [
        _item_row(way, one)
        for way, items in (("over", payload.over_exposed), ("under", payload.under_exposed))
        for one in items
    ]
    return _frame(rows, ITEMS)


def _item_row(way: str, one: Item) -> dict[str, Any]:
    return {
        "exposed": way,
        "item": one.name,
        "exposure": one.exposure,
        "n_impressions": one.n_impressions,
        "n_clicks": one.n_clicks,
    } | _ends("ratio", one.ratio)


INSTRUMENTS: dict[str, pl.DataType] = {
    "instrument": pl.String(),
    "gain": pl.Float64(),
    "gain_low": pl.Float64(),
    "gain_high": pl.Float64(),
    "pvalue": pl.Float64(),
    "weak": pl.Boolean(),
    "n_periods": pl.Int64(),
    "words": pl.String(),
}


def instrument_table(payload: LoopPayload) -> pl.DataFrame:
    """Return one row an instrument: the gain as it reads it."""
    rows = [
        {
            "instrument": one.name,
            "pvalue": one.pvalue,
            "weak": one.weak,
            "n_periods": one.n_periods,
            "words": one.words,
        }
        | _ends("gain", one.gain)
        for one in payload.gain.instruments
    ]
    return _frame(rows, INSTRUMENTS)


KINDS: dict[str, pl.DataType] = {
    "kind": pl.String(),
    "verdict": pl.String(),
    "statistic": pl.String(),
    "estimate": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "identified": pl.Boolean(),
    "needs": pl.String(),
    "words": pl.String(),
}


def kind_table(payload: LoopPayload) -> pl.DataFrame:
    """Return one row a kind of loop: exposure bias, popularity bias, filter bubble, selective labels."""
    rows = [
        {
            "kind": one.name,
            "verdict": one.verdict,
            "statistic": one.statistic,
            "estimate": one.estimate.value,
            "low": one.estimate.low,
            "high": one.estimate.high,
            "identified": one.identified,
            "needs": one.needs,
            "words": one.words,
        }
        for one in payload.kinds
    ]
    return _frame(rows, KINDS)


BUBBLES: dict[str, pl.DataType] = {
    "period": TIME,
    "n_users": pl.Int64(),
    "narrowed": pl.Float64(),
    "own_overlap": pl.Float64(),
    "between_overlap": pl.Float64(),
}


def bubble_table(payload: LoopPayload) -> pl.DataFrame:
    """Return one row a period: how many users were seen, and how narrow what they were shown is."""
    one, periods = payload.bubbles, payload.periods
    if one is None or periods is None:
        return _frame([], BUBBLES)
    columns = (periods.starts_ms, one.n_users, one.narrowed, one.own_overlap, one.between_overlap)
    rows = [dict(zip(BUBBLES, values, strict=True)) for values in zip(*columns, strict=True)]
    return _in_zone(_frame(rows, BUBBLES), payload)


LABELS: dict[str, pl.DataType] = {
    "score_low": pl.Float64(),
    "score_high": pl.Float64(),
    "n": pl.Int64(),
    "labelled_share": pl.Float64(),
    "accepted_rate": pl.Float64(),
    "accepted_rate_low": pl.Float64(),
    "accepted_rate_high": pl.Float64(),
    "weighted_rate": pl.Float64(),
    "weighted_rate_low": pl.Float64(),
    "weighted_rate_high": pl.Float64(),
    "effective_share": pl.Float64(),
}


def label_table(payload: LoopPayload) -> pl.DataFrame:
    """Return one row a bin of scores: how many rows are labelled, and their rate with and without weights."""
    bins = () if payload.labels is None else payload.labels.bins
    rows = [
        {
            "score_low": one.low,
            "score_high": one.high,
            "n": one.n,
            "labelled_share": one.labelled_share,
            "effective_share": one.effective_share,
        }
        | _ends("accepted_rate", one.accepted_rate)
        | _ends("weighted_rate", one.weighted_rate)
        for one in bins
    ]
    return _frame(rows, LABELS)


SETTINGS: dict[str, pl.DataType] = {
    "explore": pl.Float64(),
    "correct": pl.Boolean(),
    "guarantee": pl.Float64(),
    "is_today": pl.Boolean(),
    "gini": pl.Float64(),
    "gini_low": pl.Float64(),
    "gini_high": pl.Float64(),
    "click_rate": pl.Float64(),
    "click_rate_low": pl.Float64(),
    "click_rate_high": pl.Float64(),
    "merit_correlation": pl.Float64(),
    "merit_correlation_low": pl.Float64(),
    "merit_correlation_high": pl.Float64(),
    "cost": pl.Float64(),
    "cost_low": pl.Float64(),
    "cost_high": pl.Float64(),
}


def advice_table(what_if: WhatIf | None) -> pl.DataFrame:
    """Return one row a setting of what could be done: what it is expected to change by the horizon, and to cost."""
    rows = [] if what_if is None else [_setting_row(one, what_if) for one in what_if.settings]
    return _frame(rows, SETTINGS)


def _setting_row(one: Setting, grid: WhatIf) -> dict[str, Any]:
    row: dict[str, Any] = {
        "explore": grid.explore[one.explore],
        "correct": one.correct,
        "guarantee": grid.guarantee[one.guarantee],
        "is_today": (one.explore, one.guarantee) == grid.now and one.correct == grid.correct_now,
    }
    for name, forecast in (("gini", one.gini), ("click_rate", one.click_rate)):
        row |= {name: forecast.value[-1], f"{name}_low": forecast.low[-1], f"{name}_high": forecast.high[-1]}
    return row | _ends("merit_correlation", one.merit_correlation) | _ends("cost", one.cost)


def _ends(name: str, one: Estimate) -> dict[str, float | None]:
    return {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}


def _frame(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=dict(schema), orient="row")


def _in_zone(frame: pl.DataFrame, payload: LoopPayload) -> pl.DataFrame:
    zone = "UTC" if payload.periods is None else payload.periods.zone
    return frame.with_columns(pl.col("period").dt.convert_time_zone(zone))
