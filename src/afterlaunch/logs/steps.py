"""What is done to rows as they are read: columns treated, times read, rows left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from afterlaunch.logs.times import TimeColumn


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


def time_steps(clocks: Sequence[TimeColumn]) -> tuple[pl.Expr, ...]:
    """Return how several time columns are read, all in the zone of the first."""
    return tuple(clock.expression.dt.convert_time_zone(clocks[0].zone).alias(clock.name) for clock in clocks)
