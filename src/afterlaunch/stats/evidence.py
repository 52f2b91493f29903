"""From counts to what the null needs to know: each part of each column, its step and its placebos."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from afterlaunch.stats.arrays import median
from afterlaunch.stats.contrasts import Design, design, seasons_covered, step_contrast
from afterlaunch.stats.noise import Noise, largest_variance, noise, norm
from afterlaunch.stats.placebo import GRID_PRIOR, Spread, log_likelihood, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.cells import Cells, Windows

PartName: TypeAlias = Literal["values", "absence"]
RARE = 0.005  # a share below which a column varies as one that has this share
SKEWED = 10  # rows of a kind that a window is expected to hold, below which their number is far from normal
FULL_STRENGTH = 20  # placebos from which on the level need not be guarded


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the null takes of C parts of columns, all of one name.

    `effect` is the share of rows that moved, `volume` the median rows of a bucket; `unit` turns a squared effect into
    units of one row's noise at that volume. `caution` is how far p-values are raised for want of placebos, `covered`
    whether the reference has seen the current window's seasons.
    """

    column: IntArray
    effect: FloatArray
    volume: FloatArray
    unit: FloatArray
    step: Spread
    noise: Noise
    widening: FloatArray
    log_likelihood: FloatArray
    caution: FloatArray
    covered: BoolArray


def gather(columns: Sequence[Cells], windows: Windows, name: PartName) -> Evidence | None:
    """Return the evidence on every column that has the part `name`, or None if no column has it."""
    groups: dict[bytes, list[int]] = {}
    masks: dict[bytes, BoolArray] = {}
    for i, cells in enumerate(columns):
        usable = _part(cells, name).sum(axis=1) > 0
        if usable[windows.reference].any() and usable[windows.current].any() and (name == "values" or cells.has_gaps):
            masks[usable.tobytes()] = usable
            groups.setdefault(usable.tobytes(), []).append(i)
    found = [
        replace(_gather([columns[i] for i in members], masks[key], windows, name), column=np.array(members))
        for key, members in groups.items()
    ]
    return _joined(found) if found else None


def _part(cells: Cells, name: PartName) -> FloatArray:
    return cells.values if name == "values" else cells.presence


def _gather(columns: Sequence[Cells], usable: BoolArray, windows: Windows, name: PartName) -> Evidence:
    """Return the evidence on columns with values in the same buckets, those `usable` (D,)."""
    plan = design(windows, usable)
    ordered = np.array([name == "values" and cells.ordered for cells in columns])
    rows = np.stack([_part(cells, name).sum(axis=1) for cells in columns])
    contrast, n = step_contrast(rows, windows)[:, plan.used], rows[:, plan.used]
    seen = [
        _see(_part(cells, name), step, plan.placebos, plan.used, windows)
        for cells, step in zip(columns, contrast, strict=True)
    ]
    gap = _padded([one.gap for one in seen])
    sides = _sides(_padded([one.before for one in seen]), _padded([one.after for one in seen]), gap)
    pooled = sides.pooled(rare=name == "absence")
    constants = noise(pooled, ordered, np.minimum(SKEWED / sides.fewest[:, 0], 0.5))
    volume = median(n)
    unit = volume / constants.mean
    sizes = np.stack([norm(one.placebos, ordered=flag) ** 2 for one, flag in zip(seen, ordered, strict=True)])
    step = spread(contrast, n, plan.position, volume[:, None])
    return Evidence(
        column=np.arange(len(columns)),
        effect=norm(gap, ordered=ordered),
        volume=volume,
        unit=unit,
        step=step.grown(growth(sides.before, sides.after, ordered)),
        noise=constants,
        widening=sides.widening(pooled, ordered),
        log_likelihood=_likelihood(sizes * unit[:, None], plan, n, constants),
        caution=np.full(len(columns), _caution(plan, windows)),
        covered=np.full(len(columns), seasons_covered(windows, usable)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """One column's rows by cell (k,) in both windows, and its contrasts: the step (k,) and the placebos (J, k)."""

    before: FloatArray
    after: FloatArray
    gap: FloatArray
    placebos: FloatArray


def _see(counts: FloatArray, step: FloatArray, placebos: FloatArray, used: IntArray, windows: Windows) -> _Seen:
    """Return what is seen of one column's `counts` (D, k); one by one, since those of a year of hours are many."""
    shares = counts[used]
    shares /= shares.sum(axis=1, keepdims=True)
    return _Seen(
        before=counts[windows.reference].sum(axis=0),
        after=counts[windows.current].sum(axis=0),
        gap=step @ shares,
        placebos=placebos @ shares,
    )


def _padded(parts: Sequence[FloatArray]) -> FloatArray:
    """Return numbers (C, k) of columns with fewer cells than k, filled up with empty ones."""
    padded = np.zeros((len(parts), max(len(part) for part in parts)))
    for row, part in zip(padded, parts, strict=True):
        row[: len(part)] = part
    return padded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """Shares (C, k) of both windows, the reference like for like, and their rows (C, 1)."""

    before: FloatArray
    after: FloatArray
    n_before: FloatArray
    n_after: FloatArray

    @property
    def fewest(self) -> FloatArray:
        """The rows (C, 1) of the smaller window."""
        return np.minimum(self.n_before, self.n_after)

    def pooled(self, *, rare: bool) -> FloatArray:
        """Return the shares (C, k) of both windows together."""
        n = self.n_before + self.n_after
        pooled = (self.before * self.n_before + self.after * self.n_after) / n
        if rare:  # rare cells are skewed: take the larger share, and one row where less is expected
            one = np.where(pooled > 0, 1 / self.fewest, 0)
            pooled = np.maximum.reduce([pooled, self.before, self.after, one])
        return pooled / pooled.sum(axis=1, keepdims=True)

    def widening(self, pooled: FloatArray, ordered: BoolArray) -> FloatArray:
        """Return how much larger (C,) the noise is if each window has its own shares, and not the pooled ones."""
        apart = (
            _per_row(self.before, ordered) / self.n_before[:, 0] + _per_row(self.after, ordered) / self.n_after[:, 0]
        )
        together = largest_variance(pooled, ordered) * (1 / self.n_before + 1 / self.n_after)[:, 0]
        ratio = np.divide(apart, together, out=np.ones(len(apart)), where=together > 0)
        return np.sqrt(np.maximum(ratio, 1.0))


def growth(before: FloatArray, after: FloatArray, ordered: BoolArray) -> FloatArray:
    """Return how much more (C,) buckets may vary at the shares `after` (C, k) than they did at those `before`.

    What is rare varies by a factor from bucket to bucket rather than by so many rows in a hundred: a share that grew
    fourfold is expected to vary by twice as much. On shares p and q, (q - p) / sqrt(p q) is close to log(q / p).
    """
    return np.maximum((_per_row(after, ordered) + RARE) / (_per_row(before, ordered) + RARE), 1.0)


def _per_row(shares: FloatArray, ordered: BoolArray) -> FloatArray:
    total = shares.sum(axis=1, keepdims=True)
    return largest_variance(np.divide(shares, total, out=np.zeros(shares.shape), where=total > 0), ordered)


def _sides(before: FloatArray, after: FloatArray, gap: FloatArray) -> _Sides:
    """Return both windows from their rows by cell and the gap (C, k) between them, like for like."""
    n_before, n_after = before.sum(axis=1, keepdims=True), after.sum(axis=1, keepdims=True)
    shares = after / n_after
    return _Sides(before=np.maximum(shares - gap, 0), after=shares, n_before=n_before, n_after=n_after)


def _likelihood(sizes: FloatArray, plan: Design, n: FloatArray, noise: Noise) -> FloatArray:
    if not len(plan.placebos):
        return np.zeros((len(n), len(GRID_PRIOR)))
    volume = median(n)[:, None, None]
    return log_likelihood(sizes, spread(plan.placebos, n[:, None, :], plan.position, volume), noise)


def _caution(plan: Design, windows: Windows) -> float:
    if windows.timeless:
        return 1.0
    return min(1.0, (plan.available / FULL_STRENGTH) ** 2)


def _joined(parts: Sequence[Evidence]) -> Evidence:
    """Return the evidence of several groups as one, in the columns' own order."""
    order = np.argsort(np.concatenate([part.column for part in parts]))

    def join(arrays: Sequence[FloatArray]) -> FloatArray:
        return np.concatenate(arrays)[order]

    return Evidence(
        column=np.concatenate([part.column for part in parts])[order],
        effect=join([part.effect for part in parts]),
        volume=join([part.volume for part in parts]),
        unit=join([part.unit for part in parts]),
        step=Spread(
            sampling=join([part.step.sampling for part in parts]), between=join([part.step.between for part in parts])
        ),
        noise=Noise(
            mean=join([part.noise.mean for part in parts]),
            shape=join([part.noise.shape for part in parts]),
            rate=join([part.noise.rate for part in parts]),
        ),
        widening=join([part.widening for part in parts]),
        log_likelihood=join([part.log_likelihood for part in parts]),
        caution=join([part.caution for part in parts]),
        covered=np.concatenate([part.covered for part in parts])[order],
    )
