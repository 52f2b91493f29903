"""The options of `explain_performance`, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from afterlaunch.asked import as_code, check_rate, generator_of
from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for, beside the data; raises `BadOption` on what cannot be used."""

    loss: str | None = None
    every: str | int | None = "1d"
    alarm_rate: float = 0.05
    rng: object = 0

    def __post_init__(self) -> None:
        """Check every option."""
        if self.every is not None:
            check_every(self.every)
        check_rate(self.alarm_rate)
        if self.loss is not None and not isinstance(cast("object", self.loss), str):
            raise BadOption(f"loss={self.loss!r} is no name of a loss: write 'log_loss', or leave it out")
        self.generator()

    def generator(self) -> np.random.Generator:
        """Return the generator of all that is drawn."""
        return generator_of(self.rng)

    @property
    def spelled_out(self) -> dict[str, str]:
        """The options that differ from their defaults, as code; a generator is called `rng` there."""
        return as_code(self)
