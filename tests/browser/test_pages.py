"""A saved page and an exported notebook open from a file, without a network, and are interactive."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from playwright.sync_api import expect
from tests.browser.cells import make_report
from tests.browser.notebooks import write_notebook
from tests.browser.pages import accessibility_faults, serve_pages
from tests.browser.panel import PanelOnPage
from tests.browser.servers import jupyter_env

SHOW = "from tests.browser.cells import make_report\nmake_report()"
LOOKS = [(960, False), (960, True), (480, False), (480, True)]
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">'
NO_SCRIPT = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'self'"


@pytest.fixture(scope="session")
def report():
    return make_report()


@pytest.fixture(scope="session")
def saved_page(report, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "drift.html"
    report.save(path)
    return path


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """A notebook run and exported by `nbconvert --execute`; its page and its executed file."""
    folder = tmp_path_factory.mktemp("export")
    file = write_notebook(folder, SHOW, SHOW, name="report.ipynb")
    convert = [sys.executable, "-m", "nbconvert", "--execute", file]
    env = jupyter_env(folder / "home")
    subprocess.run([*convert, "--to", "notebook", "--output", "run.ipynb"], cwd=folder, env=env, check=True)
    page = [sys.executable, "-m", "nbconvert", "--to", "html", "run.ipynb"]
    subprocess.run(page, cwd=folder, env=env, check=True)
    return folder / "run.html", folder / "run.ipynb"


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_saved_page_is_interactive_offline(saved_page, open_page, width, dark):
    page = open_page(width=width, dark=dark, offline=True)
    page.goto(saved_page.as_uri())
    panel = PanelOnPage(page)
    panel.is_saved()
    expect(panel.sentence).to_contain_text("2 of 5 columns drifted")
    panel.drag_current_to_start(page)
    expect(panel.sentence).to_contain_text("stable", timeout=10_000)
    panel.choose("carrier")
    panel.has_chosen("carrier")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_saved_page_follows_the_readers_theme(saved_page, open_page):
    grounds = []
    for dark in (False, True):
        page = open_page(dark=dark, offline=True)
        page.goto(saved_page.as_uri())
        PanelOnPage(page).is_saved()
        grounds.append(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert grounds[0] != grounds[1]


def test_a_saved_page_says_its_verdict_in_its_title(saved_page, page, report):
    page.goto(saved_page.as_uri())
    assert page.title() == report.sentence


def test_an_exported_notebook_is_interactive_offline(exported, open_page):
    page = open_page(offline=True, width=960)
    page.watch.errors = Forgiving()
    page.route(
        "**/*", lambda route: route.continue_() if route.request.url.startswith(("file:", "data:")) else route.abort()
    )
    page.goto(exported[0].as_uri())
    for nth in (0, 1):
        panel = PanelOnPage(page, nth=nth)
        panel.is_saved()
        panel.choose("humid")
        panel.has_chosen("humid")
        panel.move_current()
    # MathJax and require.js are nbconvert's own; nothing of ours asks for anything.
    page.watch.away = [url for url in page.watch.away if "cdnjs.cloudflare.com" not in url]


class Forgiving(list):
    """nbconvert's page complains that its own scripts are out of reach."""

    def append(self, text):
        if "net::ERR" not in text and "MathJax" not in text and "require" not in text:
            super().append(text)


def test_running_a_notebook_headless_saves_no_widget(exported):
    notebook = nbformat.read(exported[1], as_version=4)
    assert "widgets" not in notebook.metadata
    data = notebook.cells[0].outputs[0].data
    assert "application/vnd.jupyter.widget-view+json" not in data
    assert {"image/png", "text/html", "text/plain", "application/vnd.afterlaunch.panel.v1+json"} <= set(data)


def test_running_a_notebook_again_leaves_no_difference(exported, tmp_path):
    again = tmp_path / "again.ipynb"
    argv = [
        sys.executable,
        "-m",
        "nbconvert",
        "--execute",
        "--to",
        "notebook",
        "--output",
        str(again),
        str(exported[1]),
    ]
    subprocess.run(argv, env=jupyter_env(tmp_path / "home"), check=True)
    first, second = (nbformat.read(path, as_version=4).cells[0].outputs[0].data for path in (exported[1], again))
    assert first == second


@pytest.mark.parametrize(
    ("policy", "interactive"),
    [
        ("connect-src 'none'", True),
        ("default-src 'self' 'unsafe-inline'; img-src 'self' data:", True),
        ("sandbox allow-scripts", True),
        (NO_SCRIPT, False),
        ("default-src 'self'; img-src data:; script-src 'nonce-abc'; style-src 'unsafe-inline'", False),
        ("require-trusted-types-for 'script'", False),
    ],
)
def test_under_a_policy_the_panel_or_its_picture_is_there(report, page, policy, interactive):
    html = str(report._repr_mimebundle_()["text/html"])
    pages = {"report": f"{HEAD}<body>{html}{html}</body>"}
    with serve_pages(pages, policy=policy) as address:
        page.goto(f"{address}/report")
        if interactive:
            for nth in (0, 1):  # a copied cell has the id of the first
                PanelOnPage(page, nth=nth).is_saved()
                PanelOnPage(page, nth=nth).choose("humid")
            assert page.locator("img").count() == 0
        else:
            page.wait_for_timeout(300)
            picture = page.locator("img").first
            assert picture.get_attribute("alt") == report.sentence
            assert picture.bounding_box()["height"] > 200
            assert page.locator("[data-live]").count() == 0
            page.watch.forgive()


def test_a_hostile_name_is_inert_in_a_page(open_page, tmp_path):
    name = "<img src=x onerror=document.title='broken'></script><script>document.title='broken'</script>"
    code = "from tests.browser.cells import make_log\nimport afterlaunch as al\n"
    code += f"report = al.measure_drift(make_log(({name!r}, 'b')), reference=('2026-01-01', '2026-02-15'))\n"
    code += f"report.save({str(tmp_path / 'page.html')!r})"
    scope = {}
    exec(code, scope)  # noqa: S102 (the same code as in a cell)
    page = open_page(offline=True)
    page.goto((tmp_path / "page.html").as_uri())
    PanelOnPage(page).is_saved()
    expect(PanelOnPage(page).sentence).to_contain_text("<img")
    assert page.title() == scope["report"].sentence
    assert page.locator("img").count() == 0
