"""voila and marimo show a live panel: by its widget, which they can load."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import expect
from tests.browser.looks import emulate, in_every_look, resize
from tests.browser.notebooks import write_notebook
from tests.browser.panel import PanelOnPage
from tests.browser.servers import free_port, jupyter_env, kernel_env, serve
from tests.browser.watch import watched_page

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


VOILAS_OWN = (
    "fontawesome",  # its page asks a CDN for Font Awesome, in vain
    "ERR_NAME_NOT_RESOLVED",
    "@jupyter-notebook/lab-extension",  # loaded from the environment, and not made for voila
)
THEME = '[display]\ntheme = "system"\n'


@pytest.fixture(scope="module")
def voila(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voila")
    file = folder / write_notebook(folder, SHOW, ECHO)
    port = free_port()
    argv = [sys.executable, "-m", "voila", str(file), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    argv.append("--VoilaConfiguration.allow_theme_override=YES")
    address = f"http://127.0.0.1:{port}"
    with serve(argv, f"{address}/static/", env=jupyter_env(folder / "home"), log=folder / "log"):
        yield address


@pytest.fixture(scope="module", params=[True, False], ids=["dark", "light"])
def in_voila(request, chromium, voila):
    """The page in one of voila's themes, for a reader whose system prefers the other."""
    dark = request.param
    with watched_page(chromium, dark=not dark) as page:
        page.goto(f"{voila}/?theme={'dark' if dark else 'light'}", timeout=90_000)
        panel = PanelOnPage(page)
        panel.is_live(60_000)
        yield page, panel, dark
        page.watch.forgive(*VOILAS_OWN)


@pytest.mark.parametrize("width", [960, 480])
def test_voila_lets_the_mouse_move_a_window(in_voila, width):
    page, panel, dark = in_voila
    resize(page, width)
    panel.answers_the_mouse(page, dark=dark)


def test_voila_shows_a_live_panel_beside_other_controls(in_voila):
    page, panel, _ = in_voila
    panel.choose("dewp")
    page.get_by_text("chosen dewp").wait_for()
    panel.move_current()
    expect(page.locator("[data-live]")).to_have_count(1)


@pytest.fixture(scope="module")
def in_marimo(chromium, tmp_path_factory):
    """A widget, and below it a bare report; marimo follows the theme of its reader's system."""
    folder = tmp_path_factory.mktemp("marimo")
    app = folder / "app.py"
    app.write_text(MARIMO)
    (folder / ".marimo.toml").write_text(THEME)
    port = free_port()
    argv = [sys.executable, "-m", "marimo", "run", str(app), "--headless", "--host=127.0.0.1", f"--port={port}"]
    address = f"http://127.0.0.1:{port}"
    env = kernel_env(HOME=str(folder), XDG_CONFIG_HOME=str(folder / "config"))
    with serve([*argv, "--no-token"], address, env=env, log=folder / "log"), watched_page(chromium) as page:
        page.goto(address)
        panel = PanelOnPage(page)
        panel.is_live(90_000)
        yield page, panel


@in_every_look
def test_marimo_lets_the_mouse_move_a_window(in_marimo, width, dark):
    page, panel = in_marimo
    emulate(page, width, dark=dark)
    panel.answers_the_mouse(page, dark=dark)


def test_marimo_shows_a_live_widget_and_a_bare_report(in_marimo):
    page, panel = in_marimo
    panel.choose("dewp")
    page.get_by_text("chosen dewp").wait_for()
    panel.move_current()
    bare = PanelOnPage(page, nth=1)
    bare.is_live()
    bare.choose("humid")
    bare.has_chosen("humid")
    panel.has_chosen("dewp")
