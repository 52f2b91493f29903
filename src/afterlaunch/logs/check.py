"""The door: one table and its roles in, a checked plan out. What is behind it trusts its types.

Kinds are told by type and, for strings, from a sample of rows; where that is mostly distinct, by all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadColumn, BadInput
from afterlaunch.logs import times
from afterlaunch.logs.columns import IDENTIFIERS, LogColumn, Role, is_mostly_distinct, tell_kind
from afterlaunch.logs.facts import read_facts
from afterlaunch.logs.names import said
from afterlaunch.logs.read import SAMPLE_ROWS
from afterlaunch.logs.roles import FEATURE, SEGMENT, Roles, check_roles
from afterlaunch.logs.run import collect, read_schema
from afterlaunch.logs.steps import Steps, time_steps
from afterlaunch.logs.treat import LeftOut, Treated, treat_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from afterlaunch.logs.facts import Facts
    from afterlaunch.logs.read import Table
    from afterlaunch.logs.times import TimeColumn


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
    steps = Steps(treated=tuple(one.expression for one in treated), times=time_steps(clocks))
    categories = {one.name for one in treated if one.is_category}
    doubtful = [name for name, _ in _profiled(roles, schema) if name not in categories and _is_doubtful(name, sample)]
    facts = read_facts(table.frame.select(steps.treated), clocks, roles, doubtful=doubtful)
    told = facts.distinct if facts.n_rows > sample.height else None
    columns = _columns(roles, schema, sample, told=told or {}, categories=categories)
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
    left_out = {**table.left_out, **{one.name: one.reason for one in both if isinstance(one, LeftOut)}}
    if not treated:
        raise BadInput(f"no column can be counted: {' '.join(left_out.values())}")
    return treated, left_out


def _check_types(roles: Roles, schema: Mapping[str, pl.DataType]) -> None:
    for name in (*roles.scores, *filter(None, (roles.propensity, roles.noise))):
        if not schema[name].is_numeric():
            raise BadColumn(f"column {name!r} is {schema[name]}: scores, propensities and noise are numbers")
    accepted = roles.accepted
    if accepted is not None and schema[accepted] != pl.Boolean and not schema[accepted].is_numeric():
        raise BadColumn(f"column {accepted!r} is {schema[accepted]}: accepted is a boolean, or 0 and 1")


def _sample(table: Table, treated: Sequence[Treated], schema: Mapping[str, pl.DataType], roles: Roles) -> pl.DataFrame:
    clocks = {roles.time, roles.target_time}
    wanted = [one.expression for one in treated if schema[one.name] == pl.String or one.name in clocks]
    sample = table.sample(wanted or [treated[0].expression])
    if sample.is_empty() and collect(table.frame.select(treated[0].expression).head(1)).is_empty():
        raise BadInput("the data have no rows: pass a table with at least one")
    return sample


def _is_doubtful(name: str, sample: pl.DataFrame) -> bool:
    return name in sample.columns and sample.schema[name] == pl.String and is_mostly_distinct(sample[name])


def _columns(
    roles: Roles,
    schema: Mapping[str, pl.DataType],
    sample: pl.DataFrame,
    *,
    told: Mapping[str, float],
    categories: set[str],
) -> tuple[LogColumn, ...]:
    named = {name for _, name in roles.named()}
    columns: list[LogColumn] = []
    for name, role in _profiled(roles, schema):
        values = sample[name] if name in sample.columns else pl.Series(dtype=schema[name])
        told_kind = tell_kind(values, named=name in named, distinct=told.get(name))
        kind, identifier = ("categorical", False) if name in categories else told_kind
        columns.append(LogColumn(name=name, role=role, kind=kind, dtype=schema[name], identifier=identifier))
    if not columns:
        raise BadInput(f"no column is left to compare: all of {said(list(schema))} have other roles")
    return tuple(columns)


def _profiled(roles: Roles, schema: Mapping[str, pl.DataType]) -> Iterator[tuple[str, Role]]:
    """Yield (name, role) for the columns that are profiled, in order."""
    taken = {name for role, name in roles.named() if role not in (SEGMENT, FEATURE)}
    for name in roles.features or (name for name in schema if name not in taken):
        yield name, "feature"
    if roles.prediction is not None:
        yield roles.prediction, "prediction"
    for name in roles.scores:
        yield name, "score"
    if roles.target is not None:
        yield roles.target, "target"


def _names(columns: Sequence[LogColumn], role: Role) -> tuple[str, ...]:
    return tuple(column.name for column in columns if column.role == role)


def _notes(
    treated: Sequence[Treated], clocks: Sequence[TimeColumn], columns: Sequence[LogColumn], facts: Facts, roles: Roles
) -> Iterator[str]:
    yield from (clock.note for clock in clocks if clock.note)
    profiled = {column.name for column in columns}
    yield from (one.note for one in treated if one.note and one.name in profiled)
    if facts.n_untimed:
        yield f"{roles.noun.capitalize()} without a time are left out: {facts.n_untimed:,}."
    identifiers = [column.name for column in columns if column.identifier]
    if identifiers:
        yield f"{IDENTIFIERS}{said(identifiers)}."
    texts = [column.name for column in columns if column.kind == "text" and not column.identifier]
    if texts:
        yield f"Free text is profiled by its length: {said(texts)}."
    if facts.n_rows > SAMPLE_ROWS and any(column.dtype == pl.String for column in columns):
        yield f"What kind of strings a column holds was told from a sample of about {SAMPLE_ROWS:,} rows."
