"""What a runner is: it counts parts wherever it likes and hands back their profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from afterlaunch.profiles.parts import Part
    from afterlaunch.profiles.profile import Profile


class Runner(Protocol):
    """Counts parts, each beside its data; a few KB come back for each, and their order does not matter."""

    def run(self, count: Callable[[Part], Profile], parts: Sequence[Part]) -> Iterator[tuple[Part, Profile]]:
        """Yield each part with its profile as soon as it is counted; `count` and the parts can be pickled."""
        ...
