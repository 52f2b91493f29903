"""The feedback-loop card: the gain on its line from no loop to runaway, concentration over time, the four kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.export import ink
from afterlaunch.export.card import CARD_WIDTH, MARGIN, Card
from afterlaunch.loops.words import size
from afterlaunch.phrases import number, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.loops.payload import Concentration, Kind, LoopPayload, SelectiveLabels
    from afterlaunch.reports import Estimate

RIGHT = CARD_WIDTH - MARGIN
MARK = {"loop": "drifted", "no_evidence": "stable", "not_identified": "cannot_tell"}
KIND_MARK = {"found": "drifted", "not_found": "stable", "cannot_tell": "cannot_tell", "not_logged": "cannot_tell"}
TONE = {"loop": ink.ALARM_INK, "no_evidence": ink.QUIET, "not_identified": ink.UNSURE}
KIND_TONE = {"found": ink.ALARM_INK, "not_found": ink.QUIET, "cannot_tell": ink.UNSURE, "not_logged": ink.UNSURE}

LEVELS = {"L0": "L0: logs only", "L1": "L1: propensities logged", "L2": "L2: deliberate randomisation"}

GAIN_HEIGHT = 84.0
GAIN_AT, GAIN_END, GAIN_Y = MARGIN + 40, RIGHT - 10, 46.0
LOW, HIGH = -0.25, 1.35  # ends of the gain's line
RATES_AT, RATES_END, RATES_Y = MARGIN + 70, RIGHT - 60, (40.0, 64.0)  # rates of accepted rows, and of all
STRIP, STRIP_TOP, STRIP_FLOOR = 96.0, 30.0, 76.0
STRIP_AT, STRIP_END = MARGIN + 40, RIGHT - 96
KINDS = 58.0


def card(payload: LoopPayload) -> Card:
    """Return what the report on feedback loops puts on its card: the gain, or of a scorer's decisions two rates."""
    gini = next((one for one in payload.concentration if one.name == "gini"), None)
    strip = _strip(gini, GAIN_HEIGHT) if gini is not None and len(gini.value) > 1 else ""
    top = GAIN_HEIGHT + (STRIP if strip else 0)
    width = (RIGHT - MARGIN) / max(len(payload.kinds), 1)
    kinds = "".join(_kind(MARGIN + place * width, top, one, width) for place, one in enumerate(payload.kinds))
    return Card(
        verdict=MARK[payload.verdict],
        sentence=payload.sentence,
        evidence=payload.evidence,
        body=(_gain(payload) if payload.labels is None else _rates(payload, payload.labels)) + strip + kinds,
        height=top + KINDS,
        footer=_footer(payload),
        product=payload.product,
    )


def _x(gain: float) -> float:
    return GAIN_AT + (GAIN_END - GAIN_AT) * (min(max(gain, LOW), HIGH) - LOW) / (HIGH - LOW)


def _gain(payload: LoopPayload) -> str:
    gain = payload.gain.gain
    tone = TONE[payload.verdict]
    parts = [
        *_headed("Loop gain", payload),
        ink.rect(_x(1), GAIN_Y - 9, GAIN_END - _x(1), 18, ink.PALE),
        ink.text(GAIN_END, GAIN_Y - 14, "runaway", size=11, fill=ink.ALARM_INK, style="end"),
        ink.line([(GAIN_AT, GAIN_Y), (GAIN_END, GAIN_Y)], ink.QUIET),
    ]
    for at, said in ((0.0, "0, no loop"), (0.5, "0.5, × 2"), (1.0, "1")):
        parts.append(ink.line([(_x(at), GAIN_Y - 9), (_x(at), GAIN_Y + 9)], ink.QUIET))
        parts.append(ink.text(_x(at) - ink.text_width(said, 11) / 2, GAIN_Y + 24, said, size=11, fill=ink.QUIET))
    return "".join([*parts, *_reach(gain, tone, bound_only=payload.gain.bound_only)])


def _headed(title: str, payload: LoopPayload) -> list[str]:
    return [
        ink.text(MARGIN, 18, title, size=11, fill=ink.QUIET),
        ink.text(RIGHT, 18, LEVELS[payload.level], size=11, fill=ink.QUIET, style="end"),
    ]


def _rates(payload: LoopPayload, labels: SelectiveLabels) -> str:
    """Return the rate of accepted rows above that of all rows, on one scale from 0, each with its interval."""
    both = (("accepted", labels.accepted_rate, ink.QUIET), ("all rows", labels.weighted_rate, TONE[payload.verdict]))
    most = max([0.01, *_known([end for _, one, _ in both for end in (one.value, one.high)])])

    def x(rate: float) -> float:
        return RATES_AT + (RATES_END - RATES_AT) * max(rate, 0.0) / most

    parts = _headed(f"Rate among {payload.noun}", payload)
    for (name, one, tone), y in zip(both, RATES_Y, strict=True):
        parts.append(ink.text(MARGIN, y + 4, name, size=11, fill=ink.QUIET))
        parts.append(ink.line([(x(0.0), y - 8), (x(0.0), y + 8)], ink.QUIET))
        if one.low is not None and one.high is not None:
            parts.append(ink.line([(x(one.low), y), (x(one.high), y)], tone, width=4))
        if one.value is not None:
            parts.append(ink.rect(x(one.value) - 4, y - 6, 8, 12, tone))
        said = "unknown" if one.value is None else share(one.value)
        parts.append(ink.text(RIGHT, y + 4, said, size=13, style="end"))
    return "".join(parts)


def _reach(gain: Estimate, tone: str, *, bound_only: bool) -> list[str]:
    """Return the interval as a bar, broken where it has no end, and the estimate as a square."""
    low = LOW if gain.low is None else gain.low
    high = HIGH if gain.high is None else gain.high
    open_ended = gain.low is None or gain.high is None
    parts = [ink.line([(_x(low), GAIN_Y), (_x(high), GAIN_Y)], tone, width=4, dash="5 3" if open_ended else "")]
    if gain.value is not None and not bound_only:
        parts.append(ink.rect(_x(gain.value) - 4, GAIN_Y - 6, 8, 12, tone))
        said = size(gain.value)
        parts.append(
            ink.text(_x(gain.value) - ink.text_width(said, 13, bold=True) / 2, GAIN_Y - 14, said, size=13, style="bold")
        )
    return parts


def _strip(gini: Concentration, top: float) -> str:
    """Return concentration over time as a line over the band that merit alone would give."""
    most = max([0.1, *_known((*gini.value, *gini.null_high))])

    def at(place: int, value: float) -> tuple[float, float]:
        x = STRIP_AT + (STRIP_END - STRIP_AT) * place / (len(gini.value) - 1)
        return x, top + STRIP_FLOOR - (STRIP_FLOOR - STRIP_TOP) * max(value, 0.0) / most

    band = [at(i, v) for i, v in enumerate(gini.null_high) if v is not None]
    band += [at(i, v) for i, v in reversed(list(enumerate(gini.null_low))) if v is not None]
    shown = [at(i, v) for i, v in enumerate(gini.value) if v is not None]
    parts = [
        ink.text(MARGIN, top + 18, f"Concentration of exposure: {gini.title}", size=11, fill=ink.QUIET),
        ink.area(band, ink.PALE_REFERENCE) if len(band) > 2 else "",
        ink.line([(STRIP_AT, top + STRIP_FLOOR), (STRIP_END, top + STRIP_FLOOR)], ink.QUIET),
        ink.line(shown, ink.CURRENT, width=2) if len(shown) > 1 else "",
    ]
    for value in (0.0, most):
        y = at(0, value)[1] + 4
        parts.append(ink.text(STRIP_AT - 8, y, size(value), size=11, fill=ink.QUIET, style="end"))
    last, without = _last(gini.value), _last(gini.null)
    if last is not None:
        parts.append(ink.text(STRIP_END + 8, at(0, last)[1] + 4, f"shown {number(last)}", size=11, fill=ink.CURRENT))
    if last is not None and without is not None and abs(at(0, last)[1] - at(0, without)[1]) > 12:
        parts.append(
            ink.text(STRIP_END + 8, at(0, without)[1] + 4, f"by merit {number(without)}", size=11, fill=ink.QUIET)
        )
    return "".join(parts)


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _last(values: Sequence[float | None]) -> float | None:
    return next(iter(reversed(_known(values))), None)


def _kind(x: float, y: float, one: Kind, width: float) -> str:
    value = "" if one.estimate.value is None else f"{one.statistic} {size(one.estimate.value)}"
    return "".join(
        [
            ink.mark(x + 5, y + 16, KIND_MARK[one.verdict], radius=4),
            ink.text(x + 14, y + 20, one.title, size=11, fill=ink.QUIET),
            ink.text(x, y + 37, one.verdict.replace("_", " "), size=13, fill=KIND_TONE[one.verdict], style="bold"),
            ink.text(x, y + 52, ink.cut_middle(value, width - 8, 11), size=11, fill=ink.QUIET),
        ]
    )


def _footer(payload: LoopPayload) -> str:
    if payload.labels is not None:
        return f"{payload.n_impressions:,} {payload.noun} · intervals: {share(0.95)}"
    n_periods = 0 if payload.periods is None else len(payload.periods.starts_ms)
    users = "" if payload.n_users is None else f" · {payload.n_users:,} users"
    periods = "" if payload.periods is None else f" · {n_periods} × {payload.periods.every}"
    return (
        f"{payload.n_impressions:,} impressions · {payload.n_items:,} {payload.noun}{users}{periods} · "
        f"false alarms: at most {share(payload.alarm_rate)}"
    )
