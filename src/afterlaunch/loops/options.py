"""The options of `find_feedback_loops`, checked once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from numbers import Integral, Real
from typing import cast

import numpy as np

from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every

NOUN_CHARACTERS = 40
FLAGS = {
    "corrected": "feedback is divided by its propensity before training",
    "public_items": "names of items may be shared",
}


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for, beside the log; raises `BadOption` on what cannot be used."""

    every: str = "1w"
    tail: float = 0.8
    smoothing: float = 0.5
    alarm_rate: float = 0.05
    feedback: str = "clicks"
    corrected: bool = False
    public_items: bool = False
    rng: object = 0

    def __post_init__(self) -> None:
        """Check every option."""
        if not isinstance(check_every(self.every), str):
            raise BadOption(f"every={self.every!r}: a loop is followed over time, so write a duration such as '1w'")
        _check_number("tail", self.tail, above=0.0, below=1.0)
        _check_number("smoothing", self.smoothing, above=0.0, below=float("inf"))
        _check_number("alarm_rate", self.alarm_rate, above=0.0, below=0.5)
        noun = cast("object", self.feedback)
        if not isinstance(noun, str) or not noun.strip() or not noun.isprintable() or len(noun) > NOUN_CHARACTERS:
            raise BadOption(f"feedback={noun!r:.80} is no noun: write what comes back, such as 'clicks' or 'purchases'")
        for name, when in FLAGS.items():
            flag = cast("object", getattr(self, name))
            if not isinstance(flag, bool):
                raise BadOption(f"{name}={flag!r}: write True where {when}, else leave it out")
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


def _check_number(name: str, value: object, *, above: float, below: float) -> None:
    right = not isinstance(value, bool) and isinstance(value, Real)
    if not right or not above < float(str(value)) < below:
        limits = f"between {above:g} and {below:g}" if below < float("inf") else f"above {above:g}"
        raise BadOption(f"{name}={value!r} is no number {limits}")
