"""Slices as an Altair chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.results import AnyChart

COLORS = {"confirmed": "#d9480f", "not_confirmed": "#6b7280", "cannot_tell": "#8a6d00"}


def draw_slices(table: pl.DataFrame) -> AnyChart:
    """Return effects as dots with their intervals, one line a slice, and a rule where there is no effect."""
    wanted = ["slice", "verdict", "n", "share", "loss", "loss_elsewhere", "effect", "low", "high", "qvalue"]
    rows = table.select(wanted).to_dicts()
    base = alt.Chart(alt.Data(values=rows)).encode(y=alt.Y("slice:N", sort=None, title=None))
    color = alt.Color("verdict:N", title=None, scale=alt.Scale(domain=list(COLORS), range=list(COLORS.values())))
    title = "loss above elsewhere, on rows it was not found on"
    whisker = base.mark_rule().encode(x=alt.X("low:Q", title=title), x2="high:Q", color=color)
    dot = base.mark_point(filled=True, size=50).encode(
        x=alt.X("effect:Q", title=title), color=color, tooltip=["slice:N", *[f"{name}:Q" for name in wanted[2:]]]
    )
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color="#6b7280").encode(x="x:Q")
    return alt.layer(zero, whisker, dot)
