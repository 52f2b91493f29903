"""From what a user passes (logs, frames, paths, windows) to the rows of a reference and of a current window."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import polars as pl

from afterlaunch.edges import code
from afterlaunch.errors import BadColumn, BadOption, EmptyWindow
from afterlaunch.logs import LogColumn, PredictionLog, as_log, is_window, parse_window
from afterlaunch.logs.columns import tell_kind
from afterlaunch.logs.outcomes import Outcomes, read_outcomes
from afterlaunch.logs.roles import Roles
from afterlaunch.logs.run import FAILURES, collect, first_line

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, IntArray

NEITHER, REFERENCE, CURRENT = 0, 1, 2
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
DAY_US = 86_400_000_000
MOST_BETWEEN = 300_000  # rows of neither window that are scored all the same
CUT = ("numeric", "categorical", "boolean")
CHOSEN = "the first third of the time, chosen for you"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows in the order of time where there is one: `window` (n,) says which lie in the reference, which are current.

    `columns` are the features, by which rows are odd or alike; `slicing` are those that slices are cut by: segments and
    the model's version too. `against` names a reference that
    nobody chose; without any (`has_reference` is False) the rows are compared with themselves.
    """

    frame: pl.DataFrame
    outcomes: Outcomes
    window: IntArray
    columns: tuple[LogColumn, ...]
    slicing: tuple[LogColumn, ...]
    log: PredictionLog
    notes: tuple[str, ...]
    against: str | None
    template: str
    windows: tuple[tuple[str, tuple[int, int]], ...] = ()  # by name, those that were given, in microseconds

    @property
    def is_reference(self) -> BoolArray:
        """The reference's rows; without one, the current rows."""
        found = self.window == REFERENCE
        return found if found.any() else self.is_current

    @property
    def is_current(self) -> BoolArray:
        """The current window's rows."""
        return self.window == CURRENT

    @property
    def is_between(self) -> BoolArray:
        """The rows of neither window, to which a reader may move one; none of so many that scoring them takes long."""
        found = self.window == NEITHER
        return found if 0 < found.sum() <= MOST_BETWEEN else np.zeros_like(found)

    @property
    def has_reference(self) -> bool:
        """Whether there is anything to compare with."""
        return bool((self.window == REFERENCE).any())


def read_source(data: object, reference: object, current: object) -> Source:
    """Return the rows to compare: of one log with two windows, or of two logs."""
    if reference is None or is_window(reference):
        return _one(as_log(data), reference, current)
    if current is not None:
        raise BadOption("current= is a window of one log; of two logs, cut the new one with .between(start, end)")
    return _two(*_both(data, reference))


def _both(data: object, reference: object) -> tuple[PredictionLog, PredictionLog]:
    """Return the new log and the old one; where one is a bare table, it takes its roles from the other."""
    if isinstance(data, PredictionLog):
        old = reference if isinstance(reference, PredictionLog) else _like(reference, data)
        return data, old
    old = as_log(reference)
    return (_like(data, old) if isinstance(reference, PredictionLog) else as_log(data)), old


def _like(data: object, other: PredictionLog) -> PredictionLog:
    roles: dict[str, Any] = {one.name: getattr(other, one.name) for one in fields(Roles) if one.name != "features"}
    return PredictionLog(data, **roles)


def _one(log: PredictionLog, reference: object, current: object) -> Source:
    if log.time is None:
        if reference is not None or current is not None:
            raise BadOption("a window needs a time column: name one with PredictionLog(data, time='served_at')")
        return _timeless(log)
    log_rows = _sorted(log)
    outcomes = read_outcomes(_with_rows(log, log_rows))
    at = cast("IntArray", outcomes.time_us)
    if not len(at):
        raise EmptyWindow("the data have no rows: choose a filter that leaves some")
    before = _first_third(at) if reference is None else _microseconds(reference, log)
    after = (before[1], _us(END_OF_TIME)) if current is None else _microseconds(current, log)
    if before[0] < after[1] and after[0] < before[1]:
        raise BadOption("the reference and the current window overlap: choose windows that have no row in common")
    window = np.where(_inside(at, before), REFERENCE, np.where(_inside(at, after), CURRENT, NEITHER))
    _check_filled(window, log.noun)
    return Source(
        frame=log_rows,
        outcomes=outcomes,
        window=window,
        columns=_described(log),
        slicing=_slicing(log, log_rows),
        log=log,
        notes=(*log.notes, *outcomes.notes),
        against=CHOSEN if reference is None else None,
        template=code.ONE_LOG,
        windows=tuple(
            (name, window)
            for name, window, given in (("reference", before, reference), ("current", after, current))
            if given is not None
        ),
    )


def _timeless(log: PredictionLog) -> Source:
    rows = collect(log.frame)
    outcomes = read_outcomes(log)
    if not rows.height:
        raise EmptyWindow("the data have no rows: choose a filter that leaves some")
    return Source(
        frame=rows,
        outcomes=outcomes,
        window=np.full(rows.height, CURRENT),
        columns=_described(log),
        slicing=_slicing(log, rows),
        log=log,
        notes=(*log.notes, *outcomes.notes),
        against=None,
        template=code.ONE_LOG,
    )


def _two(new: PredictionLog, old: PredictionLog) -> Source:
    if (new.time is None) != (old.time is None):
        raise BadColumn("one of the two logs has a time column, the other none: name the time of both, or of neither")
    logs = [_with_rows(log, _sorted(log)) for log in (old, new)]
    outcomes = read_outcomes(*logs)
    shared = [name for name in logs[1].frame.collect_schema().names() if name in logs[0].frame.collect_schema().names()]
    try:
        frames = [collect(log.frame.select(shared)) for log in logs]
        frame = pl.concat(frames, how="vertical_relaxed")
    except FAILURES as failure:
        raise BadColumn(
            f"the two logs hold other types in the same column: {first_line(failure)}; cast them to one type"
        ) from failure
    window = np.repeat([REFERENCE, CURRENT], [one.height for one in frames])
    _check_filled(window, new.noun)
    common = tuple(column for column in _described(new) if column.name in shared)
    return Source(
        frame=frame,
        outcomes=outcomes,
        window=window,
        columns=common,
        slicing=tuple(column for column in _slicing(new, frame) if column.name in shared),
        log=new,
        notes=tuple(dict.fromkeys((*old.notes, *new.notes, *outcomes.notes))),
        against=None,
        template=code.TWO_LOGS,
    )


def _sorted(log: PredictionLog) -> pl.DataFrame:
    frame = collect(log.frame)
    return frame if log.time is None else frame.sort(log.time, maintain_order=True)


def _with_rows(log: PredictionLog, rows: pl.DataFrame) -> PredictionLog:
    """Return the log on rows that are already read, in their order."""
    return PredictionLog(
        rows,
        **{one.name: getattr(log, one.name) for one in fields(Roles) if one.name not in ("features", "segments")},
        features=log.features,
        segments=log.segments,
    )


def _described(log: PredictionLog) -> tuple[LogColumn, ...]:
    return tuple(
        column for column in log.columns if column.role == "feature" and column.kind in CUT and not column.identifier
    )


def _slicing(log: PredictionLog, rows: pl.DataFrame) -> tuple[LogColumn, ...]:
    """Return the features, and the segments and the version where these are none."""
    features = _described(log)
    known = {column.name for column in log.columns}
    named = dict.fromkeys(name for name in (*log.segments, log.version) if name is not None and name not in known)
    others = [(name, tell_kind(rows[name], named=True)[0]) for name in named if name in rows.columns]
    return (
        *features,
        *(
            LogColumn(name=name, role="feature", kind=kind, dtype=rows[name].dtype)
            for name, kind in others
            if kind in CUT
        ),
    )


def _first_third(at: IntArray) -> tuple[int, int]:
    """Return the earliest third of the time, in whole days where it has three."""
    first, last = int(at.min()), int(at.max()) + 1
    third = (last - first) // 3
    if third >= DAY_US:
        third = third // DAY_US * DAY_US
    if third == 0:
        raise BadOption("all rows have one time: pass reference=another table")
    return first, first + third


def _microseconds(window: object, log: PredictionLog) -> tuple[int, int]:
    start, end = parse_window(window, log.zone)
    return _us(start), _us(end)


def _inside(at: IntArray, window: tuple[int, int]) -> BoolArray:
    return (at >= window[0]) & (at < window[1])


def _us(moment: datetime) -> int:
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1e6)


def _check_filled(window: IntArray, noun: str) -> None:
    for label, name in ((REFERENCE, "reference"), (CURRENT, "current")):
        if not (window == label).any():
            raise EmptyWindow(f"the {name} window has no {noun}: choose another")
