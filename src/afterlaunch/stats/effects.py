"""Effects of groups of rows and their intervals, where blocks of time may wander."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.clustered import LEVEL, Effect, effect_of, level_of
from afterlaunch.stats.persistent import LONGEST, Blocks, Series, laws, series_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where rows lie in time, and the window that is judged.

    Windows may differ in level; those that are not judged lend what they know about how blocks vary.
    """

    blocks: Blocks
    judged: int

    @classmethod
    def of(cls, block: IntArray, window: IntArray, *, judged: int, teacher: int | None = None) -> Clock:
        """Return the clock of rows that lie in these blocks and windows (n,), numbered from 0 on.

        The window `teacher`, where it holds rows, tells how blocks vary.
        """
        known = teacher is not None and bool((window == teacher).any())
        blocks = Blocks(block=block - block.min(initial=0), window=window, teacher=teacher if known else None)
        return cls(blocks=blocks, judged=judged)

    @property
    def is_judged(self) -> BoolArray:
        """The rows (n,) that are judged."""
        return self.blocks.window == self.judged


def measure_groups(
    groups: Sequence[tuple[BoolArray, FloatArray]],
    clock: Clock | None,
    *,
    alone: bool = False,
    longest: float = LONGEST,
) -> list[Effect]:
    """Return how much higher a value (n,) is on a group's rows (n,) than elsewhere, for groups of (rows, value).

    `alone` returns the value's mean on the rows as an effect against nothing. With a `clock` only its judged window
    counts, the others lending what they know about how blocks vary; without one, rows are independent. What persists
    with more than a correlation of `longest` from one block to the next is what the window was like, not chance.
    """
    measure = level_of if alone else effect_of
    if clock is None:
        return [measure(rows, value, None) for rows, value in groups]
    judged = clock.is_judged
    effects = [measure(rows[judged], value[judged], clock.blocks.block[judged]) for rows, value in groups]
    series = [
        None if effect.pvalue is None else series_of(rows, value, clock.blocks, judged=clock.judged, alone=alone)
        for (rows, value), effect in zip(groups, effects, strict=True)
    ]
    places = [place for place, one in enumerate(series) if one is not None]
    known = [one for one in series if one is not None]
    return _widened(effects, places, known, longest) if known else effects


def _widened(effects: list[Effect], places: list[int], series: list[Series], longest: float) -> list[Effect]:
    """Return the effects with the intervals and p-values that blocks which wander allow."""
    law = laws(series, longest=longest)
    size = np.array([effects[place].effect or 0.0 for place in places])
    reach, pvalue = law.reach(LEVEL), law.pvalue(size)
    widened = list(effects)
    for place, far, chance in zip(places, reach.tolist(), pvalue.tolist(), strict=True):
        old = effects[place]
        if old.effect is None or np.isnan(chance):
            widened[place] = replace(old, low=None, high=None, pvalue=None)
            continue
        low, high = old.effect - far, old.effect + far
        widened[place] = replace(
            old,
            low=low if old.low is None else min(low, old.low),
            high=high if old.high is None else max(high, old.high),
            pvalue=max(chance, old.pvalue or 0.0),
        )
    return widened
