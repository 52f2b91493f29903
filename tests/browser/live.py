"""Panels that are live in JupyterLab, one notebook for the tests of a module."""

from __future__ import annotations

import contextlib

import pytest
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.pages import accessibility_faults
from tests.browser.watch import watched_page

in_every_theme = pytest.mark.parametrize(
    "theme", ["JupyterLab Dark", "JupyterLab Dark High Contrast", "JupyterLab Light"]
)


def is_readable_in(opened, theme):
    """In a theme of JupyterLab, axe finds nothing to mend in any panel."""
    opened.change_theme(theme)
    assert accessibility_faults(opened.page, ".jp-NotebookPanel [data-live]") == []


@contextlib.contextmanager
def live_panel(browser, address, folder, kind):
    """Show a panel in a notebook of its own in JupyterLab; yields the notebook and the panel, which is live."""
    with watched_page(browser) as page:
        opened = OpenNotebook(page, address, write_notebook(folder, kind.cell, "")).wait_for_kernel().give_room()
        opened.run()
        panel = kind.on_page(page.locator(".jp-NotebookPanel"))
        panel.is_live(kind.wait_ms)
        yield opened, panel


def live_in_lab(kind):
    """Return a fixture: a live panel and its notebook, for the tests of a module that leave the kernel as it was."""

    @pytest.fixture(scope="module")
    def live(chromium, lab, lab_folder):
        with live_panel(chromium, lab, lab_folder, kind) as opened:
            yield opened

    return live
