"""The explanation: live in JupyterLab, and on a saved page that is opened from its file."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.cells import make_explanation
from tests.browser.kinds import RESET, ExplanationOnPage
from tests.browser.looks import in_every_look
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.pages import accessibility_faults, is_readable, is_well_made, keeps_its_height, open_file
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_explanation\nreport = make_explanation()\nreport"


@pytest.fixture(scope="module")
def live(chromium, lab, lab_folder):
    """A live panel and its notebook."""
    with watched_page(chromium) as page:
        opened = OpenNotebook(page, lab, write_notebook(lab_folder, SHOW, "")).wait_for_kernel().give_room()
        opened.run()
        panel = ExplanationOnPage(page.locator(".jp-NotebookPanel"))
        panel.is_live(120_000)
        yield opened, panel


@pytest.fixture(scope="module")
def saved(chromium, tmp_path_factory):
    """A saved page, opened without a network."""
    path = tmp_path_factory.mktemp("page") / "explanation.html"
    make_explanation().save(path)
    with watched_page(chromium, offline=True) as page:
        yield page, path


def test_a_slice_that_is_picked_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.slice(0).click()
    opened.ask("print(report.selection.slice)", "0")
    opened.ask("print(report.selected_rows().height == report.data.slices[0].n_current)", "True")
    opened.ask("import afterlaunch as al\nreport.selection = al.Selection(slice=1)\nprint(1)", "1")
    expect(panel.slice(1)).to_have_attribute("aria-selected", "true")
    opened.ask(RESET, "0")


def test_a_column_and_a_part_that_are_picked_reach_python(live):
    opened, panel = live
    panel.column("carrier").click()
    opened.ask("print(report.selection.column)", "carrier")
    panel.part("concept").click()
    opened.ask("print(report.selection.group)", "concept")
    opened.ask(RESET, "0")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Dark High Contrast", "JupyterLab Light"])
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    opened.change_theme(theme)
    assert accessibility_faults(opened.page, ".jp-NotebookPanel [data-live]") == []


@in_every_look
def test_a_saved_page_is_interactive_offline(saved, width, dark):
    page, path = saved
    panel = open_file(page, path, ExplanationOnPage, width=width, dark=dark)
    panel.answers_the_mouse(page, dark=dark)
    is_well_made(page)


def test_a_saved_page_answers_the_keys(saved):
    page, path = saved
    open_file(page, path, ExplanationOnPage).answers_the_keys()


@pytest.mark.parametrize("view", ["Table", "How sure?", "More"])
def test_every_view_of_a_saved_page_is_readable(saved, view):
    page, path = saved
    is_readable(page, path, ExplanationOnPage, view)


def test_a_panel_is_as_high_in_every_state(saved):
    page, path = saved
    panel = open_file(page, path, ExplanationOnPage)
    keeps_its_height(
        panel,
        lambda: panel.column("distance").click(),
        lambda: panel.part("concept").click(),
        lambda: panel.part("label").hover(),
        lambda: page.get_by_role("button", name="Table").click(),
    )
