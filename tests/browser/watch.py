"""What a page complains of, and what it asks of the network."""

from __future__ import annotations

import contextlib
import time

LOCAL = ("http://127.0.0.1", "http://localhost", "ws://127.0.0.1", "data:", "blob:", "file:", "about:", "chrome")
WAIT_SECONDS = 10


class Watch:
    """What a page complains of, and what it asks of the network."""

    def __init__(self, page):
        self.page, self.errors, self.away = page, [], []
        page.on("pageerror", lambda error: self.errors.append(error.stack or str(error)))
        page.on("console", self._hear)
        page.on("request", lambda request: request.url.startswith(LOCAL) or self.away.append(request.url))

    def _hear(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    @property
    def complaints(self):
        return self.errors + self.away

    def forgive(self, *causes):
        """Forget the complaints that name one of `causes`: what a host lacks, or what was stopped on purpose."""
        for said in (self.errors, self.away):
            said[:] = [text for text in said if not any(cause in text for cause in causes)]

    def is_silent(self):
        assert not self.complaints, "\n".join(self.complaints)

    def wait_for(self, cause, *, times=1):
        """Wait until the page has complained of something so many times."""
        end = time.monotonic() + WAIT_SECONDS
        while sum(cause in text for text in self.errors) < times:
            assert time.monotonic() < end, f"no {cause!r} in {self.errors}"
            self.page.wait_for_timeout(20)


@contextlib.contextmanager
def watched_page(browser, *, width=1280, height=900, dark=False, offline=False):
    """Open a page, which must not have complained of anything when the block ends."""
    scheme = "dark" if dark else "light"
    viewport = {"width": width, "height": height}
    page = browser.new_context(viewport=viewport, color_scheme=scheme, offline=offline).new_page()
    page.set_default_timeout(60_000)
    page.watch = Watch(page)
    try:
        yield page
        page.watch.is_silent()
    finally:
        page.context.close()
