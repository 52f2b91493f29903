"""Why a drifted column changed: a fault that its counts, and its rows where they are at hand, give away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.drift.privacy import MIN_ROWS
from afterlaunch.logs import moment_at
from afterlaunch.logs.run import collect
from afterlaunch.profiles.values import category_of, number_of
from afterlaunch.quality import Change, Hint, explain_changes
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afterlaunch.drift.comparison import Compared, Comparison
    from afterlaunch.drift.source import Logs
    from afterlaunch.logs import PredictionLog
    from afterlaunch.profiles.axis import Axis, Range
    from afterlaunch.stats.arrays import FloatArray

DATES = "dates move on by themselves: name one as the time of a PredictionLog, leave the others out"
COUNTERS = (
    "whole numbers that all lie above those before, as an id's or a counter's do: leave it out, or name it as id="
)
OF_VALUES = ("frozen value", "clipped range", "sentinel")  # hints that name a number: of text, a length
MANY = 100  # edges of a column of many values
ALL_BUT = 0.02  # of the reference may share its last bin with what lies above
SAMPLE = 20_000  # rows a side, at most
NEAR = (3, 7, 14)  # buckets on either side of the onset: the weather before a fault is the weather after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A column that changed, whether surely or abruptly, and the bucket in which that began (None: unknown)."""

    column: Compared
    drifted: bool  # or so abruptly that a fault which growth could imitate is more likely than growth
    onset: int | None


def find_causes(comparison: Comparison, suspects: Sequence[Suspect], logs: Logs | None) -> dict[str, str]:
    """Return a hint in words for each suspect that has one, by name; where drift is not sure, only faults that are.

    Windows just before and just after the onset are tried first, then the report's own: a unit that changed within a
    season is told from the season. What nature could imitate must be found at two lengths.
    """
    found: dict[str, list[Hint]] = {}
    for reach in (*NEAR, None):
        for spans, group in _by_spans(comparison.axis, suspects, reach).items():
            hints = explain_changes(_changes(comparison.axis, [one.column for one in group], spans, logs))
            for name, hint in hints.items():
                found.setdefault(name, []).append(hint)
    chosen = {_name(one): _choose(found.get(_name(one), []), one) for one in suspects}
    by_length = {_name(one) for one in suspects if one.column.plan.kind == "text"}
    causes = {
        name: f"length {hint.text}" if name in by_length and hint.fault in OF_VALUES else hint.text
        for name, hint in chosen.items()
        if hint is not None
    }
    if comparison.axis.windows.timeless:
        causes = {_name(one): text for one in suspects if (text := _moves_on(one, comparison.axis))} | causes
    return causes


def _moves_on(suspect: Suspect, axis: Axis) -> str | None:
    """Return why a column without a fault changed, where it does so by itself: dates, and numbers that count up."""
    plan = suspect.column.plan
    if plan.kind == "time":
        return DATES
    if plan.kind != "numeric" or plan.edges.size < MANY or not _whole(plan.edges):
        return None
    before, after = (
        suspect.column.fine[slice(*window), :-SPECIALS].sum(axis=0) for window in (axis.reference, axis.current)
    )
    last = plan.own == plan.own[-1]  # also where it was cut further
    above = before[last].sum(), after[last].sum()
    return COUNTERS if above[1] == after.sum() > 0 and above[0] < ALL_BUT * before.sum() else None


def _whole(edges: FloatArray) -> bool:
    """Whether edges lie at whole numbers, or next to them, as the upper edge of a single value does."""
    return bool((np.abs(edges - np.rint(edges)) <= np.spacing(np.abs(edges))).all())


def _choose(hints: Sequence[Hint], suspect: Suspect) -> Hint | None:
    """Return the first hint that stands on its own, or that another length of the windows confirms."""
    for hint in hints:
        confirmed = (
            suspect.onset is None or sum((one.fault, one.about) == (hint.fault, hint.about) for one in hints) > 1
        )
        if hint.sure or (suspect.drifted and confirmed):
            return hint
    return None


def _name(suspect: Suspect) -> str:
    return suspect.column.plan.name


def _by_spans(axis: Axis, suspects: Sequence[Suspect], reach: int | None) -> dict[tuple[Range, Range], list[Suspect]]:
    groups: dict[tuple[Range, Range], list[Suspect]] = {}
    for one in suspects:
        spans = _spans(axis, one.onset, reach)
        if spans is not None:
            groups.setdefault(spans, []).append(one)
    return groups


def _spans(axis: Axis, onset: int | None, reach: int | None) -> tuple[Range, Range] | None:
    """Return the bucket ranges before and after, without the onset's and the one before it.

    A change within a bucket leaves it half and half, and may be dated to the next.
    """
    if reach is None:
        return axis.reference, axis.current
    if onset is None:
        return None
    first = onset + 1 if onset + 1 < axis.current[1] else onset
    last = max(onset - 1, min(onset, 1))
    before = (max(last - reach, 0), last)
    after = (first, min(first + reach, axis.current[1]))
    return (before, after) if before[0] < before[1] and after[0] < after[1] else None


def _changes(axis: Axis, columns: Sequence[Compared], spans: tuple[Range, Range], logs: Logs | None) -> list[Change]:
    sampled = _samples(axis, columns, spans, logs)
    return [
        Change(
            column=one.plan.name,
            ordered=one.plan.ordered,
            edges=one.plan.edges,
            labels=one.plan.labels,
            before=one.fine[slice(*spans[0])].sum(axis=0),
            after=one.fine[slice(*spans[1])].sum(axis=0),
            before_values=sampled[0].get(one.plan.name),
            after_values=sampled[1].get(one.plan.name),
            new_labels=_new_labels(one, axis, spans[1], logs),
        )
        for one in columns
    ]


def _samples(
    axis: Axis, columns: Sequence[Compared], spans: tuple[Range, Range], logs: Logs | None
) -> tuple[Mapping[str, pl.Series], Mapping[str, pl.Series]]:
    """Return values of the ordered columns before and after, evenly spaced over each side's rows."""
    ordered = [one for one in columns if one.plan.ordered]
    if logs is None or not ordered:
        return {}, {}
    return _sample(axis, ordered, spans[0], logs), _sample(axis, ordered, spans[1], logs)


def _sample(axis: Axis, columns: Sequence[Compared], span: Range, logs: Logs) -> Mapping[str, pl.Series]:
    step = max(int(axis.n_rows[slice(*span)].sum()) // SAMPLE, 1)
    samples: list[pl.DataFrame] = []
    for frame in _within(axis, span, logs):
        schema = frame.collect_schema()
        values = [number_of(one.plan, schema[one.plan.name]).alias(one.plan.name) for one in columns]
        samples.append(collect(frame.gather_every(step).select(values)))
    return pl.concat(samples).to_dict()


def _within(axis: Axis, span: Range, logs: Logs) -> list[pl.LazyFrame]:
    """Return the rows of a range of buckets, from each log that has some of them."""
    if logs[0] is logs[1]:
        return [_between(axis, span, logs[0])]
    whole = (axis.reference, axis.current)
    parts = [(max(span[0], window[0]), min(span[1], window[1])) for window in whole]
    return [_between(axis, part, log) for part, log in zip(parts, logs, strict=True) if part[0] < part[1]]


def _between(axis: Axis, span: Range, log: PredictionLog) -> pl.LazyFrame:
    if log.time is None:
        return log.frame
    return log.between(moment_at(int(axis.starts[span[0]])), moment_at(int(axis.ends[span[1] - 1]))).frame


def _new_labels(column: Compared, axis: Axis, span: Range, logs: Logs | None) -> tuple[str, ...]:
    """Return the unseen categories with rows enough to be named, most frequent first."""
    if logs is None or column.plan.ordered or not column.fine[slice(*span), -1].any():
        return ()
    known = [*column.plan.categories, *column.plan.rare]
    rows = pl.concat([frame.select(value=category_of(column.plan)) for frame in _within(axis, span, logs)])
    counted = collect(
        rows.filter(~pl.col("value").is_in(known))
        .group_by("value")
        .len()
        .filter(pl.col("len") >= MIN_ROWS)
        .sort("len", "value", descending=[True, False])
        .head(20)
    )
    return tuple(counted["value"].to_list())
