"""Two sides counted at one plan, whether they come as logs or as profiles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.drift.data import notes_of
from afterlaunch.drift.retyped import say_retyped
from afterlaunch.drift.words import LEFT_OUT, NOT_COMPARED
from afterlaunch.errors import MissingColumn, ProfileMismatch
from afterlaunch.logs import PredictionLog
from afterlaunch.logs.run import collect
from afterlaunch.profiles import Plan, Profile, learn_plan, profile
from afterlaunch.profiles.learn import learn_cuts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from afterlaunch.drift.data import Cut, Data
    from afterlaunch.logs import Kind

FROZEN_ON_NEW = "edges were frozen on the new data, since they came as a profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The reference's counts and the new data's, at the columns of `plan`, which both have."""

    before: Profile
    after: Profile
    plan: Plan
    notes: tuple[str, ...]
    retyped: Mapping[str, str]  # what to say of columns whose type changed


def count_both(old: Data, new: Data, cut: Cut) -> Pair:
    """Return both sides' counts at edges frozen on the reference, or on the new data if these alone are a profile.

    Columns that one side lacks are left out and noted. One of another kind is read as what it is on the side that owns
    the edges.
    """
    old, new = _with_kinds_of(old, new), _with_kinds_of(new, old)
    on_new = isinstance(new, Profile) and not isinstance(old, Profile)
    before, after = _kinds(old), _kinds(new)
    owner, other = (new, old) if on_new else (old, new)
    if isinstance(other, PredictionLog):
        other = other.with_kinds({name: kind for name, kind in _kinds(owner).items() if name in _kinds(other)})
        old, new = (other, owner) if on_new else (owner, other)
    learned = owner.plan if isinstance(owner, Profile) else _learn(owner, other, cut)
    read = (*notes_of(old), *notes_of(new))
    common = _in_common(learned, _kinds(other), read)
    dates = _idle_dates(common, cut)
    missing = tuple(_missing(old, new, cut))
    compared = replace(common, columns=tuple(one for one in common.columns if one.name not in dates))
    plan = cut.choose(compared, notes=(*missing, *read))
    counted = _counted(old, plan), _counted(new, plan)
    changed: dict[str, tuple[Kind, Kind]] = {one.name: (before[one.name], after[one.name]) for one in plan.columns}
    return Pair(
        before=counted[0],
        after=counted[1],
        plan=plan,
        retyped=say_retyped(changed, counted[not on_new], is_new=not on_new),
        notes=(*([FROZEN_ON_NEW] if on_new else []), *missing, *map(_says_idle, dates)),
    )


def _learn(owner: PredictionLog, other: Data, cut: Cut) -> Plan:
    return learn_plan(owner, every=cut.every, compared=other if isinstance(other, PredictionLog) else None)


def _counted(data: Data, plan: Plan) -> Profile:
    if isinstance(data, Profile):
        _check_alike(plan, data.plan)
        return data
    # Buckets of a number of rows are each log's own; edges are not.
    return profile(data, like=replace(plan, cuts=learn_cuts(data, plan.every)) if plan.cuts else plan)


def _check_alike(plan: Plan, other: Plan) -> None:
    for name in ("zone", "every"):
        one, two = getattr(plan, name), getattr(other, name)
        if one != two:
            raise ProfileMismatch(f"{name} is {one!r} in one profile and {two!r} in the other: make both the same way")
    for column in plan.columns:
        if other[column.name] != column:
            raise ProfileMismatch(
                f"column {column.name!r} has other edges in one profile than in the other: "
                "make the second with profile(log, like=first)"
            )


def _kinds(data: Data) -> dict[str, Kind]:
    columns = data.plan.columns if isinstance(data, Profile) else data.columns
    return {column.name: column.kind for column in columns}


def _with_kinds_of(data: Data, other: Data) -> Data:
    """Return a log whose columns of nulls alone have the other side's kind: they have none of their own."""
    if isinstance(data, Profile):
        return data
    kinds = _kinds(other)
    doubtful = [column.name for column in data.columns if kinds.get(column.name, column.kind) != column.kind]
    if not doubtful:
        return data
    n_values = collect(data.frame.select(pl.col(doubtful).count())).row(0, named=True)
    return data.with_kinds({name: kinds[name] for name in doubtful if n_values[name] == 0})


def _in_common(plan: Plan, kinds: Mapping[str, Kind], notes: Sequence[str]) -> Plan:
    shared = tuple(column for column in plan.columns if kinds.get(column.name) == column.kind)
    if not shared:
        have = ", ".join(f"{column.name} ({column.kind})" for column in plan.columns)
        others = ", ".join(f"{name} ({kind})" for name, kind in kinds.items())
        why = " ".join(dict.fromkeys(note for note in notes if LEFT_OUT in note))
        raise MissingColumn(
            f"the two tables share no column of one kind: one has {have or 'none'}, the other {others}. {why}".rstrip()
        )
    return replace(plan, columns=shared)


def _idle_dates(plan: Plan, cut: Cut) -> tuple[str, ...]:
    """Return the dates of tables without a time that nobody asked for: they move on by themselves."""
    if plan.time is not None or cut.columns is not None:
        return ()
    dates = tuple(column.name for column in plan.columns if column.kind == "time")
    return dates if len(dates) < len(plan.columns) else ()


def _says_idle(name: str) -> str:
    return (
        f"column {name!r} holds dates, which move on by themselves; name it as the time, or in columns={NOT_COMPARED}"
    )


def _missing(old: Data, new: Data, cut: Cut) -> Iterator[str]:
    """Yield a note on each column that is not compared although it was asked for."""
    before, after = _kinds(old), _kinds(new)
    for name in dict.fromkeys((*before, *after)):
        if cut.columns is not None and name not in cut.columns:
            continue
        if name not in after:
            yield f"column {name!r} is missing in the new data{NOT_COMPARED}"
        elif name not in before:
            yield f"column {name!r} is new{NOT_COMPARED}"
        elif before[name] != after[name]:
            yield f"column {name!r} was {before[name]} and is {after[name]}{NOT_COMPARED}"
