"""The edge-case panel: live in JupyterLab, and on a saved page that is opened from its file."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.cells import make_edge_report
from tests.browser.looks import emulate, in_every_look
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.pages import accessibility_faults
from tests.browser.panel import DARK, LIGHT, PanelOnPage
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_edge_report\nreport = make_edge_report()\nreport"
RESET = "report.view.change(type(report.view.state)())\nprint(0)"


class EdgeCasesOnPage(PanelOnPage):
    """An edge-case panel, as a reader handles it."""

    def slice(self, place):
        return self.host.locator("[role=option]").nth(place + 1)  # the first are all rows

    def group(self, name):
        return self.host.locator(f'button[data-part="{name}"]')

    def share(self, name):
        return self.group(name).locator(".al-group-figures")

    def threshold(self, name):
        return self.host.locator(f'[data-part="{name}"][role=slider]')

    def drag(self, page, name, *, by):
        """Drag a threshold by its knob, so many pixels to the right or down; its group's share follows."""
        knob = self.threshold(name).locator(".al-knob")
        knob.scroll_into_view_if_needed()
        box = knob.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        across, down = (by, 0) if name == "odd" else (0, by)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + across / 2, y + down / 2, steps=3)
        page.mouse.move(x + across, y + down, steps=3)
        page.mouse.up()

    def answers_the_mouse(self, page, *, dark):
        """Drag both thresholds, pick a slice and a group, and let go of all: the shares follow, in the host's theme."""
        expect(self.host.locator(".al")).to_have_css("background-color", DARK if dark else LIGHT)
        for name, by, group in (("odd", -60, "outlier"), ("bad", 60, "edge_case")):
            before, value = self.share(group).inner_text(), self.threshold(name).get_attribute("aria-valuenow")
            self.drag(page, name, by=by)
            expect(self.threshold(name)).not_to_have_attribute("aria-valuenow", value)
            expect(self.share(group)).not_to_have_text(before)
        self.slice(0).click()
        expect(self.slice(0)).to_have_attribute("aria-selected", "true")
        expect(self.share("edge_case")).to_contain_text("(all")
        self.group("edge_case").click()
        expect(self.group("edge_case")).to_have_attribute("aria-pressed", "true")
        self.group("edge_case").press("Escape")
        self.group("edge_case").press("Escape")
        expect(self.slice(-1)).to_have_attribute("aria-selected", "true")
        self.threshold("odd").locator(".al-knob").dblclick()
        expect(self.share("edge_case")).to_contain_text("(reference")


@pytest.fixture(scope="module")
def live(chromium, lab, lab_folder):
    """A live panel and its notebook."""
    with watched_page(chromium) as page:
        opened = OpenNotebook(page, lab, write_notebook(lab_folder, SHOW, "")).wait_for_kernel().give_room()
        opened.run()
        panel = EdgeCasesOnPage(page.locator(".jp-NotebookPanel"))
        panel.is_live(60_000)
        yield opened, panel


@pytest.fixture(scope="module")
def saved(chromium, tmp_path_factory):
    """A saved page with example rows, opened without a network."""
    path = tmp_path_factory.mktemp("page") / "edges.html"
    make_edge_report().save(path, rows=True)
    with watched_page(chromium, offline=True) as page:
        yield page, path


def test_a_slice_that_is_picked_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.slice(0).click()
    opened.ask("print(report.selection.slice)", "0")
    opened.ask("print(report.selected_rows().height == report.slices[0].n)", "True")
    panel.group("edge_case").click()
    opened.ask("print(report.selection.group, set(report.selected_rows()['group']))", "edge_case {'edge_case'}")
    opened.ask("import afterlaunch as al\nreport.selection = al.Selection(group='both')\nprint(1)", "1")
    expect(panel.group("both")).to_have_attribute("aria-pressed", "true")
    expect(panel.slice(-1)).to_have_attribute("aria-selected", "true")
    opened.ask(RESET, "0")


def test_a_threshold_that_is_dragged_reaches_python_and_back(live):
    opened, panel = live
    panel.drag(opened.page, "bad", by=60)
    opened.ask("print(0 < report.view.state.threshold < report.data.bad_from)", "True")
    opened.ask(
        "before = {group.name: group.n for group in report.data.groups}\n"
        "print(report.rows('edge_case').height > before['edge_case'])",
        "True",
    )
    opened.ask(RESET, "0")
    expect(panel.threshold("bad")).to_have_attribute("aria-valuetext", re.compile(r"^0\.\d+$"))
    opened.ask("print(report.view.state.threshold)", "None")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Dark High Contrast", "JupyterLab Light"])
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    opened.change_theme(theme)
    assert accessibility_faults(opened.page, ".jp-NotebookPanel [data-live]") == []


@in_every_look
def test_a_saved_page_is_interactive_offline(saved, width, dark):
    page, path = saved
    emulate(page, width, dark=dark)
    page.goto(path.as_uri())
    panel = EdgeCasesOnPage(page)
    panel.is_saved()
    panel.answers_the_mouse(page, dark=dark)
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.watch.is_silent()


@pytest.mark.parametrize("view", ["Show rows", "Table", "How sure?", "More"])
def test_every_view_of_a_saved_page_is_readable(saved, view):
    page, path = saved
    for dark in (True, False):
        emulate(page, 960, dark=dark)
        page.goto(path.as_uri())
        EdgeCasesOnPage(page).is_saved()
        page.get_by_role("button", name=view).click()
        assert accessibility_faults(page) == []


def test_a_panel_is_as_high_in_every_state(saved):
    page, path = saved
    emulate(page, 960, dark=False)
    page.goto(path.as_uri())
    panel = EdgeCasesOnPage(page)
    panel.is_saved()
    height = panel.host.bounding_box()["height"]
    for act in (
        lambda: panel.slice(0).click(),
        lambda: panel.group("both").click(),
        lambda: page.get_by_role("button", name="Show rows").click(),
        lambda: page.get_by_role("button", name="Table").click(),
    ):
        act()
        assert panel.host.bounding_box()["height"] == pytest.approx(height, abs=1)
