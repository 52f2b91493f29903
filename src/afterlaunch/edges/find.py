"""Slices found on one half of the current window and confirmed on the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.edges.conditions import expression_of, is_any_number, words_of
from afterlaunch.edges.cut import cut_columns
from afterlaunch.edges.halves import CONFIRM, REFERENCE
from afterlaunch.edges.refine import refine
from afterlaunch.stats.confirmation import confirm
from afterlaunch.stats.crosstabs import Limits
from afterlaunch.stats.effects import measure_groups
from afterlaunch.stats.slices import find_slices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.edges.halves import Halves
    from afterlaunch.edges.payload import Condition, SliceVerdict
    from afterlaunch.edges.source import Source
    from afterlaunch.stats.arrays import BoolArray, FloatArray
    from afterlaunch.stats.clustered import Effect
    from afterlaunch.stats.confirmation import Confirmation

MOST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What slices are sought on: all n rows of the source, the value compared (NaN where there is none), and how."""

    source: Source
    halves: Halves
    value: FloatArray
    surprise: FloatArray | None
    limits: Limits
    level: float  # of false discoveries

    @property
    def usable(self) -> BoolArray:
        """The rows that have a value."""
        return np.isfinite(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A group of rows, described by conditions, on which the model does worse than elsewhere.

    `rows` (n,) marks it among all rows. `effect` is measured on the half that it was not found on; `change` is the
    effect there less that in the reference, and `above_promise` how far its loss lies above what the score promised.
    """

    conditions: tuple[Condition, ...]
    rows: BoolArray
    verdict: SliceVerdict
    needs: str | None
    effect: Effect
    qvalue: float | None
    found_effect: float
    before: Effect | None
    above_promise: Effect | None

    @property
    def words(self) -> str:
        """The conditions in words."""
        return words_of(self.conditions)

    @property
    def change(self) -> tuple[float, float | None, float | None] | None:
        """The effect less that in the reference, with the ends of its interval; None where one of them is unknown."""
        before, now = self.before, self.effect
        if before is None or before.effect is None or now.effect is None:
            return None
        change = now.effect - before.effect
        if None in (before.low, before.high, now.low, now.high):
            return change, None, None
        down = np.hypot(now.effect - float(now.low or 0.0), float(before.high or 0.0) - before.effect)
        up = np.hypot(float(now.high or 0.0) - now.effect, before.effect - float(before.low or 0.0))
        return change, change - float(down), change + float(up)


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceSearch:
    """Slices, the confirmed ones first and what explains most loss first; and how many groups were compared."""

    slices: tuple[Slice, ...]
    n_searched: int
    columns: tuple[str, ...]


def search_slices(ground: Ground) -> SliceSearch:
    """Return the slices of the current window."""
    source, halves = ground.source, ground.halves
    find = halves.find & ground.usable
    cut = cut_columns(
        source.frame,
        source.slicing,
        ground.value,
        known=source.is_reference,
        learn=find,
        min_rows=ground.limits.min_rows // 2,
    )
    here = np.flatnonzero(find)
    search = find_slices(
        cut.codes.take(here), ground.value[here], halves.block_of(find), limits=_on_a_half(ground.limits), n_most=MOST
    )
    told = [cut.tell(one.conditions) for one in search.slices]
    named = _refined([conditions for conditions in told if conditions is not None], ground, find)
    inside = [source.frame.select(expression_of(one).fill_null(value=False)).to_series().to_numpy() for one in named]
    found = [float(ground.value[find & one].mean() - ground.value[find & ~one].mean()) for one in inside]
    slices = _judge(ground, named, inside, found)
    return SliceSearch(slices=tuple(sorted(slices, key=_rank)), n_searched=search.n_searched, columns=cut.columns)


def _refined(named: Sequence[tuple[Condition, ...]], ground: Ground, find: BoolArray) -> list[tuple[Condition, ...]]:
    """Return slices with their ranges cut once more, each once."""
    frame = ground.source.frame
    here = pl.Series(find)
    value = ground.value[find]
    known = ground.source.is_reference[find]
    if not known.any():
        known = np.ones(len(value), dtype=np.bool_)
    rows = frame.filter(here)
    least = _on_a_half(ground.limits).min_rows
    refined = [refine(one, rows, value - value.mean(), known=known, min_rows=least) for one in named]
    telling = [tuple(one for one in conditions if not is_any_number(one)) for conditions in refined]
    return list(dict.fromkeys(conditions for conditions in telling if conditions))


def _on_a_half(limits: Limits) -> Limits:
    """Return the limits for a half, where a slice has half of its rows."""
    return Limits(
        max_conditions=limits.max_conditions,
        min_rows=max(limits.min_rows // 2, 1),
        min_effect=limits.min_effect,
        min_z=limits.min_z,
        most=limits.most,
    )


def _judge(
    ground: Ground, conditions: Sequence[tuple[Condition, ...]], inside: Sequence[BoolArray], found: Sequence[float]
) -> list[Slice]:
    halves = ground.halves
    rows = (halves.part > 0) & ground.usable
    if halves.block is None:
        rows &= halves.part == CONFIRM
    held = [one[rows] for one in inside]
    said = confirm(held, ground.value[rows], halves.clock(rows, judged=CONFIRM))
    before = _before(ground, inside)
    above = _above_promise(ground, inside)
    slices: list[Slice] = []
    for place, (what, one) in enumerate(zip(conditions, said, strict=True)):
        verdict, needs = _verdict(one, ground)
        slices.append(
            Slice(
                conditions=what,
                rows=inside[place],
                verdict=verdict,
                needs=needs,
                effect=one.effect,
                qvalue=one.qvalue,
                found_effect=found[place],
                before=before[place],
                above_promise=above[place],
            )
        )
    return slices


def _verdict(said: Confirmation, ground: Ground) -> tuple[SliceVerdict, str | None]:
    effect = said.effect
    if effect.n < ground.limits.min_rows // 2:
        return "cannot_tell", "more rows"
    if said.qvalue is None or effect.effect is None:
        return "cannot_tell", f"more {ground.halves.unit}"
    if said.qvalue <= ground.level and effect.effect >= ground.limits.min_effect:
        return "confirmed", None
    return "not_confirmed", None


def _before(ground: Ground, inside: Sequence[BoolArray]) -> list[Effect | None]:
    """Return each slice's effect in the reference, None without one."""
    there = (ground.halves.part == REFERENCE) & ground.usable
    if not there.any():
        return [None] * len(inside)
    rows = there if ground.halves.block is None else (ground.halves.part > 0) & ground.usable
    groups = [(one[rows], ground.value[rows]) for one in inside]
    return list(measure_groups(groups, ground.halves.clock(rows, judged=REFERENCE)))


def _above_promise(ground: Ground, inside: Sequence[BoolArray]) -> list[Effect | None]:
    """Return each slice's mean surprise on the held-out half, None where no score promises anything."""
    if ground.surprise is None:
        return [None] * len(inside)
    rows = (ground.halves.part > 0) & np.isfinite(ground.surprise)
    if ground.halves.block is None:
        rows &= ground.halves.part == CONFIRM
    if not rows.any():
        return [None] * len(inside)
    groups = [(one[rows], ground.surprise[rows]) for one in inside]
    return list(measure_groups(groups, ground.halves.clock(rows, judged=CONFIRM), alone=True))


def _rank(one: Slice) -> tuple[int, float]:
    order = ("confirmed", "not_confirmed", "cannot_tell").index(one.verdict)
    size = one.effect.effect if one.effect.effect is not None else one.found_effect
    return order, -size * one.effect.n
