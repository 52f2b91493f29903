"""A panel inside a page: the picture, then a script with the runtime and the data that puts the panel in its place."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from afterlaunch.errors import BadFile
from afterlaunch.export.payload_json import as_json

STATIC = Path(__file__).parent.parent / "static"

# atob, not fetch("data:…"): a page may forbid every connection. A page unpacks one runtime a kind of panel,
# whatever the number of panels; those that another version made bring their own.
SCRIPT = """\
const unpack = (text) => new Response(new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream()
  .pipeThrough(new DecompressionStream("gzip"))).text();
const load = async () => {
  const script = document.createElement("script");
  script.textContent = await unpack("@RUNTIME@");
  document.head.append(script);
  script.remove();
  return window.afterlaunchPage;
};
const runtimes = (window.afterlaunchRuntimes ??= {});
const page = await (runtimes["@VERSION@"] ??= load());
page?.show("@PLACE@", JSON.parse(await unpack("@DATA@")));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """What a page needs to hold a panel."""

    place: str  # the element that shows the picture until the panel is drawn
    script: str  # the text of a module script
    runtime: str  # the script that this one adds to the page


def embed(shown: object, *, kind: str, picture: bytes, sentence: str, width: int) -> Embedded:
    """Return the panel of a `kind` that draws `shown` (id, payload, state); its element's id is made from that."""
    data, runtime = as_json(shown), read_runtime(kind)
    place = f"afterlaunch-{_digest(data)}"
    image = (
        f'<img alt="{escape(sentence)}" width="{width}" style="max-width:100%;height:auto" '
        f'src="data:image/png;base64,{base64.b64encode(picture).decode()}">'
    )
    return Embedded(place=f'<div id="{place}">{image}</div>', script=_script(place, data, runtime), runtime=runtime)


def read_runtime(kind: str) -> str:
    """Return the script that draws panels of a kind on pages; raise `BadFile` where the front end was not built."""
    path = STATIC / f"page.{kind}.js"
    if not path.exists():
        raise BadFile(f"the front end is missing ({path}): run `make build`, or install the package anew")
    return path.read_text(encoding="utf-8")


def _script(place: str, data: str, runtime: str) -> str:
    parts = {"RUNTIME": _packed_runtime(runtime), "VERSION": _digest(runtime), "PLACE": place, "DATA": _packed(data)}
    script = SCRIPT
    for name, part in parts.items():
        script = script.replace(f"@{name}@", part)
    return script


@cache
def _packed_runtime(runtime: str) -> str:
    return _packed(runtime)


def _packed(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
