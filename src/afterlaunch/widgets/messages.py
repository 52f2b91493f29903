"""What panels and Python send each other: payloads and view states as plain JSON values."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from afterlaunch.errors import AfterlaunchError, BadInput, BadOption
from afterlaunch.results import Plain, Remedy, Selection, ViewState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from afterlaunch.results import Window, WindowName

PlainDict: TypeAlias = "dict[str, Plain]"
Answer: TypeAlias = "Callable[[str], object]"


def as_plain(value: object) -> Plain:
    """Return a dataclass, mapping or sequence as JSON values; a float that JSON lacks (NaN, infinity) becomes None.

    >>> as_plain((1, float("nan"), {"a": "b"}))
    [1, None, {'a': 'b'}]
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): as_plain(item) for key, item in cast("dict[object, object]", value).items()}
    if isinstance(value, (list, tuple)):
        return [as_plain(item) for item in cast("list[object] | tuple[object, ...]", value)]
    raise TypeError(f"a payload holds a {type(value).__name__}; it takes dataclasses, mappings, sequences and scalars")


def plain_dict(value: object) -> PlainDict:
    """Return a dataclass as a JSON object."""
    return cast("PlainDict", as_plain(value))


def plain_state(state: ViewState) -> PlainDict:
    """Return a view state as it stands in messages, saved outputs and the widget's traits."""
    return plain_dict(state)


def answer_to(answer: Answer | None, raw: object) -> PlainDict:
    """Return what a panel is told that asked `{"n", "what"}`: `{"n", "value"}`, or `{"n", "error"}` in words."""
    asked = cast("Mapping[str, Any]", raw)
    try:
        n, what = int(asked["n"]), str(asked["what"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"not a question: {raw!r:.200}; a panel sends its number n, and what it asks for") from error
    if answer is None:
        return {"n": n, "error": "The report is gone: keep it in a variable, and run its cell again."}
    try:
        return {"n": n, "value": as_plain(answer(what))}
    except AfterlaunchError as error:
        return {"n": n, "error": str(error)}


def read_state(raw: object) -> ViewState:
    """Return the view state that a panel sent; raise `BadInput` where it is none."""
    try:
        state = cast("Mapping[str, Any]", raw)
        return ViewState(
            selection=_read_selection(state["selection"]),
            reference=_read_window(state["reference"]),
            current=_read_window(state["current"]),
            threshold=_read_number(state["threshold"]),
            odd=_read_number(state.get("odd")),  # outputs that were saved before there was one
            remedy=_read_remedy(state.get("remedy")),
        )
    except BadOption as error:
        raise BadInput(str(error)) from error
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadInput(
            f"not a view state: {raw!r:.200}; a panel sends selection, reference, current, threshold, odd, remedy"
        ) from error


def _read_selection(raw: Mapping[str, Any] | None) -> Selection | None:
    if raw is None:
        return None
    bins: Sequence[int] | None = raw["bins"]
    window: WindowName = raw["window"]
    column, place, group = (raw.get(name) for name in ("column", "slice", "group"))
    return Selection(
        column=None if column is None else str(column),
        bins=None if bins is None else (int(bins[0]), int(bins[1])),
        window=window,
        slice=None if place is None else int(place),
        group=None if group is None else str(group),
    )


def _read_remedy(raw: Mapping[str, Any] | None) -> Remedy | None:
    if raw is None:
        return None
    return Remedy(explore=float(raw["explore"]), correct=raw["correct"], guarantee=float(raw["guarantee"]))


def _read_number(raw: object) -> float | None:
    return None if raw is None else float(cast("Any", raw))


def _read_window(raw: Sequence[str] | None) -> Window | None:
    if raw is None:
        return None
    start, end = raw
    return str(start), str(end)
