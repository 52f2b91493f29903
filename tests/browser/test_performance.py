"""The performance panel: live in JupyterLab, and on a saved page that is opened from its file."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.cells import make_performance_report
from tests.browser.kinds import RESET, PerformanceOnPage
from tests.browser.looks import in_every_look
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.pages import accessibility_faults, is_readable, is_well_made, keeps_its_height, open_file
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_performance_report\nreport = make_performance_report()\nreport"


@pytest.fixture(scope="module")
def live(chromium, lab, lab_folder):
    """A live panel and its notebook."""
    with watched_page(chromium) as page:
        opened = OpenNotebook(page, lab, write_notebook(lab_folder, SHOW, "")).wait_for_kernel().give_room()
        opened.run()
        panel = PerformanceOnPage(page.locator(".jp-NotebookPanel"))
        panel.is_live(60_000)
        yield opened, panel


@pytest.fixture(scope="module")
def saved(chromium, tmp_path_factory):
    """A saved page, opened without a network."""
    path = tmp_path_factory.mktemp("page") / "performance.html"
    make_performance_report().save(path)
    with watched_page(chromium, offline=True) as page:
        yield page, path


def test_a_metric_that_is_chosen_reaches_python_and_back(live):
    opened, panel = live
    panel.choose("accuracy")
    opened.ask("print(report.selection.column)", "accuracy")
    opened.ask("import afterlaunch as al\nreport.selection = al.Selection(column='recall')\nprint(1)", "1")
    panel.has_chosen("recall")
    opened.ask(RESET, "0")


def test_a_window_that_moves_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.move_current("ArrowLeft")
    opened.ask("print(report.view.state.current[0][:10])", "2026-02-23")
    opened.ask("print(report.selected_rows()['at'].min().day)", "23")
    opened.ask("print('(\"2026-02-23' in report.code())", "True")
    opened.ask(RESET, "0")
    expect(panel.sentence).to_contain_text("metrics worse")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Dark High Contrast", "JupyterLab Light"])
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    opened.change_theme(theme)
    assert accessibility_faults(opened.page, ".jp-NotebookPanel [data-live]") == []


@in_every_look
def test_a_saved_page_is_interactive_offline(saved, width, dark):
    page, path = saved
    panel = open_file(page, path, PerformanceOnPage, width=width, dark=dark)
    panel.answers_the_mouse(page, dark=dark)
    panel.choose("recall")
    panel.has_chosen("recall")
    is_well_made(page)


def test_the_windows_answer_the_arrows(saved):
    page, path = saved
    panel = open_file(page, path, PerformanceOnPage)
    for key in ("ArrowLeft", "Shift+ArrowRight", "Home", "End"):
        panel.move_current(key)
    panel.brush().dblclick()
    expect(panel.sentence).to_contain_text("metrics worse")


@pytest.mark.parametrize("view", ["Table", "How sure?", "More"])
def test_every_view_of_a_saved_page_is_readable(saved, view):
    page, path = saved
    is_readable(page, path, PerformanceOnPage, view)


def test_a_panel_is_as_high_in_every_state(saved):
    page, path = saved
    panel = open_file(page, path, PerformanceOnPage)
    keeps_its_height(
        panel,
        lambda: panel.choose("recall"),
        lambda: panel.choose("calibration_error"),
        lambda: page.get_by_role("button", name="Table").click(),
    )
