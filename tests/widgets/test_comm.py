"""Panels join the views of their reports, hear each other, and are let go."""

from __future__ import annotations

import gc
import weakref

from afterlaunch.errors import RowsUnavailable
from afterlaunch.results import Selection, View, ViewState
from afterlaunch.widgets.comm import MAX_COMMS, MAX_VIEWS, Switchboard
from afterlaunch.widgets.messages import plain_state

CHOICE = ViewState(selection=Selection(column="temp"))


class Panel:
    """The other end of a comm."""

    def __init__(self):
        self.heard, self.closed = [], False

    def send(self, data):
        self.heard.append(data)

    def close(self):
        self.closed = True

    def on_msg(self, callback):
        self._say = callback

    def on_close(self, callback):
        self._leave = callback

    def choose(self, state):
        self._say({"content": {"data": {"id": "r", "state": state}}})

    def leave(self):
        self._leave({})


def call(board, identity="r"):
    panel = Panel()
    board.open(panel, {"content": {"data": {"id": identity}}})
    return panel


def board_with(view):
    board = Switchboard()
    board.admit("r", view)
    return board


def test_a_panel_that_asks_hears_the_state():
    board = board_with(View(CHOICE))
    assert call(board).heard == [{"id": "r", "state": plain_state(CHOICE)}]


def test_a_panel_of_an_unknown_report_is_closed():
    panel = call(board_with(View(CHOICE)), "another")
    assert panel.closed
    assert panel.heard == []


def test_a_choice_reaches_the_view_and_the_other_panels_alone():
    view = View(ViewState())
    board = board_with(view)
    first, second = call(board), call(board)
    first.choose(plain_state(CHOICE))
    assert view.state == CHOICE
    assert len(first.heard) == 1
    assert second.heard[-1] == {"id": "r", "state": plain_state(CHOICE)}


def test_a_choice_made_in_python_reaches_every_panel():
    view = View(ViewState())
    board = board_with(view)
    panels = [call(board), call(board)]
    view.change(CHOICE)
    assert all(panel.heard[-1]["state"] == plain_state(CHOICE) for panel in panels)


def test_a_panel_that_sends_nonsense_is_told_what_holds():
    view = View(CHOICE)
    panel = call(board_with(view))
    panel.choose({"nonsense": 1})
    assert view.state == CHOICE
    assert panel.heard[-1]["state"] == plain_state(CHOICE)


def ask(panel, what="rows", n=7):
    panel._say({"content": {"data": {"id": "r", "ask": {"n": n, "what": what}}}})
    return panel.heard[-1]["answer"]


def test_what_a_panel_asks_for_is_sent_to_it_alone():
    view, board = View(ViewState()), Switchboard()
    board.admit("r", view, lambda: lambda what: [what, 1.5])
    asking, other = call(board), call(board)
    assert ask(asking) == {"n": 7, "value": ["rows", 1.5]}
    assert len(other.heard) == 1


def test_a_question_that_has_no_answer_is_told_why():
    def refuse(what):
        raise RowsUnavailable(f"no {what} here")

    view, board = View(ViewState()), Switchboard()
    board.admit("r", view, lambda: refuse)
    assert ask(call(board)) == {"n": 7, "error": "no rows here"}
    board.admit("r", view)
    assert "keep it in a variable" in ask(call(board))["error"]


def test_a_question_that_is_none_is_answered_by_what_holds():
    panel = call(board_with(View(CHOICE)))
    panel._say({"content": {"data": {"id": "r", "ask": "rows"}}})
    assert panel.heard[-1]["state"] == plain_state(CHOICE)


def test_a_panel_that_left_hears_nothing_more():
    view = View(ViewState())
    board = board_with(view)
    panel = call(board)
    panel.leave()
    view.change(CHOICE)
    assert len(panel.heard) == 1
    assert board.n_comms(view) == 0


def test_the_oldest_of_too_many_panels_is_closed():
    view = View(ViewState())
    board = board_with(view)
    panels = [call(board) for _ in range(MAX_COMMS + 3)]
    assert [panel.closed for panel in panels] == [True] * 3 + [False] * MAX_COMMS
    assert board.n_comms(view) == MAX_COMMS


def test_the_last_views_shown_are_kept_and_older_ones_are_let_go():
    board = Switchboard()
    seen = []
    for i in range(MAX_VIEWS + 2):
        view = View(ViewState())
        seen.append(weakref.ref(view))
        board.admit(str(i), view)
    del view
    gc.collect()
    assert [ref() is None for ref in seen] == [True] * 2 + [False] * MAX_VIEWS


def test_a_report_shown_twice_is_kept_once():
    board, view = Switchboard(), View(ViewState())
    for _ in range(MAX_VIEWS):
        board.admit("r", view)
    assert list(board._recent) == [view]
