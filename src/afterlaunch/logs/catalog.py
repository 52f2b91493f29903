"""What could have been shown: the catalogue, and the exposure that the policy's propensities add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import polars as pl

from afterlaunch.errors import BadColumn, BadInput, BadOption
from afterlaunch.logs.names import said
from afterlaunch.logs.read import read_table
from afterlaunch.logs.run import collect, first_line
from afterlaunch.logs.times import read_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from afterlaunch.logs.settled import Settled

PERIOD, ITEM, EXPECTED = "period", "item", "expected"
COLUMNS = "a moment in the period, the item and the impressions expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The catalogue in order (None: what was seen is all), and expected exposure by period and item, where given."""

    catalog: pl.Series | None
    expected: pl.DataFrame | None  # period (a moment in UTC), item, expected
    is_list: bool  # each impression has the propensities of the whole catalogue
    notes: tuple[str, ...]


def read_offer(settled: Settled, catalog: object, expected_exposure: object) -> Offer:
    """Return what could have been shown; raise where it cannot be read, or does not fit the log's columns."""
    roles, item_type = settled.roles, settled.schema[settled.roles.item]
    is_list = roles.propensity is not None and isinstance(settled.schema[roles.propensity], pl.List)
    if roles.propensity is not None and expected_exposure is not None:
        raise BadOption("propensity= and expected_exposure= are two ways to say one thing: pass one of them")
    if is_list and catalog is None:
        raise BadInput(
            f"column {roles.propensity!r} holds lists: pass catalog=, the items that their places stand for, in order"
        )
    items = None if catalog is None else _items(catalog, roles.item, item_type)
    notes: tuple[str, ...] = ()
    if items is not None and (n_doubled := len(items) - items.n_unique()):
        if is_list:
            raise BadInput(f"the catalogue names {n_doubled:,} items twice: lists of propensities need each once")
        items = items.unique(maintain_order=True)
        notes = (f"Items that the catalogue names twice count once: {n_doubled:,}.",)
    expected = None if expected_exposure is None else _expected(expected_exposure, settled, item_type)
    if expected is not None and items is not None:
        check_offered(expected[ITEM].unique(), items, what="expected_exposure has")
    return Offer(catalog=items, expected=expected, is_list=is_list, notes=notes)


def check_offered(items: pl.Series, catalog: pl.Series, *, what: str) -> None:
    """Raise `BadInput` where some of `items` are not in the catalogue."""
    beyond = items.filter(~items.is_in(catalog.implode()))
    if len(beyond):
        raise BadInput(
            f"{what} {len(beyond):,} item{'s' * (len(beyond) > 1)} that the catalogue of {len(catalog):,} lacks, such "
            f"as {beyond.sort().head(3).to_list()}: pass a catalog= with every item that could be shown"
        )


def _items(catalog: object, name: str, dtype: pl.DataType) -> pl.Series:
    """Return the items of a catalogue given as a table with a column of them, a series or any iterable."""
    if isinstance(catalog, pl.Series):
        items = catalog
    elif _is_plain(catalog):
        items = _series(list(cast("Iterable[object]", catalog)))
    else:
        table = read_table(catalog)
        if name not in table.schema:
            raise BadInput(f"the catalogue has no column {name!r}: it has {said(list(table.schema))}")
        items = collect(table.frame.select(name)).to_series()
    if not len(items):
        raise BadInput("the catalogue is empty: pass every item that could be shown, or leave catalog= out")
    return _as_items(items, name, dtype, where="the catalogue")


def _is_plain(catalog: object) -> bool:
    """Whether a catalogue is an array or any collection of items, rather than a table or the path of one."""
    return hasattr(catalog, "__iter__") and not hasattr(catalog, "columns") and not isinstance(catalog, str)


def _series(values: list[object]) -> pl.Series:
    try:
        return pl.Series(values)
    except (TypeError, pl.exceptions.PolarsError) as failure:
        raise BadInput(f"the catalogue mixes types ({first_line(failure)}): pass items of one type") from failure


def _as_items(items: pl.Series, name: str, dtype: pl.DataType, *, where: str) -> pl.Series:
    if items.null_count():
        raise BadInput(f"{where} holds {items.null_count():,} items without a name: drop them")
    plain = items.cast(pl.String) if isinstance(items.dtype, pl.Categorical | pl.Enum) else items
    if (plain.dtype == pl.String) != (dtype == pl.String) or not (plain.dtype == pl.String or plain.dtype.is_integer()):
        raise BadColumn(f"items are {dtype} in column {name!r} and {items.dtype} in {where}: bring both to one type")
    try:
        return plain.cast(dtype).alias(ITEM)
    except pl.exceptions.PolarsError as failure:
        raise BadColumn(
            f"{where} holds items that column {name!r} ({dtype}) cannot: {first_line(failure)}; cast the column"
        ) from failure


def _expected(data: object, settled: Settled, item_type: pl.DataType) -> pl.DataFrame:
    table = read_table(data)
    period, item, expected = _columns(table.schema, settled)
    frame = collect(table.frame.select(pl.col(period).alias(PERIOD), pl.col(item), pl.col(expected).alias(EXPECTED)))
    clock = read_time(frame[PERIOD])
    moments = collect(frame.lazy().select(clock.expression.dt.convert_time_zone("UTC").alias(PERIOD))).to_series()
    amounts = frame[EXPECTED].cast(pl.Float64)
    if moments.null_count() or amounts.null_count() or not amounts.is_finite().all():
        raise BadInput(f"expected_exposure holds rows without a value that can be read: each is {COLUMNS}")
    if amounts.len() and float(cast("float", amounts.min())) < 0:
        raise BadInput(f"expected_exposure holds {amounts.min()} impressions: none can be below 0")
    items = _as_items(frame[item], item, item_type, where="expected_exposure")
    return pl.DataFrame([moments, items, amounts])


def _columns(schema: Mapping[str, pl.DataType], settled: Settled) -> tuple[str, str, str]:
    """Return which columns of an exposure table are the period, the item and the amount."""
    period = next((name for name in (PERIOD, str(settled.roles.time)) if name in schema), None)
    item = next((name for name in (settled.roles.item, ITEM) if name in schema), None)
    rest = [name for name, dtype in schema.items() if name not in (period, item) and dtype.is_numeric()]
    if period is None or item is None or len(rest) != 1:
        raise BadInput(
            f"expected_exposure has the columns {said(list(schema))}: pass three, {PERIOD!r}, {settled.roles.item!r} "
            f"and a number such as {EXPECTED!r}, which hold {COLUMNS}"
        )
    return period, item, rest[0]
