"""From what a user passes (logs, tables, windows) to outcomes on a time axis."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import polars as pl

from afterlaunch.errors import BadColumn, BadInput, BadOption, MissingColumn
from afterlaunch.logs import PredictionLog, as_log, is_window, parse_window
from afterlaunch.logs.outcomes import read_outcomes
from afterlaunch.logs.roles import Roles
from afterlaunch.logs.run import collect
from afterlaunch.profiles import Profile
from afterlaunch.profiles.timeline import check_can_be_cut, one_timeline, two_timelines

if TYPE_CHECKING:
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.profiles.timeline import Timeline

Logs: TypeAlias = tuple[PredictionLog, PredictionLog]

ONE_LOG = "al.measure_performance(log, reference={reference}, current={current}"
TWO_LOGS = "al.measure_performance(new.between(*{current}), reference=old.between(*{reference})"
TIMELESS = "al.measure_performance(new, reference=old"
UNORDERED = "without a time column rows have no order: each side is one bucket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Outcomes, where they stand in time, the segment of each row (None without `by`), and how to ask again."""

    outcomes: Outcomes
    timeline: Timeline
    segment: pl.Series | None
    logs: Logs
    noun: str
    template: str
    notes: tuple[str, ...]


def read_source(data: object, reference: object, current: object, *, every: str | int | None, by: str | None) -> Source:
    """Return what to measure: one log with two windows, or two logs."""
    if reference is None or is_window(reference):
        return _one(_as_log(data), reference, current, every, by)
    if current is not None:
        raise BadOption("current= is a window of one log; of two logs, cut the new one with .between(start, end)")
    return _two(*_both(data, reference), every, by)


def _one(log: PredictionLog, reference: object, current: object, every: str | int | None, by: str | None) -> Source:
    cut = check_can_be_cut(log.time, every)
    outcomes = read_outcomes(log)
    times = outcomes.time_us if outcomes.time_us is not None else np.zeros(0, dtype=np.int64)
    timeline = one_timeline(
        times,
        every=cut,
        zone=log.zone,
        reference=None if reference is None else parse_window(reference, log.zone),
        current=None if current is None else parse_window(current, log.zone),
    )
    return Source(
        outcomes=outcomes,
        timeline=timeline,
        segment=_segment((log,), by),
        logs=(log, log),
        noun=log.noun,
        template=ONE_LOG,
        notes=(*log.notes, *outcomes.notes, *timeline.notes),
    )


def _two(new: PredictionLog, old: PredictionLog, every: str | int | None, by: str | None) -> Source:
    outcomes = read_outcomes(old, new)
    n_old = int(collect(old.frame.select(pl.len())).item())
    notes: tuple[str, ...] = ()
    if outcomes.time_us is None:
        times, every, notes = np.zeros(outcomes.n, dtype=np.int64), None, (UNORDERED,)
    else:
        times = outcomes.time_us
    timeline = two_timelines(times[:n_old], times[n_old:], every=every, zone=new.zone)
    return Source(
        outcomes=outcomes,
        timeline=timeline,
        segment=_segment((old, new), by),
        logs=(old, new),
        noun=new.noun,
        template=TIMELESS if timeline.axis.every is None else TWO_LOGS,
        notes=tuple(dict.fromkeys((*old.notes, *new.notes, *outcomes.notes, *timeline.notes, *notes))),
    )


def _both(data: object, reference: object) -> Logs:
    """Return the new log and the reference; a bare table takes its roles from the other."""
    old = _as_log(reference, like=data)
    new = _as_log(data, like=old)
    if (new.time is None) != (old.time is None):
        have, lack = ("the new data", "the reference") if new.time else ("the reference", "the new data")
        raise BadColumn(f"{have} has a time column, {lack} has none: name the time of both, or of neither")
    return new, old


def _as_log(data: object, *, like: object = None) -> PredictionLog:
    if isinstance(data, Profile):
        raise BadInput("a profile counts each column by itself, so that it has no performance: pass the log")
    if isinstance(data, PredictionLog) or not isinstance(like, PredictionLog):
        return as_log(data)
    roles: dict[str, Any] = {one.name: getattr(like, one.name) for one in fields(Roles) if one.name != "features"}
    return PredictionLog(data, **roles)


def _segment(logs: tuple[PredictionLog, ...], by: str | None) -> pl.Series | None:
    """Return the value of the column `by` of each row, as text."""
    if by is None:
        return None
    for log in logs:
        names = log.frame.collect_schema().names()
        if by not in names:
            raise MissingColumn(f"by= names {by!r}, which the log has not; have {', '.join(names)}")
    return pl.concat([collect(log.frame.select(pl.col(by).cast(pl.String).alias("segment"))) for log in logs])[
        "segment"
    ]
