"""The panel as an anywidget: to observe, to link, and to lay out beside other controls."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary, WeakMethod, ref

import anywidget
import traitlets

from afterlaunch.widgets.messages import PlainDict, answer_to, plain_dict, plain_state, read_state

if TYPE_CHECKING:
    from afterlaunch.results import Report, View, ViewState

STATIC = Path(__file__).parent.parent / "static"
STATE = ("selection", "reference", "current", "threshold", "odd", "remedy")
OWN = {"threshold": ("bad_from", "min_effect"), "odd": ("odd_from",)}  # where a payload has its own, first found


class PanelWidget(anywidget.AnyWidget):
    """A report's panel, whose traits follow the report's view and change it.

    `selection` is None or `{"column", "bins", "window", "slice", "group"}`; `reference` and `current` are None (the
    report's own window) or a list of two ISO times, half-open; `threshold` is the effect from which a change matters.
    Of edge cases, `threshold` is the smoothed loss from which a row is badly served, `odd` the outlier share from which
    it is odd. Of feedback loops, `current` is the period shown, `remedy` what is tried, None or `{"explore", "correct",
    "guarantee"}`.
    """

    payload = traitlets.Dict(read_only=True).tag(sync=True)
    selection = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    reference = traitlets.List(traitlets.Unicode(), allow_none=True, default_value=None).tag(sync=True)
    current = traitlets.List(traitlets.Unicode(), allow_none=True, default_value=None).tag(sync=True)
    threshold = traitlets.Float(allow_none=True, default_value=None).tag(sync=True)
    odd = traitlets.Float(allow_none=True, default_value=None).tag(sync=True)
    remedy = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, payload: PlainDict, report: Report) -> None:
        view = report.view
        self.set_trait("payload", payload)
        self._answer = WeakMethod(report.answer)
        self._view = ref(view)  # a widget lives until it is closed, and would keep the view as long
        super().__init__(**self._traits_of(view.state))
        view.listen(self._hear)
        self.observe(self._tell, STATE)
        cast("Any", self).on_msg(self._reply)

    @traitlets.validate(*STATE)
    def _check(self, proposal: Any) -> Any:  # noqa: ANN401 - as traitlets has it
        """Return the proposed value; raise `BadInput` where no panel can show it."""
        name = proposal["trait"].name
        read_state({**dict.fromkeys(STATE), name: proposal["value"]})
        return proposal["value"]

    def _reply(self, widget: object, content: object, buffers: object) -> None:
        """Send what a panel asks for to it alone: no trait holds it, so no saved state does."""
        del widget, buffers
        if isinstance(content, dict) and "ask" in content:
            asked = cast("dict[str, object]", content)["ask"]
            cast("Any", self).send({"answer": answer_to(self._answer(), asked)})

    def _tell(self, change: object) -> None:
        del change
        view = self._view()
        if view is not None:
            view.change(self._state(), by=self._hear)

    def _hear(self, state: ViewState) -> None:
        # Held together, so that no listener sees half of a change.
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in self._traits_of(state).items():
                setattr(self, name, value)

    def _traits_of(self, state: ViewState) -> dict[str, Any]:
        """Return the state with the report's own thresholds in place of None, so that sliders can be linked to them."""
        traits: dict[str, Any] = plain_state(state)
        return traits | {name: self._own(name) for name in OWN if traits[name] is None}

    def _state(self) -> ViewState:
        state = read_state({name: getattr(self, name) for name in STATE})
        return replace(state, **{name: None for name in OWN if getattr(state, name) == self._own(name)})

    def _own(self, name: str) -> float | None:
        return next((self.payload[field] for field in OWN[name] if field in self.payload), None)


@cache
def _class_of(kind: str) -> type[PanelWidget]:
    """Return the widget whose front end draws one kind of panel."""
    return type("PanelWidget", (PanelWidget,), {"_esm": STATIC / f"widget.{kind}.js", "__module__": __name__})


_WIDGETS: WeakKeyDictionary[View, PanelWidget] = WeakKeyDictionary()


def widget_of(report: Report) -> PanelWidget:
    """Return the report's widget, made on first use."""
    widget = _WIDGETS.get(report.view)
    if widget is None:
        widget = _WIDGETS[report.view] = _class_of(report.kind)(plain_dict(report.payload()), report)
    return widget
