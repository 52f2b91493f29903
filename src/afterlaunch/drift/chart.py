"""The report as a plain Altair chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.results import AnyChart

COLORS = {"drifted": "#d55e00", "stable": "#6b7280", "cannot_tell": "#8a6d00"}


def draw_effects(table: pl.DataFrame) -> AnyChart:
    """Return effects as dots with their intervals, and a tick where each column's threshold stands."""
    wanted = ["column", "verdict", "effect", "effect_low", "effect_high", "threshold"]
    rows = table.select(wanted).rename({"column": "name"})
    base = alt.Chart(alt.Data(values=rows.to_dicts())).encode(y=alt.Y("name:N", sort=None, title=None))
    color = alt.Color("verdict:N", title=None, scale=alt.Scale(domain=list(COLORS), range=list(COLORS.values())))
    x = alt.X("effect:Q", title="share of rows that moved", axis=alt.Axis(format="%"))
    whisker = base.mark_rule().encode(
        x=alt.X("effect_low:Q", title="share of rows that moved"), x2="effect_high:Q", color=color
    )
    dot = base.mark_point(filled=True, size=50).encode(
        x=x, color=color, tooltip=["name:N", *[f"{c}:Q" for c in wanted[2:]]]
    )
    tick = base.mark_tick(thickness=1, size=12, color="#6b7280").encode(x="threshold:Q")
    return alt.layer(whisker, dot, tick)
