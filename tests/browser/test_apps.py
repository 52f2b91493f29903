"""voila and marimo show a live panel: by its widget, which they can load."""

from __future__ import annotations

import sys

import pytest
from tests.browser.notebooks import write_notebook
from tests.browser.panel import PanelOnPage
from tests.browser.servers import free_port, jupyter_env, kernel_env, serve

SHOW = "from tests.browser.cells import make_report\nreport = make_report()\nreport"
ECHO = (
    "import ipywidgets\n"
    "said = ipywidgets.Label('nothing chosen')\n"
    "report.widget.observe(lambda change: setattr(said, 'value', 'chosen ' + change.new['column']), 'selection')\n"
    "slider = ipywidgets.FloatSlider(min=0, max=1, step=.01)\n"
    "ipywidgets.link((report.widget, 'threshold'), (slider, 'value'))\n"
    "ipywidgets.VBox([slider, said])"
)
MARIMO = """\
import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from tests.browser.cells import make_report

    report = make_report()
    panel = mo.ui.anywidget(report.widget)
    panel
    return make_report, mo, panel


@app.cell
def _(mo, panel):
    mo.md(f"chosen {(panel.value.get('selection') or {}).get('column')}")
    return


@app.cell
def _(make_report):
    make_report()
    return
"""


@pytest.fixture
def voila(tmp_path):
    file = tmp_path / write_notebook(tmp_path, SHOW, ECHO)
    port = free_port()
    argv = [sys.executable, "-m", "voila", str(file), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    address = f"http://127.0.0.1:{port}"
    with serve(argv, f"{address}/static/", env=jupyter_env(tmp_path / "home"), log=tmp_path / "log"):
        yield address


def test_voila_shows_a_live_panel_beside_other_controls(voila, page):
    page.goto(voila, timeout=90_000)
    panel = PanelOnPage(page)
    panel.is_live(60_000)
    panel.choose("dewp")
    page.get_by_text("chosen dewp").wait_for()
    panel.move_current()
    assert page.locator("[data-live]").count() == 1
    # voila's own page asks for Font Awesome, in vain.
    assert all("fontawesome" in url for url in page.watch.away)
    page.watch.away.clear()
    page.watch.forgive()


@pytest.fixture
def marimo(tmp_path):
    app = tmp_path / "app.py"
    app.write_text(MARIMO)
    port = free_port()
    argv = [sys.executable, "-m", "marimo", "run", str(app), "--headless", "--host=127.0.0.1", f"--port={port}"]
    address = f"http://127.0.0.1:{port}"
    with serve([*argv, "--no-token"], address, env=kernel_env(HOME=str(tmp_path)), log=tmp_path / "log"):
        yield address


def test_marimo_shows_a_live_widget_and_a_bare_report(marimo, page):
    page.goto(marimo)
    panel = PanelOnPage(page)
    panel.is_live(90_000)
    panel.choose("dewp")
    page.get_by_text("chosen dewp").wait_for()
    panel.move_current()
    bare = PanelOnPage(page, nth=1)
    bare.is_live()
    bare.choose("humid")
    bare.has_chosen("humid")
    panel.has_chosen("dewp")
