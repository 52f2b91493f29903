"""Reports: frozen results with a verdict, and the view that a panel changes.

How they are shown is plugged in: nothing here imports a notebook.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, TypeAlias, cast, get_args

from afterlaunch.errors import BadOption, CheckFailed, RowsUnavailable
from afterlaunch.phrases import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike

    import altair as alt
    import anywidget
    import polars as pl

    Combined: TypeAlias = alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart | alt.FacetChart
    AnyChart: TypeAlias = alt.Chart | Combined

WindowName: TypeAlias = Literal["reference", "current"]
Window: TypeAlias = tuple[str, str]  # half-open, ISO 8601 with an offset
Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A range that holds the true value in a share `level` of cases."""

    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a reader picked in a panel.

    Of drift: a column, perhaps a half-open range of its bins, in one of the two windows. Of edge cases: a slice, by its
    place among the report's slices, or one of the four groups, or the rows that are in both. Of an explanation: a
    column or a slice of the covariate part, or, as `group`, a part by its name. Of feedback loops: items by
    `column="popularity"` and a half-open range of tenths, the most shown first; users by `column="entropy"` and a
    half-open range of its cells, or by `group="narrowed"`.
    """

    column: str | None = None
    bins: tuple[int, int] | None = None
    window: WindowName = "current"
    slice: int | None = None
    group: str | None = None

    def __post_init__(self) -> None:
        """Raise `BadOption` on a window or a place that there is not."""
        if self.window not in get_args(WindowName):
            raise BadOption(f"window={self.window!r} of a selection is none of {', '.join(get_args(WindowName))}")
        if self.slice is not None and (not isinstance(cast("object", self.slice), int) or self.slice < 0):
            raise BadOption(f"slice={self.slice!r} of a selection is no place: count the report's slices from 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What could be done about a feedback loop: the setting whose forecast a panel shows."""

    explore: float  # share of impressions drawn at random
    correct: bool  # whether feedback is corrected for how often an item was shown
    guarantee: float  # share of impressions kept for new items

    def __post_init__(self) -> None:
        """Raise `BadOption` on a share that is none."""
        for name in ("explore", "guarantee"):
            share = getattr(self, name)
            if not 0 <= share <= 1:
                raise BadOption(f"{name}={share!r} of a remedy is no share from 0 to 1: of impressions")
        if not isinstance(cast("object", self.correct), bool):
            raise BadOption(f"correct={self.correct!r} of a remedy is neither True nor False")


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewState:
    """Everything that a reader can change in a panel; the rest of what it shows follows from the report's payload."""

    selection: Selection | None = None
    reference: Window | None = None
    current: Window | None = None
    threshold: float | None = None  # from which an effect matters; of edge cases, from which a smoothed loss is bad
    odd: float | None = None  # from which an outlier share is odd
    remedy: Remedy | None = None  # of feedback loops, what is tried; None: what the panel proposes

    def __post_init__(self) -> None:
        """Raise `BadOption` on what no panel can show."""
        if self.selection is not None and not isinstance(cast("object", self.selection), Selection):
            raise BadOption(f"selection={self.selection!r} is none: write al.Selection(column='age')")
        for name in get_args(WindowName):
            _check_window(name, getattr(self, name))
        if self.threshold is not None and not 0 <= self.threshold < float("inf"):
            raise BadOption(f"threshold={self.threshold!r} must be at least 0: the effect from which a change matters")
        if self.odd is not None and not 0 <= self.odd <= 1:
            raise BadOption(f"odd={self.odd!r} is no share from 0 to 1: of reference rows that are less odd")
        if self.remedy is not None and not isinstance(cast("object", self.remedy), Remedy):
            raise BadOption(f"remedy={self.remedy!r} is none: explore, correct and guarantee say what is tried")


def _check_window(name: str, window: Window | None) -> None:
    if window is None:
        return
    try:
        start, end = (datetime.fromisoformat(moment) for moment in window)
        is_span = start < end
    except (TypeError, ValueError):
        is_span = False
    if not is_span:
        raise BadOption(f"{name}={window!r} is no window: write two ISO times, such as ('2013-01-01', '2013-03-01')")


class View:
    """One report's view state, shared by all of its panels; whoever listens hears every change but their own."""

    def __init__(self, state: ViewState) -> None:
        """Start from `state`, with no listener."""
        self.state = state
        self._listeners: list[Callable[[ViewState], None]] = []

    def change(self, state: ViewState, *, by: Callable[[ViewState], None] | None = None) -> None:
        """Take over `state` and tell every listener except `by`, the one it came from."""
        if state == self.state:
            return
        self.state = state
        for listener in tuple(self._listeners):
            if listener != by:
                listener(state)

    def listen(self, listener: Callable[[ViewState], None]) -> Callable[[], None]:
        """Call `listener` on every change; return a function that ends this."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave


class Payload(Protocol):
    """What a panel is drawn from: a frozen dataclass of plain values, mirrored in TypeScript."""

    @property
    def kind(self) -> str:
        """The panel that draws this payload."""
        ...


class Display(Protocol):
    """How reports are shown; `afterlaunch` plugs one in, so that reports need no notebook to exist."""

    def bundle(self, report: Report) -> dict[str, object]:
        """Return what a notebook cell shows, by MIME type."""
        ...

    def widget(self, report: Report) -> anywidget.AnyWidget:
        """Return the panel as a widget."""
        ...

    def save(self, report: Report, path: str | PathLike[str], *, rows: bool) -> None:
        """Write the report to a page, a picture or JSON, by the path's ending."""
        ...

    def chart(self, chart: AnyChart) -> AnyChart:
        """Return the same chart, showing itself as a picture that needs no network."""
        ...


class Report(ABC):
    """A result with a verdict, which shows itself as a panel when it is the last value of a notebook cell."""

    kind: ClassVar[str]
    display: ClassVar[Display | None] = None
    view: View

    def __setattr__(self, name: str, value: object) -> None:
        """Set what is not set yet: a report is a result, and changes in its view alone."""
        if name in vars(self):
            raise AttributeError(f"a report's {name} cannot be changed: measure again, or set its selection")
        super().__setattr__(name, value)

    @property
    @abstractmethod
    def verdict(self) -> str:
        """The verdict in one word."""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """The verdict as a sentence that a manager understands."""

    @property
    @abstractmethod
    def evidence(self) -> str:
        """How sure the verdict is, in one line."""

    @property
    @abstractmethod
    def table(self) -> pl.DataFrame:
        """The numbers, tidy: one row a thing judged."""

    @property
    @abstractmethod
    def alarms(self) -> Mapping[str, tuple[str, ...]]:
        """The verdict words on which `check` fails, the first that has any: each with the things that have it."""

    @abstractmethod
    def summary(self) -> str:
        """Return the report as text of at most about 20 lines."""

    @abstractmethod
    def payload(self, *, rows: bool = False) -> Payload:
        """Return what the panel is drawn from; aggregates alone, unless `rows`."""

    @abstractmethod
    def draw_chart(self) -> AnyChart:
        """Return the numbers as a new Altair chart."""

    def chart(self) -> AnyChart:
        """Return an Altair chart to restyle; in a notebook it shows itself as a picture, which needs no network."""
        chart = self.draw_chart()
        return chart if Report.display is None else Report.display.chart(chart)

    @abstractmethod
    def code(self) -> str:
        """Return the call that reproduces the report."""

    @abstractmethod
    def to_dict(self) -> dict[str, Plain]:
        """Return the report as plain values with a format version, without NaN."""

    def selected_rows(self) -> pl.DataFrame:
        """Return the rows that the selection covers; raise `RowsUnavailable` where only counts are left."""
        raise RowsUnavailable(f"a {self.kind} report keeps no rows")

    def answer(self, question: str) -> object:
        """Return what a live panel asks for and its payload does not hold: a dataclass, for this reader alone.

        Raises `RowsUnavailable` where there is no answer. What is returned is sent, never saved.
        """
        raise RowsUnavailable(f"a {self.kind} report has no answer to {question!r}")

    @property
    def selection(self) -> Selection | None:
        """What the reader picked in the panel; set it to pick from Python."""
        return self.view.state.selection

    @selection.setter
    def selection(self, selection: Selection | None) -> None:
        self.view.change(replace(self.view.state, selection=selection))

    @property
    def widget(self) -> anywidget.AnyWidget:
        """The panel as an anywidget with synced traits, made on first use."""
        return self._display().widget(self)

    def save(self, path: str | PathLike[str], *, rows: bool = False) -> None:
        """Write the report as `.html` (interactive, offline), `.png` or `.json`, atomically."""
        self._display().save(self, path, rows=rows)

    def check(self) -> None:
        """Raise `CheckFailed` on an alarm, for a pipeline."""
        for word, things in self.alarms.items():
            if things:
                raise CheckFailed(f"{word}: {printable(', '.join(things))}. {self.sentence}")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        del include, exclude  # IPython filters the bundle itself
        if Report.display is None:
            return {"text/plain": self.summary()}
        return Report.display.bundle(self)

    def _display_(self) -> object:
        """Return what marimo shows in place of the report: the widget, which is live there."""
        return self.summary() if Report.display is None else self.widget

    def __repr__(self) -> str:
        """Return the kind and the verdict sentence."""
        return f"<{self.kind} report: {self.sentence}>"

    def _display(self) -> Display:
        if Report.display is None:
            raise RuntimeError("import afterlaunch, not afterlaunch.results alone, to show or save a report")
        return Report.display
