"""The verdict card: a report as one small picture, for where no script runs (GitHub, mail, PDF). Needs no browser."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

import vl_convert

from afterlaunch.export import ink
from afterlaunch.export.png import with_palette

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.results import Payload

CARD_WIDTH = 720
MARGIN = 20
SCALES = (2.0, 1.5)  # between these, hairlines blur, which costs more bytes than it saves
COLORS = 16
MAX_BYTES = 30_000
PALETTE = (
    ink.GROUND,
    ink.INK,
    ink.QUIET,
    ink.ALARM,
    ink.ALARM_INK,
    ink.CURRENT,
    ink.UNSURE,
    ink.PALE_REFERENCE,
    ink.PALE_CURRENT,
    ink.PALE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one kind of report puts on its card.

    `body` is SVG, `height` pixels high, from `MARGIN` to `CARD_WIDTH - MARGIN`.
    """

    verdict: str
    sentence: str
    evidence: str
    body: str
    height: float
    footer: str
    product: str


def draw_card(payload: Payload) -> bytes:
    """Return the card as a PNG of at most `MAX_BYTES`, as sharp as that allows."""
    drawing = frame(card_of(payload))
    pictures = (with_palette(vl_convert.svg_to_png(drawing, scale=scale), COLORS, keep=PALETTE) for scale in SCALES)
    small = (picture for picture in pictures if len(picture) <= MAX_BYTES)
    return next(small, b"") or with_palette(vl_convert.svg_to_png(drawing), COLORS, keep=PALETTE)


def card_of(payload: Payload) -> Card:
    """Return the card that `export/cards/<kind>.py` draws."""
    name = f"afterlaunch.export.cards.{payload.kind}"
    if find_spec(name) is None:
        raise NotImplementedError(f"no card for a {payload.kind} report: add export/cards/{payload.kind}.py")
    card = cast("Callable[[Payload], Card]", import_module(name).card)
    return card(payload)


def frame(card: Card) -> str:
    """Return the card as SVG: verdict, evidence, body and footer, on paper of its own whatever surrounds it."""
    parts: list[str] = []
    y = 18.0
    parts.append(ink.mark(MARGIN + 6, y + 9, card.verdict, radius=6))
    for row in ink.wrap(card.sentence, CARD_WIDTH - 2 * MARGIN - 22, 16, bold=True):
        parts.append(ink.text(MARGIN + 22, y + 14.5, row, size=16, style="bold"))
        y += 21
    for row in ink.wrap(card.evidence, CARD_WIDTH - 2 * MARGIN - 22, 12):
        parts.append(ink.text(MARGIN + 22, y + 12, row, fill=ink.QUIET))
        y += 16
    y += 10
    parts += [_rule(y), f'<g transform="translate(0 {y:.1f})">{card.body}</g>']
    y += card.height
    parts.append(_rule(y))
    room = CARD_WIDTH - 2 * MARGIN - ink.text_width(card.product, 11) - 16
    parts.append(ink.text(MARGIN, y + 20, ink.wrap(card.footer, room, 11, lines=1)[0], size=11, fill=ink.QUIET))
    parts.append(ink.text(CARD_WIDTH - MARGIN, y + 20, card.product, size=11, fill=ink.QUIET, style="end"))
    return _svg(y + 32, parts)


def _rule(y: float) -> str:
    return ink.rect(1, y, CARD_WIDTH - 2, 1, ink.HAIRLINE)


def _svg(height: float, parts: list[str]) -> str:
    paper = (
        f'<rect x=".5" y=".5" width="{CARD_WIDTH - 1}" height="{height - 1:.0f}" rx="6" '
        f'fill="{ink.GROUND}" stroke="{ink.HAIRLINE}"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CARD_WIDTH}" height="{height:.0f}" font-family="{ink.FONT}">'
        f"{paper}{''.join(parts)}</svg>"
    )
