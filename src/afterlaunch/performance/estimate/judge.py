"""Whether estimates held: the gaps of a report's metrics, judged together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from afterlaunch.performance.steps import FEW_PLACEBOS
from afterlaunch.stats.multiplicity import holm_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.estimate.gap import Gap

Held: TypeAlias = Literal["wrong", "held", "cannot_tell"]

LARGE = 5.0  # times what matters: a gap that large must be told from chance before an estimate has held


def judge_gaps(gaps: Sequence[Gap | None], alarm_rate: float) -> list[Held | None]:
    """Return whether each estimate held; the chance that any right one is called wrong is at most `alarm_rate`.

    An estimate is `wrong` where the realized value lies further from it than in the reference, by more than chance
    allows (Holm 1979, over all gaps), and by as much as matters.
    """
    pvalues = np.array([gap.pvalue for gap in gaps if gap is not None])
    level = holm_threshold(pvalues, alarm_rate) if len(pvalues) else alarm_rate
    return [None if gap is None else _held(gap, level) for gap in gaps]


def _held(gap: Gap, level: float) -> Held:
    if not gap.covered or gap.caution < FEW_PLACEBOS:
        return "cannot_tell"
    if gap.pvalue <= level and abs(gap.difference) >= gap.matters_from:
        return "wrong"
    return "cannot_tell" if gap.reach > LARGE * gap.matters_from else "held"
