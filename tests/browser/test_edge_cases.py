"""The edge-case panel: live in JupyterLab, and on a saved page that is opened from its file."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.cells import make_edge_report
from tests.browser.kinds import RESET, EdgeCasesOnPage
from tests.browser.looks import in_every_look
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.pages import accessibility_faults, is_readable, is_well_made, keeps_its_height, open_file
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_edge_report\nreport = make_edge_report()\nreport"


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


@pytest.fixture(scope="module")
def saved_without_rows(chromium, tmp_path_factory):
    """A saved page as it is shared: without rows."""
    path = tmp_path_factory.mktemp("page") / "edges.html"
    make_edge_report().save(path)
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


def test_a_window_that_moves_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.brush("current-start").focus()
    panel.brush("current-start").press("ArrowRight")
    opened.page.wait_for_timeout(400)  # the kernel hears of a window that rests
    opened.ask("print(report.view.state.current[0][:10])", "2026-01-26")
    opened.ask("print(report.selected_rows()['at'].min().day)", "26")
    opened.ask(RESET, "0")
    expect(panel.sentence).not_to_contain_text("of this window is")


def test_a_live_panel_shows_rows_and_none_of_them_is_saved(live, lab_folder):
    opened, panel = live
    panel.slice(0).click()
    panel.host.get_by_role("button", name="Show rows").click()
    rows = panel.host.locator(".al-example[role=option]")
    expect(rows.first).to_be_visible()
    opened.ask("print(report.answer('rows').rows[0].values[3])", re.compile(r"^\d"))
    shown = panel.host.locator(".al-values dd").nth(3).get_attribute("title")
    expect(panel.host.locator(".al-inspected")).to_contain_text("Why odd")
    opened.ask(
        f"print(len(report.answer('rows').rows) == 60, report.answer('rows').rows[0].values[3] == {shown!r})",
        "True True",
    )
    opened.ask("print(1)", "1")  # what was printed above is no part of the panel's output
    opened.save()
    assert shown not in (lab_folder / opened.file).read_text()
    panel.host.get_by_role("button", name="Show groups").click()
    opened.ask(RESET, "0")


def test_without_a_kernel_rows_are_offered_and_say_what_they_need(saved_without_rows):
    page, path = saved_without_rows
    panel = open_file(page, path, EdgeCasesOnPage)
    button = panel.host.get_by_role("button", name="Show rows")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("title", re.compile("running kernel"))


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Dark High Contrast", "JupyterLab Light"])
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    opened.change_theme(theme)
    assert accessibility_faults(opened.page, ".jp-NotebookPanel [data-live]") == []


@in_every_look
def test_a_saved_page_is_interactive_offline(saved, width, dark):
    page, path = saved
    panel = open_file(page, path, EdgeCasesOnPage, width=width, dark=dark)
    panel.answers_the_mouse(page, dark=dark)
    is_well_made(page)


@pytest.mark.parametrize("view", ["Show rows", "Table", "How sure?", "More"])
def test_every_view_of_a_saved_page_is_readable(saved, view):
    page, path = saved
    is_readable(page, path, EdgeCasesOnPage, view)


def test_a_panel_is_as_high_in_every_state(saved):
    page, path = saved
    panel = open_file(page, path, EdgeCasesOnPage)
    keeps_its_height(
        panel,
        lambda: panel.slice(0).click(),
        lambda: panel.group("both").click(),
        lambda: page.get_by_role("button", name="Show rows").click(),
        lambda: page.get_by_role("button", name="Table").click(),
    )
