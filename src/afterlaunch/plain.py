"""Payloads read back from plain values, by the types of their fields."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from afterlaunch.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Mapping

Made = TypeVar("Made")


def read_payload(plain: Mapping[str, Any], made: type[Made], *, kind: str, written: int) -> Made:
    """Return the payload `made` of a saved report of a `kind`, in the format `written`.

    The payload was made plain by `dataclasses.asdict`, perhaps by way of JSON. Raises `BadFile` where `plain` is
    another kind of report, of another format, or damaged.
    """
    name = kind.replace("_", " ")
    if plain.get("kind") != kind or plain.get("format") != written:
        found = f"kind {plain.get('kind')!r}, format {plain.get('format')!r}"
        raise BadFile(f"no report on {name} of format {written}: {found}")
    try:
        return cast("Made", _build(made, plain["payload"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadFile(f"a damaged report on {name} ({type(error).__name__}: {error}): make it again") from error


@cache
def _types(made: type) -> dict[str, Any]:
    return get_type_hints(made)


def _build(kind: Any, value: Any) -> Any:  # noqa: ANN401 - any type that a payload has
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        return None if value is None else _build(next(part for part in parts if part is not NoneType), value)
    if origin is tuple:
        kinds = [parts[0]] * len(value) if parts[-1] is ... else parts
        return tuple(_build(one, item) for one, item in zip(kinds, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{one.name: _build(_types(kind)[one.name], value[one.name]) for one in fields(kind)})
    return float(value) if kind is float else value
