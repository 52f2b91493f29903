"""The call that reproduces a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def call(chosen: Mapping[str, str]) -> str:
    """Return the call with the options that were chosen, as code.

    >>> call({"every": "'1d'"})
    "al.find_feedback_loops(log, every='1d')"
    """
    return f"al.find_feedback_loops(log{''.join(f', {name}={value}' for name, value in chosen.items())})"
