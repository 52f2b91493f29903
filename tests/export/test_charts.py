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


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("letter", ["\0", "\x07", "\x1b", "\ufffe", "\uffff"])
def test_names_with_characters_that_end_the_renderer_are_shown_by_symbols(kind, letter):
    plain = alt.Chart(alt.Data(values=[{"a": 1, f"b{letter}": f"x{letter}\n\\u0000"}])).mark_bar()
    chart = plain.encode(x="a:Q", y=alt.Y(f"b{letter}:N", title=f"y{letter}"))
    made = {
        "single": chart,
        "layered": alt.layer(chart, chart),
        "side by side": alt.hconcat(chart, chart),
        "below each other": alt.vconcat(chart, chart),
        "in rows": alt.concat(chart, chart, columns=1),
        "faceted": chart.facet(f"b{letter}:N"),
    }[kind]
    shown = offline(made)
    assert repr(letter)[1:-1] in str(made.to_dict())
    assert repr(letter)[1:-1] not in str(shown.to_dict())
    assert len(shown._repr_mimebundle_()["image/png"]) > 1000
