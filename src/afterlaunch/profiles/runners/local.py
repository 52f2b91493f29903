"""Count files on this machine."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, cast

from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from afterlaunch.profiles.parts import Part
    from afterlaunch.profiles.profile import Profile

GUARD = (
    "processes={} cannot be used here: a process ended before it had counted. In a script, put the call under "
    "if __name__ == '__main__':, since each process imports the script anew; where memory is short, use fewer"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """In this process, one file after the other, or in `processes` of their own (memory grows with them).

    Processes are started anew and import the running script: in one, call `profile` under `if __name__ == "__main__":`.
    Raises `BadOption` where they are no number of at least 1, or end before they have counted.
    """

    processes: int | None = None

    def __post_init__(self) -> None:
        """Check the number of processes."""
        given = cast("object", self.processes)
        if given is not None and (isinstance(given, bool) or not isinstance(given, int) or given < 1):
            raise BadOption(f"processes={given!r} must be a whole number of at least 1, or None: count in this process")

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
            except BrokenProcessPool as failure:
                raise BadOption(GUARD.format(self.processes)) from failure
            finally:
                pool.shutdown(cancel_futures=True)
