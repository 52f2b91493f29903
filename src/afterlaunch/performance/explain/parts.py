"""The parts of both accountings, each with its law: what chance and quiet days do to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.learners.overlap import deal_folds, expect_both, measure_chance
from afterlaunch.performance.explain.conditions import FEW
from afterlaunch.phrases import short
from afterlaunch.stats.part_law import Law, learn_law
from afterlaunch.stats.split import (
    Expectations,
    FeaturesFirst,
    LabelFirst,
    Part,
    split_features_first,
    split_label_first,
    total_change,
)

if TYPE_CHECKING:
    from afterlaunch.learners.overlap import Expected
    from afterlaunch.performance.explain.ground import Ground
    from afterlaunch.stats.arrays import FloatArray, IntArray

MIN_SHARE = 0.1  # of either window's rows that the other must have too, effectively
MIN_EFFECTIVE = 100.0
MOST_NAMED = 3
ROUNDING = 1e-9  # of the mean loss: a part smaller than this in every row is none
APART = 0.97  # chance that a current row's value lies beyond a reference row's


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A part with its law; `part` is None where it cannot be told, `needs` then says what would be needed."""

    part: Part | None
    law: Law | None
    needs: str | None

    @property
    def pvalue(self) -> float | None:
        """The chance of a part of this size between quiet stretches; None where there is none."""
        if self.part is None or self.law is None or self.law.lacks:
            return None
        return self.law.pvalue(self.part.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Both accountings of one change, and what the first was made from."""

    chance: FloatArray
    expected: Expected
    fold: IntArray
    features: FeaturesFirst
    label: LabelFirst | None
    judged: dict[str, Judged]
    thin: str | None


def split_change(ground: Ground, *, rng: np.random.Generator) -> Split:
    """Return the change of the mean loss, split both ways."""
    is_current = ground.is_current
    block = None if ground.clock.timeless else ground.clock.bucket
    fold = deal_folds(block, is_current, rng=rng)
    chance = measure_chance(ground.coarse, is_current, fold=fold, is_category=ground.is_category)
    expected = expect_both(ground.coarse, ground.loss, is_current, fold=fold, is_category=ground.is_category)
    known = Expectations(chance=chance, before=expected.before, after=expected.after)
    features = split_features_first(ground.loss, is_current, known)
    label = split_label_first(ground.loss, is_current, ground.label)
    thin = _too_thin(features, ground)
    first = {"covariate": features.covariate, "new": features.new, "gone": features.gone, "concept": features.concept}
    judged = {"total": _judge(total_change(ground.loss, is_current), ground)}
    judged |= {name: _judge(part, ground, needs=thin) for name, part in first.items()}
    unseen = None if label else _unseen(ground)
    second = (label.label, label.given_label) if label else (None, None)
    judged |= {
        name: _judge(part, ground, needs=unseen) for name, part in zip(("label", "given_label"), second, strict=True)
    }
    return Split(
        chance=chance,
        expected=expected,
        fold=fold,
        features=features,
        label=label,
        judged=judged,
        thin=thin,
    )


def _judge(part: Part | None, ground: Ground, *, needs: str | None = None) -> Judged:
    if part is None or needs is not None:
        return Judged(part=None, law=None, needs=needs)
    if np.abs(part.row).max() <= ROUNDING * np.abs(ground.loss).mean():
        part = Part(value=0.0, row=np.zeros_like(part.row))
    law = learn_law(part.row, ground.is_current, ground.clock)
    lacks = "more days in the reference: these are too few to tell how parts vary by themselves" if law.lacks else None
    return Judged(part=part, law=law, needs=lacks)


def _too_thin(features: FeaturesFirst, ground: Ground) -> str | None:
    """Return what is missing where the windows have too few rows in common, None where they have enough."""
    n_current = int(ground.is_current.sum())
    sides = (
        ("reference", features.overlap_reference, ground.n - n_current),
        ("current", features.overlap_current, n_current),
    )
    for name, rows, n in sides:
        if rows < max(MIN_EFFECTIVE, MIN_SHARE * n):
            other = "current" if name == "reference" else "reference"
            return (
                f"a reference with rows like the current ones: of {n:,} {name} rows the {other} window has no more "
                f"than {rows:,.0f} effectively, and {max(MIN_EFFECTIVE, MIN_SHARE * n):,.0f} are needed"
                f"{_telling_apart(ground)}"
            )
    return None


def _telling_apart(ground: Ground) -> str:
    """Return which columns alone tell the windows apart, such as a row number or a date."""
    found = [short(name) for name, column in zip(ground.names, ground.x.T, strict=True) if _is_apart(column, ground)]
    if not found:
        return ""
    verb = "tells" if len(found) == 1 else "tell"
    return f"; {', '.join(found)} alone {verb} the windows apart: leave out what only counts rows or time"


def _is_apart(column: FloatArray, ground: Ground) -> bool:
    """Return whether nearly all current values (n,) lie beyond nearly all of the reference, to one side."""
    current, reference = (column[side & ~np.isnan(column)] for side in (ground.is_current, ~ground.is_current))
    if not len(current) or not len(reference):
        return bool(len(current)) != bool(len(reference))
    ordered = np.sort(reference)
    above = int(np.searchsorted(ordered, current, "left").sum()) / len(ordered) / len(current)
    below = 1 - int(np.searchsorted(ordered, current, "right").sum()) / len(ordered) / len(current)
    return max(above, below) > APART


def _unseen(ground: Ground) -> str:
    """Return what is missing where current rows have labels that the reference has not; rare ones are not named."""
    current = ground.label[ground.is_current]
    new, n = np.unique(current[~np.isin(current, ground.label[~ground.is_current])], return_counts=True)
    names = [short(ground.labels[int(code)]) for code, count in zip(new, n, strict=True) if count >= FEW][:MOST_NAMED]
    labelled = f"labelled {', '.join(names)}" if names else f"with {len(new)} labels that are new"
    return f"a reference with rows {labelled}: what these used to cost is unknown"
