"""The explanation is live in JupyterLab."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.kinds import EXPLANATION
from tests.browser.live import in_every_theme, is_readable_in, live_in_lab

live = live_in_lab(EXPLANATION)


def test_a_slice_that_is_picked_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.slice(0).click()
    opened.ask("print(report.selection.slice)", "0")
    opened.ask("print(report.selected_rows().height == report.data.slices[0].n_current)", "True")
    opened.select("slice=1")
    expect(panel.slice(1)).to_have_attribute("aria-selected", "true")
    opened.reset()


def test_a_column_and_a_part_that_are_picked_reach_python(live):
    opened, panel = live
    panel.column("carrier").click()
    opened.ask("print(report.selection.column)", "carrier")
    panel.part("concept").click()
    opened.ask("print(report.selection.group)", "concept")
    opened.reset()


@in_every_theme
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    is_readable_in(opened, theme)
