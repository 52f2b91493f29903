"""Season and onset: what time says about a comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from afterlaunch.drift.payload import Onset
from afterlaunch.stats import find_season, onset
from afterlaunch.stats.phase import straddles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch import stats
    from afterlaunch.drift.comparison import Comparison
    from afterlaunch.drift.decide import Decision
    from afterlaunch.profiles.axis import Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a column began to drift, and the index of that bucket."""

    index: int
    onset: Onset


def with_season(comparison: Comparison) -> Comparison:
    """Return the comparison with the season that its counts show, if they show one; a note where buckets hide it."""
    axis = comparison.axis
    if axis.every is None or axis.windows.timeless:
        return comparison
    cells = [one.cells for one in comparison.columns]
    labels, name = find_season(cells, axis.position, axis.starts, axis.ends, zone=axis.zone)
    notes = comparison.notes
    if name is None and straddles(axis.starts, axis.ends):
        unknown = f"buckets of {axis.every} know no weekday or hour: a window of other hours may differ for that alone"
        notes = (*notes, unknown)
    return replace(comparison, axis=replace(axis, season=labels, season_name=name), notes=notes)


def find_onsets(
    comparison: Comparison, decisions: Sequence[Decision], *, min_effect: float, first: int | None = None
) -> list[Dated | None]:
    """Return when each column began to change; None for those that moved too little to matter.

    A change that began before the bucket `first` (unless given, the first that is not in the reference) is no onset of
    drift: None as well.
    """
    first = min(comparison.axis.reference[1], comparison.axis.current[0]) if first is None else first
    dated: list[Dated | None] = []
    for column, decision in zip(comparison.columns, decisions, strict=True):
        judged = decision.judgement
        matters = judged.verdict == "drifted" or (judged.effect or 0) >= min_effect
        found = onset(column.cells, comparison.axis.windows, part=decision.part) if matters else None
        dated.append(_dated(found, comparison.axis, first) if found and found.index >= first else None)
    return dated


def _dated(found: stats.Onset, axis: Axis, first: int) -> Dated:
    places = (found.index, max(found.low, first), found.high)
    at_ms, low_ms, high_ms = (int(axis.starts[place]) // 1000 for place in places)
    return Dated(index=found.index, onset=Onset(at_ms=at_ms, low_ms=low_ms, high_ms=high_ms, shape=found.shape))
