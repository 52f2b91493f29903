"""Contrasts of a series of buckets: the step that is judged, and the placebos that hold no step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.arrays import distinct

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.cells import Windows

N_PLACEBOS = 24
ENOUGH = 14  # placebos that the reference alone must yield; below that both windows lend theirs
DEGENERATE = 0.05  # a cosine of which less than this is left holds nothing new


@dataclass(frozen=True, kw_only=True)
class Design:
    """What a pair of windows fixes for every column with values in the same buckets.

    `used` (D,) marks the buckets that count, `placebos` (J, U) are orthonormal contrasts of the U used buckets,
    orthogonal to their season; `available` is how many such contrasts exist.
    """

    used: IntArray
    position: FloatArray
    placebos: FloatArray
    available: int


def seasons_covered(windows: Windows, usable: BoolArray) -> bool:
    """Return whether the reference has seen every season of the current window, in usable buckets."""
    return set(_seasons(windows, windows.current, usable)) <= set(_seasons(windows, windows.reference, usable))


def _seasons(windows: Windows, which: IntArray, usable: BoolArray) -> list[int]:
    return windows.season[which[usable[which]]].tolist()


def step_contrast(n: FloatArray, windows: Windows) -> FloatArray:
    """Return the contrast c (..., D) for which c @ shares is current minus reference, like for like.

    `n` (..., D) are rows by bucket. The reference's seasons weigh as they do in the current window; where it lacks one
    of them, seasons are left aside.
    """
    current, reference = windows.member(windows.current), windows.member(windows.reference)
    usable = n.reshape(-1, n.shape[-1]).sum(0) > 0
    season = windows.season if seasons_covered(windows, usable) else np.zeros_like(windows.season)
    weight = _shares(n * current)
    contrast = weight.copy()
    for label in distinct(season[current & usable]):
        inside = season == label
        share = weight[..., inside].sum(axis=-1, keepdims=True)
        contrast -= share * _shares(n * (inside & reference))
    return contrast


def _shares(n: FloatArray) -> FloatArray:
    total = n.sum(axis=-1, keepdims=True)
    return np.divide(n, total, out=np.zeros(n.shape), where=total > 0)


def design(windows: Windows, usable: BoolArray) -> Design:
    """Return the placebo contrasts of a pair of windows, from its `usable` buckets (D,).

    They come from the reference alone, so that a drift which starts inside the current window cannot widen the null;
    a reference too short for that borrows from the current window, with the step itself projected out.
    """
    reference, current = windows.member(windows.reference) & usable, windows.member(windows.current) & usable
    used = np.flatnonzero(reference | current)
    used = used[np.argsort(windows.position[used], kind="stable")]
    position = (windows.position[used] - windows.position[used].min(initial=0)).astype(np.float64)
    inside = reference[used]
    alone = int(inside.sum()) - len(distinct(windows.season[used][inside]))
    nuisance = [windows.season[used] == label for label in distinct(windows.season[used])]
    if alone < ENOUGH:
        inside = np.ones(len(used), dtype=bool)
        nuisance.append(current[used] & ~reference[used])
    basis = _orthonormal([(flags & inside).astype(np.float64) for flags in nuisance], [])
    available = max(int(inside.sum()) - len(basis), 0)
    placebos = _orthonormal(_cosines(position, inside, min(N_PLACEBOS, available)), basis)
    stacked = np.array(placebos) if placebos else np.zeros((0, len(used)))
    return Design(used=used, position=position, placebos=stacked, available=available)


def _cosines(position: FloatArray, inside: BoolArray, count: int) -> list[FloatArray]:
    """Return `count` cosines on the buckets `inside`: half of them the slowest, half spread over the rest by ratio."""
    if count == 0:
        return []
    first, last = position[inside].min(), position[inside].max()
    phase = (position - first + 0.5) / (last - first + 1)
    return [np.cos(np.pi * f * phase) * inside for f in _frequencies(int(inside.sum()), count)]


def _frequencies(n: int, count: int) -> list[int]:
    """Return the slowest frequencies one by one, then ever wider steps up to the fastest of n buckets."""
    slow = count // 2
    rest = count - slow
    ratio = (n - 1) / (slow + 1)
    spread = [int((slow + 1) * ratio ** (i / max(rest - 1, 1)) + 0.5) for i in range(rest)]
    found = [*range(1, slow + 1)]
    for frequency in spread:
        found.append(max(frequency, (found[-1] if found else 0) + 1))
    return found


def _orthonormal(vectors: list[FloatArray], basis: list[FloatArray]) -> list[FloatArray]:
    """Return unit vectors that span what `vectors` add to `basis`; twice Gram-Schmidt, for its rounding."""
    found: list[FloatArray] = []
    for vector in vectors:
        left = vector
        for _ in range(2):
            for other in (*basis, *found):
                left = left - other * (other @ left)
        length = float(np.sqrt(left @ left))
        if length > DEGENERATE:
            found.append(left / length)
    return found


def persistence(contrasts: FloatArray, position: FloatArray, rho: float) -> FloatArray:
    """Return c' R c (...) for contrasts c (..., U) and R = rho ** |lag|, in one pass over the buckets."""
    if rho == 0:
        return (contrasts**2).sum(axis=-1)
    carried = np.zeros(contrasts.shape[:-1])
    total = np.zeros(contrasts.shape[:-1])
    decay = rho ** np.diff(position, prepend=position[0])
    for i in range(contrasts.shape[-1]):
        now = contrasts[..., i]
        carried = carried * decay[i] + now
        total = total + now * (2 * carried - now)
    return total
