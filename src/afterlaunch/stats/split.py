"""A change of a mean loss in parts that add up, by two accountings: features first, and label first.

Every part is returned with what each row adds to its error, so that its noise can be judged by stretches of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a change: `value`, and the rows' shares of it.

    `row` (n,) is each row's value to first order: the mean over current rows less the mean over reference rows moves
    as the estimate does, and what the two windows share cancels.
    """

    value: float
    row: FloatArray

    def __add__(self, other: Part) -> Part:
        """Return both parts together."""
        return Part(value=self.value + other.value, row=self.row + other.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """What is known of n rows from models that have not seen them.

    `chance` (n,) is that of a row being a current one if both windows had equally many; `before` and `after` (n,) are
    the losses to be expected of rows like it in the reference and in the current window.
    """

    chance: FloatArray
    before: FloatArray
    after: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class FeaturesFirst:
    """Other rows (`new` to the current window and `gone` from the reference), and other answers to the same rows.

    `added` (n,) is what each row adds to the covariate part: the sum over all rows is the part itself, and that over
    the rows of a slice is the slice's. `overlap_reference` and `overlap_current` are the effective numbers of rows
    that the comparison of the same rows rests on.
    """

    new: Part
    gone: Part
    concept: Part
    added: FloatArray
    overlap_reference: float
    overlap_current: float

    @property
    def covariate(self) -> Part:
        """Rows new and gone together."""
        return self.new + self.gone


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFirst:
    """Another mix of labels at the reference's loss of each, and another loss of rows with the same label."""

    label: Part
    given_label: Part


def total_change(loss: FloatArray, is_current: BoolArray) -> Part:
    """Return the change of the mean loss (n,) from reference to current rows."""
    return Part(value=float(loss[is_current].mean() - loss[~is_current].mean()), row=loss)


def split_features_first(loss: FloatArray, is_current: BoolArray, known: Expectations) -> FeaturesFirst:
    """Return the change of the mean loss (n,) split at the rows that both windows have.

    With densities p and q of rows in the reference and the current window, the shared rows S have p·q/(p + q). Gone is
    the step from all reference rows to S, concept the step from the reference's losses on S to the current ones, new
    that from S to all current rows (Cai, Namkoong & Yadlowsky 2023, *Diagnosing model performance under distribution
    shift*). The means over S are estimated by weights and expected losses together, so that errors of either count
    to second order alone, as in overlap weighting (Li, Morgan & Zaslavsky 2018) with Robinson's (1988) residuals.

    >>> loss, current = np.array([1.0, 3.0, 2.0, 6.0]), np.array([False, False, True, True])
    >>> level = Expectations(chance=np.full(4, 0.5), before=np.full(4, 2.0), after=np.full(4, 4.0))
    >>> parts = split_features_first(loss, current, level)
    >>> parts.concept.value, parts.covariate.value
    (2.0, 0.0)
    """
    n_reference, n_current = int((~is_current).sum()), int(is_current.sum())
    weight: FloatArray = np.where(is_current, 0.5 / n_current, 0.5 / n_reference)
    shared: FloatArray = weight * (is_current - known.chance) ** 2
    scale = float(shared.sum())
    on_current: FloatArray = weight * is_current * (1 - known.chance)
    on_reference: FloatArray = weight * ~is_current * known.chance
    after = float((shared @ known.after + on_current @ (loss - known.after)) / scale)
    before = float((shared @ known.before + on_reference @ (loss - known.before)) / scale)
    moved_after = (shared * (known.after - after) + on_current * (loss - known.after)) / scale
    moved_before = (shared * (known.before - before) + on_reference * (loss - known.before)) / scale
    own: FloatArray = np.where(
        is_current, 2 * weight, -2 * weight
    )  # the mean over current rows less that over reference rows
    added_new = np.where(is_current, own * (loss - after), 0.0) - moved_after
    added_gone = np.where(is_current, 0.0, own * (loss - before)) + moved_before
    return FeaturesFirst(
        new=Part(value=float(loss[is_current].mean()) - after, row=added_new / own),
        gone=Part(value=before - float(loss[~is_current].mean()), row=added_gone / own),
        concept=Part(value=after - before, row=(moved_after - moved_before) / own),
        added=added_new + added_gone,
        overlap_reference=_in_common(known.chance[~is_current]),
        overlap_current=_in_common(1 - known.chance[is_current]),
    )


def split_label_first(loss: FloatArray, is_current: BoolArray, label: IntArray) -> LabelFirst | None:
    """Return the change of a mean loss split at the mix of labels, codes from 0 on (n,).

    Label is Σ (q(y) − p(y)) R_P(y), given the label Σ q(y) (R_Q(y) − R_P(y)). None where the current window has a
    label that the reference has not: what it used to cost is unknown.

    >>> loss, current = np.array([1.0, 3.0, 1.0, 5.0, 5.0]), np.array([False, False, True, True, True])
    >>> parts = split_label_first(loss, current, np.array([0, 1, 0, 1, 1]))
    >>> round(parts.label.value, 3), round(parts.given_label.value, 3)
    (0.333, 1.333)
    """
    n_labels = int(label.max(initial=0)) + 1
    n_before = np.bincount(label[~is_current], minlength=n_labels)
    n_after = np.bincount(label[is_current], minlength=n_labels)
    if (n_after[n_before == 0] > 0).any():
        return None
    sums = np.bincount(label[~is_current], loss[~is_current], minlength=n_labels)
    mean = np.divide(sums, n_before, out=np.zeros(n_labels), where=n_before > 0)
    usual = mean[label]
    before, after = n_before / n_before.sum(), n_after / n_after.sum()
    ratio = np.divide(after, before, out=np.zeros(n_labels), where=n_before > 0)
    beyond = loss - usual
    reweighted = ratio[label] * beyond
    return LabelFirst(
        label=Part(
            value=float((after - before) @ mean),
            row=np.where(is_current, usual, loss - reweighted),
        ),
        given_label=Part(value=float(beyond[is_current].mean()), row=np.where(is_current, beyond, reweighted)),
    )


def _in_common(weight: FloatArray) -> float:
    """Return how many of a window's rows the other has too, effectively, by each row's chance to be there (n,).

    As many as weigh something by Kish's rule, and no more than are as frequent there: where no row is, all weigh alike.
    """
    return min(effective(weight), float(np.minimum(2 * weight, 1.0).sum()))


def effective(weight: FloatArray) -> float:
    """Return the effective number of rows of weights (n,), (Σ w)² / Σ w² (Kish 1965).

    >>> effective(np.array([1.0, 1.0, 0.0, 0.0]))
    2.0
    """
    squares = float(weight @ weight)
    return float(weight.sum()) ** 2 / squares if squares > 0 else 0.0
