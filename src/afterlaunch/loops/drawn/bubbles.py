"""What users see, as the panel draws it: maps of entropy against overlap, and courses over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.loops.drawn.plain import NOTHING, estimate
from afterlaunch.loops.payload import Bubbles, Cells
from afterlaunch.phrases import share
from afterlaunch.stats.bubbles import DRAWS, NARROW

if TYPE_CHECKING:
    from afterlaunch.loops.bubbles import BubbleFindings
    from afterlaunch.stats.arrays import BoolArray, FloatArray

MAPS = 4
FEWEST_CELLS, MOST_CELLS = 6, 24  # of an axis of a map
USERS_A_CELL = 3
FEWEST = 3  # users in a cell of a map; those of fewer are not drawn
OUTER = 0.005  # of users beyond the map's ends are put at them
APART = 0.1  # bits by which the line may wander without being mentioned


def draw_bubbles(found: BubbleFindings | None) -> Bubbles | None:
    """Return what the panel draws; None where no period has enough users."""
    if found is None:
        return None
    one, period = found.variety, found.draws.period
    judged = np.flatnonzero(np.isfinite(one.below))
    if not len(judged):
        return None
    shown = np.isfinite(one.overlap)
    n_cells = int(np.clip((one.n_users[judged].mean() / USERS_A_CELL) ** 0.5, FEWEST_CELLS, MOST_CELLS))
    x_edges = _edges(np.concatenate([one.entropy[shown], one.null_entropy[shown]]), n_cells)
    y_edges = _edges(np.concatenate([one.overlap[shown], one.null_overlap[shown]]), n_cells, least=0.0)
    maps = judged[np.unique(np.linspace(0, len(judged) - 1, MAPS).round().astype(np.int64))].tolist()
    return Bubbles(
        periods=tuple(maps),
        x_edges=tuple(x_edges.tolist()),
        y_edges=tuple(y_edges.tolist()),
        shown=tuple(_cells(one.entropy, one.overlap, period == t, x_edges, y_edges) for t in maps),
        null=tuple(_cells(one.null_entropy, one.null_overlap, period == t, x_edges, y_edges) for t in maps),
        narrow_below=float(one.below[judged[-1]]),
        n_users=tuple(one.n_users.tolist()),
        narrowed=_numbers(one.narrowed),
        own_overlap=_numbers(found.mean_of(one.own)),
        between_overlap=_numbers(found.mean_of(one.overlap)),
        trend=NOTHING if one.trend is None else estimate(*one.trend[:3]),
        words=_words(found, float(np.ptp(one.below[judged])), int(judged[-1])),
    )


def _words(found: BubbleFindings, apart: float, last: int) -> str:
    one = found.variety
    how = (
        f"Each user is judged on {found.size} impressions a period, against {DRAWS} draws in which they are dealt anew "
        f"among users of the same stretch of time, so that users and items keep their numbers; {share(NARROW)} of "
        "users would be below the line."
    )
    said = [how]
    if one.expected_overlap[last] > 0:
        times = found.mean_of(one.overlap)[last] / one.expected_overlap[last]
        said.append(f"Users overlap with others {times:.2f} times as much as then.")
    if one.trend is not None:
        mean, low, high, _ = one.trend
        way = "narrowed" if high < 0 else "widened" if low > 0 else "neither narrowed nor widened"
        said.append(
            f"Users seen early and late {way}, beyond what was on offer: {moved(mean)} bits "
            f"[{moved(low)}, {moved(high)}]."
        )
    if found.share < 1:
        said.append(f"Users: a sample of {share(found.share)}, by a hash of their names.")
    if apart > APART:
        said.append("The line is that of the last period; each period is judged by its own.")
    return " ".join(said)


def moved(bits: float) -> str:
    """Return a change with its sign, a minus as wide as a plus.

    >>> moved(-0.06), moved(0.1)
    ('−0.06', '+0.10')
    """
    return f"{bits:+.2f}".replace("-", "−")


def _edges(values: FloatArray, n_cells: int, *, least: float | None = None) -> FloatArray:
    low, high = (float(one) for one in np.quantile(values, [OUTER, 1 - OUTER]))
    low = low if least is None else least
    return np.round(np.linspace(low, max(high, low + 1e-6), n_cells + 1), 6)


def _cells(x: FloatArray, y: FloatArray, here: BoolArray, x_edges: FloatArray, y_edges: FloatArray) -> Cells:
    k = len(y_edges) - 1
    column = np.clip(np.searchsorted(x_edges, x[here], side="right") - 1, 0, len(x_edges) - 2)
    row = np.clip(np.searchsorted(y_edges, y[here], side="right") - 1, 0, k - 1)
    n = np.bincount(column * k + row)
    filled = np.flatnonzero(n >= FEWEST)
    return Cells(cell=tuple(filled.tolist()), n=tuple(n[filled].tolist()))


def _numbers(values: FloatArray) -> tuple[float | None, ...]:
    return tuple(round(one, 6) if np.isfinite(one) else None for one in values.tolist())
