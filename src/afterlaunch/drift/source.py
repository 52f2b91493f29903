"""From what a user passes (logs, frames, paths, profiles, windows) to one series of buckets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from afterlaunch.drift import code
from afterlaunch.drift.data import notes_of, noun_of, read_both, read_data, time_of, with_categories_of, zone_of
from afterlaunch.drift.pair import count_both
from afterlaunch.drift.series import one_series, two_series
from afterlaunch.errors import BadOption, RowsUnavailable
from afterlaunch.logs import PredictionLog, is_window, parse_window
from afterlaunch.logs.run import collect
from afterlaunch.profiles import Plan, Profile, learn_plan, profile
from afterlaunch.profiles.first_stretch import first_stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afterlaunch.drift.comparison import Counted
    from afterlaunch.drift.data import Cut, Data

Moments: TypeAlias = tuple[datetime, datetime]
Logs: TypeAlias = tuple[PredictionLog, PredictionLog]
Shares: TypeAlias = tuple[float, float]  # in the reference and in the current window

AT_HAND = 30_000_000  # values of a log, about 240 MB: as many are kept in memory while they are counted and looked at
DEFAULT_EVERY = "1d"
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One series of buckets, the logs its rows can be read from, and how to ask for it again."""

    counted: Counted
    plan: Plan
    logs: Logs | None  # reference and current; None where profiles were given
    at_hand: Logs | None  # the same, with their rows in memory where they are few
    noun: str
    template: str
    windows: tuple[Moments, Moments] | None = None  # reference and current, of one log
    distinct: Mapping[str, Shares] = field(default_factory=dict[str, "Shares"])  # of text columns
    retyped: Mapping[str, str] = field(default_factory=dict[str, str])  # what to say of columns whose type changed
    against: str | None = None  # the reference that nobody chose, in words

    def narrowed(self, condition: pl.Expr) -> tuple[PredictionLog, object, object]:
        """Return what to compare (data, reference, current) for the rows that meet a condition alone."""
        if self.logs is None:
            raise RowsUnavailable("a profile's rows cannot be narrowed: pass the log itself")
        old, new = (log.where(condition) for log in self.logs)
        return (new, *self.windows) if self.windows else (new, old, None)


def read_source(data: object, reference: object, current: object, cut: Cut) -> Source:
    """Return the series to compare: of one log with two windows, or of two logs."""
    if reference is None or is_window(reference):
        return _one(cut.open(read_data(data)), reference, current, cut)
    if current is not None:
        raise BadOption("current= is a window of one log; of two logs, cut the new one with .between(start, end)")
    new, old = map(cut.open, read_both(data, reference))
    on_new = isinstance(new, Profile)
    return _two(with_categories_of(new, old), with_categories_of(old, new) if on_new else old, cut)


def _one(data: Data, reference: object, current: object, cut: Cut) -> Source:
    _check_can_be_cut(data, cut)
    zone = zone_of(data)
    chosen = None if reference is None else parse_window(reference, zone)
    before, against = (chosen, None) if chosen else first_stretch(data, cut.every)
    after = (before[1], END_OF_TIME) if current is None else parse_window(current, zone)
    near = _near(data)
    learned = near.plan if isinstance(near, Profile) else learn_plan(near, every=cut.every, reference=before)
    plan = cut.choose(learned, notes=notes_of(near))
    counts = near if isinstance(near, Profile) else profile(near, like=plan)
    counted = one_series(counts, plan, reference=before, current=after)
    windows = slice(*counted.axis.reference), slice(*counted.axis.current)
    return Source(
        counted=replace(counted, notes=(*counted.notes, *_lengths(cut, data))),
        plan=plan,
        distinct=_distinct(plan, (counts, windows[0]), (counts, windows[1])),
        logs=_logs(data, data),
        at_hand=_logs(near, near),
        noun=noun_of(data),
        template=code.ONE_LOG,
        windows=(before, after),
        against=against,
    )


def _check_can_be_cut(data: Data, cut: Cut) -> None:
    if time_of(data) is None:
        raise BadOption(
            "one table without a time column cannot be compared with itself: pass reference=another table, or "
            "name the time: PredictionLog(data, time='served_at')"
        )
    if (data.plan.every if isinstance(data, Profile) else cut.every) is None:
        raise BadOption("one bucket cannot be compared with itself: give every= a length, such as '1d' or 1000 rows")


def _two(new: Data, old: Data, cut: Cut) -> Source:
    near = _near(old), _near(new)
    pair = count_both(*near, cut)
    counted = two_series(pair.before, pair.after, pair.plan)
    return Source(
        counted=replace(counted, notes=(*counted.notes, *pair.notes, *_zones(new, old), *_lengths(cut, new, old))),
        plan=pair.plan,
        distinct=_distinct(pair.plan, (pair.before, slice(None)), (pair.after, slice(None))),
        logs=_logs(old, new),
        at_hand=_logs(*near),
        noun=noun_of(new),
        retyped=pair.retyped,
        template=code.TIMELESS if counted.axis.every is None else code.TWO_LOGS,
    )


def _zones(new: Data, old: Data) -> Iterator[str]:
    """Yield a note where two logs with times have days of their own."""
    zones = zone_of(old), zone_of(new)
    if time_of(new) is not None and zones[0] != zones[1]:
        yield f"times are in {zones[0]} in the reference and in {zones[1]} in the new data: days are cut in {zones[0]}"


def _lengths(cut: Cut, *sides: Data) -> Iterator[str]:
    """Yield a note where buckets were asked for that a profile has not: its own cannot be cut again."""
    for every in dict.fromkeys(one.plan.every for one in sides if isinstance(one, Profile)):
        if cut.every not in (DEFAULT_EVERY, every):
            yield f"every={cut.every!r} was not used: a profile's buckets are {every!r}"


def _distinct(plan: Plan, before: tuple[Profile, slice], after: tuple[Profile, slice]) -> dict[str, Shares]:
    """Return the shares of distinct values in both windows, of the columns that have them."""
    shares = {
        one.name: tuple(counts.distinct_share(one.name, window) for counts, window in (before, after))
        for one in plan.columns
    }
    return {name: (old, new) for name, (old, new) in shares.items() if old is not None and new is not None}


def _logs(old: Data, new: Data) -> Logs | None:
    return (old, new) if isinstance(old, PredictionLog) and isinstance(new, PredictionLog) else None


def _near(data: Data) -> Data:
    """Return the data with their rows in memory, where they are few and not there yet.

    A file is then read once, not five times. Free text stays where it lies: its memory cannot be told from its rows.
    """
    if isinstance(data, Profile) or data.in_memory or any(column.kind == "text" for column in data.columns):
        return data
    n_rows = int(collect(data.frame.select(pl.len())).item())
    return data.loaded() if n_rows * len(data.columns) <= AT_HAND else data
