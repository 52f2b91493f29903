"""What a user passes, read: logs, tables, paths and profiles; and how it is to be cut."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from afterlaunch.errors import BadColumn, MissingColumn
from afterlaunch.logs import PredictionLog, as_log
from afterlaunch.logs.roles import Roles
from afterlaunch.profiles import Plan, Profile, read_profile
from afterlaunch.profiles.save import ENDINGS
from afterlaunch.profiles.save import KEY as PROFILE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Data: TypeAlias = "PredictionLog | Profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a log is cut: into which buckets, and into which columns (None: all)."""

    every: str | int | None
    columns: Sequence[str] | None

    def open(self, data: Data) -> Data:
        """Return the data with the identifiers that are asked for by name counted as categories."""
        return data if self.columns is None or isinstance(data, Profile) else data.with_categories(self.columns)

    def choose(self, plan: Plan, *, notes: Iterable[str] = ()) -> Plan:
        """Return the plan of the columns asked for, in that order; raise `MissingColumn` where it lacks one.

        The error says why, where one of the `notes` names the column.
        """
        if self.columns is None:
            return plan
        known = {column.name: column for column in plan.columns}
        for name in self.columns:
            if name not in known:
                why = next((f" ({note.rstrip('.')})" for note in notes if repr(name) in note), "")
                raise MissingColumn(f"columns= names {name!r}, which is not compared{why}; have {', '.join(known)}")
        return replace(plan, columns=tuple(known[name] for name in self.columns))


def read_data(data: object, *, like: Data | None = None) -> Data:
    """Return a log or a profile; a bare table takes its roles from `like`, where that has any."""
    data = saved_profile(data) or data
    if isinstance(data, PredictionLog | Profile):
        return data
    return as_log(data) if like is None else PredictionLog(data, **_roles_of(like))


def read_both(data: object, reference: object) -> tuple[Data, Data]:
    """Return the new data and the reference; where one is a bare table, it takes its roles from the other.

    Raises `BadColumn` where only one of them has a time column.
    """
    if isinstance(reference, PredictionLog | Profile) or saved_profile(reference):
        old = read_data(reference)
        new = read_data(data, like=old)
    else:
        new = read_data(data)
        old = read_data(reference, like=new)
    if (time_of(new) is None) != (time_of(old) is None):
        raise BadColumn(
            f"the reference has {_clock(old)}, the new data {_clock(new)}: name the time column of both, or of neither"
        )
    return new, old


def with_categories_of(data: Data, owner: Data) -> Data:
    """Return the data with what looks like identifiers here, and is categories in `owner`, counted as such."""
    if isinstance(data, Profile):
        return data
    columns = owner.plan.columns if isinstance(owner, Profile) else owner.columns
    return data.with_categories(one.name for one in columns if one.kind == "categorical")


def saved_profile(path: object) -> Profile | None:
    """Return the profile that was saved at `path`, None where that is anything else."""
    if not isinstance(path, str | Path) or Path(path).suffix.lower() not in ENDINGS or not Path(path).is_file():
        return None
    try:
        saved = PROFILE_KEY in pl.read_parquet_metadata(path)
    except (pl.exceptions.PolarsError, OSError):
        return None  # a log's own reading says what is wrong with it
    return read_profile(path) if saved else None


def time_of(data: Data) -> str | None:
    """Return the name of the time column."""
    return data.plan.time if isinstance(data, Profile) else data.time


def zone_of(data: Data) -> str:
    """Return the zone in which days are cut."""
    return data.plan.zone if isinstance(data, Profile) else data.zone


def noun_of(data: Data) -> str:
    """Return what a row is, in the plural."""
    return "rows" if isinstance(data, Profile) else data.noun


def notes_of(data: Data) -> tuple[str, ...]:
    """Return what was assumed when the data were read."""
    return () if isinstance(data, Profile) else data.notes


def _clock(data: Data) -> str:
    name = time_of(data)
    return "no time" if name is None else f"the time {name!r}"


def _roles_of(like: Data) -> dict[str, Any]:
    """Return the roles that name columns; the features are whatever is left."""
    if isinstance(like, Profile):
        by_role = {role: [one.name for one in like.plan.columns if one.role == role] for role in _PROFILED}
        named = {
            role: names[0] if len(names) == 1 else dict(zip(names, names, strict=True)) or None
            for role, names in by_role.items()
        }
        return {"time": like.plan.time, **named}
    return {one.name: getattr(like, one.name) for one in fields(Roles) if one.name != "features"}


_PROFILED = ("prediction", "score", "target")
