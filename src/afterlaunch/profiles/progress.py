"""A line of progress with the time left, for what takes longer than a moment."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

QUIET_SECONDS = 2.0


class Progress:
    """Writes "12 of 30 files, 0:40 left" over itself on a terminal or in a notebook; wipes it at the end."""

    def __init__(
        self, n_total: int, *, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start the clock, with nothing written yet."""
        self._n_total = n_total
        self._stream = stream or _screen()
        self._clock = clock
        self._began = clock()
        self._width = 0

    def show(self, n_done: int) -> None:
        """Write the line, unless all of it is quick."""
        seconds = self._clock() - self._began
        if self._stream is None or not 0 < n_done < self._n_total or seconds < QUIET_SECONDS:
            return
        minutes, left = divmod(round(seconds / n_done * (self._n_total - n_done)), 60)
        self._write(f"{n_done} of {self._n_total} files, {minutes}:{left:02d} left")

    def close(self) -> None:
        """Wipe the line."""
        if self._stream is not None and self._width:
            self._write("")
            self._stream.write("\r")

    def _write(self, line: str) -> None:
        if self._stream is not None:
            self._stream.write(f"\r{line:<{self._width}}")
            self._stream.flush()
            self._width = len(line)


def _screen() -> TextIO | None:
    """Return where someone may be looking: not the log of a pipeline."""
    return sys.stderr if sys.stderr.isatty() or "ipykernel" in sys.modules else None
