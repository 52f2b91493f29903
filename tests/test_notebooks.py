"""The notebooks run top to bottom, and what is committed is what they show."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PANEL = "application/vnd.afterlaunch.panel.v1+json"
MOST_BYTES = 1_000_000
KINDS = {
    "feedback_loops.ipynb": ["loops", "loops", "loops"],
    "tour.ipynb": ["drift", "drift"],
    "where_it_hurts.ipynb": ["performance", "explanation", "edge_cases"],
}


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return all outputs in order."""
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def texts(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what each output says as text."""
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs(notebook)]


def panels(notebook: nbformat.NotebookNode) -> list[dict]:
    """Return what each panel is drawn from."""
    found = [output.get("data", {}).get(PANEL) for output in outputs(notebook)]
    return [panel["payload"] for panel in found if panel is not None]


def test_every_notebook_is_looked_at():
    assert {path.name for path in NOTEBOOKS.glob("*.ipynb")} == set(KINDS)


@pytest.fixture(scope="module", params=sorted(KINDS))
def path(request) -> Path:
    return NOTEBOOKS / request.param


@pytest.fixture(scope="module")
def committed(path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def test_a_notebook_runs_and_says_what_is_committed(committed):
    again = nbformat.from_dict(committed)
    NotebookClient(again, timeout=300, kernel_name="python3").execute(cwd=str(NOTEBOOKS))
    assert texts(again) == texts(committed)


def test_a_committed_notebook_shows_its_panels_and_stays_small(path, committed):
    assert [panel["kind"] for panel in panels(committed)] == KINDS[path.name]
    assert path.stat().st_size <= MOST_BYTES


def test_panels_of_a_committed_notebook_open_without_a_kernel_and_carry_no_rows(committed):
    drawn = [output["data"] for output in outputs(committed) if PANEL in output.get("data", {})]
    assert all({"text/html", "image/png"} <= set(data) for data in drawn)
    assert not any(panel.get("rows") for panel in panels(committed))


def test_no_time_of_day_is_committed_that_the_next_run_would_change(committed):
    assert not any("execution" in cell.metadata for cell in committed.cells)


def test_the_tour_finds_the_planted_fault_with_its_factor():
    said = "\n".join(texts(nbformat.read(NOTEBOOKS / "tour.ipynb", as_version=4)))
    assert "1 of 19 columns drifted: temp" in said
    assert "unit change, °F to °C" in said


def test_the_notebook_on_where_it_hurts_goes_from_the_metric_to_the_rows():
    said = "\n".join(texts(nbformat.read(NOTEBOOKS / "where_it_hurts.ipynb", as_version=4)))
    for found in ("Log loss rose from", "label first", "slices are worse than elsewhere, led by hour ≥ 19", "surprise"):
        assert found in said


def test_the_notebook_on_loops_finds_one_raises_no_alarm_without_and_says_where_it_cannot_tell():
    said = "\n".join(texts(nbformat.read(NOTEBOOKS / "feedback_loops.ipynb", as_version=4)))
    for found in (
        "The recommender feeds on its own clicks: gain 0.6 [",
        "No evidence that the recommender feeds on its own clicks",
        "Cannot tell whether the recommender feeds on its own clicks: this log records no randomisation",
        "To know: withhold",
    ):
        assert found in said
