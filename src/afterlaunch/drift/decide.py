"""One decision per column, from the statistics' judgement and the measure that says what matters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from afterlaunch.drift import measures as standard
from afterlaunch.drift import words
from afterlaunch.drift.measures.sides import sides
from afterlaunch.drift.payload import Judgement
from afterlaunch.stats import judge

if TYPE_CHECKING:
    from afterlaunch.drift.comparison import Compared, Comparison
    from afterlaunch.drift.measures.measure import Measure
    from afterlaunch.drift.payload import Verdict
    from afterlaunch.stats import Judged, Windows
    from afterlaunch.stats.evidence import PartName

EFFECT = "effect"
MIN_EFFECT = 0.03  # three rows in a hundred moved
CARRIED = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A column's judgement, and what it rests on: the values, or the share of rows without one."""

    judgement: Judgement
    part: PartName

    def needing(self, needs: str) -> Decision:
        """Return the same decision; if it is that nothing can be told, with what that needs."""
        unsure = self.judgement.verdict == "cannot_tell"
        return replace(self, judgement=replace(self.judgement, needs=needs)) if unsure else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """What makes a change matter: the effect, or a measure that the user put first, and how large it must be.

    Significance is the effect's whichever measure decides. A column for which the measure is not defined is decided by
    its effect, at the effect's own default.
    """

    measure: Measure | None
    min_effect: float

    @property
    def name(self) -> str:
        """The measure's name."""
        return EFFECT if self.measure is None else self.measure.name

    @property
    def name_in_page(self) -> str:
        """The measure by which the page judges windows that are moved: it knows the package's own, as they come."""
        one = self.measure
        if one is None or getattr(standard, type(one).__name__, None) is not type(one):
            return EFFECT
        usual = replace(cast("Any", type(one)()), min_effect=one.min_effect)
        return self.name if one == usual else EFFECT

    @property
    def least_effect(self) -> float:
        """The effect that a change needs: none in particular where another measure says what matters."""
        return self.min_effect if self.measure is None else 0.0

    def decide(self, comparison: Comparison, *, alarm_rate: float) -> list[Decision]:
        """Return the decision on every column."""
        windows = comparison.axis.windows
        judged = judge(
            [one.cells for one in comparison.columns], windows, alarm_rate=alarm_rate, min_effect=self.least_effect
        )
        return [
            Decision(judgement=_judgement(one, column, self._verdict(one, column, comparison)), part=one.part)
            for one, column in zip(judged, comparison.columns, strict=True)
        ]

    def _verdict(self, judged: Judged, column: Compared, comparison: Comparison) -> Verdict:
        if self.measure is None or judged.verdict != "drifted":
            return judged.verdict
        size = self.measure.distance(sides(column.cells, comparison.axis.windows))
        if size is None:
            return "drifted" if (judged.effect or 0.0) >= MIN_EFFECT else "stable"
        return "drifted" if size >= self.min_effect else "stable"


def carriers(column: Compared, judged: Judgement, windows: Windows) -> tuple[int, ...]:
    """Return the bins that carry four fifths of a drifted column's change, largest first."""
    if judged.verdict != "drifted":
        return ()
    both = sides(replace(column.cells, counts=column.shown), windows)
    change = np.abs(both.rows_q - both.rows_p)
    if not change.sum() > 0:
        return ()
    order = np.argsort(-change, kind="stable")
    needed = int((np.cumsum(change[order]) < CARRIED * change.sum()).sum()) + 1
    return tuple(order[:needed].tolist())


def _judgement(judged: Judged, column: Compared, verdict: Verdict) -> Judgement:
    plain = judged.measures
    return Judgement(
        verdict=verdict,
        effect=judged.effect,
        effect_low=judged.low,
        effect_high=judged.high,
        natural=judged.natural,
        pvalue=judged.pvalue,
        qvalue=judged.qvalue,
        needs=words.NEEDS[judged.needs] if judged.needs else None,
        ks=plain.ks,
        psi=plain.psi,
        js=plain.js,
        hellinger=plain.hellinger,
        total_variation=plain.total_variation,
        l_infinity=plain.l_infinity,
        chi_squared=plain.chi_squared,
        wasserstein=plain.wasserstein,
        wasserstein_raw=in_unit(plain.wasserstein, column.scale),
        null_share_reference=plain.null_share_reference,
        null_share_current=plain.null_share_current,
        unseen_share=plain.unseen_share,
        n_reference=plain.n_reference,
        n_current=plain.n_current,
    )


def in_unit(scaled: float | None, scale: float | None) -> float | None:
    """Return a distance in the column's own unit; None where it is larger than any float."""
    if scaled is None or scale is None or not np.isfinite(scaled * scale):
        return None
    return scaled * scale
