"""An Altair chart of ours shows itself without a network, and is an Altair chart in all else."""

from __future__ import annotations

import altair as alt
import pytest

from afterlaunch.export.charts import offline

CHART = alt.Chart(alt.Data(values=[{"a": 1, "b": "x"}])).mark_bar().encode(x="a:Q", y="b:N")
KINDS = {
    "single": CHART,
    "layered": CHART + CHART,
    "side by side": CHART | CHART,
    "below each other": CHART & CHART,
    "in rows": alt.concat(CHART, CHART, columns=1),
    "faceted": CHART.facet("b:N"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_shows_itself_as_a_picture_alone(kind):
    bundle = offline(KINDS[kind])._repr_mimebundle_()
    assert set(bundle) == {"image/png", "text/plain"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_still_the_chart_it_was(kind):
    chart = offline(KINDS[kind])
    assert isinstance(chart, type(KINDS[kind]))
    assert chart.to_dict() == KINDS[kind].to_dict()
    assert type(KINDS[kind]) in {kind.__mro__[2] for kind in [type(chart)]}


def test_restyling_and_combining_keep_it_offline():
    chart = offline(CHART)
    for made in (chart.properties(width=50), chart.interactive(), chart + chart, chart | CHART, chart & CHART):
        assert set(made._repr_mimebundle_()) == {"image/png", "text/plain"}
