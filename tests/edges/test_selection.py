"""What the panel counts in its cells is what Python gives as rows."""

from __future__ import annotations

import pytest

import afterlaunch as al
from afterlaunch.edges import find_edge_cases
from afterlaunch.errors import BadOption, RowsUnavailable
from afterlaunch.results import ViewState

GROUPS = ("routine", "outlier", "edge_case", "both")


@pytest.fixture(scope="module")
def report(world, log_of):
    return find_edge_cases(log_of(world()), reference=("2024-01-01", "2024-01-22"))


def counted(report, cells, group, *, odd_from, bad_from):
    """The rows of a group, as the page counts them."""
    density = report.payload().density
    odd = next(i for i, edge in enumerate(density.odd_edges) if edge >= odd_from)
    bad = next(i for i, edge in enumerate(density.loss_edges) if edge >= bad_from)
    size = len(density.loss_edges)
    wanted = {"routine": (False, False), "outlier": (True, False), "edge_case": (False, True), "both": (True, True)}
    return sum(
        n
        for cell, n in zip(cells.cell, cells.n, strict=True)
        if (cell // size >= odd, cell % size >= bad) == wanted[group]
    )


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("place", [None, 0])
def test_the_rows_of_a_selection_are_those_that_the_panel_counts(report, group, place):
    for odd, threshold in [(None, None), (0.9, 0.6), (0.95, 0.713)]:
        report.view.change(ViewState(selection=al.Selection(slice=place, group=group), odd=odd, threshold=threshold))
        data = report.payload()
        cells = data.density.current if place is None else data.slices[place].cells
        n = counted(report, cells, group, odd_from=odd or data.odd_from, bad_from=threshold or data.bad_from)
        assert report.selected_rows().height == n


def test_the_widgets_thresholds_start_at_the_reports_own(report):
    report.view.change(ViewState())
    assert report.widget.threshold == report.payload().bad_from
    assert report.widget.odd == report.payload().odd_from
    report.widget.odd = 0.9
    assert report.view.state == ViewState(odd=0.9)
    report.widget.odd = report.payload().odd_from
    assert report.view.state == ViewState()


def test_a_slice_or_group_that_there_is_not_is_said(report):
    report.selection = al.Selection(slice=99)
    with pytest.raises(RowsUnavailable, match="none numbered 99"):
        report.selected_rows()
    report.selection = al.Selection(group="odd")
    with pytest.raises(BadOption, match="routine, outlier, edge_case, both"):
        report.selected_rows()


def test_every_slice_has_example_rows_and_there_are_few_in_all(report):
    data = report.payload(rows=True)
    assert len(data.rows) <= 200
    assert {place for row in data.rows for place in row.slices} == set(range(len(data.slices)))
    worst = [row for row in data.rows if 0 in row.slices and row.group in {"edge_case", "both"}]
    assert worst


def test_what_a_row_is_contrasted_with_differs_from_it(report):
    contrasts = [one for row in report.payload(rows=True).rows for one in row.wrong]
    assert contrasts
    assert all(one.value != one.usual for one in contrasts)


@pytest.mark.parametrize(("place", "group"), [(None, None), (0, None), (0, "edge_case")])
def test_a_live_panel_is_answered_with_the_worst_rows_of_its_selection(report, place, group):
    report.view.change(ViewState(selection=al.Selection(slice=place, group=group)))
    answer, rows = report.answer("rows"), report.selected_rows()
    report.view.change(ViewState())
    assert answer.columns == tuple(rows.columns[: len(answer.columns)])
    assert len(answer.rows) == min(60, rows["group"].count())
    assert [row.smoothed_loss for row in answer.rows] == rows["smoothed_loss"].head(len(answer.rows)).to_list()


def test_a_live_panel_is_answered_in_a_window_that_was_moved(report):
    report.view.change(ViewState(current=("2024-01-01T00:00:00+00:00", "2024-01-08T00:00:00+00:00")))
    answer = report.answer("rows")
    report.view.change(ViewState())
    place = answer.columns.index("at")
    assert all(row.values[place] < "2024-01-08" for row in answer.rows)
    assert {row.n_alike_right for row in answer.rows} == {None}


def test_another_question_has_no_answer(report):
    with pytest.raises(RowsUnavailable, match="ask for rows"):
        report.answer("the weather")
