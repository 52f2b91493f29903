"""The feedback-loop panel on a saved page that is opened from its file: what it shows needs no kernel."""

from __future__ import annotations

import pytest
from tests.browser.kinds import LoopsOnPage
from tests.browser.looks import in_every_look
from tests.browser.pages import is_readable, is_well_made, keeps_its_height, open_file
from tests.browser.watch import watched_page

import afterlaunch as al


@pytest.fixture(scope="module")
def saved(chromium, tmp_path_factory):
    """A saved page of a recommender whose loop is known, opened without a network."""
    path = tmp_path_factory.mktemp("page") / "loops.html"
    al.find_feedback_loops(al.datasets.recommender(gain=0.6, rng=0)).save(path)
    with watched_page(chromium, offline=True) as page:
        yield page, path


@in_every_look
def test_a_saved_page_is_interactive_offline(saved, width, dark):
    page, path = saved
    panel = open_file(page, path, LoopsOnPage, width=width, dark=dark)
    panel.answers_the_mouse(page, dark=dark)
    is_well_made(page)


@pytest.mark.parametrize("view", ["Table", "How sure?", "More"])
def test_every_view_of_a_saved_page_is_readable(saved, view):
    page, path = saved
    is_readable(page, path, LoopsOnPage, view)


def test_a_panel_is_as_high_in_every_state(saved):
    page, path = saved
    panel = open_file(page, path, LoopsOnPage)
    keeps_its_height(
        panel,
        lambda: panel.period.press("Home"),
        lambda: panel.tenth(0).click(),
        lambda: page.get_by_role("button", name="Narrowed users").click(),
        lambda: page.get_by_role("slider", name="exploration").press("End"),
        lambda: page.get_by_role("button", name="Table").click(),
    )
