"""The edge-case panel is live in JupyterLab, and shows rows where a kernel has them."""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.sync_api import expect
from tests.browser.kinds import EDGE_CASES
from tests.browser.live import in_every_theme, is_readable_in, live_in_lab
from tests.browser.pages import saved_page

live = live_in_lab(EDGE_CASES)


def test_a_slice_that_is_picked_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.slice(0).click()
    opened.ask("print(report.selection.slice)", "0")
    opened.ask("print(report.selected_rows().height == report.slices[0].n)", "True")
    panel.group("edge_case").click()
    opened.ask("print(report.selection.group, set(report.selected_rows()['group']))", "edge_case {'edge_case'}")
    opened.select("group='both'")
    expect(panel.group("both")).to_have_attribute("aria-pressed", "true")
    expect(panel.slice(-1)).to_have_attribute("aria-selected", "true")
    opened.reset()


def test_a_threshold_that_is_dragged_reaches_python_and_back(live):
    opened, panel = live
    panel.drag(opened.page, "bad", by=60)
    opened.ask("print(0 < report.view.state.threshold < report.data.bad_from)", "True")
    opened.ask(
        "before = {group.name: group.n for group in report.data.groups}\n"
        "print(report.rows('edge_case').height > before['edge_case'])",
        "True",
    )
    opened.reset()
    expect(panel.threshold("bad")).to_have_attribute("aria-valuetext", re.compile(r"^0\.\d+$"))
    opened.ask("print(report.view.state.threshold)", "None")


def test_a_window_that_moves_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.brush("current-start").focus()
    panel.brush("current-start").press("ArrowRight")
    opened.page.wait_for_timeout(400)  # the kernel hears of a window that rests
    opened.ask("print(report.view.state.current[0][:10])", "2026-01-26")
    opened.ask("print(report.selected_rows()['at'].min().day)", "26")
    opened.reset()
    expect(panel.sentence).not_to_contain_text("of this window is")


def test_a_live_panel_shows_rows_and_none_of_them_is_saved(live, lab_folder):
    opened, panel = live
    panel.slice(0).click()
    panel.shows("Show rows")
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
    panel.shows("Show groups")
    opened.reset()


def test_without_a_kernel_rows_are_offered_and_say_what_they_need(chromium, tmp_path):
    with saved_page(chromium, tmp_path, replace(EDGE_CASES, options={})) as shared:
        button = shared.open().host.get_by_role("button", name="Show rows")
        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_have_attribute("title", re.compile("running kernel"))


@in_every_theme
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    is_readable_in(opened, theme)
