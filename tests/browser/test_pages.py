"""A saved page and an exported notebook open from a file, without a network, and are interactive."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from playwright.sync_api import expect
from tests.browser.cells import make_report
from tests.browser.looks import LOOKS, emulate, in_every_look
from tests.browser.notebooks import write_notebook
from tests.browser.pages import is_well_made, open_file, serve_pages
from tests.browser.panel import PanelOnPage
from tests.browser.servers import jupyter_env
from tests.browser.watch import watched_page

SHOW = "from tests.browser.cells import make_report\nmake_report()"
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">'
NBCONVERTS_OWN = ("cdnjs.cloudflare.com", "MathJax", "require")  # its page asks a CDN for its own scripts


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
    """The folder of a notebook run by `nbconvert --execute`, and exported in both themes."""
    folder = tmp_path_factory.mktemp("export")
    file = write_notebook(folder, SHOW, SHOW, name="report.ipynb")
    convert = [sys.executable, "-m", "nbconvert", "--execute", file]
    env = jupyter_env(folder / "home")
    subprocess.run([*convert, "--to", "notebook", "--output", "run.ipynb"], cwd=folder, env=env, check=True)
    for theme in ("light", "dark"):
        page = [sys.executable, "-m", "nbconvert", "--to", "html", f"--theme={theme}", f"--output={theme}", "run.ipynb"]
        subprocess.run(page, cwd=folder, env=env, check=True)
    return folder


@pytest.fixture(scope="module")
def offline(chromium):
    """One page without a network, for the looks of each file."""
    with watched_page(chromium, offline=True) as page:
        yield page


@in_every_look
def test_a_saved_page_is_interactive_offline(saved_page, offline, width, dark):
    panel = open_file(offline, saved_page, PanelOnPage, width=width, dark=dark)
    panel.answers_the_mouse(offline, dark=dark)
    panel.choose("carrier")
    panel.has_chosen("carrier")
    is_well_made(offline)


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


@in_every_look
def test_an_exported_notebook_is_interactive_offline(exported, offline, width, dark):
    emulate(offline, width, dark=not dark)  # the page's own theme counts, not the reader's
    offline.goto((exported / f"{'dark' if dark else 'light'}.html").as_uri())
    for nth in (0, 1):
        panel = PanelOnPage(offline, nth=nth)
        panel.is_saved()
        panel.answers_the_mouse(offline, dark=dark)
        panel.choose("humid")
        panel.has_chosen("humid")
    offline.watch.forgive(*NBCONVERTS_OWN)
    offline.watch.is_silent()


def test_running_a_notebook_headless_saves_no_widget(exported):
    notebook = nbformat.read(exported / "run.ipynb", as_version=4)
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
        str(exported / "run.ipynb"),
    ]
    subprocess.run(argv, env=jupyter_env(tmp_path / "home"), check=True)
    first, second = (
        nbformat.read(path, as_version=4).cells[0].outputs[0].data for path in (exported / "run.ipynb", again)
    )
    assert first == second


def page_of(report):
    html = str(report._repr_mimebundle_()["text/html"])
    return f"{HEAD}<body>{html}{html}</body>"


@pytest.mark.parametrize(
    "policy",
    ["connect-src 'none'", "default-src 'self' 'unsafe-inline'; img-src 'self' data:", "sandbox allow-scripts"],
)
def test_under_a_policy_that_lets_our_script_run_the_panel_is_there(report, page, policy):
    with serve_pages({"report": page_of(report)}, policy=policy) as address:
        page.goto(f"{address}/report")
        for nth in (0, 1):  # a copied cell has the id of the first
            PanelOnPage(page, nth=nth).is_saved()
            PanelOnPage(page, nth=nth).choose("humid")
            PanelOnPage(page, nth=nth).has_chosen("humid")
        expect(page.locator("img")).to_have_count(0)


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'self'",
        "default-src 'self'; img-src data:; script-src 'nonce-abc'; style-src 'unsafe-inline'",
        "require-trusted-types-for 'script'",
    ],
)
def test_under_a_policy_that_forbids_our_script_the_picture_and_the_verdict_are_there(report, page, policy):
    with serve_pages({"report": page_of(report)}, policy=policy) as address:
        page.goto(f"{address}/report")
        page.watch.wait_for("cript", times=2)  # both scripts were refused
        for width, dark in LOOKS:
            emulate(page, width, dark=dark)
            for picture in page.locator("img").all():
                expect(picture).to_have_attribute("alt", report.sentence)
                expect(picture).to_have_js_property("complete", value=True)
                assert picture.bounding_box()["height"] > 150
                assert picture.bounding_box()["width"] <= width
        expect(page.locator("img")).to_have_count(2)
        expect(page.locator("[data-live]")).to_have_count(0)
        page.watch.forgive("Content Security Policy", "Trusted")


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
