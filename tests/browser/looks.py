"""Wide and narrow, dark and light: the looks in which a panel is tried in every place."""

from __future__ import annotations

import pytest

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
