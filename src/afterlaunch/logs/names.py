"""Names of columns: made unique, kept from being read as patterns, and the nearest one when a name is wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from afterlaunch.errors import MissingColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN = 12  # names listed in an error before "and n more"


def unique_names(names: Iterable[object]) -> list[str]:
    """Return one string a name, each different and none that Polars would read as a pattern.

    A second `x` becomes `x_2`. Polars expands `*` and `^…$`, so an underscore is put behind them.

    >>> unique_names(["x", "x", "*", 3])
    ['x', 'x_2', '*_', '3']
    """
    wanted = [_plain(name) for name in names]
    taken = set(wanted)
    seen: set[str] = set()
    return [_free(name, seen, taken) for name in wanted]


def _plain(name: object) -> str:
    text = ".".join(map(str, name)) if isinstance(name, tuple) else str(name)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return f"{text}_" if text == "*" or (text.startswith("^") and text.endswith("$")) else text


def _free(name: str, seen: set[str], taken: set[str]) -> str:
    free, count = name, 2
    while free in seen or (free != name and free in taken):
        free, count = f"{name}_{count}", count + 1
    seen.add(free)
    return free


def said(names: Sequence[str]) -> str:
    """Return names in quotes for a sentence, at most a dozen of them.

    >>> said(["a", "b"])
    "'a', 'b'"
    """
    rest = len(names) - SHOWN
    return ", ".join(repr(name) for name in names[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def missing_column(name: object, role: str, have: Sequence[str]) -> MissingColumn:
    """Return the error for a role that names a column which the data lack, with the nearest name."""
    near = get_close_matches(str(name), have, n=1, cutoff=0.5) or _same_but_for_case(str(name), have)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return MissingColumn(f"no column {name!r} for {role}; {hint}The data have {said(have)}")


def _same_but_for_case(name: str, have: Sequence[str]) -> list[str]:
    return [other for other in have if other.lower() == name.lower()]
