"""The feedback-loop panel on a saved page that is opened from its file: what it shows needs no kernel."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.looks import in_every_look
from tests.browser.pages import is_readable, is_well_made, keeps_its_height, open_file
from tests.browser.panel import DARK, LIGHT, PanelOnPage
from tests.browser.watch import watched_page

import afterlaunch as al


class LoopsOnPage(PanelOnPage):
    """A feedback-loop panel, as a reader handles it."""

    @property
    def period(self):
        return self.host.locator('[data-part="period"]')

    def tenth(self, place):
        return self.host.locator(".al-tenths [role=option]").nth(place)

    def answers_the_mouse(self, page, *, dark):
        """Move to another period, pick the first tenth, try more exploration: all follow, in the host's theme."""
        expect(self.host.locator(".al")).to_have_css("background-color", DARK if dark else LIGHT)
        self.period.scroll_into_view_if_needed()
        box = self.period.bounding_box()
        last = self.period.get_attribute("aria-valuenow")
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(self.period).not_to_have_attribute("aria-valuenow", last)
        self.tenth(0).click()
        expect(self.tenth(0)).to_have_attribute("aria-selected", "true")
        expect(self.host.locator("select option").first).to_contain_text("Share of tenth")
        explored = self.host.get_by_role("slider", name="exploration")
        explored.press("End")
        expect(explored).not_to_have_attribute("aria-valuetext", "0 %")
        explored.press("Escape")
        expect(self.tenth(0)).to_have_attribute("aria-selected", "false")


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
