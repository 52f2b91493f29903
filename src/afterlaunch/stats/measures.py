"""Every distance of every column between two windows, like for like, without judging any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats import distances
from afterlaunch.stats.cells import SPECIALS, UNSEEN, Cells, Windows
from afterlaunch.stats.contrasts import step_contrast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """One column's plain distances; None where a side has no value or the distance is not defined for its kind.

    `p` and `q` are the shares of the bins among rows with a value (categories: the unseen ones as a last cell); `p` is
    the reference reweighted to the current window's seasons. `effect` is the share of rows that moved.
    """

    effect: float | None
    ks: float | None
    psi: float | None
    js: float | None
    hellinger: float | None
    total_variation: float | None
    l_infinity: float | None
    chi_squared: float | None
    wasserstein: float | None
    null_share_reference: float | None
    null_share_current: float | None
    unseen_share: float | None
    n_reference: int
    n_current: int
    p: FloatArray
    q: FloatArray


def like_for_like(counts: FloatArray, windows: Windows) -> tuple[FloatArray, FloatArray]:
    """Return the shares of cells (k,) in the reference, reweighted to the current seasons, and in the current window.

    `counts` has shape (D, k). A side without rows has shares of 0.
    """
    n = counts.sum(axis=1)
    contrast = step_contrast(n, windows)
    by_bucket = np.divide(counts, n[:, None], out=np.zeros(counts.shape), where=n[:, None] > 0)
    weight = n * windows.member(windows.current)
    q = (weight / max(float(weight.sum()), 1.0)) @ by_bucket
    return np.maximum(q - contrast @ by_bucket, 0.0), q


def unseen_share(rows: FloatArray) -> float:
    """Return the share of unseen categories among rows with a value, from shares `rows` (k + 4,) of all rows."""
    return float(rows[-1] / (rows[:-SPECIALS].sum() + rows[-1]))


def measure(columns: Sequence[Cells], windows: Windows) -> tuple[Measures, ...]:
    """Return the plain distances of every column.

    >>> from afterlaunch.stats import Cells, Windows
    >>> cells = Cells(counts=np.array([[5, 5, 0, 0, 0, 0], [2, 8, 0, 0, 0, 0]]), ordered=True)
    >>> pair = np.array([0, 1])
    >>> windows = Windows(reference=pair[:1], current=pair[1:], position=pair, season=pair * 0)
    >>> round(measure([cells], windows)[0].ks, 3)
    0.3
    """
    return tuple(_measure(cells, windows) for cells in columns)


def _measure(cells: Cells, windows: Windows) -> Measures:
    everything = cells.counts.astype(np.float64)
    n_reference, n_current = _rows(everything, windows)
    whole = like_for_like(everything, windows)
    direct = not cells.has_gaps and cells.pooled is None
    values = cells.values
    p, q = _values(whole, ordered=cells.ordered) if direct else like_for_like(values, windows)
    n_before, n_after = _rows(values, windows)
    known, rows = n_before > 0 and n_after > 0, n_reference > 0 and n_current > 0
    missing = [float(shares[-SPECIALS] + shares[-SPECIALS + 1]) for shares in whole]
    ks = float(distances.ks(p, q)) if known and cells.ordered else None
    moved = float(distances.total_variation(p, q)) if known else None
    inner = ks if cells.ordered else moved
    outer = _absence(*whole) if rows and cells.has_gaps else None
    return Measures(
        effect=max((effect for effect in (inner, outer) if effect is not None), default=None),
        ks=ks,
        psi=_psi(whole, p, (n_reference, n_current), ordered=cells.ordered) if rows else None,
        js=float(distances.jensen_shannon(p, q)) if known else None,
        hellinger=float(distances.hellinger(p, q)) if known else None,
        total_variation=moved,
        l_infinity=float(distances.l_infinity(p, q)) if known else None,
        chi_squared=float(distances.chi_squared(p * n_before, q * n_after)) if known else None,
        wasserstein=_wasserstein(cells, p, q) if known else None,
        null_share_reference=missing[0] if n_reference else None,
        null_share_current=missing[1] if n_current else None,
        unseen_share=unseen_share(whole[1]) if known and not cells.ordered else None,
        n_reference=n_reference,
        n_current=n_current,
        p=p,
        q=q,
    )


def _rows(counts: FloatArray, windows: Windows) -> tuple[int, int]:
    n = counts.sum(axis=1)
    return int(n[windows.reference].sum()), int(n[windows.current].sum())


def _values(whole: tuple[FloatArray, FloatArray], *, ordered: bool) -> tuple[FloatArray, FloatArray]:
    """Return the shares of what has a value, where nothing lacks one."""
    p, q = (shares[:-SPECIALS] if ordered else np.append(shares[:-SPECIALS], shares[-1]) for shares in whole)
    return p, q


def _absence(p: FloatArray, q: FloatArray) -> float:
    """Return the total variation between present, missing (null or NaN) and infinite."""
    change = (q - p)[-SPECIALS:]
    missing, infinite = float(change[0] + change[1]), float(change[2])
    return (abs(missing) + abs(infinite) + abs(missing + infinite)) / 2


def _wasserstein(cells: Cells, p: FloatArray, q: FloatArray) -> float | None:
    return None if cells.widths is None else float(distances.wasserstein(p, q, cells.widths))


def _psi(whole: tuple[FloatArray, FloatArray], p: FloatArray, n: tuple[int, int], *, ordered: bool) -> float:
    """Return the PSI of the merged bins with cells for missing and for unseen or infinite values."""
    k = len(whole[0]) - SPECIALS
    _, groups = np.unique(distances.psi_groups(p) if ordered else np.arange(k), return_inverse=True)
    before, after = (
        np.append(
            np.bincount(groups, weights=shares[:k]).astype(np.float64),
            [shares[k] + shares[k + 1], shares[k + 2] + shares[k + UNSEEN]],
        )
        for shares in whole
    )
    return float(distances.psi(before * n[0], after * n[1]))
