"""A panel in JupyterLab is live or saved, whatever happens to the kernel, the page and the server."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.kinds import DRIFT
from tests.browser.live import in_every_theme, is_readable_in, live_in_lab
from tests.browser.looks import leaves_other_keys
from tests.browser.notebooks import READY, OpenNotebook
from tests.browser.panel import PanelOnPage

COMMS = "from afterlaunch.widgets.comm import SWITCHBOARD\nprint(SWITCHBOARD.n_comms(report.view))"
KILL = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def live(notebook, page):
    """A notebook whose first cell shows a live panel."""

    def make(*more):
        opened = notebook(DRIFT.cell, *more, "").wait_for_kernel()
        opened.run()
        panel = PanelOnPage(page)
        panel.is_live()
        return opened, panel

    return make


shared = live_in_lab(DRIFT)


def test_a_choice_reaches_python_and_back(shared):
    opened, panel = shared
    panel.choose("dewp")
    opened.ask("print(report.selection.column)", "dewp")
    opened.select("column='humid'")
    panel.has_chosen("humid")
    panel.move_current()
    opened.ask("print(report.view.state.current is not None)", "True")


def test_selected_rows_are_those_of_the_column_and_the_window(shared):
    opened, panel = shared
    opened.reset()
    panel.choose("temp")
    opened.ask("print(report.selected_rows().height)", str(23 * 60))
    panel.move_current()
    opened.ask("print(report.selected_rows()['at'].min().day)", "3")


def test_a_dragged_brush_changes_the_verdict_and_reaches_python(shared):
    opened, panel = shared
    expect(panel.sentence).to_contain_text("2 of 5 columns drifted")
    panel.drag_current_to_start(opened.page)
    expect(panel.sentence).to_contain_text("stable")
    opened.ask("print(report.view.state.current[0][:10])", "2026-01-01")
    opened.reset()
    expect(panel.sentence).to_contain_text("2 of 5 columns drifted")


def test_no_widget_takes_part(shared):
    opened, _ = shared
    opened.ask("print(sorted(report._repr_mimebundle_())[0])", "application/vnd.afterlaunch.panel.v1+json")
    opened.ask("print('application/vnd.jupyter.widget-view+json' in report._repr_mimebundle_())", "False")
    opened.ask("import sys; print('anywidget' in sys.modules)", "False")


def test_a_connection_that_comes_back_keeps_one_comm(shared):
    opened, panel = shared
    opened.page.evaluate("() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.reconnect(); }")
    opened.page.wait_for_function(READY)
    panel.is_live()
    panel.choose("dewp")
    opened.ask("print(report.selection.column)", "dewp")
    opened.ask(COMMS, "1")


def test_two_views_of_one_output_share_a_choice(shared):
    opened, panel = shared
    opened.pick(0)
    opened.command("notebook:create-output-view")
    second = PanelOnPage(opened.page.locator(".jp-LinkedOutputView"))
    second.is_live()
    second.choose("dewp")
    panel.has_chosen("dewp")
    panel.choose("humid")
    second.has_chosen("humid")
    opened.page.evaluate(
        """() => {
          const views = [...window.jupyterapp.shell.widgets("main")];
          views.find((view) => view.node.querySelector(".jp-LinkedOutputView")).dispose();
        }"""
    )
    opened.ask(COMMS, "1")


def test_the_arrow_keys_are_the_panels_while_it_has_the_focus(shared):
    opened, panel = shared
    opened.pick(0)
    panel.answers_the_keys()
    assert opened.active_cell == 0


def test_other_keys_stay_jupyterlabs(shared):
    opened, panel = shared
    leaves_other_keys(opened, panel)


@in_every_theme
@pytest.mark.parametrize("width", [960, 480])
def test_a_panel_is_readable_in_every_theme_and_width(shared, theme, width):
    opened, _ = shared
    opened.page.set_viewport_size({"width": width, "height": 900})
    is_readable_in(opened, theme)


def test_reloading_with_the_kernel_alive_goes_live_again(live, page, lab):
    opened, panel = live()
    panel.choose("humid")
    opened.ask("print(report.selection.column)", "humid")
    opened.save()
    opened = OpenNotebook(page, lab, opened.file).wait_for_kernel()
    panel.is_live()
    panel.has_chosen("humid")
    panel.choose("temp")
    opened.ask("print(report.selection.column)", "temp")


def test_a_busy_kernel_leaves_the_panel_usable(live, page, lab, lab_folder):
    opened, panel = live("import pathlib, time\nwhile not pathlib.Path('go-on').exists():\n    time.sleep(0.05)")
    opened.save()
    opened.run(1)
    opened = OpenNotebook(page, lab, opened.file)
    panel.is_saved()
    panel.choose("dewp")
    panel.has_chosen("dewp")
    (lab_folder / "go-on").touch()
    panel.is_live(60_000)
    panel.choose("humid")
    opened.ask("print(report.selection.column)", "humid")


def test_without_its_kernel_the_panel_is_saved_and_interactive(live, page, lab):
    opened, panel = live()
    opened.save()
    opened.shut_down_kernel()
    panel.is_saved()
    opened = OpenNotebook(page, lab, opened.file).wait_for_kernel()
    panel.is_saved()
    panel.choose("dewp")
    panel.has_chosen("dewp")
    panel.move_current()
    opened.run()
    panel.is_live()


def test_a_slow_kernel_holds_nothing_up(notebook, page, lab):
    opened = notebook(DRIFT.cell, "", kernel="slow").wait_for_kernel()
    opened.run()
    panel = PanelOnPage(page)
    panel.is_live()
    opened.save()
    opened.shut_down_kernel()
    opened = OpenNotebook(page, lab, opened.file)
    panel.is_saved()
    panel.choose("dewp")
    panel.has_chosen("dewp")


def test_a_restart_keeps_what_is_on_the_screen(live, page):
    opened, panel = live()
    panel.choose("humid")
    opened.ask("print(report.selection.column)", "humid")
    opened.restart_kernel()
    panel.is_saved()
    panel.has_chosen("humid")
    page.wait_for_function(READY, timeout=60_000)
    panel.is_saved()
    opened.run()
    panel.is_live()
    panel.choose("dewp")
    opened.ask("print(report.selection.column)", "dewp")


def test_a_killed_kernel_leaves_a_saved_panel(live, page):
    opened, panel = live(KILL)
    page.add_locator_handler(page.locator(".jp-Dialog"), lambda: page.keyboard.press("Escape"))  # "Kernel Restarting"
    opened.run(1)
    panel.is_saved()
    panel.choose("dewp")
    panel.has_chosen("dewp")


def test_a_console_is_live_too(notebook, page):
    notebook("1").command("console:create", "{kernelPreference: {name: 'python3'}, activate: true}")
    page.wait_for_function(
        """() => {
          const widget = window.jupyterapp.shell.currentWidget;
          const kernel = widget?.console && widget.sessionContext.session?.kernel;
          return kernel && kernel.status === "idle" && kernel.connectionStatus === "connected";
        }""",
        timeout=60_000,
    )
    say = "code => { window.jupyterapp.shell.currentWidget.console.inject(code) }"
    page.evaluate(say, DRIFT.cell)
    panel = PanelOnPage(page)
    panel.is_live()
    panel.choose("dewp")
    page.evaluate(say, "print('got', report.selection.column)")
    page.get_by_text("got dewp", exact=True).wait_for()


COUNTS = """() => ({
  comms: window.jupyterapp.shell.currentWidget.sessionContext.session.kernel._comms.size,
  panels: document.querySelectorAll("[data-live]").length,
  styles: document.querySelectorAll("style[data-afterlaunch]").length,
})"""
PROMPT = "document.querySelector('.jp-CodeCell .jp-InputArea-prompt').innerText"


def test_forty_runs_leave_nothing_behind(live, page):
    opened, panel = live()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def run_again(times):
        for _ in range(times):
            before = page.evaluate(PROMPT)
            opened.run()
            page.wait_for_function(f"before => {PROMPT} !== before && /\\d/.test({PROMPT})", arg=before)
            panel.is_live()
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return metrics["JSEventListeners"], metrics["Nodes"]

    run_again(4)
    one_panel = page.evaluate("document.querySelector('[data-live]').querySelectorAll('*').length")
    listeners, nodes = run_again(2)
    listeners_after, nodes_after = run_again(40)
    page.wait_for_function(f"() => Object.values(({COUNTS})()).every((count) => count === 1)")
    # JupyterLab itself adds some for any cell; forty panels would be many times as much.
    assert listeners_after - listeners < 200
    assert nodes_after - nodes < 200 + 2 * one_panel
    count = (
        "from comm import get_comm_manager\n"
        "print(len([c for c in get_comm_manager().comms.values() if c.target_name == 'afterlaunch.panel.v1']))"
    )
    opened.ask(count, "1")


def test_closing_and_opening_the_notebook_goes_live_again(live, page):
    opened, panel = live()
    panel.choose("dewp")
    opened.ask("print(report.selection.column)", "dewp")
    opened.save()
    opened.command("application:close")
    page.wait_for_function("() => !document.querySelector('.jp-NotebookPanel')")
    opened.command("docmanager:open", f"{{path: {opened.file!r}}}")
    page.wait_for_function(READY, timeout=60_000)
    panel.is_live()
    panel.has_chosen("dewp")
