"""The parts as a plain Altair chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from afterlaunch.performance.explain.payload import ExplanationPayload
    from afterlaunch.results import AnyChart

COLORS = {"hurts": "#d9480f", "helps": "#087f5b", "like_placebo": "#6b7280", "cannot_tell": "#8a6d00"}


def draw_parts(payload: ExplanationPayload) -> AnyChart:
    """Return each part as a bar with its interval over its placebo band, one accounting under the other."""
    return alt.vconcat(*(_draw(place, payload) for place in range(len(payload.accountings))))


def _draw(place: int, payload: ExplanationPayload) -> alt.LayerChart | alt.FacetChart:
    accounting = payload.accountings[place]
    rows = [
        {
            "part": part.title,
            "change": part.change,
            "low": part.low,
            "high": part.high,
            "placebo_low": part.placebo_low,
            "placebo_high": part.placebo_high,
            "verdict": part.mark,
        }
        for part in (*accounting.parts, payload.total)
    ]
    base = alt.Chart(alt.Data(values=rows), title=accounting.title).encode(y=alt.Y("part:N", sort=None, title=None))
    title = f"change of {payload.loss_words}"
    color = alt.Color("verdict:N", title=None, scale=alt.Scale(domain=list(COLORS), range=list(COLORS.values())))
    band = base.mark_bar(color="#e5e7eb").encode(x=alt.X("placebo_low:Q", title=title), x2="placebo_high:Q")
    bar = base.mark_bar(size=9).encode(x=alt.X("change:Q", title=title), color=color)
    whisker = base.mark_rule().encode(x=alt.X("low:Q", title=title), x2="high:Q")
    return alt.layer(band, bar, whisker)
