"""What must be read of a log to check it: one streaming pass over its times, its scores and strings in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from afterlaunch.errors import BadColumn, BadTime
from afterlaunch.logs import times
from afterlaunch.logs.run import collect
from afterlaunch.logs.windows import moment_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from afterlaunch.logs.roles import Roles
    from afterlaunch.logs.times import TimeColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """How many rows there are and how many without a time, its first and last, and how distinct strings are."""

    n_rows: int
    n_untimed: int
    span: tuple[datetime, datetime] | None
    distinct: Mapping[str, float] = field(default_factory=dict[str, float])  # estimated shares


def read_facts(
    rows: pl.LazyFrame, clocks: Sequence[TimeColumn], roles: Roles, *, doubtful: Sequence[str] = ()
) -> Facts:
    """Return the facts of a log, and the shares of distinct values in the string columns `doubtful`.

    Raises on a time that cannot be read and on a score or propensity outside 0 to 1.
    """
    shares = (*roles.scores, *filter(None, (roles.propensity,)))
    wanted = (pl.len().alias("n"), *time_facts(clocks), *_share_facts(shares), *_string_facts(doubtful))
    wanted = (*wanted, *_accepted_facts(roles))
    found = collect(rows.select(wanted)).row(0, named=True)
    distinct = {
        name: found[f"distinct{place}"] / max(found[f"filled{place}"], 1) for place, name in enumerate(doubtful)
    }
    span = check_clocks(clocks, rows, found)
    for place, name in enumerate(shares):
        _check_share(name, found[f"least{place}"], found[f"most{place}"])
    _check_accepted(roles, found)
    if roles.time is None:
        return Facts(n_rows=found["n"], n_untimed=0, span=None, distinct=distinct)
    return Facts(n_rows=found["n"], n_untimed=found["untimed0"], span=span, distinct=distinct)


def time_facts(clocks: Sequence[TimeColumn]) -> Iterator[pl.Expr]:
    """Yield what `check_clocks` needs to know of each time column."""
    for place, clock in enumerate(clocks):
        micro = clock.expression.to_physical()
        yield (clock.filled & clock.expression.is_null()).sum().alias(f"unread{place}")
        yield clock.expression.null_count().alias(f"untimed{place}")
        yield micro.min().alias(f"low{place}")
        yield micro.max().alias(f"high{place}")


def check_clocks(
    clocks: Sequence[TimeColumn], rows: pl.LazyFrame, found: Mapping[str, int]
) -> tuple[datetime, datetime] | None:
    """Return the first and last moment of the first time column; raise `BadTime` where one cannot be read.

    `found` has the values of `time_facts`, and the number of rows as "n".
    """
    for place, clock in enumerate(clocks):
        _check_clock(clock, rows, unread=found[f"unread{place}"], span=(found[f"low{place}"], found[f"high{place}"]))
    if not clocks:
        return None
    if found["untimed0"] == found["n"]:
        raise BadTime(f"column {clocks[0].name!r} holds no time: all of its {found['n']:,} values are null")
    return moment_at(found["low0"]), moment_at(found["high0"])


def _share_facts(names: Sequence[str]) -> Iterator[pl.Expr]:
    for place, name in enumerate(names):
        yield pl.col(name).min().cast(pl.Float64).alias(f"least{place}")
        yield pl.col(name).max().cast(pl.Float64).alias(f"most{place}")


def _accepted_facts(roles: Roles) -> Iterator[pl.Expr]:
    if roles.accepted is None:
        return
    accepted = pl.col(roles.accepted).cast(pl.Float64)
    yield accepted.filter((accepted != 0) & (accepted != 1)).first().alias("half accepted")
    if roles.propensity is not None:
        never = pl.col(roles.propensity).cast(pl.Float64) <= 0
        yield (never & (accepted == 1)).sum().alias("accepted for certain not")


def _check_accepted(roles: Roles, found: Mapping[str, Any]) -> None:
    """Raise `BadColumn` where decisions are not yes or no, or one was taken that had no chance."""
    if (odd := found.get("half accepted")) is not None:
        raise BadColumn(f"column {roles.accepted!r} holds {odd:g}: accepted is a boolean, or 0 and 1")
    if n := found.get("accepted for certain not"):
        raise BadColumn(
            f"column {roles.propensity!r} is 0 for {n:,} {roles.noun} that were accepted: what was accepted had a "
            "chance above 0; log the probability with which the policy accepts"
        )


def _string_facts(names: Sequence[str]) -> Iterator[pl.Expr]:
    for place, name in enumerate(names):
        yield pl.col(name).approx_n_unique().alias(f"distinct{place}")
        yield (pl.col(name).str.strip_chars() != "").sum().alias(f"filled{place}")


def _check_clock(clock: TimeColumn, rows: pl.LazyFrame, *, unread: int, span: tuple[int | None, int | None]) -> None:
    if unread:
        bad = collect(rows.filter(clock.filled & clock.expression.is_null()).select(clock.name).head(1)).item()
        raise BadTime(
            f"column {clock.name!r} holds values that are not times ({unread:,} of them), such as {bad!r}: "
            "write them as ISO 8601 (2013-01-31T06:00), or as null where the time is unknown"
        )
    low, high = span
    if low is not None and high is not None and not times.YEAR_ONE_US <= low <= high < times.YEAR_9999_US:
        raise BadTime(f"column {clock.name!r} holds times outside the years 1 to 9999: mend them or set them to null")


def _check_share(name: str, least: float | None, most: float | None) -> None:
    if least is not None and most is not None and (least < 0 or most > 1):
        raise BadColumn(
            f"column {name!r} runs from {least:.6g} to {most:.6g}, a score or propensity lies between 0 and 1: "
            "scale it, or name it as prediction instead"
        )
