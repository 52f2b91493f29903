"""Pages that hold a panel: written, served, and checked for what every page owes its reader."""

from __future__ import annotations

import contextlib
import http.server
import threading
from functools import cache
from pathlib import Path

import pytest
from tests.browser.looks import emulate
from tests.browser.servers import ROOT
from tests.browser.watch import watched_page

AXE = ROOT / "node_modules/axe-core/axe.min.js"


@cache
def axe_source():
    return Path(AXE).read_text()


def accessibility_faults(page, within="[data-live]"):
    """What axe finds wrong in an element: rule and what it concerns."""
    page.evaluate(axe_source())
    found = page.evaluate("within => axe.run(within, {resultTypes: ['violations']})", within)
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]]


def open_file(page, path, panel_on, *, width=960, dark=False):
    """Open a saved page from its file in one look; returns its panel, which no kernel feeds."""
    emulate(page, width, dark=dark)
    page.goto(path.as_uri())
    panel = panel_on(page)
    panel.is_saved()
    return panel


def is_well_made(page):
    """Nothing that axe would mend, nothing wider than the window, no complaint and no request."""
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.watch.is_silent()


class SavedPage:
    """The saved page of a kind of panel, in a browser without a network."""

    def __init__(self, page, path, kind):
        self.page, self.path, self.kind = page, path, kind

    def open(self, **look):
        """Open it from its file in one look; returns its panel."""
        return open_file(self.page, self.path, self.kind.on_page, **look)

    def is_readable(self, view):
        """What a button opens is accessible, dark and light."""
        for dark in (True, False):
            self.open(dark=dark).shows(view)
            assert accessibility_faults(self.page) == []


@contextlib.contextmanager
def saved_page(browser, folder, kind):
    """Save a report of a kind in a folder; yields its page, which must not have complained when the block ends."""
    path = folder / f"{kind.name}.html"
    kind.save(path)
    with watched_page(browser, offline=True) as page:
        yield SavedPage(page, path, kind)


def keeps_its_height(panel):
    """Whatever the reader does, a panel stays as high as it was."""
    height = panel.host.bounding_box()["height"]
    for act in panel.acts():
        act()
        assert panel.host.bounding_box()["height"] == pytest.approx(height, abs=1)


@contextlib.contextmanager
def serve_pages(pages, *, policy=""):
    """Serve texts by name on loopback, under a content-security policy; yields the address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args):
            del args

        def do_GET(self):
            text = pages.get(self.path.strip("/"))
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((text or "").encode())

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
