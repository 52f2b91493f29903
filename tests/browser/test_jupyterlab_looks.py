"""The mouse moves a window in JupyterLab, in every look: live, reloaded, after a restart, with no kernel left."""

from __future__ import annotations

import pytest
from tests.browser.looks import in_every_look, try_in_notebook
from tests.browser.notebooks import READY, OpenNotebook, write_notebook
from tests.browser.panel import PanelOnPage
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_report\nreport = make_report()\nreport"


class Story:
    """One notebook, taken from a first run to a kernel that is gone; each state follows from the one before."""

    def __init__(self, page, address, file):
        self.page, self.address, self.file = page, address, file
        self.panel = PanelOnPage(page.locator(".jp-NotebookPanel"))
        self.to_come = [self.live, self.reloaded, self.restarted, self.gone]

    def reach(self, state):
        """Go on until `state`."""
        while state in [step.__name__ for step in self.to_come]:
            self.to_come.pop(0)()

    def live(self):
        self._open()
        self.opened.run()
        self.panel.is_live()

    def reloaded(self):
        self.opened.save()
        self._open()
        self.panel.is_live()

    def restarted(self):
        self.opened.restart_kernel()
        self.panel.is_saved()
        self.page.wait_for_function(READY, timeout=60_000)
        self.panel.is_saved()

    def gone(self):
        self.opened.shut_down_kernel()
        self.panel.is_saved()

    def _open(self):
        self.opened = OpenNotebook(self.page, self.address, self.file).wait_for_kernel().give_room()


@pytest.fixture(scope="module")
def story(chromium, lab, lab_folder):
    with watched_page(chromium) as page:
        yield Story(page, lab, write_notebook(lab_folder, SHOW, ""))


@pytest.fixture(scope="module", params=["live", "reloaded", "restarted", "gone"])
def place(request, story):
    story.reach(request.param)
    return story.opened, story.panel


@in_every_look
def test_the_mouse_moves_a_window(place, width, dark):
    opened, panel = place
    try_in_notebook(opened, panel, width, dark=dark)


def test_a_panel_narrower_than_it_can_be_is_scrolled(place):
    opened, panel = place
    opened.page.set_viewport_size({"width": 360, "height": 900})
    assert panel.host.locator(".al").bounding_box()["width"] >= 280
    panel.is_judged()
    opened.page.watch.is_silent()
