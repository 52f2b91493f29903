"""What the columns of a report teach each other about natural variation, and the p-value of each step under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.evidence import Evidence, PartName, gather
from afterlaunch.stats.placebo import GRID_LAM, Null, null, pooled_posterior, unit_root_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray
    from afterlaunch.stats.cells import Cells, Windows

CAUTION = 0.6  # p-values are divided by this: in the worst worlds simulated their tail is that much too light


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """All parts of one name: their evidence, the grid's `weights` (C, G), the null of each step and its p-value.

    `raising` divides raw p-values; `wandering` marks parts whose buckets drift by themselves.
    """

    name: PartName
    evidence: Evidence
    weights: FloatArray
    null: Null
    wandering: BoolArray
    raising: FloatArray
    pvalue: FloatArray

    def effect_at(self, chance: float) -> FloatArray:
        """Return the effect (C,) that natural variation exceeds with `chance`, at most 1."""
        return effect_at(self.null, chance * self.raising, self.evidence.unit)


def effect_at(law: Null, chance: FloatArray, unit: FloatArray) -> FloatArray:
    """Return the effect (C,) that natural variation exceeds with `chance` (C,), at most 1."""
    reachable = np.minimum(np.maximum(chance, 1e-300), 1 - 1e-9)
    return np.minimum(np.sqrt(law.quantile(reachable) / unit), 1.0)


def learn(columns: Sequence[Cells], windows: Windows, name: PartName) -> Learnt | None:
    """Return what the parts `name` of the columns teach, or None if no column has it."""
    evidence = gather(columns, windows, name)
    if evidence is None:
        return None
    weights = _still(len(evidence.column)) if windows.timeless else pooled_posterior(evidence.log_likelihood)
    law = null(weights, evidence.step, evidence.noise)
    raising = evidence.caution * (1.0 if windows.timeless else CAUTION)
    raw = law.exceed(evidence.effect**2 * evidence.unit)
    return Learnt(
        name=name,
        evidence=evidence,
        weights=weights,
        null=law,
        wandering=unit_root_share(weights, evidence.step) > 0.5,
        raising=raising,
        pvalue=np.minimum(np.divide(raw, raising, out=np.ones(len(raw)), where=raising > 0), 1.0),
    )


def _still(n: int) -> FloatArray:
    """Return weights that put all on buckets which vary by their rows alone."""
    return np.repeat((GRID_LAM == 0).astype(np.float64)[None], n, axis=0)
