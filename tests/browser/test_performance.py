"""The performance panel is live in JupyterLab."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.kinds import PERFORMANCE
from tests.browser.live import in_every_theme, is_readable_in, live_in_lab

live = live_in_lab(PERFORMANCE)


def test_a_metric_that_is_chosen_reaches_python_and_back(live):
    opened, panel = live
    panel.choose("accuracy")
    opened.ask("print(report.selection.column)", "accuracy")
    opened.select("column='recall'")
    panel.has_chosen("recall")
    opened.reset()


def test_a_window_that_moves_reaches_python_and_gives_its_rows(live):
    opened, panel = live
    panel.move_current("ArrowLeft")
    opened.ask("print(report.view.state.current[0][:10])", "2026-02-23")
    opened.ask("print(report.selected_rows()['at'].min().day)", "23")
    opened.ask("print('(\"2026-02-23' in report.code())", "True")
    opened.reset()
    expect(panel.sentence).to_contain_text("metrics worse")


@in_every_theme
def test_the_panel_is_readable_in_every_theme(live, theme):
    opened, _ = live
    is_readable_in(opened, theme)
