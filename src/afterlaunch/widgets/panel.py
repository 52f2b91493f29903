"""The panel as an anywidget: to observe, to link, and to lay out beside other controls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary, ref

import anywidget
import traitlets

from afterlaunch.widgets.messages import PlainDict, plain_dict, plain_state, read_state

if TYPE_CHECKING:
    from afterlaunch.results import Report, View, ViewState

STATIC = Path(__file__).parent.parent / "static"
STATE = ("selection", "reference", "current", "threshold")


class PanelWidget(anywidget.AnyWidget):
    """A report's panel, whose traits follow the report's view and change it.

    `selection` is None or `{"column", "bins", "window"}`; `reference` and `current` are None (the report's own window)
    or a list of two ISO times, half-open; `threshold` is None (the report's own) or an effect.
    """

    _esm = STATIC / "widget.js"
    payload = traitlets.Dict(read_only=True).tag(sync=True)
    selection = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    reference = traitlets.List(traitlets.Unicode(), allow_none=True, default_value=None).tag(sync=True)
    current = traitlets.List(traitlets.Unicode(), allow_none=True, default_value=None).tag(sync=True)
    threshold = traitlets.Float(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, payload: PlainDict, view: View) -> None:
        self.set_trait("payload", payload)
        self._view = ref(view)  # a widget lives until it is closed, and would keep the view as long
        super().__init__(**cast("dict[str, Any]", plain_state(view.state)))
        view.listen(self._hear)
        self.observe(self._tell, STATE)

    def _tell(self, change: object) -> None:
        del change
        view = self._view()
        if view is not None:
            view.change(read_state({name: getattr(self, name) for name in STATE}), by=self._hear)

    def _hear(self, state: ViewState) -> None:
        # Held together, so that no listener sees half of a change.
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in plain_state(state).items():
                setattr(self, name, value)


_WIDGETS: WeakKeyDictionary[View, PanelWidget] = WeakKeyDictionary()


def widget_of(report: Report) -> PanelWidget:
    """Return the report's widget, made on first use."""
    widget = _WIDGETS.get(report.view)
    if widget is None:
        widget = _WIDGETS[report.view] = PanelWidget(plain_dict(report.payload()), report.view)
    return widget
