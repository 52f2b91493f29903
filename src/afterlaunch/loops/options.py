"""The options of `find_feedback_loops`, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from afterlaunch.asked import as_code, check_number, check_rate, generator_of
from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every

if TYPE_CHECKING:
    import numpy as np

TINY = 1e-6
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
        check_number("tail", self.tail, least=TINY, most=1 - TINY)
        check_number("smoothing", self.smoothing, least=TINY)
        check_rate(self.alarm_rate)
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
        return generator_of(self.rng)

    @property
    def spelled_out(self) -> dict[str, str]:
        """The options that differ from their defaults, as code; a generator is called `rng` there."""
        return as_code(self)
