"""JupyterLab in an environment that has nothing of ours: the page or the picture, never an endless wait."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from tests.browser.looks import in_every_look, try_in_notebook
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.panel import PanelOnPage
from tests.browser.servers import ROOT, jupyter
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_report\nreport = make_report()\nreport"


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory):
    """An environment with JupyterLab alone, of the same version as ours."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    version = subprocess.check_output([sys.executable, "-m", "jupyterlab", "--version"], text=True).strip()
    python = str(folder / "bin/python")
    if shutil.which("uv"):
        make, install = ["uv", "venv", "--python", sys.executable], ["uv", "pip", "install", "--python", python]
    else:
        make, install = [sys.executable, "-m", "venv"], [python, "-m", "pip", "install"]
    subprocess.run([*make, str(folder)], check=True)
    pinned = ["-c", str(ROOT / "constraints.txt"), f"jupyterlab=={version}"]
    subprocess.run([*install, "--quiet", *pinned], check=True)
    return python


@pytest.fixture(scope="module")
def other_lab(bare_python, tmp_path_factory):
    """That JupyterLab, with our environment as a kernel."""
    folder, home = tmp_path_factory.mktemp("other"), tmp_path_factory.mktemp("home")
    spec = home / "path/kernels/ours"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "ours", "language": "python"}))
    with jupyter("jupyterlab", folder, home, python=bare_python, extension=False) as address:
        yield address, folder


@pytest.fixture(scope="module")
def shared(chromium, other_lab):
    address, folder = other_lab
    with watched_page(chromium) as page:
        opened = OpenNotebook(page, address, write_notebook(folder, SHOW, kernel="ours")).wait_for_kernel().give_room()
        opened.run()
        panel = PanelOnPage(page)
        panel.is_saved(60_000)
        yield opened, panel


@in_every_look
def test_without_our_extension_the_mouse_moves_a_window(shared, width, dark):
    opened, panel = shared
    try_in_notebook(opened, panel, width, dark=dark)


def test_without_our_extension_the_arrow_keys_are_the_panels_too(shared):
    opened, panel = shared
    panel.answers_the_keys()
    assert opened.active_cell == 0


def test_without_our_extension_the_page_is_interactive(other_lab, page):
    address, folder = other_lab
    opened = OpenNotebook(page, address, write_notebook(folder, SHOW, "", kernel="ours")).wait_for_kernel()
    opened.run()
    panel = PanelOnPage(page)
    panel.is_saved(60_000)
    panel.choose("dewp")
    panel.has_chosen("dewp")
    panel.move_current()
    expect(page.get_by_text("Loading widget")).to_have_count(0)
    opened.save()
    opened.shut_down_kernel()
    OpenNotebook(page, address, opened.file)
    panel.is_saved()
    panel.choose("humid")
    panel.has_chosen("humid")


def test_an_untrusted_notebook_shows_the_picture(other_lab, page):
    address, folder = other_lab
    opened = OpenNotebook(page, address, write_notebook(folder, SHOW, kernel="ours")).wait_for_kernel()
    opened.run()
    PanelOnPage(page).is_saved(60_000)
    opened.save()
    opened.shut_down_kernel()
    # Changed by another hand, a notebook is not trusted.
    changed = json.loads((folder / opened.file).read_text())
    changed["cells"].append({"cell_type": "markdown", "id": "added", "metadata": {}, "source": "added"})
    (folder / opened.file).write_text(json.dumps(changed))
    OpenNotebook(page, address, opened.file)
    picture = page.locator(".jp-OutputArea-output img").first
    expect(picture).to_have_attribute("alt", re.compile("2 of 5 columns drifted"))
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.bounding_box()["height"] > 200
    expect(page.locator("[data-live]")).to_have_count(0)
