"""The tour runs top to bottom, and what is committed is what it shows."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

TOUR = Path(__file__).parents[1] / "notebooks/tour.ipynb"
PANEL = "application/vnd.afterlaunch.panel.v1+json"
MOST_BYTES = 1_000_000


def texts(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what each output says as text."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]


@pytest.fixture(scope="module")
def committed() -> nbformat.NotebookNode:
    return nbformat.read(TOUR, as_version=4)


def test_the_tour_runs_and_says_what_is_committed(committed):
    again = nbformat.from_dict(committed)
    NotebookClient(again, timeout=300, kernel_name="python3").execute(cwd=str(TOUR.parent))
    assert texts(again) == texts(committed)


def test_the_committed_tour_shows_panels_and_stays_small(committed):
    outputs = [output for cell in committed.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum(PANEL in output.get("data", {}) for output in outputs) == 2
    assert TOUR.stat().st_size <= MOST_BYTES


def test_the_tour_finds_the_planted_fault_with_its_factor(committed):
    said = "\n".join(texts(committed))
    assert "1 of 19 columns drifted: temp" in said
    assert "unit change, °F to °C" in said


def test_no_time_of_day_is_committed_that_the_next_run_would_change(committed):
    assert not any("execution" in cell.metadata for cell in committed.cells)
