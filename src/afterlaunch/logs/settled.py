"""A table of impressions under its roles: which column is what, of which type, and how rows are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadColumn, BadInput
from afterlaunch.logs.roles import check_roles
from afterlaunch.logs.run import collect, read_schema
from afterlaunch.logs.steps import Steps, time_steps
from afterlaunch.logs.times import read_time
from afterlaunch.logs.treat import LeftOut, Treated, treat_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afterlaunch.logs.interactions import InteractionRoles
    from afterlaunch.logs.read import Table
    from afterlaunch.logs.times import TimeColumn

FLAGS = ("clicked", "in_training", "holdout")
NUMBERS = ("score", "noise", "position")
LABELS = ("item", "user", "category", "policy", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A table's roles under the names that it has; `schema` has the types of its columns as they are read."""

    table: Table
    roles: InteractionRoles
    schema: Mapping[str, pl.DataType]
    clock: TimeColumn
    treated: tuple[pl.Expr, ...]

    @property
    def rows(self) -> pl.LazyFrame:
        """The rows before their times are read and their flags made booleans."""
        return self.table.frame.select(self.treated)

    @property
    def steps(self) -> Steps:
        """How rows are read."""
        return Steps(treated=self.treated, times=(*time_steps([self.clock]), *self._casts()))

    def _casts(self) -> Iterator[pl.Expr]:
        for name in filter(None, (getattr(self.roles, role) for role in FLAGS)):
            if self.schema[name] != pl.Boolean:
                yield without_nan(name, self.schema[name]).cast(pl.Boolean)
        for name in filter(None, (self.roles.propensity, self.roles.noise, self.roles.score)):
            if self.schema[name].is_numeric():
                number = without_nan(name, self.schema[name]).cast(pl.Float64)
                yield number if name == self.roles.propensity else pl.when(number.is_finite()).then(number).alias(name)


def without_nan(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return a column of numbers with NaN as null: either way there is no value."""
    return pl.col(name).fill_nan(None) if dtype.is_float() else pl.col(name)


def settle(table: Table, roles: InteractionRoles) -> Settled:
    """Return a table under its roles; raise where a column is missing, plays two roles or is of no fitting type."""
    both = [_kept(one, table, roles) for one in treat_columns(table.schema)]
    treated = [one for one in both if isinstance(one, Treated)]
    left_out = {**table.left_out, **{one.name: one.reason for one in both if isinstance(one, LeftOut)}}
    expressions = tuple(one.expression for one in treated)
    if not treated:
        raise BadInput(f"no column can be read: {' '.join(left_out.values())}")
    schema = read_schema(table.frame.select(expressions))
    roles = check_roles(roles, list(schema), renamed=table.renamed, left_out=left_out)
    _check_types(roles, schema)
    sample = table.sample([one.expression for one in treated if one.name == roles.time])
    if sample.is_empty() and collect(table.frame.select(expressions[0]).head(1)).is_empty():
        raise BadInput("the data have no rows: pass a table with at least one")
    clock = read_time(sample[str(roles.time)])
    return Settled(table=table, roles=roles, schema=schema, clock=clock, treated=expressions)


def _kept(one: Treated | LeftOut, table: Table, roles: InteractionRoles) -> Treated | LeftOut:
    """Return lists of propensities as lists; those of other columns are read by their length."""
    named = table.renamed.get(str(roles.propensity), roles.propensity)
    if isinstance(one, LeftOut) or one.name != named or not isinstance(table.schema[one.name], pl.List | pl.Array):
        return one
    return replace(one, expression=pl.col(one.name).cast(pl.List(pl.Float64)), note=None)


def _check_types(roles: InteractionRoles, schema: Mapping[str, pl.DataType]) -> None:
    for role in FLAGS:
        name = getattr(roles, role)
        if name is not None and schema[name] != pl.Boolean and not schema[name].is_numeric():
            raise BadColumn(f"column {name!r} is {schema[name]}: {role} is a boolean, or 0 and 1")
    for role in NUMBERS:
        name = getattr(roles, role)
        if name is not None and not schema[name].is_numeric():
            raise BadColumn(f"column {name!r} is {schema[name]}: {role} is a number")
    for role in LABELS:
        name = getattr(roles, role)
        if (
            name is not None
            and schema[name] != pl.String
            and not schema[name].is_integer()
            and schema[name] != pl.Boolean
        ):
            raise BadColumn(f"column {name!r} is {schema[name]}: {role} is a name or a whole number; cast it")
    if roles.propensity is not None:
        dtype = schema[roles.propensity]
        if not dtype.is_numeric() and dtype != pl.List(pl.Float64):
            raise BadColumn(
                f"column {roles.propensity!r} is {dtype}: propensity is a probability, or a list of them over catalog"
            )
