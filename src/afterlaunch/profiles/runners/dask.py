"""Count files on a Dask cluster, whose workers see the same paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from distributed import Client

    from afterlaunch.profiles.parts import Part
    from afterlaunch.profiles.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Dask:
    """On the workers of `client`: paths and the plan go out, counts come back."""

    client: Client

    def run(self, count: Callable[[Part], Profile], parts: Sequence[Part]) -> Iterator[tuple[Part, Profile]]:
        """Yield each part with its profile."""
        from distributed import as_completed  # noqa: PLC0415  an optional dependency

        futures = dict(zip(self.client.map(count, parts, pure=False), parts, strict=True))
        try:
            yield from ((futures[future], future.result()) for future in as_completed(futures))
        finally:
            self.client.cancel(list(futures))
