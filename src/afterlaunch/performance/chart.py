"""The report as a plain Altair chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from afterlaunch.performance.payload import PerformancePayload, Series
    from afterlaunch.results import AnyChart


def draw_over_time(payload: PerformancePayload) -> AnyChart:
    """Return each metric over time with its 95 % interval, one under the other; without time, of two windows."""
    whole = [one for one in payload.series if one.segment is None]
    return alt.vconcat(*(_draw(one, payload) for one in whole))


def _draw(one: Series, payload: PerformancePayload) -> alt.LayerChart | alt.FacetChart:
    timed = payload.buckets.every is not None
    x = alt.X("at:T", title=None) if timed else alt.X("at:N", title=None, sort=None)
    base = alt.Chart(alt.Data(values=_rows(one, payload)), height=90).encode(x=x)
    title = next(metric.title for metric in payload.metrics if metric.name == one.metric)
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=False))
    low, high = alt.Y("low:Q", title=title, scale=alt.Scale(zero=False)), alt.Y2("high:Q")
    if timed:
        return alt.layer(base.mark_area(opacity=0.25).encode(y=low, y2=high), base.mark_line().encode(y=y))
    return alt.layer(base.mark_rule().encode(y=low, y2=high), base.mark_point(filled=True).encode(y=y))


def _rows(one: Series, payload: PerformancePayload) -> list[dict[str, object]]:
    buckets = payload.buckets
    at: list[object] = list(buckets.starts_ms) if buckets.every is not None else ["reference", "current"]
    return [
        {"at": moment, "value": value, "low": low, "high": high}
        for moment, value, low, high in zip(at, one.realized.value, one.realized.low, one.realized.high, strict=True)
    ]
