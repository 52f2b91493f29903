"""The options of `explain_performance`, checked once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from numbers import Integral
from typing import cast

import numpy as np

from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every


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
        rate = cast("object", self.alarm_rate)
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 1e-6 <= rate <= 0.5:
            raise BadOption(f"alarm_rate={rate!r} is no chance of a false alarm: write a number from 1e-6 to .5")
        if self.loss is not None and not isinstance(cast("object", self.loss), str):
            raise BadOption(f"loss={self.loss!r} is no name of a loss: write 'log_loss', or leave it out")
        self.generator()

    def generator(self) -> np.random.Generator:
        """Return the generator of all that is drawn."""
        if isinstance(self.rng, np.random.Generator):
            return self.rng
        if isinstance(self.rng, bool) or not isinstance(self.rng, Integral) or self.rng < 0:
            raise BadOption(f"rng={self.rng!r} is neither a seed from 0 on nor a NumPy generator")
        return np.random.default_rng(int(self.rng))

    @property
    def spelled_out(self) -> dict[str, str]:
        """The options that differ from their defaults, as code; a generator is called `rng` there."""
        said = {
            one.name: repr(getattr(self, one.name))
            for one in fields(Options)
            if one.name != "rng" and getattr(self, one.name) != one.default
        }
        if isinstance(self.rng, np.random.Generator) or self.rng != 0:
            said["rng"] = "rng" if isinstance(self.rng, np.random.Generator) else repr(self.rng)
        return said
