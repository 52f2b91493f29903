"""Notebook 7 shows the same live panel as JupyterLab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.panel import PanelOnPage
from tests.browser.servers import jupyter

SHOW = "from tests.browser.cells import make_report\nreport = make_report()\nreport"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("notebook7")


@pytest.fixture(scope="module")
def notebook7(folder, tmp_path_factory):
    with jupyter("notebook", folder, tmp_path_factory.mktemp("home")) as address:
        yield address


def test_a_panel_is_live_then_again_after_a_reload_then_saved(notebook7, folder, page):
    opened = OpenNotebook(page, notebook7, write_notebook(folder, SHOW, ""), path="notebooks").wait_for_kernel()
    panel = PanelOnPage(page)
    opened.run()
    panel.is_live()
    panel.choose("dewp")
    opened.ask("print(report.selection.column)", "dewp")
    opened.save()
    opened = OpenNotebook(page, notebook7, opened.file, path="notebooks").wait_for_kernel()
    panel.is_live()
    panel.has_chosen("dewp")
    opened.save()
    page.watch.forgive()
    opened.shut_down_kernel()
    panel.is_saved()
    panel.drag_current_to_start(page)
    expect(panel.sentence).to_contain_text("stable")
    page.watch.forgive()
