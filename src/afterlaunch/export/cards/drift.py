"""The drift card: the windows on the time axis, then the columns that matter most, with their effects and shapes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.drift.words import large_but_usual, moment, number, share, span, weight
from afterlaunch.encode import decode_counts
from afterlaunch.export import ink
from afterlaunch.export.card import CARD_WIDTH, MARGIN, Card

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afterlaunch.drift.payload import Column, DriftPayload, Judgement

LEFT, RIGHT = MARGIN, CARD_WIDTH - MARGIN
SPECIALS = 4  # null, NaN, infinite, unseen
MAX_COLUMNS = 6
MIN_SCALE = 0.1  # an axis of effects ends here at least, so that noise does not look like news

STRIP_HEIGHT, STRIP_TOP, STRIP_FLOOR = 70.0, 32.0, 58.0
ROW, HEAD = 36.0, 26.0
NAME_AT, SHAPE_AT, SHAPE_WIDTH = MARGIN + 22, 232.0, 84.0
EFFECT_AT, EFFECT_WIDTH, VALUE_AT = 344.0, 270.0, RIGHT

TONE = {"drifted": ink.ALARM, "stable": ink.REFERENCE, "cannot_tell": ink.UNSURE}
TONE_INK = {"drifted": ink.ALARM_INK, "stable": ink.QUIET, "cannot_tell": ink.UNSURE}


def card(payload: DriftPayload) -> Card:
    """Return what the drift report puts on its card."""
    strip = _strip(payload) if payload.buckets.every is not None else ""
    top = STRIP_HEIGHT if strip else 0.0
    columns = sorted(payload.columns, key=_rank)[:MAX_COLUMNS]
    scale = _scale(columns, payload.min_effect)
    rows = [_row(top + HEAD + i * ROW, column, payload, scale) for i, column in enumerate(columns)]
    rest = _rest(payload, shown=len(columns))
    height = top + HEAD + len(rows) * ROW + (34 if rest else 10)
    more = ink.text(NAME_AT, height - 15, rest, fill=ink.QUIET) if rest else ""
    return Card(
        verdict=_overall(payload),
        sentence=payload.sentence,
        evidence=payload.evidence,
        body=strip + _head(top, payload, scale) + "".join(rows) + more,
        height=height,
        footer=_footer(payload),
        product=payload.product,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """An axis of effects from 0 to `top`."""

    top: float

    def x(self, effect: float) -> float:
        return EFFECT_AT + EFFECT_WIDTH * min(max(effect, 0.0), self.top) / self.top


def _overall(payload: DriftPayload) -> str:
    segments = payload.segments.each if payload.segments else ()
    words = {column.judgement.verdict for column in payload.columns}
    words |= {one.verdict for one in segments if one.verdict == "drifted"}
    return next((word for word in ("drifted", "stable") if word in words), "cannot_tell")


def _rank(column: Column) -> tuple[int, float]:
    """Drifted columns first, then those with a fault that has a name; within each by how much they matter."""
    verdict = column.judgement.verdict
    place = {"drifted": 0, "cannot_tell": 2, "stable": 3}[verdict]
    return min(place, 1 if column.cause else place), -weight(column.judgement.effect, column.importance)


def _scale(columns: list[Column], min_effect: float) -> _Scale:
    ends = [column.judgement.effect_high or column.judgement.effect or 0.0 for column in columns]
    return _Scale(top=min(1.0, max([*ends, 2 * min_effect, MIN_SCALE])))


def _head(top: float, payload: DriftPayload, scale: _Scale) -> str:
    y = top + 18
    matters = f"matters from {share(payload.min_effect)}"
    return "".join(
        [
            ink.text(NAME_AT, y, "Column", size=11, fill=ink.QUIET),
            ink.text(SHAPE_AT, y, "Reference", size=11, fill=ink.REFERENCE),
            ink.text(SHAPE_AT + ink.text_width("Reference ", 11), y, "current", size=11, fill=ink.CURRENT),
            ink.text(scale.x(payload.min_effect) + 5, y, matters, size=11, fill=ink.ALARM_INK),
            ink.text(VALUE_AT, y, f"Share of {payload.noun} that moved", size=11, fill=ink.QUIET, style="end"),
        ]
    )


def _row(y: float, column: Column, payload: DriftPayload, scale: _Scale) -> str:
    judgement = column.judgement
    middle = y + ROW / 2
    return "".join(
        [
            ink.mark(MARGIN + 6, y + 12, judgement.verdict),
            ink.text(NAME_AT, y + 16, ink.cut_middle(column.name, SHAPE_AT - NAME_AT - 12, 13), size=13),
            ink.text(NAME_AT, y + 30, _word(judgement, payload), size=11, fill=TONE_INK[judgement.verdict]),
            _shape(y + 4, column, payload),
            _effect(middle, judgement, payload.min_effect, scale),
            ink.text(
                VALUE_AT,
                y + 16,
                "unknown" if judgement.effect is None else share(judgement.effect),
                size=13,
                style="bold end",
            ),
            _story(y + 30, column, payload),
        ]
    )


def _word(judgement: Judgement, payload: DriftPayload) -> str:
    if large_but_usual(judgement, min_effect=payload.min_effect, measure=payload.measure):
        return "stable, large but usual"
    return judgement.verdict.replace("_", " ")


def _effect(middle: float, judgement: Judgement, min_effect: float, scale: _Scale) -> str:
    x0, limit = scale.x(0), scale.x(min_effect)
    parts = [ink.line([(limit, middle - 16), (limit, middle + 4)], ink.ALARM, dash="3 2")]
    if judgement.natural is not None:
        parts.insert(0, ink.rect(x0, middle - 14, scale.x(judgement.natural) - x0, 16, ink.PALE))
    if judgement.effect is not None:
        parts.append(ink.rect(x0, middle - 9, max(scale.x(judgement.effect) - x0, 1), 6, TONE[judgement.verdict]))
    if judgement.effect_low is not None and judgement.effect_high is not None:
        ends = [(scale.x(judgement.effect_low), middle - 6), (scale.x(judgement.effect_high), middle - 6)]
        parts.append(ink.line(ends, ink.INK, width=1.2))
    return "".join(parts)


def _story(y: float, column: Column, payload: DriftPayload) -> str:
    """What is known beside the number: when it began and why, or what an answer would need."""
    said: list[str] = []
    if column.onset is not None:
        said.append(f"since {moment(column.onset.at_ms, payload.buckets)}")
    if column.cause:
        said.append(column.cause)
    if column.judgement.needs and not column.cause:
        said.append(f"needs {column.judgement.needs}")
    words = ink.wrap(" · ".join(said), RIGHT - EFFECT_AT, 11, lines=1)[0]
    return ink.text(EFFECT_AT, y, words, size=11, fill=ink.QUIET) if words else ""


def _shape(y: float, column: Column, payload: DriftPayload) -> str:
    """Both distributions, the reference filled and the current as a line over it."""
    counts = _counts(payload)[payload.columns.index(column)]
    sides = [counts[slice(*window), :-SPECIALS].sum(axis=0) for window in (payload.reference, payload.current)]
    if min(side.sum() for side in sides) == 0:
        return ink.text(SHAPE_AT, y + 18, "no values", size=11, fill=ink.QUIET)
    heights = [_density(side, column) for side in sides]
    tall = _tallest(heights) or 1.0  # a column of one value: no slice has a width
    floor = y + ROW - 8
    unit = (ROW - 10) / tall
    reference, current = ([(x, floor - unit * min(h, tall)) for x, h in _steps(height)] for height in heights)
    corners = [(SHAPE_AT + SHAPE_WIDTH, floor), (SHAPE_AT, floor)]
    return ink.area([*reference, *corners], ink.PALE_REFERENCE) + ink.line(current, ink.CURRENT, width=1.4)


def _counts(payload: DriftPayload) -> list[NDArray[np.int64]]:
    """Return each column's counts, shape (buckets, cells)."""
    n_buckets = len(payload.buckets.n_rows)
    n_cells = [(len(c.edges) - 1 if c.ordered else len(c.labels)) + SPECIALS for c in payload.columns]
    flat = decode_counts(payload.counts, [n_buckets * n for n in n_cells])
    return [block.reshape(n_buckets, n) for block, n in zip(flat, n_cells, strict=True)]


def _density(side: NDArray[np.int64], column: Column) -> NDArray[np.float64]:
    """Return shares: a category's own, or those of equal slices of an ordered column, whose bins are not equal."""
    shares = side / side.sum()
    if not column.ordered:
        return shares[:12]
    cumulative = np.concatenate([[0.0], np.cumsum(shares)])
    return np.diff(np.interp(np.linspace(column.edges[0], column.edges[-1], 29), column.edges, cumulative))


def _tallest(heights: list[NDArray[np.float64]]) -> float:
    """Return what fills the height: of a lone spike, as at a clipped end, only as much as leaves the rest readable."""
    ordered = np.sort(np.concatenate(heights))
    usual = ordered[max(len(ordered) - len(heights) - 1, 0)]
    return float(min(ordered[-1], 2 * usual) if usual > 0 else ordered[-1])


def _steps(heights: NDArray[np.float64]) -> list[tuple[float, float]]:
    width = SHAPE_WIDTH / len(heights)
    return [(SHAPE_AT + (i + side) * width, float(h)) for i, h in enumerate(heights) for side in (0, 1)]


def _rest(payload: DriftPayload, *, shown: int) -> str:
    """Say what the columns are that the card has no room for."""
    hidden = sorted(payload.columns, key=_rank)[shown:]
    if not hidden:
        return ""
    words = Counter(column.judgement.verdict.replace("_", " ") for column in hidden)
    listed = ", ".join(f"{n} {word}" for word, n in words.items())
    return f"and {len(hidden)} more: {listed}"


def _footer(payload: DriftPayload) -> str:
    buckets = payload.buckets
    parts = [f"{number(sum(buckets.n_rows))} {payload.noun}"]
    if buckets.every is None:
        n_reference, n_current = (
            sum(buckets.n_rows[slice(*window)]) for window in (payload.reference, payload.current)
        )
        parts.append(f"reference {number(n_reference)}, current {number(n_current)}")
    else:
        parts.append(f"counted by {_every(buckets.every)}, {buckets.zone}")
    parts.append("bar: share that moved, line: its interval, grey: natural variation")
    return " · ".join(parts)


def _every(every: str) -> str:
    """Return a duration in words: `day`, `6 hours`."""
    units = {
        "m": "minute",
        "h": "hour",
        "d": "day",
        "w": "week",
        "mo": "month",
        "q": "quarter",
        "y": "year",
        "s": "second",
    }
    n = "".join(c for c in every if c.isdigit())
    unit = units.get(every.removeprefix(n))
    if unit is None:
        return every
    return unit if n in {"", "1"} else f"{n} {unit}s"


def _strip(payload: DriftPayload) -> str:
    """Draw the rows over time, with the two windows."""
    edges = _time_axis(payload)
    rate = np.array(payload.buckets.n_rows) / np.maximum(np.diff(edges), 1e-9)
    heights = (STRIP_FLOOR - STRIP_TOP) * rate / max(rate.max(), 1e-9)
    windows = ((payload.reference, ink.REFERENCE, ink.PALE_REFERENCE), (payload.current, ink.CURRENT, ink.PALE_CURRENT))
    parts = [ink.area(_outline(edges, heights), ink.PALE)]
    for window, tone, pale in windows:
        x0, x1 = edges[window[0]], edges[window[1]]
        parts.append(ink.area(_outline(edges[window[0] : window[1] + 1], heights[slice(*window)]), pale))
        parts.append(
            ink.line([(x0, STRIP_FLOOR), (x0, STRIP_TOP - 6), (x1, STRIP_TOP - 6), (x1, STRIP_FLOOR)], tone, width=1.2)
        )
    parts += _labels(payload, edges)
    parts += [
        ink.rect(LEFT, STRIP_FLOOR, RIGHT - LEFT, 1, ink.HAIRLINE),
        ink.rect(1, STRIP_HEIGHT, CARD_WIDTH - 2, 1, ink.HAIRLINE),
    ]
    return "".join(parts)


def _time_axis(payload: DriftPayload) -> NDArray[np.float64]:
    """Return where the buckets begin and end, in pixels; evenly, where two logs that overlap in time stand in a row."""
    starts = np.array([*payload.buckets.starts_ms, payload.buckets.ends_ms[-1]], dtype=np.float64)
    if not (np.diff(starts) > 0).all():
        starts = np.arange(len(starts), dtype=np.float64)
    return LEFT + (RIGHT - LEFT) * (starts - starts[0]) / (starts[-1] - starts[0])


def _outline(edges: NDArray[np.float64], heights: NDArray[np.float64]) -> list[tuple[float, float]]:
    tops = [(float(edges[i + side]), STRIP_FLOOR - float(h)) for i, h in enumerate(heights) for side in (0, 1)]
    return [*tops, (float(edges[-1]), STRIP_FLOOR), (float(edges[0]), STRIP_FLOOR)]


def _labels(payload: DriftPayload, edges: NDArray[np.float64]) -> list[str]:
    """Name the windows above their left ends, moved apart where they would touch."""
    named = [("reference", payload.reference, ink.QUIET), ("current", payload.current, ink.CURRENT)]
    named.sort(key=lambda item: item[1])
    texts = [f"{name}  {span(window, payload.buckets)}" for name, window, _ in named]
    widths = [ink.text_width(text, 11) for text in texts]
    second = min(float(edges[named[1][1][0]]), RIGHT - widths[1])
    first = min(float(edges[named[0][1][0]]), second - widths[0] - 16)
    if first < LEFT:
        first, second = LEFT, LEFT + widths[0] + 16
    pairs = zip((first, second), texts, named, strict=True)
    return [ink.text(x, STRIP_TOP - 13, text, size=11, fill=tone) for x, text, (_, _, tone) in pairs]
