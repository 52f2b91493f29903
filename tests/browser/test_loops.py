"""The feedback-loop panel is live in JupyterLab."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.kinds import LOOPS
from tests.browser.live import in_every_theme, is_readable_in, live_in_lab

live = live_in_lab(LOOPS)


def test_a_tenth_that_is_picked_reaches_python_and_gives_its_items_and_rows(live):
    opened, panel = live
    panel.tenth(0).click()
    opened.ask("print(report.selection.column, tuple(report.selection.bins))", "popularity (0, 1)")
    opened.ask("print(set(report.selected_items['tenth']))", "{1}")
    opened.select("column='popularity', bins=(2, 3)")
    expect(panel.tenth(2)).to_have_attribute("aria-selected", "true")
    expect(panel.tenth(0)).to_have_attribute("aria-selected", "false")
    opened.reset()
    expect(panel.tenth(2)).to_have_attribute("aria-selected", "false")


def test_narrowed_users_that_are_picked_reach_python_and_back(live):
    opened, panel = live
    opened.ask("everyone = report.selected_users.height\nprint(everyone > 0)", "True")
    panel.narrowed.click()
    opened.ask("print(report.selection.group, 0 < report.selected_users.height < everyone)", "narrowed True")
    opened.ask("print(set(report.selected_rows()['user']) == set(report.selected_users['user']))", "True")
    opened.reset()
    expect(panel.narrowed).to_have_attribute("aria-pressed", "false")
    opened.select("group='narrowed'")
    expect(panel.narrowed).to_have_attribute("aria-pressed", "true")
    opened.reset()


def test_a_period_that_is_looked_at_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    last = panel.period.get_attribute("aria-valuenow")
    panel.tenth(0).click()
    panel.period.press("Home")
    opened.page.wait_for_timeout(400)  # the kernel hears of a period that rests
    opened.ask("print(report.view.state.current[0][:10])", "2025-01-06")
    opened.ask("print(report.selected_rows().height == report.selected_items['shown'].sum())", "True")
    opened.reset()
    expect(panel.period).to_have_attribute("aria-valuenow", last)


def test_a_change_that_is_tried_reaches_python_and_back(live):
    opened, panel = live
    before = panel.exploration.get_attribute("aria-valuetext")
    panel.exploration.press("End")
    opened.page.wait_for_timeout(400)  # the kernel hears of a change that rests
    opened.ask("print(report.view.state.remedy.explore == max(report.advice['explore']))", "True")
    opened.reset()
    expect(panel.exploration).to_have_attribute("aria-valuetext", before)


@in_every_theme
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    is_readable_in(opened, theme)
