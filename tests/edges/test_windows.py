"""Counts by bucket make the groups and effects of any window; they hold no single row, and little room."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

import afterlaunch as al
from afterlaunch.edges import find_edge_cases
from afterlaunch.edges.windows import MOST_LETTERS, cells_between, contrast_between, with_counts
from afterlaunch.export.payload_json import as_json
from afterlaunch.results import ViewState

START = datetime(2024, 1, 1)  # noqa: DTZ001 - a log's own clock
GROUPS = ("routine", "outlier", "edge_case", "both")


@pytest.fixture(scope="module")
def report(world, log_of):
    """Three weeks of reference, a week of neither, two current ones, two of neither."""
    return find_edge_cases(
        log_of(world()), reference=("2024-01-01", "2024-01-22"), current=("2024-01-29", "2024-02-12")
    )


def days(first, last):
    """A window of days of the world, counted from its first."""
    return tuple((START + timedelta(days=day)).isoformat() + "+00:00" for day in (first, last))


def buckets_of(report, window):
    starts = report.data.buckets.starts_ms
    first, last = (datetime.fromisoformat(end).timestamp() * 1000 for end in window)
    return (sum(start < first for start in starts), sum(start < last for start in starts))


def test_the_windows_own_counts_are_those_of_its_density(report):
    data = report.data
    cells = cells_between(data.density.counts, data.density, len(data.buckets.starts_ms), data.current)
    assert (cells.cell, cells.n, cells.n_labelled) == (
        data.density.current.cell,
        data.density.current.n,
        data.density.current.n_labelled,
    )
    assert sum(cells.loss) == pytest.approx(sum(data.density.current.loss), rel=1e-3)


@pytest.mark.parametrize("span", [(0, 7), (14, 28), (21, 56), (35, 56)])
@pytest.mark.parametrize("place", [None, 0])
def test_the_rows_of_a_moved_window_are_those_that_the_page_counts(report, span, place):
    window = days(*span)
    data = report.data
    counts = data.density.counts if place is None else data.slices[place].counts
    cells = cells_between(counts, data.density, len(data.buckets.starts_ms), buckets_of(report, window))
    size = len(data.density.loss_edges)
    odd = [data.density.odd_edges[cell // size] >= data.odd_from for cell in cells.cell]
    bad = [data.density.loss_edges[cell % size] >= data.bad_from for cell in cells.cell]
    for number, group in enumerate(GROUPS):
        report.view.change(ViewState(selection=al.Selection(slice=place, group=group), current=window))
        n = sum(n for n, is_odd, is_bad in zip(cells.n, odd, bad, strict=True) if is_odd + 2 * is_bad == number)
        assert report.selected_rows().height == n
    report.view.change(ViewState())


def test_the_contrast_of_a_moved_window_is_that_of_its_rows(report):
    window = days(42, 56)
    data = report.data
    told = contrast_between(data.series, data.slices[0].series, buckets_of(report, window))
    report.view.change(ViewState(current=window))
    everyone = report.rows()
    report.selection = al.Selection(slice=0)
    inside = report.selected_rows()
    report.view.change(ViewState())
    n, total = inside.height, inside["loss"].sum()
    assert told.n == n
    assert told.mean == pytest.approx(total / n, rel=1e-3)  # small buckets of a slice are pooled
    assert told.elsewhere == pytest.approx((everyone["loss"].sum() - total) / (everyone.height - n), rel=1e-3)


def test_rows_between_the_windows_are_as_odd_as_those_of_the_reference(report):
    """Nothing differs between the weeks of this world but the loss: shares of outliers are those of the reference."""
    inspector = report.inspector
    share = inspector.anywhere.share
    assert np.isfinite(share).all()
    weeks = inspector.source.outcomes.time_us // (7 * 86_400_000_000)
    for week in np.unique(weeks):
        assert np.mean(share[weeks == week] >= 0.9) == pytest.approx(0.1, abs=0.05)


def test_what_the_report_itself_says_does_not_hang_on_rows_of_neither_window(world, log_of):
    """Counting other rows is for the reader who moves a window: groups and slices are as they are without them."""
    frame = world()
    windows = {"reference": ("2024-01-01", "2024-01-22"), "current": ("2024-01-29", "2024-02-12")}
    with_all = find_edge_cases(log_of(frame), **windows).data
    day = (frame["at"] - START).dt.total_days()
    inside = frame.filter((day < 21) | ((day >= 28) & (day < 42)))
    without = find_edge_cases(log_of(inside), **windows).data
    assert with_all.groups == without.groups
    assert [one.effect for one in with_all.slices] == [one.effect for one in without.slices]


def test_windows_without_time_are_not_moved(world, log_of):
    report = find_edge_cases(log_of(world().drop("at"), time=None))
    assert report.data.density.counts is None
    report.view.change(ViewState(current=days(0, 7)))
    with pytest.raises(al.errors.BadOption, match="time column"):
        report.rows()


def test_the_payload_stays_small_and_slices_without_room_have_no_counts(report):
    assert len(as_json(report.data)) <= MOST_LETTERS
    texts = ["a" * (MOST_LETTERS // 2), *("b" * (MOST_LETTERS // 2) for _ in report.slices)]
    full = with_counts(report.data, texts)
    assert full.density.counts == texts[0]
    assert [one.counts for one in full.slices] == [None for _ in report.slices]


def test_no_bucket_of_a_slice_tells_the_loss_of_few_rows(report):
    for series in (report.data.series, *(one.series for one in report.data.slices)):
        few = [(n, total) for n, total in zip(series.compared_n, series.compared, strict=True) if 0 < n < 20]
        means = [round(total / n, 5) for n, total in few]
        assert all(sum(n for (n, _), mean in zip(few, means, strict=True) if mean == one) >= 20 for one in means)
