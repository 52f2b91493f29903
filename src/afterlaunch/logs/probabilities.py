"""Propensities: of the shown item, or of every item of the catalogue; and what they cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from afterlaunch.errors import BadColumn
from afterlaunch.logs.settled import without_nan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afterlaunch.logs.catalog import Offer
    from afterlaunch.logs.settled import Settled

LEAST = 1e-12  # a propensity below is a mistake, and its inverse no number to reckon with
SLACK = 0.02  # by which the propensities of a list may miss the number of its places, as rounded ones do
MEND = "log the probability with which the policy showed the item"


def probability_facts(settled: Settled, offer: Offer) -> Iterator[pl.Expr]:
    """Yield what `check_probabilities` needs to know."""
    name = settled.roles.propensity
    if name is None:
        return
    if offer.is_list:
        yield from _list_facts(name, settled.roles.item, offer)
        return
    p = without_nan(name, settled.schema[name]).cast(pl.Float64)
    yield p.min().alias("least")
    yield p.max().alias("most")
    yield (p <= 0).sum().alias("zeros")
    yield ((p == 0) | (p == 1)).sum().alias("certain")
    yield p.count().alias("propensities")
    yield p.is_null().sum().alias("unknown propensities")


def _list_facts(name: str, item: str, offer: Offer) -> Iterator[pl.Expr]:
    column, total = pl.col(name), pl.col(name).list.sum()
    length = column.list.len()
    yield length.min().alias("shortest")
    yield length.max().alias("longest")
    yield column.list.min().min().alias("least")
    yield column.list.max().max().alias("most")
    yield total.min().alias("least total")
    yield total.max().alias("most total")
    yield ((total - total.round()).abs() > SLACK * total).sum().alias("odd totals")
    yield column.list.eval((pl.element() == 0) | (pl.element() == 1)).list.all().sum().alias("certain")
    yield column.count().alias("propensities")
    yield column.null_count().alias("unknown propensities")
    yield (column.list.eval(pl.element().is_null() | pl.element().is_nan()).list.any()).sum().alias("holes")
    yield (shown_of_list(name, item, offer) <= 0).sum().alias("zeros")


def shown_of_list(name: str, item: str, offer: Offer) -> pl.Expr:
    """Return the entry of the shown item in a list column over the catalogue."""
    if offer.catalog is None:
        raise AssertionError("lists of propensities come with a catalogue")
    place = pl.col(item).replace_strict(offer.catalog, range(len(offer.catalog)), default=None, return_dtype=pl.Int64)
    return pl.col(name).list.get(place, null_on_oob=True)


def check_probabilities(settled: Settled, offer: Offer, found: Mapping[str, Any]) -> bool:
    """Return whether the policy is deterministic: all is 0 or 1; raise `BadColumn` where it is no probability."""
    name = settled.roles.propensity
    if name is None:
        return False
    if found["propensities"] == 0:
        raise BadColumn(f"column {name!r} holds no propensity: all values are null; leave propensity= out, or {MEND}")
    if offer.is_list:
        _check_lists(name, offer, found)
    if found["least"] < 0 or found["most"] > 1 + 1e-9:
        raise BadColumn(
            f"column {name!r} runs from {found['least']:.6g} to {found['most']:.6g}, a propensity is above 0 and at "
            f"most 1: {MEND}, not its score or its inverse"
        )
    if 0 < found["least"] < LEAST:
        raise BadColumn(
            f"column {name!r} goes down to {found['least']:.6g}: what has such a chance is never shown; {MEND}"
        )
    deterministic = found["certain"] == found["propensities"]
    if found["zeros"] and not deterministic:
        raise BadColumn(
            f"column {name!r} is 0 for {found['zeros']:,} {settled.roles.noun}: what was shown had a chance above "
            f"0; {MEND}"
        )
    return bool(deterministic)


def _check_lists(name: str, offer: Offer, found: Mapping[str, Any]) -> None:
    n = 0 if offer.catalog is None else len(offer.catalog)
    if (found["shortest"], found["longest"]) != (n, n):
        lengths = " to ".join(f"{length:,}" for length in sorted({found["shortest"], found["longest"]}))
        raise BadColumn(
            f"the lists in column {name!r} have {lengths} entries, the catalogue {n:,} items: pass the catalog= that "
            "their places stand for, in order"
        )
    if found["holes"]:
        raise BadColumn(
            f"{found['holes']:,} lists in column {name!r} hold null or NaN: an item that cannot be shown has 0"
        )
    if found["odd totals"] or found["least total"] < 1 - SLACK:
        raise BadColumn(
            f"the lists in column {name!r} add up to {found['least total']:.4g} to {found['most total']:.4g}: "
            "propensities add up to 1 for one place, or to the number of places in the list"
        )
