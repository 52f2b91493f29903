"""The explanation card: both accountings, each part with its interval over its placebo band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.export import ink
from afterlaunch.export.card import CARD_WIDTH, MARGIN, Card
from afterlaunch.performance.explain import words
from afterlaunch.phrases import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.explain.payload import Accounting, ExplanationPayload, Part

RIGHT = CARD_WIDTH - MARGIN
HEAD, ROW = 30.0, 26.0
AXIS_AT, AXIS_END = 300.0, 590.0
MARK = {"dropped": "drifted", "improved": "stable", "stable": "stable", "cannot_tell": "cannot_tell"}
TONE = {"hurts": ink.ALARM_INK, "helps": ink.CURRENT, "like_placebo": ink.QUIET, "cannot_tell": ink.UNSURE}


def card(payload: ExplanationPayload) -> Card:
    """Return what the explanation puts on its card."""
    scale = _Scale([part for one in payload.accountings for part in one.parts])
    parts: list[str] = []
    y = 0.0
    for one in payload.accountings:
        shown = [part for part in one.parts if part.within is None]
        parts.append(_head(y, one, favoured=payload.favoured == one.name))
        parts += [_row(y + HEAD + place * ROW, part, scale) for place, part in enumerate(shown)]
        y += HEAD + len(shown) * ROW + 6
    return Card(
        verdict=MARK[payload.verdict],
        sentence=payload.sentence,
        evidence=payload.evidence,
        body="".join(parts),
        height=y + 4,
        footer=_footer(payload),
        product=payload.product,
    )


class _Scale:
    """An axis of changes that holds zero, all intervals and all placebos."""

    def __init__(self, parts: Sequence[Part]) -> None:
        ends = [
            end
            for part in parts
            for end in (part.change, part.low, part.high, part.placebo_low, part.placebo_high)
            if end is not None
        ]
        self.low, self.high = min([0.0, *ends]), max([1e-9, *ends])

    def x(self, change: float) -> float:
        return AXIS_AT + (AXIS_END - AXIS_AT) * (change - self.low) / (self.high - self.low)


def _head(y: float, one: Accounting, *, favoured: bool) -> str:
    title = f"{one.title}{' (favoured)' if favoured else ''}"
    return ink.text(MARGIN, y + 20, title, size=13, style="bold") + ink.text(
        RIGHT, y + 20, one.words, size=11, fill=ink.QUIET, style="end"
    )


def _row(y: float, part: Part, scale: _Scale) -> str:
    middle, tone = y + ROW / 2, TONE[part.mark]
    drawn = [
        ink.text(MARGIN + 8, middle + 4, part.title, size=12),
        ink.text(
            MARGIN + 108, middle + 4, ink.cut_middle(part.words, AXIS_AT - MARGIN - 120, 11), size=11, fill=ink.QUIET
        ),
    ]
    if part.placebo_low is not None and part.placebo_high is not None:
        left, right = scale.x(part.placebo_low), scale.x(part.placebo_high)
        drawn.append(ink.rect(left, y + 3, right - left, ROW - 6, ink.PALE))
    drawn.append(ink.line([(scale.x(0), y), (scale.x(0), y + ROW)], ink.QUIET))
    if part.change is not None:
        ends = sorted([scale.x(0), scale.x(part.change)])
        drawn.append(ink.rect(ends[0], middle - 4, max(ends[1] - ends[0], 1), 8, tone))
    if part.low is not None and part.high is not None:
        drawn.append(ink.line([(scale.x(part.low), middle), (scale.x(part.high), middle)], ink.INK))
    said = "cannot tell" if part.change is None else f"{words.signed(part.change)} {part.mark.replace('_', ' ')}"
    drawn.append(ink.text(RIGHT, middle + 4, said, size=12, fill=tone, style="bold end"))
    return "".join(drawn)


def _footer(payload: ExplanationPayload) -> str:
    before, after = payload.reference, payload.current
    return (
        f"grey: as between quiet stretches. {payload.loss_words} {number(before.loss)} on {before.n_labelled:,}, "
        f"{number(after.loss)} on {after.n_labelled:,} {payload.noun}"
    )
