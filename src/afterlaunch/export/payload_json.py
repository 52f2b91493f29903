"""JSON that is safe to stand inside a page."""

from __future__ import annotations

import json

from afterlaunch.widgets.messages import as_plain


def as_json(value: object) -> str:
    r"""Return `value` as compact JSON, without NaN and without `</`, so that it cannot end a script element.

    >>> as_json({"a": float("inf"), "b": "</script>"})
    '{"a":null,"b":"<\\/script>"}'
    """
    text = json.dumps(as_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
