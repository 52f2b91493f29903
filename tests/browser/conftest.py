"""One browser and one server of each kind a session; one fresh page a test, which must end without a complaint."""

from __future__ import annotations

import contextlib
import json
import sys

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.panel import WAIT_MS
from tests.browser.servers import jupyter
from tests.browser.watch import watched_page

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
SLOW_SECONDS = 6
expect.set_options(timeout=WAIT_MS)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open a page of a given size and colour scheme; at the end none of them may have complained."""
    with contextlib.ExitStack() as opened:
        yield lambda **looks: opened.enter_context(watched_page(chromium, **looks))


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="session")
def lab(lab_folder, tmp_path_factory):
    """JupyterLab with our extension, and a kernel beside the usual one that takes its time to start."""
    home = tmp_path_factory.mktemp("lab")
    slow = home / "path/kernels/slow"
    slow.mkdir(parents=True)
    start = f'sleep {SLOW_SECONDS}; exec "{sys.executable}" -m ipykernel_launcher -f "$0"'
    argv = ["/bin/sh", "-c", start, "{connection_file}"]
    (slow / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "slow", "language": "python"}))
    with jupyter("jupyterlab", lab_folder, home) as address:
        yield address


@pytest.fixture
def notebook(lab, lab_folder, page):
    """Open a new notebook of the given cells in JupyterLab."""

    def make(*cells, kernel="python3"):
        return OpenNotebook(page, lab, write_notebook(lab_folder, *cells, kernel=kernel))

    return make
