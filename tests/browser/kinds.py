"""The kinds of panels: how a reader handles those that are not drift, and what makes and shows each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.browser import cells
from tests.browser.panel import WAIT_MS, PanelOnPage

if TYPE_CHECKING:
    from collections.abc import Mapping


class EdgeCasesOnPage(PanelOnPage):
    """An edge-case panel, as a reader handles it."""

    def slice(self, place):
        return self.host.locator("[role=option]").nth(place + 1)  # the first are all rows

    def group(self, name):
        return self.host.locator(f'button[data-part="{name}"]')

    def share(self, name):
        return self.group(name).locator(".al-group-figures")

    def threshold(self, name):
        return self.host.locator(f'[data-part="{name}"][role=slider]')

    def drag(self, page, name, *, by):
        """Drag a threshold by its knob, so many pixels to the right or down; its group's share follows."""
        knob = self.threshold(name).locator(".al-knob")
        knob.scroll_into_view_if_needed()
        box = knob.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        across, down = (by, 0) if name == "odd" else (0, by)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + across / 2, y + down / 2, steps=3)
        page.mouse.move(x + across, y + down, steps=3)
        page.mouse.up()

    def answers_the_mouse(self, page, *, dark):
        """Drag both thresholds, pick a slice and a group, and let go of all: the shares follow, in the host's theme."""
        self.is_in_theme(dark=dark)
        measured = {name: self.threshold(name).get_attribute("aria-valuenow") for name in ("odd", "bad")}
        for name, by, group in (("odd", -60, "outlier"), ("bad", 60, "edge_case")):
            before, value = self.share(group).inner_text(), self.threshold(name).get_attribute("aria-valuenow")
            self.drag(page, name, by=by)
            expect(self.threshold(name)).not_to_have_attribute("aria-valuenow", value)
            expect(self.share(group)).not_to_have_text(before)
        self.slice(0).click()
        expect(self.slice(0)).to_have_attribute("aria-selected", "true")
        expect(self.share("edge_case")).to_contain_text("(all")
        self.group("edge_case").click()
        expect(self.group("edge_case")).to_have_attribute("aria-pressed", "true")
        self.group("edge_case").press("Escape")
        self.group("edge_case").press("Escape")
        expect(self.slice(-1)).to_have_attribute("aria-selected", "true")
        self.threshold("odd").locator(".al-knob").dblclick()
        for name, value in measured.items():
            expect(self.threshold(name)).to_have_attribute("aria-valuenow", value)
        expect(self.share("edge_case")).to_contain_text("(reference")
        self.follows_its_windows(page)

    def answers_the_keys(self):
        """Walk the slices and move a threshold and a window by keys, and let go of them."""
        slices = self.host.get_by_role("listbox", name="Slices by loss explained")
        for key, place in (("ArrowDown", 0), ("Home", -1), ("End", 0)):
            slices.press(key)
            expect(self.slice(place)).to_have_attribute("aria-selected", "true")
        slices.press("Escape")
        expect(self.slice(-1)).to_have_attribute("aria-selected", "true")
        for name in ("odd", "bad"):
            before = self.threshold(name).get_attribute("aria-valuenow")
            self.threshold(name).press("ArrowLeft")
            expect(self.threshold(name)).not_to_have_attribute("aria-valuenow", before)
            self.threshold(name).locator(".al-knob").dblclick()
            expect(self.threshold(name)).to_have_attribute("aria-valuenow", before)
        self.move_current("ArrowLeft")
        self.brush().dblclick()
        expect(self.sentence).not_to_contain_text("of this window is")

    def acts(self):
        return (
            lambda: self.slice(0).click(),
            lambda: self.group("both").click(),
            lambda: self.shows("Show rows"),
            lambda: self.shows("Table"),
        )

    def effect(self, place):
        return self.slice(place).locator(".al-effect")

    def follows_its_windows(self, page):
        """Drag the current window to the start, then double-click it: slices and groups follow, and come back."""
        before = [self.effect(0).inner_text(), self.share("edge_case").inner_text(), self.sentence.inner_text()]
        self.drag_current_to_start(page)
        expect(self.effect(0)).not_to_have_text(before[0])
        expect(self.share("edge_case")).not_to_have_text(before[1])
        expect(self.sentence).to_contain_text("of this window is")
        expect(self.slice(0)).to_contain_text("was confirmed")
        self.brush().dblclick()
        expect(self.effect(0)).to_have_text(before[0], use_inner_text=True)
        expect(self.share("edge_case")).to_have_text(before[1], use_inner_text=True)
        expect(self.sentence).to_have_text(before[2], use_inner_text=True)


class PerformanceOnPage(PanelOnPage):
    """A performance panel, as a reader handles it."""

    told = "metrics worse"

    def column(self, name):
        return self.host.locator(f'[role=option][data-part="{name}"]')

    def answers_the_mouse(self, page, *, dark):
        """Drag the current window to the start, then double-click it: value and verdict follow, and come back."""
        self.is_in_theme(dark=dark)
        row = self.column("log_loss")
        expect(self.sentence).to_contain_text(self.told)
        expect(row).to_contain_text("dropped")
        before = row.locator(".al-effect").inner_text()
        self.drag_current_to_start(page)
        self.is_judged()
        expect(row.locator(".al-effect")).not_to_have_text(before)
        expect(row).not_to_contain_text("dropped")
        expect(self.sentence).not_to_contain_text("worse")
        self.brush().dblclick()
        expect(self.sentence).to_contain_text(self.told)
        expect(row.locator(".al-effect")).to_have_text(before, use_inner_text=True)
        self.choose("recall")
        self.has_chosen("recall")

    def acts(self):
        return (
            lambda: self.choose("recall"),
            lambda: self.choose("calibration_error"),
            lambda: self.shows("Table"),
        )


class ExplanationOnPage(PanelOnPage):
    """An explanation, as a reader handles it."""

    def column(self, name):
        return self._list("column").locator("[role=option]").filter(has_text=name)

    def slice(self, place):
        return self._list("slice").locator("[role=option]").nth(place)

    def part(self, name):
        return self.host.locator(f'button[data-part="{name}"]')

    @property
    def reading(self):
        return self.host.locator('[data-part="reading"]')

    def _list(self, of):
        return self.host.get_by_role("listbox", name=f"Covariate part by {of}")

    def answers_the_mouse(self, page, *, dark):
        """From the change to the rows in two clicks; a part is read and picked; Escape lets go of all."""
        self.is_in_theme(dark=dark)
        expect(self.host.locator(".al-chip-on")).to_have_text("favoured by the evidence")
        every = self._list("slice").locator("[role=option]").count()
        self.column("hour").click()
        expect(self.column("hour")).to_have_attribute("aria-selected", "true")
        expect(self.slice(0)).to_contain_text("hour")
        assert self._list("slice").locator("[role=option]").count() < every
        self.slice(0).click()
        expect(self.reading).to_contain_text("of the change")
        expect(self.host.locator(".al-within")).to_have_count(1)
        self._list("slice").press("Escape")
        self._list("slice").press("Escape")
        expect(self.column("hour")).to_have_attribute("aria-selected", "false")
        self.part("concept").click()
        expect(self.reading).to_contain_text("between quiet stretches")
        page.keyboard.press("Escape")
        expect(self.part("concept")).to_have_attribute("aria-pressed", "false")

    def answers_the_keys(self):
        """Walk both lists by arrows, and pick a part by Enter."""
        self._list("column").focus()
        self._list("column").press("ArrowDown")
        expect(self._list("column").locator("[role=option]").first).to_have_attribute("aria-selected", "true")
        self._list("slice").focus()
        self._list("slice").press("End")
        expect(self._list("slice").locator("[role=option]").last).to_have_attribute("aria-selected", "true")
        self.part("covariate").focus()
        self.part("covariate").press("Enter")
        expect(self.part("covariate")).to_have_attribute("aria-pressed", "true")
        self.part("covariate").press("Escape")

    def acts(self):
        return (
            lambda: self.column("distance").click(),
            lambda: self.part("concept").click(),
            lambda: self.part("label").hover(),
            lambda: self.shows("Table"),
        )


class LoopsOnPage(PanelOnPage):
    """A feedback-loop panel, as a reader handles it."""

    @property
    def period(self):
        return self.host.locator('[data-part="period"]')

    def tenth(self, place):
        return self.host.locator(".al-tenths [role=option]").nth(place)

    @property
    def narrowed(self):
        return self.host.get_by_role("button", name="Narrowed users")

    @property
    def exploration(self):
        return self.host.get_by_role("slider", name="exploration")

    def answers_the_mouse(self, page, *, dark):
        """Move to another period, pick the first tenth, try more exploration: all follow, in the host's theme."""
        self.is_in_theme(dark=dark)
        self.period.scroll_into_view_if_needed()
        box = self.period.bounding_box()
        last = self.period.get_attribute("aria-valuenow")
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(self.period).not_to_have_attribute("aria-valuenow", last)
        self.tenth(0).click()
        expect(self.tenth(0)).to_have_attribute("aria-selected", "true")
        expect(self.host.locator("select option").first).to_contain_text("Share of tenth")
        self.exploration.press("End")
        expect(self.exploration).not_to_have_attribute("aria-valuetext", "0\u202f%")
        self.exploration.press("Escape")
        expect(self.tenth(0)).to_have_attribute("aria-selected", "false")

    def answers_the_keys(self):
        """Walk the periods and the tenths by keys, and let go of them."""
        last = self.period.get_attribute("aria-valuemax")
        for key, place in (("Home", "0"), ("ArrowRight", "1"), ("ArrowDown", "0"), ("End", last)):
            self.period.press(key)
            expect(self.period).to_have_attribute("aria-valuenow", place)
        tenths = self.host.get_by_role("listbox", name="Tenths by popularity")
        for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("End", -1), ("Home", 0)):
            tenths.press(key)
            expect(self.tenth(place)).to_have_attribute("aria-selected", "true")
        tenths.press("Escape")
        expect(self.tenth(0)).to_have_attribute("aria-selected", "false")

    def acts(self):
        return (
            lambda: self.period.press("Home"),
            lambda: self.tenth(0).click(),
            self.narrowed.click,
            lambda: self.exploration.press("End"),
            lambda: self.shows("Table"),
        )


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of panel: the calls of `tests.browser.cells` that make its report, and how it is handled.

    `saves` makes the report of a saved page where that is another, and `options` are those of saving it.
    """

    name: str
    make: str
    on_page: type[PanelOnPage]
    saves: str | None = None
    options: Mapping[str, bool] = field(default_factory=dict)
    views: tuple[str, ...] = ("Table", "How sure?", "More")
    wait_ms: int = 60_000

    @property
    def cell(self):
        """The source of a cell that shows it."""
        return f"from tests.browser.cells import {self.make}\nreport = {self.make}()\nreport"

    def save(self, path):
        """Write the page that the browser tests open from its file."""
        getattr(cells, self.saves or self.make)().save(path, **self.options)


DRIFT = Kind(name="drift", make="make_report", on_page=PanelOnPage, wait_ms=WAIT_MS)
EDGE_CASES = Kind(
    name="edge_cases",
    make="make_edge_report",
    on_page=EdgeCasesOnPage,
    options={"rows": True},
    views=("Show rows", "Table", "How sure?", "More"),
)
PERFORMANCE = Kind(name="performance", make="make_performance_report", on_page=PerformanceOnPage)
EXPLANATION = Kind(name="explanation", make="make_explanation", on_page=ExplanationOnPage, wait_ms=120_000)
LOOPS = Kind(name="loops", make="make_loop_report", on_page=LoopsOnPage, saves="make_long_loop_report")
KINDS = (EDGE_CASES, PERFORMANCE, EXPLANATION, LOOPS)
