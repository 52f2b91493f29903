"""The door: one table and its roles in, a checked plan out. What is behind it trusts its types.

One streaming pass reads the time and score columns; kinds are told by type and, for strings, from a sample of rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadColumn, BadInput, BadTime
from afterlaunch.logs import times
from afterlaunch.logs.columns import LeftOut, LogColumn, Role, Treated, tell_kind, treat_columns
from afterlaunch.logs.names import said
from afterlaunch.logs.read import SAMPLE_ROWS
from afterlaunch.logs.roles import Roles, check_roles
from afterlaunch.logs.run import collect, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from afterlaunch.logs.read import Table
    from afterlaunch.logs.times import TimeColumn

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What is done to rows as they are read, in this order; the same for a whole table and for one of its files."""

    treated: tuple[pl.Expr, ...]
    times: tuple[pl.Expr, ...]
    filters: tuple[pl.Expr, ...] = ()

    def run(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Return `frame` as it is counted."""
        done = frame.select(self.treated).with_columns(self.times)
        return done.filter(*self.filters) if self.filters else done


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A table that passed: its steps, its roles, the columns to profile and what was assumed."""

    steps: Steps
    roles: Roles
    columns: tuple[LogColumn, ...]
    zone: str
    n_rows: int
    span: tuple[datetime, datetime] | None
    notes: tuple[str, ...]


def check_table(table: Table, roles: Roles) -> Checked:
    """Return `table` checked against `roles`; raise an `AfterlaunchError` that names what is wrong."""
    treated, left_out = _treated(table)
    schema = read_schema(table.frame.select(one.expression for one in treated))
    roles = check_roles(roles, list(schema), renamed=table.renamed, left_out=left_out)
    _check_types(roles, schema)
    sample = _sample(table, treated, schema, roles)
    clocks = [times.read_time(sample[name]) for name in (roles.time, roles.target_time) if name is not None]
    steps = Steps(treated=tuple(one.expression for one in treated), times=_time_steps(clocks))
    facts = _Facts.read(steps.treated, table.frame, clocks, roles)
    columns = _columns(roles, schema, sample)
    return Checked(
        steps=steps if facts.n_untimed == 0 else replace(steps, filters=(pl.col(str(roles.time)).is_not_null(),)),
        roles=roles if roles.features else replace(roles, features=_names(columns, "feature")),
        columns=columns,
        zone=clocks[0].zone if roles.time is not None else times.UTC,
        n_rows=facts.n_rows - facts.n_untimed,
        span=facts.span,
        notes=(*table.notes, *left_out.values(), *_notes(treated, clocks, columns, facts, roles)),
    )


def _treated(table: Table) -> tuple[list[Treated], dict[str, str]]:
    both = treat_columns(table.schema)
    treated = [one for one in both if isinstance(one, Treated)]
    left_out = {one.name: one.reason for one in both if isinstance(one, LeftOut)}
    if not treated:
        raise BadInput(f"no column can be counted: {' '.join(left_out.values())}")
    return treated, left_out


def _check_types(roles: Roles, schema: Mapping[str, pl.DataType]) -> None:
    for name in (*roles.scores, *filter(None, (roles.propensity, roles.noise))):
        if not schema[name].is_numeric():
            raise BadColumn(f"column {name!r} is {schema[name]}: scores, propensities and noise are numbers")


def _sample(table: Table, treated: Sequence[Treated], schema: Mapping[str, pl.DataType], roles: Roles) -> pl.DataFrame:
    clocks = {roles.time, roles.target_time}
    wanted = [one.expression for one in treated if schema[one.name] == pl.String or one.name in clocks]
    sample = table.sample(wanted or [treated[0].expression])
    if sample.is_empty() and collect(table.frame.select(treated[0].expression).head(1)).is_empty():
        raise BadInput("the data have no rows: pass a table with at least one")
    return sample


def _time_steps(clocks: Sequence[TimeColumn]) -> tuple[pl.Expr, ...]:
    return tuple(clock.expression.dt.convert_time_zone(clocks[0].zone).alias(clock.name) for clock in clocks)


def _columns(roles: Roles, schema: Mapping[str, pl.DataType], sample: pl.DataFrame) -> tuple[LogColumn, ...]:
    columns = tuple(_column(name, role, named, schema[name], sample) for name, role, named in _profiled(roles, schema))
    if not columns:
        raise BadInput(f"no column is left to compare: all of {said(list(schema))} have other roles")
    return columns


def _profiled(roles: Roles, schema: Mapping[str, pl.DataType]) -> Iterator[tuple[str, Role, bool]]:
    """Yield (name, role, whether a user named it) for the columns that are profiled, in order."""
    taken = {name for role, name in roles.named() if role not in ("a segment", "a feature")}
    features = roles.features or tuple(name for name in schema if name not in taken)
    yield from ((name, "feature", bool(roles.features) or name in roles.segments) for name in features)
    if roles.prediction is not None:
        yield roles.prediction, "prediction", True
    yield from ((name, "score", True) for name in roles.scores)
    if roles.target is not None:
        yield roles.target, "target", True


def _column(name: str, role: Role, named: bool, dtype: pl.DataType, sample: pl.DataFrame) -> LogColumn:  # noqa: FBT001
    values = sample[name] if name in sample.columns else pl.Series(dtype=dtype)
    kind, identifier = tell_kind(values, named=named)
    return LogColumn(name=name, role=role, kind=kind, dtype=dtype, identifier=identifier)


def _names(columns: Sequence[LogColumn], role: Role) -> tuple[str, ...]:
    return tuple(column.name for column in columns if column.role == role)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    n_rows: int
    n_untimed: int
    span: tuple[datetime, datetime] | None

    @staticmethod
    def read(treated: Sequence[pl.Expr], frame: pl.LazyFrame, clocks: Sequence[TimeColumn], roles: Roles) -> _Facts:
        """Read time and score columns once; raise on a time that cannot be read and on a score outside 0 to 1."""
        rows = frame.select(treated)
        shares = (*roles.scores, *filter(None, (roles.propensity,)))
        found = collect(rows.select(pl.len().alias("n"), *_time_facts(clocks), *_share_facts(shares))).row(
            0, named=True
        )
        for place, clock in enumerate(clocks):
            _check_clock(
                clock, rows, unread=found[f"unread{place}"], span=(found[f"low{place}"], found[f"high{place}"])
            )
        for place, name in enumerate(shares):
            _check_share(name, found[f"least{place}"], found[f"most{place}"])
        if roles.time is None:
            return _Facts(n_rows=found["n"], n_untimed=0, span=None)
        if found["untimed0"] == found["n"]:
            raise BadTime(f"column {roles.time!r} holds no time: all of its {found['n']:,} values are null")
        span = (_moment(found["low0"]), _moment(found["high0"]))
        return _Facts(n_rows=found["n"], n_untimed=found["untimed0"], span=span)


def _time_facts(clocks: Sequence[TimeColumn]) -> Iterator[pl.Expr]:
    for place, clock in enumerate(clocks):
        micro = clock.expression.to_physical()
        yield (clock.filled & clock.expression.is_null()).sum().alias(f"unread{place}")
        yield clock.expression.null_count().alias(f"untimed{place}")
        yield micro.min().alias(f"low{place}")
        yield micro.max().alias(f"high{place}")


def _share_facts(names: Sequence[str]) -> Iterator[pl.Expr]:
    for place, name in enumerate(names):
        yield pl.col(name).min().cast(pl.Float64).alias(f"least{place}")
        yield pl.col(name).max().cast(pl.Float64).alias(f"most{place}")


def _check_clock(clock: TimeColumn, rows: pl.LazyFrame, *, unread: int, span: tuple[int | None, int | None]) -> None:
    if unread:
        bad = collect(rows.filter(clock.filled & clock.expression.is_null()).select(clock.name).head(1)).item()
        raise BadTime(
            f"column {clock.name!r} holds {unread:,} values that are not times, such as {bad!r}: "
            "write them as ISO 8601 (2013-01-31T06:00), or as null where the time is unknown"
        )
    low, high = span
    if low is not None and high is not None and not times.YEAR_ONE_US <= low <= high < times.YEAR_9999_US:
        raise BadTime(f"column {clock.name!r} holds times outside the years 1 to 9999: mend them or set them to null")


def _check_share(name: str, least: float | None, most: float | None) -> None:
    if least is not None and most is not None and (least < 0 or most > 1):
        raise BadColumn(
            f"column {name!r} runs from {least:.6g} to {most:.6g}, a score is a probability from 0 to 1: "
            "scale it, or name it as prediction instead"
        )


def _moment(micro: int) -> datetime:
    return EPOCH + timedelta(microseconds=micro)


def _notes(
    treated: Sequence[Treated], clocks: Sequence[TimeColumn], columns: Sequence[LogColumn], facts: _Facts, roles: Roles
) -> Iterator[str]:
    yield from (clock.note for clock in clocks if clock.note)
    profiled = {column.name for column in columns}
    yield from (one.note for one in treated if one.note and one.name in profiled)
    if facts.n_untimed:
        yield f"{facts.n_untimed:,} {roles.noun} without a time are left out."
    identifiers = [column.name for column in columns if column.identifier]
    if identifiers:
        yield f"Nearly unique strings count as identifiers, not shown by value: {said(identifiers)}."
    texts = [column.name for column in columns if column.kind == "text" and not column.identifier]
    if texts:
        yield f"Free text is profiled by its length: {said(texts)}."
    if facts.n_rows > SAMPLE_ROWS and any(column.dtype == pl.String for column in columns):
        yield f"What kind of strings a column holds was told from a sample of about {SAMPLE_ROWS:,} rows."
