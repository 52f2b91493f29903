"""The widget's traits follow the report's view, and change it."""

from __future__ import annotations

import gc
import weakref

import ipywidgets
import pytest
from tests.export.samples import SampleReport

from afterlaunch.errors import BadInput, BadOption
from afterlaunch.results import Selection, ViewState
from afterlaunch.widgets.panel import widget_of

TEMP = {"column": "temp", "bins": [1, 3], "window": "current", "slice": None, "group": None}


@pytest.fixture
def report():
    return SampleReport()


@pytest.fixture
def widget(report):
    return widget_of(report)


def test_a_choice_in_the_widget_reaches_the_report(report, widget):
    widget.selection = TEMP
    assert report.selection == Selection(column="temp", bins=(1, 3))


def test_a_choice_in_python_reaches_the_widget(report, widget):
    report.selection = Selection(column="temp", bins=(1, 3))
    assert widget.selection == TEMP


def test_a_change_of_several_traits_is_one_change(report, widget):
    seen = []
    report.view.listen(seen.append)
    windows = {"reference": ["2013-01-01", "2013-02-01"], "current": ["2013-02-01", "2013-03-01"]}
    widget.set_state({**windows, "selection": TEMP})
    assert len(seen) == 1
    assert seen[0].current == ("2013-02-01", "2013-03-01")


def test_no_listener_sees_half_of_a_change(report, widget):
    seen = []
    widget.observe(lambda _: seen.append((widget.reference, widget.current)), ["reference", "current"])
    days = ["2013-01-01", "2013-01-02", "2013-01-03", "2013-01-04"]
    report.view.change(ViewState(reference=(days[0], days[1]), current=(days[2], days[3])))
    assert set(map(str, seen)) == {str((days[:2], days[2:]))}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reference", ["x", "y"]),
        ("current", ["2013-02-01", "2013-01-01"]),
        ("current", ["2013-02-01"]),
        ("threshold", -3.0),
        ("odd", 1.5),
        ("remedy", {"explore": 1.5, "correct": True, "guarantee": 0.0}),
        ("remedy", {"explore": 0.1, "correct": "yes", "guarantee": 0.0}),
        ("remedy", {"explore": 0.1}),
        ("threshold", float("nan")),
        ("selection", {"column": "temp", "bins": None, "window": "past"}),
        ("selection", {"col": "temp"}),
    ],
)
def test_what_no_panel_can_show_is_refused_and_changes_nothing(report, widget, name, value):
    before = getattr(widget, name)
    with pytest.raises(BadInput):
        setattr(widget, name, value)
    assert getattr(widget, name) == before
    assert report.view.state == ViewState()


@pytest.mark.parametrize("value", ["x", {"column": "temp"}, 3])
def test_a_selection_that_is_none_is_refused_when_it_is_set(report, value):
    with pytest.raises(BadOption, match=r"write al\.Selection\(column='age'\)"):
        report.selection = value
    assert report.selection is None


def test_the_threshold_starts_at_the_reports_own_and_links_to_a_slider(report, widget):
    slider = ipywidgets.FloatSlider(min=0, max=1, step=0.01)
    ipywidgets.link((widget, "threshold"), (slider, "value"))
    assert slider.value == pytest.approx(0.03)
    assert report.view.state.threshold is None
    slider.value = 0.2
    assert report.view.state.threshold == pytest.approx(0.2)


def test_the_widget_stands_beside_other_controls(widget):
    assert ipywidgets.VBox([widget, ipywidgets.IntSlider()]).children[0] is widget


def test_a_widget_keeps_no_report_alive():
    report = SampleReport()
    widget = widget_of(report)
    view = weakref.ref(report.view)
    del report
    gc.collect()
    assert view() is None
    widget.selection = TEMP
