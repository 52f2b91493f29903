"""SVG text and marks for pictures: escaped, measured, cut to fit."""

from __future__ import annotations

from html import escape

FONT = "Liberation Sans"  # comes with vl-convert, so a picture is the same on every machine

INK = "#1f2328"
QUIET = "#59636e"
HAIRLINE = "#d3d7dc"
GROUND = "#ffffff"
REFERENCE = "#6b7280"
CURRENT = "#0072b2"
PALE_REFERENCE = "#d3d7dc"
PALE_CURRENT = "#cfe4f1"
PALE = "#e8ebee"
ALARM = "#d55e00"
ALARM_INK = "#a84a00"  # text on white needs more contrast than a mark
UNSURE = "#8a6d00"

# Widths of the characters from space to tilde in thousandths of the font size (Helvetica's, which the font shares).
_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 "
    "278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 "
    "667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 "
    "556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
BREAKS = str.maketrans("\n\r\t", "   ")
SPACES = {"\u202f": 200, "\u00a0": 278}
WIDTHS = dict(zip(map(chr, range(32, 127)), map(int, _WIDTHS.split()), strict=True)) | SPACES
OTHER_WIDTH = 600
WIDE_WIDTH = 1000  # from U+1100 on, where the East Asian scripts begin
BOLD = 1.07


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide `text` will be, in pixels."""
    units = sum(WIDTHS.get(c, WIDE_WIDTH if ord(c) >= 0x1100 else OTHER_WIDTH) for c in text)
    return units * size / 1000 * (BOLD if bold else 1)


def cut_middle(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return `text` on one line, with its middle cut out if it is wider than `width` pixels."""
    line = text.translate(BREAKS)
    if text_width(line, size, bold=bold) <= width:
        return line
    for kept in range(len(line) - 1, 1, -1):
        tail = kept // 2
        short = f"{line[: kept - tail]}…{line[len(line) - tail :]}"
        if text_width(short, size, bold=bold) <= width:
            return short
    return "…"


def wrap(text: str, width: float, size: float, *, bold: bool = False, lines: int = 2) -> list[str]:
    """Return `text` broken at spaces into at most `lines` lines; what does not fit ends in an ellipsis."""
    out = [""]
    for word in text.split(" "):
        longer = f"{out[-1]} {word}".strip()
        if text_width(longer, size, bold=bold) <= width or not out[-1]:
            out[-1] = longer
        else:
            out.append(word)
    if len(out) > lines:
        last = out[lines - 1]
        while text_width(f"{last}…", size, bold=bold) > width and " " in last:
            last = last.rpartition(" ")[0]
        out = [*out[: lines - 1], f"{last}…"]
    return [cut_middle(line, width, size, bold=bold) for line in out]


def text(  # noqa: PLR0913 (a drawing call: place, words, look)
    x: float, y: float, content: str, *, size: float = 12, fill: str = INK, style: str = ""
) -> str:
    """Return one line of text; `style` may be `bold`, `end`, or both."""
    weight = ' font-weight="bold"' if "bold" in style else ""
    anchor = ' text-anchor="end"' if "end" in style else ""
    clean = "".join(c if c.isprintable() or c in SPACES else " " for c in content)
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{weight}{anchor}>{escape(clean)}</text>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Return a filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" fill="{fill}"/>'


def line(points: list[tuple[float, float]], stroke: str, *, width: float = 1, dash: str = "") -> str:
    """Return an open line through the points."""
    path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}"{dashes}/>'


def area(points: list[tuple[float, float]], fill: str) -> str:
    """Return a filled shape."""
    return f'<path d="M{"L".join(f"{x:.1f},{y:.1f}" for x, y in points)}Z" fill="{fill}"/>'


def mark(x: float, y: float, word: str, *, radius: float = 5) -> str:
    """Return the mark of a verdict: filled for a change, a ring for what is well, a dashed ring for "cannot tell"."""
    at = f'cx="{x:.1f}" cy="{y:.1f}"'
    if word in {"stable", "cannot_tell"}:
        stroke, dash = (QUIET, "") if word == "stable" else (UNSURE, ' stroke-dasharray="2.2 1.6"')
        return f'<circle {at} r="{radius - 0.75:g}" fill="none" stroke="{stroke}" stroke-width="1.5"{dash}/>'
    return f'<circle {at} r="{radius:g}" fill="{CURRENT if word == "improved" else ALARM}"/>'
