"""The edge-case card: the slices with their effects, then the four groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.export import ink
from afterlaunch.export.card import CARD_WIDTH, MARGIN, Card
from afterlaunch.phrases import number, share

if TYPE_CHECKING:
    from afterlaunch.edges.payload import EdgeCasePayload, Group, Slice

RIGHT = CARD_WIDTH - MARGIN
MAX_SLICES = 6
ROW, HEAD, GROUPS = 36.0, 26.0, 62.0
NAME_AT, AXIS_AT, AXIS_END = MARGIN + 22, 384.0, 624.0
MARK = {"edge_cases": "drifted", "none_found": "stable", "cannot_tell": "cannot_tell"}
SLICE_MARK = {"confirmed": "drifted", "not_confirmed": "stable", "cannot_tell": "cannot_tell"}
TONE = {"confirmed": ink.ALARM_INK, "not_confirmed": ink.QUIET, "cannot_tell": ink.UNSURE}
TITLES = {
    "routine": "routine",
    "outlier": "outlier, handled well",
    "edge_case": "edge case",
    "both": "outlier and edge case",
}


def card(payload: EdgeCasePayload) -> Card:
    """Return what the report on edge cases puts on its card."""
    shown = payload.slices[:MAX_SLICES]
    scale = _Scale(shown)
    rows = "".join(_row(HEAD + place * ROW, one, scale) for place, one in enumerate(shown))
    top = HEAD + len(shown) * ROW
    width = (RIGHT - MARGIN) / len(payload.groups)
    groups = "".join(_group(MARGIN + place * width, top, one) for place, one in enumerate(payload.groups))
    return Card(
        verdict=MARK[payload.verdict],
        sentence=payload.sentence,
        evidence=payload.evidence,
        body=(_head(payload) if shown else "") + rows + groups,
        height=top + GROUPS,
        footer=_footer(payload, hidden=len(payload.slices) - len(shown)),
        product=payload.product,
    )


class _Scale:
    """An axis of effects that holds zero and all intervals."""

    def __init__(self, slices: tuple[Slice, ...]) -> None:
        estimates = [one.effect for one in slices]
        ends = [end for one in estimates for end in (one.low, one.value, one.high) if end is not None]
        self.low, self.high = min([0.0, *ends]), max([1e-9, *ends])

    def x(self, effect: float) -> float:
        return AXIS_AT + (AXIS_END - AXIS_AT) * (effect - self.low) / (self.high - self.low)


def _head(payload: EdgeCasePayload) -> str:
    what = (
        f"{payload.loss_words} above {'the rest' if payload.worse_than == 'elsewhere' else 'the promise of the rest'}"
    )
    return ink.text(NAME_AT, 18, "Slice", size=11, fill=ink.QUIET) + ink.text(
        RIGHT, 18, f"{what}, held-out rows", size=11, fill=ink.QUIET, style="end"
    )


def _row(y: float, one: Slice, scale: _Scale) -> str:
    middle, effect = y + ROW / 2, one.effect
    parts = [
        ink.mark(MARGIN + 6, y + 12, SLICE_MARK[one.verdict]),
        ink.text(NAME_AT, y + 16, ink.cut_middle(one.words, AXIS_AT - NAME_AT - 12, 13), size=13),
        ink.text(NAME_AT, y + 30, f"{one.verdict.replace('_', ' ')}, n {one.n:,}", size=11, fill=TONE[one.verdict]),
        ink.line([(scale.x(0), y), (scale.x(0), y + ROW)], ink.QUIET),
    ]
    if effect.low is not None and effect.high is not None:
        parts.append(
            ink.line([(scale.x(effect.low), middle), (scale.x(effect.high), middle)], TONE[one.verdict], width=2)
        )
    if effect.value is not None:
        parts.append(ink.rect(scale.x(effect.value) - 3, middle - 3, 6, 6, TONE[one.verdict]))
    said = "unknown" if effect.value is None else _signed(effect.value)
    parts.append(ink.text(RIGHT, y + 16, said, size=13, style="bold end"))
    return "".join(parts)


def _signed(effect: float) -> str:
    """Return an effect with its sign, which says whether the slice is worse or better than the rest."""
    said = number(abs(effect))
    return said if said == "0" else f"{'+' if effect > 0 else '−'}{said}"


def _group(x: float, y: float, one: Group) -> str:
    value = "none" if one.share.value is None else share(one.share.value)
    before = one.share_reference
    said = [] if before is None or before.value is None else [f"reference {share(before.value)}"]
    said += [] if one.loss.value is None else [f"loss {number(one.loss.value)}"]
    bad = one.name in ("edge_case", "both")
    return "".join(
        [
            ink.text(x, y + 20, TITLES[one.name], size=11, fill=ink.ALARM_INK if bad else ink.QUIET),
            ink.text(x, y + 37, value, size=13, style="bold"),
            ink.text(x, y + 52, ", ".join(said), size=11, fill=ink.QUIET),
        ]
    )


def _footer(payload: EdgeCasePayload, *, hidden: int) -> str:
    more = f"{hidden} more slices. " if hidden else ""
    return f"{more}{payload.n_current:,} {payload.noun}, {payload.n_labelled:,} with a label"
