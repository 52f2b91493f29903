"""The performance card: each metric over time, with its values in the two windows and its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.export import ink
from afterlaunch.export.card import CARD_WIDTH, MARGIN, Card
from afterlaunch.performance.values import change, value
from afterlaunch.performance.words import large_but_usual, overall
from afterlaunch.phrases import number, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.performance.payload import Metric, PerformancePayload, Series

RIGHT = CARD_WIDTH - MARGIN
MAX_METRICS = 7
ROW, HEAD = 40.0, 26.0
NAME_AT, LINE_AT, LINE_END, BEFORE_AT, AFTER_AT = MARGIN + 22, 206.0, 452.0, 516.0, 574.0
ORDER = {"dropped": 0, "improved": 1, "cannot_tell": 2, "stable": 3}
TONE = {"dropped": ink.ALARM_INK, "improved": ink.CURRENT, "stable": ink.QUIET, "cannot_tell": ink.UNSURE}


def card(payload: PerformancePayload) -> Card:
    """Return what the performance report puts on its card."""
    series = sorted(
        (one for one in payload.series if one.segment is None), key=lambda one: ORDER[one.judgement.verdict]
    )
    shown = series[:MAX_METRICS]
    rows = "".join(_row(HEAD + place * ROW, one, payload) for place, one in enumerate(shown))
    return Card(
        verdict=overall(payload.series),
        sentence=payload.sentence,
        evidence=payload.evidence,
        body=_head(payload) + rows,
        height=HEAD + len(shown) * ROW + 8,
        footer=_footer(payload, hidden=len(series) - len(shown)),
        product=payload.product,
    )


def _head(payload: PerformancePayload) -> str:
    timed = payload.buckets.every is not None
    parts = [
        ink.text(NAME_AT, 18, "Metric", size=11, fill=ink.QUIET),
        ink.text(BEFORE_AT, 18, "reference", size=11, fill=ink.REFERENCE, style="end"),
        ink.text(AFTER_AT, 18, "current", size=11, fill=ink.CURRENT, style="end"),
        ink.text(RIGHT, 18, "change, 95 %", size=11, fill=ink.QUIET, style="end"),
    ]
    if timed:
        when = f"current {span(payload.current, payload.buckets)}"
        parts.append(ink.text(LINE_AT, 18, when, size=11, fill=ink.CURRENT))
    return "".join(parts)


def _row(y: float, one: Series, payload: PerformancePayload) -> str:
    judged = one.judgement
    metric = next(metric for metric in payload.metrics if metric.name == one.metric)
    word = "stable, large but usual" if large_but_usual(judged) else judged.verdict.replace("_", " ")
    before, after = (value(metric, at) for at in (judged.like_for_like, judged.current.value))
    return "".join(
        [
            ink.mark(MARGIN + 6, y + 13, judged.verdict),
            ink.text(NAME_AT, y + 17, ink.cut_middle(metric.title, LINE_AT - NAME_AT - 12, 13), size=13),
            ink.text(NAME_AT, y + 31, word, size=11, fill=TONE[judged.verdict]),
            "".join(_line(y, one, payload)) if payload.buckets.every is not None else "",
            ink.text(BEFORE_AT, y + 17, before, size=13, style="end"),
            ink.text(AFTER_AT, y + 17, after, size=13, style="bold end"),
            ink.text(RIGHT, y + 17, _change(metric, one), size=11, fill=ink.QUIET, style="end"),
        ]
    )


def _change(metric: Metric, one: Series) -> str:
    low, high = one.judgement.change_low, one.judgement.change_high
    return "" if low is None or high is None else f"{change(metric, low)} to {change(metric, high)}"


def _line(y: float, one: Series, payload: PerformancePayload) -> Iterator[str]:
    """Yield the two windows and the metric over time between them."""
    starts, ends = payload.buckets.starts_ms, payload.buckets.ends_ms
    known = [value for value in one.realized.value if value is not None]
    if not known or ends[-1] <= starts[0]:
        return
    scale = (LINE_END - LINE_AT) / (ends[-1] - starts[0])
    low, high = min(known), max(known)
    unit = (ROW - 12) / (high - low) if high > low else 0.0
    for (first, end), pale in ((payload.reference, ink.PALE_REFERENCE), (payload.current, ink.PALE_CURRENT)):
        x = LINE_AT + scale * (starts[first] - starts[0])
        yield ink.rect(x, y + 4, max(scale * (ends[end - 1] - starts[first]), 1), ROW - 8, pale)
    middles = [LINE_AT + scale * ((start + end) / 2 - starts[0]) for start, end in zip(starts, ends, strict=True)]
    points = [
        (x, y + ROW - 6 - unit * (value - low))
        for x, value in zip(middles, one.realized.value, strict=True)
        if value is not None
    ]
    yield ink.line(points, ink.INK, width=1.1)


def _footer(payload: PerformancePayload, *, hidden: int) -> str:
    n = sum(payload.series[0].n_labelled)
    parts = [f"{number(sum(payload.buckets.n_rows))} {payload.noun}, {number(n)} of them labelled"]
    if hidden > 0:
        parts.append(f"{hidden} more metrics")
    if payload.segments:
        parts.append(f"{len(payload.segments)} segments by {payload.by}")
    return " · ".join(parts)
