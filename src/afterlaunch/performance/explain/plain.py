"""Payloads as plain values, and back by the types of their fields."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from afterlaunch.errors import BadFile
from afterlaunch.performance.explain import payload as contract
from afterlaunch.performance.explain.payload import ExplanationPayload


def payload_of(plain: object) -> ExplanationPayload:
    """Return the payload that `asdict` made `plain` of, perhaps by way of JSON; raise `BadFile` where it is none."""
    try:
        return cast("ExplanationPayload", _build(ExplanationPayload, plain))
    except (KeyError, TypeError, ValueError) as error:
        raise BadFile(f"a damaged explanation ({type(error).__name__}: {error}): make it again") from error


@cache
def _types(made: type) -> dict[str, Any]:
    return get_type_hints(made, dict(vars(contract)))


def _build(kind: Any, value: Any) -> Any:  # noqa: ANN401 - any type that a payload has
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        return None if value is None else _build(next(part for part in parts if part is not NoneType), value)
    if origin is tuple:
        kinds = [parts[0]] * len(value) if parts[-1] is ... else parts
        return tuple(_build(one, item) for one, item in zip(kinds, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{one.name: _build(_types(kind)[one.name], value[one.name]) for one in fields(kind)})
    if kind is float:
        return float(value)
    return value
