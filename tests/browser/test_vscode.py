"""VS Code's built-in notebook renderer, by code-server: the saved panel is interactive in a trusted folder.

Outside the main suite (`make test-vscode`): code-server is fetched from npm and compiled, which takes some minutes and
needs a compiler and the headers of Kerberos (Debian: libkrb5-dev).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError as TookTooLong
from tests.browser.cells import make_report
from tests.browser.looks import emulate, in_every_look
from tests.browser.panel import PanelOnPage
from tests.browser.servers import ROOT, free_port, kernel_env, serve
from tests.browser.watch import watched_page

from afterlaunch.export.bundle import make_bundle

pytestmark = pytest.mark.vscode

BIN = Path(sys.executable).parent  # `make` links a Node there that code-server can use
PATH = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
CODE_SERVER = "code-server@4.139.1"
SETTINGS = {
    "security.workspace.trust.enabled": False,
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
    "window.autoDetectColorScheme": True,
}


@pytest.fixture(scope="module")
def code_server():
    """The folder that code-server is installed in, kept for the next run."""
    folder = ROOT / "node_modules/.cache/code-server"
    entry = folder / "node_modules/code-server/out/node/entry.js"
    if not entry.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}")
        env = os.environ | PATH | {"npm_config_nodedir": str((BIN / "node").resolve().parents[1])}  # its headers
        subprocess.run(
            [BIN / "npm", "install", "--no-audit", "--no-fund", CODE_SERVER], cwd=folder, env=env, check=True
        )
    return entry


@pytest.fixture(scope="module")
def address(code_server, tmp_path_factory):
    """VS Code on a trusted folder with one saved notebook."""
    home = tmp_path_factory.mktemp("vscode")
    output = nbformat.v4.new_output("execute_result", data=make_bundle(make_report()), execution_count=1)
    cell = nbformat.v4.new_code_cell("report", outputs=[output], execution_count=1)
    folder = home / "folder"
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "report.ipynb")
    settings = home / "user/User"
    settings.mkdir(parents=True)
    (settings / "settings.json").write_text(json.dumps(SETTINGS))
    port = free_port()
    argv = [str(BIN / "node"), str(code_server), "--auth=none", f"--bind-addr=127.0.0.1:{port}", "--disable-telemetry"]
    argv += [f"--user-data-dir={home / 'user'}", "--disable-update-check", str(folder)]
    with serve(argv, f"http://127.0.0.1:{port}/healthz", env=kernel_env(**PATH), log=home / "log"):
        yield f"http://127.0.0.1:{port}/?folder={folder}"


@pytest.fixture(scope="module")
def in_vscode(chromium, address):
    """The notebook, open beside nothing else."""
    with watched_page(chromium, height=1100) as page:
        page.goto(address)
        open_notebook(page)
        page.keyboard.press("Control+b")  # folds the explorer
        panel = PanelOnPage(frame_with_panel(page))
        panel.is_saved()
        yield page, panel
        # VS Code looks for its own gallery and web views, in vain.
        page.watch.forgive("")


def open_notebook(page):
    file = page.locator(".explorer-folders-view .monaco-list-row", has_text="report.ipynb")
    file.wait_for(timeout=90_000)
    for _ in range(6):
        file.dblclick()
        # Before the notebook editor is registered the file opens as text, or not at all.
        with contextlib.suppress(TookTooLong):
            page.locator(".notebookOverlay").first.wait_for(state="attached", timeout=20_000)
            return
        for tab in page.locator(".tab.active .codicon-close").all():
            tab.click()
    raise AssertionError("VS Code opens the notebook as text")


def frame_with_panel(page):
    """Return the frame that shows the panel: outputs are in nested frames."""
    for _ in range(300):
        for frame in page.frames:
            if frame.locator("[data-live]").count():
                return frame
        page.wait_for_timeout(200)
    raise AssertionError(f"no panel in {[frame.url for frame in page.frames]}")


@in_every_look
def test_the_mouse_moves_a_window_in_a_trusted_folder(in_vscode, width, dark):
    page, panel = in_vscode
    emulate(page, width, dark=dark)
    panel.answers_the_mouse(page, dark=dark)


def test_a_saved_panel_is_interactive_in_a_trusted_folder(in_vscode):
    _, panel = in_vscode
    panel.choose("dewp")
    panel.has_chosen("dewp")
    panel.move_current()
