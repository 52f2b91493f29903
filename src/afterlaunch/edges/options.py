"""The options of `find_edge_cases`, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from afterlaunch.asked import as_code, check_number, check_rate, generator_of
from afterlaunch.edges.outliers.isolation_forest import IsolationForest
from afterlaunch.edges.outliers.outlier import Outlier
from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every

if TYPE_CHECKING:
    import numpy as np

MOST_CONDITIONS = 3
LEAST_ROWS = 40  # a half has half of them: what fewer than 20 rows say is not shown to others
USUAL_ROWS = 50
ROWS_SHARE = 0.002
USUAL_EFFECT = 0.1  # of the mean loss
WORSE_THAN = ("elsewhere", "promise")


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for, beside the data; raises `BadOption` on what cannot be used."""

    every: str = "1w"
    loss: str | None = None
    worse_than: str = "elsewhere"
    max_conditions: int = 2
    min_rows: int | None = None
    min_effect: float | None = None
    outliers: object = None
    alarm_rate: float = 0.05
    rows: bool = False
    rng: object = 0

    def __post_init__(self) -> None:
        """Check every option."""
        if not isinstance(check_every(self.every), str):
            raise BadOption(f"every={self.every!r}: edge cases are drawn over time, so write a duration such as '1w'")
        check_number("max_conditions", self.max_conditions, least=1, most=MOST_CONDITIONS, whole=True)
        check_rate(self.alarm_rate)
        if self.min_rows is not None:
            check_number("min_rows", self.min_rows, least=LEAST_ROWS, whole=True)
        if self.min_effect is not None:
            check_number("min_effect", self.min_effect, least=0.0)
        if self.worse_than not in WORSE_THAN:
            raise BadOption(f"worse_than={self.worse_than!r} is none of {', '.join(WORSE_THAN)}")
        _ = self.scorer, self.generator()

    @cached_property
    def scorer(self) -> Outlier:
        """The way to score odd rows."""
        chosen = IsolationForest() if self.outliers is None else self.outliers
        chosen = chosen() if isinstance(chosen, type) else chosen
        if not isinstance(chosen, Outlier):
            raise BadOption(f"outliers={chosen!r} scores no rows: write al.outliers.IsolationForest()")
        return chosen

    def generator(self) -> np.random.Generator:
        """Return the generator of all that is drawn."""
        return generator_of(self.rng)

    def least_rows(self, n_labelled: int) -> int:
        """Return the rows that a slice must have: those given, or a share of the labelled ones, 50 at least."""
        return max(USUAL_ROWS, round(ROWS_SHARE * n_labelled)) if self.min_rows is None else int(self.min_rows)

    def least_effect(self, mean_loss: float) -> float:
        """Return how much worse a slice must be: the number given, or a tenth of the mean loss."""
        return USUAL_EFFECT * mean_loss if self.min_effect is None else float(self.min_effect)

    @property
    def spelled_out(self) -> dict[str, str]:
        """The options that differ from their defaults, as code; a generator is called `rng` there."""
        said = as_code(self, but=("outliers",))
        if self.outliers is not None:
            said["outliers"] = f"al.outliers.{self.scorer!r}"
        return said
