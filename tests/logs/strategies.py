"""Random tables, as hostile as users' tables are."""

from __future__ import annotations

from datetime import datetime, timedelta

import hypothesis.strategies as st
import polars as pl

HOSTILE_NAMES = (
    "",
    " ",
    "*",
    "^.*$",
    "^a$",
    "a",
    "a.b",
    "a_2",
    "<img src=x onerror=alert(1)>",
    "ünïcödé",
    "x" * 300,
    "line\nbreak",
    "__proto__",
    "{}",
    "%s",
    "'\"",
    "time",
    "len",
    "literal",
    "n",
    "field_0",
)

names = st.one_of(st.sampled_from(HOSTILE_NAMES), st.text(max_size=8))

SCALARS: tuple[tuple[pl.DataType, st.SearchStrategy[object]], ...] = (
    (pl.Int8(), st.integers(-128, 127)),
    (pl.Int64(), st.integers(-(2**63), 2**63 - 1)),
    (pl.Int64(), st.integers(1_350_000_000, 1_360_000_000)),
    (pl.UInt64(), st.integers(0, 2**64 - 1)),
    (pl.Int128(), st.integers(-(2**100), 2**100)),
    (pl.Float32(), st.floats(width=32)),
    (pl.Float64(), st.floats()),
    (pl.Float64(), st.floats(0, 1)),
    (pl.Boolean(), st.booleans()),
    (pl.String(), st.text(max_size=12)),
    (pl.String(), st.datetimes().map(datetime.isoformat)),
    (pl.String(), st.sampled_from(["2013-01-01", "2013-01-01T05:00Z", "2013-01-01 05:00:00-05:00", "", "never"])),
    (pl.Categorical(), st.sampled_from(["a", "b", "<b>", ""])),
    (pl.Enum(["low", "high"]), st.sampled_from(["low", "high"])),
    (pl.Decimal(20, 4), st.decimals(-(10**9), 10**9, places=4)),
    (pl.Date(), st.dates()),
    (pl.Time(), st.times()),
    (pl.Datetime("us"), st.datetimes()),
    (pl.Datetime("ms", "Europe/Paris"), st.datetimes(datetime(1971, 1, 2), datetime(2037, 1, 1))),  # noqa: DTZ001
    (pl.Datetime("ns"), st.datetimes(datetime(1700, 1, 1), datetime(2200, 1, 1))),  # noqa: DTZ001
    (pl.Duration("us"), st.timedeltas(timedelta(days=-9999), timedelta(days=9999))),
    (pl.Binary(), st.binary(max_size=6)),
    (pl.Null(), st.none()),
)


def _nest(inner: tuple[pl.DataType, st.SearchStrategy[object]]) -> st.SearchStrategy[object]:
    dtype, values = inner
    fields = st.lists(names, min_size=1, max_size=3, unique=True)
    struct = fields.map(
        lambda keys: (
            pl.Struct(dict.fromkeys(keys, dtype)),
            st.fixed_dictionaries({key: st.none() | values for key in keys}),
        )
    )
    return st.one_of(
        st.just((pl.List(dtype), st.lists(st.none() | values, max_size=3))),
        st.just((pl.Array(dtype, 2), st.lists(st.none() | values, min_size=2, max_size=2))),
        struct,
    )


kinds = st.one_of(st.sampled_from(SCALARS), st.sampled_from(SCALARS).flatmap(_nest))


@st.composite
def frames(draw: st.DrawFn, *, max_rows: int = 30) -> pl.DataFrame:
    """Draw a Polars frame of any types and names, with nulls."""
    n_rows = draw(st.sampled_from([0, 1, 2, 5, max_rows]))
    columns = draw(st.lists(names, min_size=draw(st.sampled_from([0, 1, 3])), max_size=5, unique=True))
    series: dict[str, pl.Series] = {}
    for name in columns:
        dtype, values = draw(kinds)
        drawn = draw(st.lists(st.none() | values, min_size=n_rows, max_size=n_rows))
        series[name] = pl.Series("drawn", drawn, dtype=dtype, strict=False)
    return pl.DataFrame(series)


ROLES = ("prediction", "target", "target_time", "id", "version", "accepted", "noise", "propensity")


@st.composite
def roles(draw: st.DrawFn, frame: pl.DataFrame) -> dict[str, object]:
    """Draw roles for the columns of a frame: mostly ones that fit, sometimes a column twice or one that is missing."""
    left = draw(st.permutations(frame.columns))
    clocks = [name for name in left if frame.schema[name].is_temporal() or frame.schema[name] == pl.String]
    named: dict[str, object] = {"segments": left[:1]}
    if clocks and draw(st.booleans()):
        named["time"] = clocks[0]
        left = [name for name in left if name != clocks[0]]
    shares = [name for name in left if frame.schema[name].is_float()]
    if shares and draw(st.booleans()):
        named["score"] = draw(st.sampled_from([shares[0], {0: shares[0]}]))
        left = [name for name in left if name != shares[0]]
    for role in draw(st.lists(st.sampled_from(ROLES), max_size=len(left) // 2, unique=True)):
        named[role] = left.pop()
    if draw(st.booleans()):
        named["features"] = left
    if draw(st.integers(0, 9)) == 0:
        named["target"] = draw(names)
    return named
