"""What a notebook cell shows, by MIME type: each front end takes the richest that it can draw."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from afterlaunch.export.card import CARD_WIDTH, draw_card
from afterlaunch.export.embed import embed
from afterlaunch.widgets.comm import take_calls
from afterlaunch.widgets.front_ends import in_voila, needs_widget_view
from afterlaunch.widgets.messages import plain_dict, plain_state

if TYPE_CHECKING:
    from afterlaunch.results import Plain, Report

PANEL = "application/vnd.afterlaunch.panel.v1+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_VIEW_VERSION = (2, 0)


def make_bundle(report: Report) -> dict[str, object]:
    """Return the report for a cell's output, and let the panels that show it go live.

    Our own MIME type is for JupyterLab and Notebook 7, the page for all that run scripts, the picture and the text for
    the rest; a widget view is added for the front ends that are live by it alone.
    """
    payload = report.payload()
    picture = draw_card(payload)
    shown = plain_shown(report, plain_dict(payload))
    take_calls(str(shown["id"]), report)
    bundle: dict[str, object] = {
        PANEL: shown,
        "text/html": _html(report, shown, picture),
        "image/png": base64.b64encode(picture).decode(),
        "text/plain": report.summary(),
    }
    if needs_widget_view():
        bundle[WIDGET_VIEW] = _widget_view(report)
    if in_voila():
        # Our JupyterLab extension would draw it, and find no session that makes it live.
        del bundle[PANEL]
    return bundle


def plain_shown(report: Report, payload: dict[str, Plain]) -> dict[str, Plain]:
    """Return what every host is given: the report's id, what to draw, and what the reader chose so far."""
    return {"id": payload["id"], "payload": payload, "state": plain_state(report.view.state)}


def _html(report: Report, shown: object, picture: bytes) -> str:
    panel = embed(shown, kind=report.kind, picture=picture, sentence=report.sentence, width=CARD_WIDTH)
    return f'{panel.place}<script type="module">\n{panel.script}</script>'


def _widget_view(report: Report) -> dict[str, object]:
    major, minor = WIDGET_VIEW_VERSION
    return {"version_major": major, "version_minor": minor, "model_id": report.widget.model_id}
