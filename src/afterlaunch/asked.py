"""What calls ask for alike: numbers within limits, a level, a source of chance; and what was asked for as code."""

from __future__ import annotations

from dataclasses import fields
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from collections.abc import Collection

ENDLESS = float("inf")


def check_number(name: str, value: object, *, least: float, most: float = ENDLESS, whole: bool = False) -> None:
    """Raise `BadOption` where `value` is no number from `least` to `most`.

    >>> check_number("tail", 0.8, least=0.0, most=1.0)
    """
    right = not isinstance(value, bool) and isinstance(value, Integral if whole else Real)
    if not right or not least <= float(str(value)) <= most:
        limits = f"from {least:g} to {most:g}" if most < ENDLESS else f"from {least:g} on"
        raise BadOption(f"{name}={value!r} is no {'whole ' if whole else ''}number {limits}")


def check_rate(alarm_rate: object) -> None:
    """Raise `BadOption` where `alarm_rate` is no chance of a false alarm."""
    check_number("alarm_rate", alarm_rate, least=1e-6, most=0.5)


def generator_of(rng: object) -> np.random.Generator:
    """Return the generator of all that is drawn: `rng` itself, or one made from a seed.

    >>> int(generator_of(0).integers(10)), int(generator_of(np.random.default_rng(0)).integers(10))
    (8, 8)
    """
    if isinstance(rng, np.random.Generator):
        return rng
    if isinstance(rng, bool) or not isinstance(rng, Integral) or rng < 0:
        raise BadOption(f"rng={rng!r} is neither a seed from 0 on nor a NumPy generator")
    return np.random.default_rng(int(rng))


def as_code(options: object, *, but: Collection[str] = ()) -> dict[str, str]:
    """Return the fields of `options` that differ from their defaults, as code; a generator is called `rng` there."""
    said: dict[str, str] = {}
    for one in fields(cast("Any", options)):
        value = getattr(options, one.name)
        if one.name in but:
            continue
        if isinstance(value, np.random.Generator):
            said[one.name] = "rng"
        elif value != one.default:
            said[one.name] = repr(value)
    return said
