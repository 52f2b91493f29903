"""Season and onset: what time says about a comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch import stats
from afterlaunch.drift.payload import Onset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.drift.comparison import Comparison
    from afterlaunch.drift.payload import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a column began to drift, and the index of that bucket."""

    index: int
    onset: Onset


def with_season(comparison: Comparison) -> Comparison:
    """Return the comparison with the season that its counts show, if they show one."""
    return comparison


def find_onsets(comparison: Comparison, judgements: Sequence[Judgement]) -> list[Dated | None]:
    """Return when each drifted column began to drift; None for the others, and where time is unknown."""
    return [None for _ in judgements]
