"""Wide and narrow, dark and light, by mouse and keys: how a panel is tried in every place."""

from __future__ import annotations

import pytest
from tests.browser.notebooks import SAVED

# The theme changes as seldom as it can, and ends as it began.
LOOKS = [(960, True), (480, True), (480, False), (960, False)]
in_every_look = pytest.mark.parametrize(("width", "dark"), LOOKS)


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 900})


def emulate(page, width, *, dark):
    """Give a page its width, and the colour scheme that its reader's system prefers."""
    resize(page, width)
    page.emulate_media(color_scheme="dark" if dark else "light")


def try_in_notebook(opened, panel, width, *, dark):
    """Drag a window of a panel in JupyterLab or Notebook 7, in one of its own themes."""
    resize(opened.page, width)
    opened.change_theme("JupyterLab Dark" if dark else "JupyterLab Light")
    panel.answers_the_mouse(opened.page, dark=dark)
    opened.page.watch.is_silent()


def leaves_other_keys(opened, panel):
    """Keys that are not a panel's stay the notebook's: it saves, and arrows outside of panels move between cells."""
    opened.ask("print(7)", "7")
    panel.brush().press("Control+s")
    opened.page.wait_for_function(SAVED)
    opened.focus_cell(0)
    opened.page.keyboard.press("ArrowDown")
    opened.page.wait_for_function("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex === 1")
