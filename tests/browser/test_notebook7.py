"""Notebook 7 shows the same live panel as JupyterLab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.looks import in_every_look, leaves_other_keys, try_in_notebook
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.panel import PanelOnPage
from tests.browser.servers import jupyter
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_report\nreport = make_report()\nreport"
OWN_START = "reading 'schema'"  # Notebook 7.6 says so at every start, before a cell is shown: its shortcuts come late
OWN_DEBUGGER = "Could not restore the debugger state"  # it asks a kernel that is about to go


def open_in_notebook7(page, address, file):
    opened = OpenNotebook(page, address, file, path="notebooks").wait_for_kernel()
    page.watch.forgive(OWN_START)
    return opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("notebook7")


@pytest.fixture(scope="module")
def notebook7(folder, tmp_path_factory):
    with jupyter("notebook", folder, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")
def shared(chromium, notebook7, folder):
    """A live panel for the tests that leave the kernel and the page as they were."""
    with watched_page(chromium) as page:
        opened = open_in_notebook7(page, notebook7, write_notebook(folder, SHOW, ""))
        opened.run()
        panel = PanelOnPage(page)
        panel.is_live()
        yield opened, panel


@in_every_look
def test_the_mouse_moves_a_window(shared, width, dark):
    opened, panel = shared
    try_in_notebook(opened, panel, width, dark=dark)
    panel.is_live()


def test_the_arrow_keys_are_the_panels_while_it_has_the_focus(shared):
    opened, panel = shared
    opened.pick(0)
    panel.answers_the_keys()
    assert opened.active_cell == 0


def test_other_keys_stay_the_notebooks(shared):
    opened, panel = shared
    leaves_other_keys(opened, panel)


def test_a_panel_is_live_then_again_after_a_reload_then_saved(notebook7, folder, page):
    opened = open_in_notebook7(page, notebook7, write_notebook(folder, SHOW, ""))
    panel = PanelOnPage(page)
    opened.run()
    panel.is_live()
    panel.choose("dewp")
    opened.ask("print(report.selection.column)", "dewp")
    opened.save()
    opened = open_in_notebook7(page, notebook7, opened.file)
    panel.is_live()
    panel.has_chosen("dewp")
    opened.save()
    opened.shut_down_kernel()
    panel.is_saved()
    panel.drag_current_to_start(page)
    expect(panel.sentence).to_contain_text("stable")
    page.watch.forgive(OWN_DEBUGGER)
