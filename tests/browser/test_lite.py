"""A JupyterLite site without a kernel shows saved panels, interactive."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import sys
import threading

import nbformat
import pytest
from tests.browser.cells import make_report
from tests.browser.looks import in_every_look, try_in_notebook
from tests.browser.notebooks import OpenNotebook
from tests.browser.panel import PanelOnPage
from tests.browser.servers import LABEXTENSION, jupyter_env
from tests.browser.watch import watched_page

from afterlaunch.export.bundle import make_bundle

BUILD = ["-m", "jupyterlite_core", "build", "--contents", "notebooks", "--output-dir", "site"]
SMALL = ["--no-sourcemaps", "--no-unused-shared-packages", "--ignore-sys-prefix", "federated_extensions"]

FILE = "report.ipynb"
EXPOSED = {"jupyter-lite-schema-version": 0, "jupyter-config-data": {"exposeAppInBrowser": True}}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        del args


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with one notebook that was run before; yields its address."""
    folder = tmp_path_factory.mktemp("lite")
    (folder / "notebooks").mkdir()
    output = nbformat.v4.new_output("execute_result", data=make_bundle(make_report()), execution_count=1)
    cell = nbformat.v4.new_code_cell("report", outputs=[output], execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "notebooks" / FILE)
    (folder / "jupyter-lite.json").write_text(json.dumps(EXPOSED))
    extensions = f"--FederatedExtensionAddon.extra_labextensions_path={LABEXTENSION.parent}"
    subprocess.run(
        [sys.executable, *BUILD, *SMALL, extensions], cwd=folder, env=jupyter_env(folder / "home"), check=True
    )
    (folder / "site/favicon.ico").touch()  # every browser asks for it
    handler = functools.partial(Quiet, directory=folder / "site")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=["lab", "notebooks"])
def place(request, chromium, site):
    """The notebook in JupyterLite, which is light, for a reader whose system is dark."""
    app = request.param
    with watched_page(chromium, dark=True) as page:
        opened = OpenNotebook(page, site, f"index.html?path={FILE}", path=app)
        page.locator(".jp-Dialog").wait_for(timeout=60_000)  # "Select Kernel"
        page.keyboard.press("Escape")
        if app == "lab":
            opened.give_room()
        panel = PanelOnPage(page)
        panel.is_saved(30_000)
        yield opened, panel


@in_every_look
def test_the_mouse_moves_a_window_without_a_kernel(place, width, dark):
    opened, panel = place
    try_in_notebook(opened, panel, width, dark=dark)


def test_a_saved_panel_is_interactive_without_a_kernel(place):
    _, panel = place
    panel.choose("dewp")
    panel.has_chosen("dewp")
    panel.move_current()
