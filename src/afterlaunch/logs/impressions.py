"""The door for impressions: one streaming pass over what has a role, and what a log can be wrong about by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from afterlaunch.errors import BadColumn, BadInput
from afterlaunch.logs.catalog import check_offered
from afterlaunch.logs.facts import check_clocks, time_facts
from afterlaunch.logs.probabilities import check_probabilities, probability_facts
from afterlaunch.logs.run import collect
from afterlaunch.logs.settled import FLAGS, without_nan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from afterlaunch.logs.catalog import Offer
    from afterlaunch.logs.interactions import InteractionRoles
    from afterlaunch.logs.settled import Settled
    from afterlaunch.logs.steps import Steps

MANY = 20  # impressions that were all clicked: then it is the clicks that were logged
LISTS_READ = 100_000  # rows, about, in which places of lists are compared: all rows of some users
BROKEN = 0.01  # of the lists may repeat a place, as where a second has two of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A log that passed: how it is read, its items and its span, and what was assumed."""

    steps: Steps
    roles: InteractionRoles
    zone: str
    span: tuple[datetime, datetime] | None
    n_rows: int
    n_items: int
    deterministic: bool
    notes: tuple[str, ...]


def check_impressions(settled: Settled, offer: Offer) -> Seen:
    """Return what the rows show; raise where they cannot be impressions as the roles say."""
    roles, rows = settled.roles, settled.rows
    found = collect(rows.select(_facts(settled, offer))).row(0, named=True)
    span = check_clocks([settled.clock], rows, found)
    _check_flags(roles, found)
    _check_items(settled, offer, found)
    deterministic = check_probabilities(settled, offer, found)
    _check_clicks(roles, found)
    n_lists = _check_places(settled, found["n"])
    dropped = found["untimed0"] + found["itemless"] > 0
    steps = settled.steps
    named = [pl.col(name).is_not_null() for name in (str(roles.time), roles.item)]
    return Seen(
        steps=replace(steps, filters=tuple(named)) if dropped else steps,
        roles=roles,
        zone=settled.clock.zone,
        span=span,
        n_rows=found["n"],
        n_items=found["items"],
        deterministic=deterministic,
        notes=tuple(_notes(settled, found, deterministic=deterministic, lists=n_lists)),
    )


def _facts(settled: Settled, offer: Offer) -> Iterator[pl.Expr]:
    roles = settled.roles
    yield pl.len().alias("n")
    yield from time_facts([settled.clock])
    yield pl.col(roles.item).null_count().alias("itemless")
    yield pl.col(roles.item).drop_nulls().n_unique().alias("items")
    for role in FLAGS:
        if (name := getattr(roles, role)) is not None:
            value = without_nan(name, settled.schema[name]).cast(pl.Float64)
            yield value.is_null().sum().alias(f"{role} null")
            yield (value == 1).sum().cast(pl.Int64).alias(f"{role} true")
            yield value.filter((value != 0) & (value != 1)).first().alias(f"{role} odd")
    if roles.position is not None:
        yield from _place_facts(roles.position, roles.clicked, settled)
    yield from probability_facts(settled, offer)


def _place_facts(position: str, clicked: str | None, settled: Settled) -> Iterator[pl.Expr]:
    place = without_nan(position, settled.schema[position]).cast(pl.Float64)
    yield place.is_null().sum().alias("unplaced")
    yield place.min().alias("first place")
    yield (place != place.round()).sum().alias("between places")
    if clicked is not None:
        yield (place.is_null() & (pl.col(clicked).cast(pl.Float64) == 1)).sum().alias("clicked unplaced")


def _check_flags(roles: InteractionRoles, found: Mapping[str, Any]) -> None:
    for role in FLAGS:
        if (odd := found.get(f"{role} odd")) is not None:
            raise BadColumn(
                f"column {getattr(roles, role)!r} holds {odd:g}: {role} is a boolean, or 0 and 1; say which values "
                f"count, as in data.with_columns({role}=pl.col('rating') >= 4)"
            )
    if roles.position is not None and found["first place"] is not None and found["first place"] < 0:
        raise BadColumn(
            f"column {roles.position!r} holds {found['first place']:g}: places in a list are counted from 1"
        )
    if roles.position is not None and found["between places"]:
        raise BadColumn(f"column {roles.position!r} holds fractions: places in a list are whole numbers")


def _check_items(settled: Settled, offer: Offer, found: Mapping[str, Any]) -> None:
    item = settled.roles.item
    if found["itemless"] == found["n"]:
        raise BadColumn(f"column {item!r} holds no item: all of its {found['n']:,} values are null")
    known = offer.catalog if offer.catalog is not None else (None if offer.expected is None else offer.expected["item"])
    n = max(found["items"], 0 if known is None else known.n_unique())
    if n == 1:
        raise BadInput(
            f"column {item!r} holds a single item, so that it is shown always: name the column that tells items apart"
        )
    if offer.catalog is not None:
        beyond = pl.col(item).is_not_null() & ~pl.col(item).is_in(offer.catalog.implode())
        seen = collect(settled.rows.filter(beyond).select(pl.col(item).unique())).to_series()
        check_offered(seen, offer.catalog, what="the log shows")


def _check_clicks(roles: InteractionRoles, found: Mapping[str, Any]) -> None:
    if roles.clicked is None:
        return
    if found.get("clicked unplaced"):
        raise BadColumn(
            f"{found['clicked unplaced']:,} {roles.noun} were clicked but have no place in {roles.position!r}: what "
            "was never shown cannot be clicked; give shown items their place, or leave position= out"
        )
    if found["clicked true"] == found["n"] >= MANY:
        raise BadColumn(
            f"column {roles.clicked!r} is true in all {found['n']:,} {roles.noun}: these are the clicks alone; log "
            "what was shown without a click too, or leave clicked= out"
        )


def _check_places(settled: Settled, n_rows: int) -> int | None:
    """Return how many lists repeat a place, None where that cannot be told; raise `BadColumn` where many do.

    A list is what one user was shown at one moment. A moment that is a day may hold several lists.
    """
    roles = settled.roles
    if roles.user is None or roles.position is None or settled.schema[str(roles.time)] == pl.Date:
        return None
    rows = settled.steps.run(settled.table.frame).filter(pl.col(roles.position).is_not_null())
    share = max(n_rows // LISTS_READ, 1)
    some = rows.filter(pl.col(roles.user).hash(seed=0) % share == 0) if share > 1 else rows
    lists = some.group_by(str(roles.time), roles.user).agg(
        pl.len().alias("rows"), pl.col(roles.position).n_unique().alias("places")
    )
    broken = pl.col("places") < pl.col("rows")
    n_lists, n_broken = collect(lists.select(pl.len().alias("n"), broken.sum().alias("broken"))).row(0)
    if n_broken > BROKEN * n_lists:
        example = collect(lists.filter(broken).select("rows", "places").head(1)).row(0)
        raise BadColumn(
            f"column {roles.position!r} repeats a place in {n_broken:,} of {n_lists:,} lists (one user at one moment), "
            f"such as {example[1]:,} places for {example[0]:,} {roles.noun}: number the places of each list, log finer "
            "times, or leave position= out"
        )
    return n_broken


def _notes(settled: Settled, found: Mapping[str, Any], *, deterministic: bool, lists: int | None) -> Iterator[str]:
    roles = settled.roles
    what = roles.noun.capitalize()
    told = {
        "untimed0": f"{what} without a time are left out: {{:,}}.",
        "itemless": f"{what} without an item are left out: {{:,}}.",
        "clicked null": f"{what} of which {roles.clicked!r} is not known count as not clicked: {{:,}}.",
        "in_training null": f"{what} of which {roles.in_training!r} is not known count as trained on: {{:,}}.",
        "unplaced": f"Rows without a place in {roles.position!r} were not shown and do not count: {{:,}}.",
        "unknown propensities": f"{what} without a propensity: {{:,}}; the exposure of their periods is not expected.",
    }
    if settled.clock.note:
        yield settled.clock.note
    yield from (words.format(found[fact]) for fact, words in told.items() if found.get(fact))
    if deterministic:
        yield "All propensities are 0 or 1: the policy left nothing to chance, so that they say nothing of a loop."
    if lists:
        yield f"A few lists repeat a place: {lists:,}."
    if roles.user is not None and roles.position is not None and lists is None:
        yield "Times are days, so that which places make a list cannot be told."
