"""Our own comm, by which a panel in JupyterLab or Notebook 7 is live without a widget manager.

A panel opens the target with `{"id"}`; Python answers `{"id", "state"}`, or closes the comm if it does not know the
report. From then on whoever changes the view sends `{"id", "state"}`, and all panels hear it but the one it came from.
A panel that wants what its payload does not hold sends `{"id", "ask": {"n", "what"}}`, and it alone is sent
`{"id", "answer": {"n", "value"}}`, or an `error` in place of the value: nothing of that is in the saved output.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakKeyDictionary, WeakMethod, WeakValueDictionary

from afterlaunch.errors import BadInput
from afterlaunch.widgets.front_ends import running_kernel
from afterlaunch.widgets.messages import answer_to, plain_state, read_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.results import Report, View, ViewState
    from afterlaunch.widgets.messages import Answer

TARGET = "afterlaunch.panel.v1"
MAX_VIEWS = 64
MAX_COMMS = 32


class Comm(Protocol):
    """The part of a comm that is used here."""

    def send(self, data: dict[str, Any]) -> None:
        """Send a message to the panel."""
        ...

    def close(self) -> None:
        """Tell the panel that nothing more will come."""
        ...

    def on_msg(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call back on a message from the panel."""
        ...

    def on_close(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call back when the panel is gone."""
        ...


def _nobody() -> None:
    """Answer for a view without a report."""


class Switchboard:
    """Joins panels to the views of the reports that they show.

    Views are held weakly, so that a panel keeps no data alive; the last `MAX_VIEWS` shown are held strongly, so that a
    report that no name holds, as in `display(measure_drift(…))`, can still go live.
    """

    def __init__(self) -> None:
        self._views: WeakValueDictionary[str, View] = WeakValueDictionary()
        self._recent: deque[View] = deque(maxlen=MAX_VIEWS)
        self._lines: WeakKeyDictionary[View, list[_Line]] = WeakKeyDictionary()
        self._answers: WeakKeyDictionary[View, Callable[[], Answer | None]] = WeakKeyDictionary()

    def admit(self, identity: str, view: View, answer: Callable[[], Answer | None] = _nobody) -> None:
        """Let panels that show `identity` join `view`; `answer` returns who answers them, or None where it is gone."""
        self._views[identity] = view
        self._answers[view] = answer
        if view in self._recent:
            self._recent.remove(view)
        self._recent.append(view)

    def open(self, comm: Comm, message: dict[str, Any]) -> None:
        """Answer a panel that asks for its report."""
        identity = str(message["content"]["data"].get("id"))
        view = self._views.get(identity)
        if view is None:
            comm.close()
            return
        lines = self._lines.setdefault(view, [])
        lines.append(_Line(identity, comm, view, lines, self._answers[view]))
        # A tab that is closed says no goodbye.
        while len(lines) > MAX_COMMS:
            lines[0].close()

    def n_comms(self, view: View) -> int:
        """Return how many panels have joined `view`."""
        return len(self._lines.get(view, ()))


class _Line:
    """One panel's comm, as a listener of the view."""

    def __init__(
        self, identity: str, comm: Comm, view: View, lines: list[_Line], answer: Callable[[], Answer | None]
    ) -> None:
        self._identity, self._comm, self._view, self._lines = identity, comm, view, lines
        self._answer = answer
        self._leave = view.listen(self._tell)
        comm.on_msg(self._hear)
        comm.on_close(self._end)
        self._tell(view.state)

    def close(self) -> None:
        self._end({})
        self._comm.close()

    def _tell(self, state: ViewState) -> None:
        self._comm.send({"id": self._identity, "state": plain_state(state)})

    def _hear(self, message: dict[str, Any]) -> None:
        data = message["content"]["data"]
        try:
            if "ask" in data:
                self._comm.send({"id": self._identity, "answer": answer_to(self._answer(), data["ask"])})
                return
            state = read_state(data.get("state"))
        except BadInput:
            self._tell(self._view.state)  # the panel falls back to what holds here
            return
        self._view.change(state, by=self._tell)

    def _end(self, message: dict[str, Any]) -> None:
        del message
        self._leave()
        if self in self._lines:
            self._lines.remove(self)


SWITCHBOARD = Switchboard()


def take_calls(identity: str, report: Report) -> None:
    """Let panels that show `identity` go live, if a kernel runs."""
    if running_kernel() is None:
        return
    from comm import get_comm_manager  # noqa: PLC0415  (the kernel sets the manager when it starts)

    get_comm_manager().register_target(TARGET, partial(_open, SWITCHBOARD))
    SWITCHBOARD.admit(identity, report.view, WeakMethod(report.answer))


def _open(board: Switchboard, comm: Comm, message: dict[str, Any]) -> None:
    board.open(comm, message)
