"""What a page complains of, and what it asks of the network."""

from __future__ import annotations

LOCAL = ("http://127.0.0.1", "http://localhost", "ws://127.0.0.1", "data:", "blob:", "file:", "about:", "chrome")


class Watch:
    """What a page complains of, and what it asks of the network."""

    def __init__(self, page):
        self.errors, self.away = [], []
        page.on("pageerror", lambda error: self.errors.append(error.stack or str(error)))
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        page.on("request", lambda request: request.url.startswith(LOCAL) or self.away.append(request.url))

    def forgive(self):
        """Forget what was said so far: a kernel was stopped on purpose."""
        self.errors.clear()
