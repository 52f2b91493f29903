"""Panels of every kind where drift's is tried at length: saved, live in Notebook 7, and on a page of nbconvert."""

from __future__ import annotations

import subprocess
import sys
from operator import attrgetter

import pytest
from tests.browser.kinds import KINDS
from tests.browser.looks import in_every_look
from tests.browser.notebooks import OpenNotebook, write_notebook
from tests.browser.pages import accessibility_faults, is_well_made, keeps_its_height, saved_page
from tests.browser.servers import jupyter, jupyter_env
from tests.browser.test_notebook7 import OWN_START
from tests.browser.test_pages import NBCONVERTS_OWN
from tests.browser.watch import watched_page

each_kind = pytest.mark.parametrize("place", range(len(KINDS)), ids=[kind.name for kind in KINDS])


@pytest.fixture(scope="module", params=KINDS, ids=attrgetter("name"))
def saved(request, chromium, tmp_path_factory):
    """The saved page of each kind, opened from its file without a network."""
    with saved_page(chromium, tmp_path_factory.mktemp("page"), request.param) as opened:
        yield opened


@in_every_look
def test_a_saved_page_is_interactive_offline(saved, width, dark):
    saved.open(width=width, dark=dark).answers_the_mouse(saved.page, dark=dark)
    is_well_made(saved.page)


def test_a_saved_page_answers_the_keys(saved):
    saved.open().answers_the_keys()


def test_every_view_of_a_saved_page_is_readable(saved, subtests):
    for view in saved.kind.views:
        with subtests.test(view=view):
            saved.is_readable(view)


def test_a_panel_is_as_high_in_every_state(saved):
    keeps_its_height(saved.open())


@pytest.fixture(scope="module")
def notebook7(chromium, tmp_path_factory):
    """One notebook that shows a panel of every kind."""
    folder = tmp_path_factory.mktemp("notebook7")
    with (
        jupyter("notebook", folder, tmp_path_factory.mktemp("home")) as address,
        watched_page(chromium) as page,
    ):
        file = write_notebook(folder, *(kind.cell for kind in KINDS))
        opened = OpenNotebook(page, address, file, path="notebooks").wait_for_kernel()
        page.watch.forgive(OWN_START)
        for cell in range(len(KINDS)):
            opened.run(cell)
        yield opened


@pytest.fixture(scope="module")
def converted(chromium, tmp_path_factory):
    """The page that nbconvert makes of such a notebook when it runs it, without a network."""
    folder = tmp_path_factory.mktemp("export")
    file = write_notebook(folder, *(kind.cell for kind in KINDS), name="kinds.ipynb")
    convert = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--output", "kinds.html", file]
    subprocess.run(convert, cwd=folder, env=jupyter_env(folder / "home"), check=True)
    with watched_page(chromium, offline=True) as page:
        page.goto((folder / "kinds.html").as_uri())
        page.locator("[data-live]").nth(len(KINDS) - 1).wait_for()
        page.watch.forgive(*NBCONVERTS_OWN)
        yield page
        page.watch.forgive(*NBCONVERTS_OWN)


@each_kind
def test_in_notebook_7_it_is_live(notebook7, place):
    panel = KINDS[place].on_page(notebook7.page, nth=place)
    panel.is_live(120_000)
    panel.answers_the_mouse(notebook7.page, dark=False)
    notebook7.page.watch.is_silent()


@each_kind
def test_on_a_page_of_nbconvert_it_is_interactive_offline(converted, place):
    panel = KINDS[place].on_page(converted, nth=place)
    panel.is_saved()
    panel.answers_the_mouse(converted, dark=False)
    assert accessibility_faults(converted) == []
    titles = converted.locator("section.al").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-labelledby'))"
    )
    assert len(set(titles)) == len(KINDS)  # each kind brings a runtime of its own, and none the ids of another
