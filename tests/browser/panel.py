"""A panel on a page, as a reader handles it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

WAIT_MS = 20_000
# Backgrounds of the panel: each of red, green and blue below 100, or 200 and more.
DARK = re.compile(r"^rgb\(\d{1,2}, \d{1,2}, \d{1,2}\)$")
LIGHT = re.compile(r"^rgb\(2\d\d, 2\d\d, 2\d\d\)$")


class PanelOnPage:
    """One panel: `holder` is a page, a frame or a locator that holds it."""

    told = "2 of 5 columns drifted"  # of the windows that Python measured

    def __init__(self, holder, *, nth=0):
        self.host = holder.locator("[data-live]").nth(nth)

    @property
    def sentence(self):
        return self.host.locator(".al-verdict")

    def is_live(self, timeout=WAIT_MS):
        expect(self.host).to_have_attribute("data-live", "true", timeout=timeout)

    def is_saved(self, timeout=WAIT_MS):
        expect(self.host).to_have_attribute("data-live", "false", timeout=timeout)

    def is_in_theme(self, *, dark):
        expect(self.host.locator(".al")).to_have_css("background-color", DARK if dark else LIGHT)

    def shows(self, view):
        """Press the button that opens a view."""
        self.host.get_by_role("button", name=view).click()

    def column(self, name):
        return self.host.locator(f'[role=option][aria-label^="{name} "]')

    def choose(self, name):
        self.column(name).click()

    def has_chosen(self, name):
        expect(self.column(name)).to_have_attribute("aria-selected", "true")

    def brush(self, part="current-body"):
        return self.host.locator(f'[data-part="{part}"]')

    def drag_current_to_start(self, page):
        """Drag the current window with the mouse to where the time axis begins."""
        self.is_judged()
        self.brush().hover()  # waits until it stands still and nothing covers it
        box = self.brush().bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.down()
        page.mouse.move(x - 40, y, steps=4)
        page.mouse.move(0, y, steps=4)
        page.mouse.up()

    def answers_the_mouse(self, page, *, dark):
        """Drag the current window, then double-click it: the verdict follows, in the colours of the host's theme."""
        self.is_in_theme(dark=dark)
        expect(self.sentence).to_contain_text(self.told)
        self.drag_current_to_start(page)
        expect(self.sentence).to_contain_text("stable")
        self.is_judged()
        self.brush().dblclick()
        expect(self.sentence).to_contain_text(self.told)
        self.is_judged()

    def answers_the_keys(self):
        """Move the current window by keys, there and back."""
        for key in ("ArrowLeft", "ArrowDown", "Home", "End", "Shift+ArrowLeft", "Shift+ArrowRight"):
            self.move_current(key)
        self.brush().dblclick()
        expect(self.sentence).to_contain_text(self.told)

    def move_current(self, key="ArrowRight"):
        """Move the current window by a key, and wait until it is judged."""
        self.is_judged()
        brush = self.brush()
        before = brush.get_attribute("aria-valuetext")
        brush.focus()
        brush.press(key)
        expect(brush).not_to_have_attribute("aria-valuetext", before)
        self.is_judged()

    def is_judged(self):
        expect(self.host.locator(".al-pending")).to_have_count(0)
