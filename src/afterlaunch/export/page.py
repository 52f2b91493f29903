"""A whole page with one panel: opens from a file, without a network."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from afterlaunch.export.bundle import plain_shown
from afterlaunch.export.card import CARD_WIDTH, draw_card
from afterlaunch.export.embed import embed
from afterlaunch.widgets.messages import plain_dict

if TYPE_CHECKING:
    from afterlaunch.results import Report

# The two scripts run by their hashes, and nothing else does: text from data stays text, and nothing is fetched.
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="{product}">
<meta name="description" content="{evidence}">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<main>
{place}
</main>
<script type="module">{script}</script>
</body>
</html>
"""
STYLE = """
:root { color-scheme: light dark; background: light-dark(#f6f7f9, #0e1013); }
body { margin: 0; padding: 16px; }
main { max-width: 1240px; margin: 0 auto; }
@media (max-width: 640px) { body { padding: 0; } }
@media print { body { padding: 0; } }
"""


def make_page(report: Report, *, rows: bool) -> str:
    """Return the report as a page; with `rows`, the rows that the payload can hold are in it."""
    payload = report.payload(rows=rows)
    plain = plain_dict(payload)
    panel = embed(
        plain_shown(report, plain),
        kind=report.kind,
        picture=draw_card(payload),
        sentence=report.sentence,
        width=CARD_WIDTH,
    )
    script = f"\n{panel.script}"
    return PAGE.format(
        policy=_policy(script, panel.runtime),
        product=escape(str(plain.get("product") or "afterlaunch")),
        evidence=escape(report.evidence),
        title=escape(report.sentence),
        style=STYLE,
        place=panel.place,
        script=script,
    )


def _policy(*scripts: str) -> str:
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
