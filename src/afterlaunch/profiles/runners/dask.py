"""Count files on a Dask cluster, whose workers see the same paths."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from afterlaunch.profiles.parts import Part
    from afterlaunch.profiles.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Dask:
    """On the workers of `client`, a `distributed.Client`: paths and the plan go out, counts come back."""

    client: Any  # distributed is optional, and its types are partial

    def run(self, count: Callable[[Part], Profile], parts: Sequence[Part]) -> Iterator[tuple[Part, Profile]]:
        """Yield each part with its profile."""
        distributed: Any = import_module("distributed")
        futures = dict(zip(self.client.map(count, parts, pure=False), parts, strict=True))
        try:
            yield from ((futures[future], future.result()) for future in distributed.as_completed(futures))
        finally:
            self.client.cancel(list(futures))
