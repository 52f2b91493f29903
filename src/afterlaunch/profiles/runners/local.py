"""Count files on this machine."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from afterlaunch.profiles.parts import Part
    from afterlaunch.profiles.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """In this process, one file after the other, or in `processes` of their own (memory grows with them)."""

    processes: int | None = None

    def run(self, count: Callable[[Part], Profile], parts: Sequence[Part]) -> Iterator[tuple[Part, Profile]]:
        """Yield each part with its profile."""
        if self.processes is None:
            yield from ((part, count(part)) for part in parts)
            return
        # Polars' threads do not survive a fork.
        with ProcessPoolExecutor(self.processes, mp_context=get_context("spawn")) as pool:
            futures = {pool.submit(count, part): part for part in parts}
            try:
                yield from ((futures[future], future.result()) for future in as_completed(futures))
            finally:
                pool.shutdown(cancel_futures=True)
