"""A panel on a page, as a reader handles it."""

from __future__ import annotations

from playwright.sync_api import expect

WAIT_MS = 20_000


class PanelOnPage:
    """One panel: `frame` is a page, a frame or a locator that holds it."""

    def __init__(self, holder, *, nth=0):
        self.host = holder.locator("[data-live]").nth(nth)

    @property
    def sentence(self):
        return self.host.locator(".al-verdict")

    def is_live(self, timeout=WAIT_MS):
        expect(self.host).to_have_attribute("data-live", "true", timeout=timeout)

    def is_saved(self, timeout=WAIT_MS):
        expect(self.host).to_have_attribute("data-live", "false", timeout=timeout)

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
        self.brush().scroll_into_view_if_needed()
        box = self.brush().locator("rect").first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 4
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 40, y, steps=4)
        page.mouse.move(0, y, steps=4)
        page.mouse.up()

    def move_current(self):
        """Move the current window by a day with the keyboard, and wait until it is judged."""
        self.is_judged()
        brush = self.brush()
        before = brush.get_attribute("aria-valuetext")
        brush.focus()
        brush.press("ArrowRight")
        expect(brush).not_to_have_attribute("aria-valuetext", before, timeout=WAIT_MS)
        self.is_judged()

    def is_judged(self):
        expect(self.host.locator(".al-pending")).to_have_count(0, timeout=WAIT_MS)
