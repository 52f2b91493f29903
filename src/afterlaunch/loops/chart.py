"""Concentration over time as an Altair chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.results import AnyChart

SHOWN, WITHOUT = "#0072b2", "#6b7280"


def draw_concentration(table: pl.DataFrame) -> AnyChart:
    """Return the Gini of exposure as a line with its interval, over the band that the items' merit alone would give."""
    names = [name for name in table.columns if name.startswith("gini")]
    rows = table.select("period", *names).with_columns(table["period"].dt.strftime("%Y-%m-%dT%H:%M:%S%:z")).to_dicts()
    base = alt.Chart(alt.Data(values=rows)).encode(x=alt.X("period:T", title=None))
    if "gini" not in names:
        return alt.layer(base.mark_line())
    title = "Gini of exposure, corrected for sample size"
    y = alt.Y("gini:Q", title=title, scale=alt.Scale(domainMin=0))
    band = base.mark_area(color=WITHOUT, opacity=0.25).encode(
        y=alt.Y("gini_null_low:Q", title=title), y2="gini_null_high"
    )
    without = base.mark_line(color=WITHOUT).encode(y="gini_null:Q")
    reach = base.mark_area(color=SHOWN, opacity=0.25).encode(y="gini_low:Q", y2="gini_high")
    shown = base.mark_line(color=SHOWN).encode(y=y, tooltip=["period:T", *[f"{name}:Q" for name in names]])
    return alt.layer(band, without, reach, shown)
