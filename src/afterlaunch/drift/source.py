"""From what a user passes (logs, frames, paths, profiles, windows) to one series of buckets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import polars as pl

from afterlaunch.drift import code
from afterlaunch.drift.first_third import first_third, in_words
from afterlaunch.drift.series import one_series, two_series
from afterlaunch.errors import BadOption, MissingColumn, RowsUnavailable
from afterlaunch.logs import PredictionLog, as_log, parse_window
from afterlaunch.profiles import Plan, Profile, learn_plan, profile, read_profile
from afterlaunch.profiles.save import KEY as PROFILE_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.drift.comparison import Counted

Data: TypeAlias = "PredictionLog | Profile"
Moments: TypeAlias = tuple[datetime, datetime]
Logs: TypeAlias = tuple[PredictionLog, PredictionLog]

END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One series of buckets, the logs its rows can be read from, and how to ask for it again."""

    counted: Counted
    plan: Plan
    logs: Logs | None  # reference and current; None where profiles were given
    noun: str
    template: str
    windows: tuple[Moments, Moments] | None = None  # reference and current, of one log
    against: str | None = None  # the reference that nobody chose, in words

    def narrowed(self, condition: pl.Expr) -> tuple[PredictionLog, object, object]:
        """Return what to compare (data, reference, current) for the rows that meet a condition alone."""
        if self.logs is None:
            raise RowsUnavailable("a profile's rows cannot be narrowed: pass the log itself")
        old, new = (log.where(condition) for log in self.logs)
        return (new, *self.windows) if self.windows else (new, old, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a log is cut: into which buckets, and into which columns (None: all)."""

    every: str | int | None
    columns: Sequence[str] | None


def read_source(data: object, reference: object, current: object, cut: Cut) -> Source:
    """Return the series to compare: of one log with two windows, or of two logs."""
    new = _read(data)
    if reference is None or is_window(reference):
        return _one(new, reference, current, cut)
    if current is not None:
        raise BadOption("current= is a window of one log; of two logs, cut the new one with .between(start, end)")
    return _two(new, _read(reference, like=new), cut)


def is_window(value: object) -> bool:
    """Whether a value is a pair of moments, not data: a tuple of two, or a list of two dates."""
    if isinstance(value, list):
        ends = cast("list[object]", value)
        return len(ends) == 2 and all(isinstance(end, date) for end in ends)
    return isinstance(value, tuple)


def _read(data: object, *, like: Data | None = None) -> Data:
    """Return a log or a profile; a bare table takes its roles from the log `like`, where that has any."""
    data = saved_profile(data) or data
    if isinstance(data, Profile):
        return data
    if isinstance(data, PredictionLog) or not isinstance(like, PredictionLog):
        return as_log(data)
    return PredictionLog(
        data,
        time=like.time,
        prediction=like.prediction,
        score=like.score,
        target=like.target,
        target_time=like.target_time,
        segments=like.segments,
        version=like.version,
        id=like.id,
        accepted=like.accepted,
        propensity=like.propensity,
        noise=like.noise,
        positive=like.positive,
        task=like.task,
        noun=like.noun,
    )


def saved_profile(path: object) -> Profile | None:
    """Return the profile that was saved at `path`, None where that is anything else."""
    if not isinstance(path, str | Path) or not str(path).endswith(".parquet") or not Path(path).is_file():
        return None
    try:
        saved = PROFILE_KEY in pl.read_parquet_metadata(path)
    except (pl.exceptions.PolarsError, OSError):
        return None  # a log's own reading says what is wrong with it
    return read_profile(path) if saved else None


def _one(data: Data, reference: object, current: object, cut: Cut) -> Source:
    time, zone = (data.plan.time, data.plan.zone) if isinstance(data, Profile) else (data.time, data.zone)
    if time is None:
        raise BadOption(
            "one table without a time column cannot be compared with itself: pass reference=another table, or "
            "name the time: PredictionLog(data, time='served_at')"
        )
    chosen = None if reference is None else parse_window(reference, zone)  # pyright: ignore[reportArgumentType]
    before, against = (chosen, None) if chosen else _first_third(data, cut)
    after = (before[1], END_OF_TIME) if current is None else parse_window(current, zone)  # pyright: ignore[reportArgumentType]
    counts = (
        data if isinstance(data, Profile) else _count(data, learn_plan(data, every=cut.every, reference=before), cut)
    )
    return Source(
        counted=_pick(one_series(counts, reference=before, current=after), cut),
        plan=counts.plan,
        logs=None if isinstance(data, Profile) else (data, data),
        noun=_noun(data),
        template=code.ONE_LOG,
        windows=(before, after),
        against=against,
    )


def _first_third(data: Data, cut: Cut) -> tuple[Moments, str]:
    window, n_buckets, every = first_third(data, cut.every)
    return window, in_words(n_buckets, every)


def _two(new: Data, old: Data, cut: Cut) -> Source:
    before, after, notes = _profiles(new, old, cut)
    counted = _pick(two_series(before, after), cut)
    return Source(
        counted=replace(counted, notes=(*counted.notes, *notes)),
        plan=before.plan,
        logs=(old, new) if isinstance(old, PredictionLog) and isinstance(new, PredictionLog) else None,
        noun=_noun(new),
        template=code.TIMELESS if before.plan.time is None else code.TWO_LOGS,
    )


def _profiles(new: Data, old: Data, cut: Cut) -> tuple[Profile, Profile, tuple[str, ...]]:
    """Return both profiles at one plan: the reference's, or the given profile's if only the new data are one."""
    if isinstance(old, Profile):
        return old, new if isinstance(new, Profile) else profile(new, like=old), ()
    if isinstance(new, Profile):
        return profile(old, like=new), new, ("edges were frozen on the new data, since they came as a profile",)
    plan, notes = _in_common(learn_plan(old, every=cut.every), new)
    before = _count(old, plan, cut)
    return before, profile(new, like=before), notes


def _count(log: PredictionLog, plan: Plan, cut: Cut) -> Profile:
    if cut.columns is not None:
        plan = replace(plan, columns=tuple(plan[name] for name in dict.fromkeys(cut.columns)))
    return profile(log, like=plan)


def _in_common(plan: Plan, new: PredictionLog) -> tuple[Plan, tuple[str, ...]]:
    """Return the plan of the columns that both logs have with one kind, and a note on each of the others."""
    kinds = {column.name: column.kind for column in new.columns}
    notes: list[str] = []
    for column in plan.columns:
        kind = kinds.get(column.name)
        if kind is None:
            notes.append(f"column {column.name!r} is missing in the new data: not compared")
        elif kind != column.kind:
            notes.append(f"column {column.name!r} was {column.kind} and is {kind}: not compared")
    known = {column.name for column in plan.columns}
    notes += [f"column {name!r} is new: not compared" for name in kinds if name not in known]
    shared = tuple(column for column in plan.columns if kinds.get(column.name) == column.kind)
    if not shared:
        raise MissingColumn(
            f"the two tables share no column of one kind: the reference has {', '.join(sorted(known)) or 'none'}, "
            f"the new data {', '.join(kinds) or 'none'}"
        )
    return replace(plan, columns=shared), tuple(notes)


def _pick(counted: Counted, cut: Cut) -> Counted:
    """Return the series of the columns asked for, in the order given."""
    if cut.columns is None:
        return counted
    plans = {plan.name: plan for plan in counted.plans}
    for name in cut.columns:
        if name not in plans:
            raise MissingColumn(f"columns= names {name!r}, which is not compared; have {', '.join(plans)}")
    return replace(counted, plans=tuple(plans[name] for name in dict.fromkeys(cut.columns)))


def _noun(data: Data) -> str:
    return "rows" if isinstance(data, Profile) else data.noun
