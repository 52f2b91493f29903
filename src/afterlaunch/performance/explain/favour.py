"""Which accounting the evidence favours: what reweighting by label, and by features, leaves unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.learners.overlap import expect_both, measure_chance
from afterlaunch.performance.explain.payload import Test
from afterlaunch.stats.multiplicity import holm
from afterlaunch.stats.part_law import learn_law
from afterlaunch.stats.split import Expectations, Part, split_features_first, split_label_first, total_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.explain.ground import Ground
    from afterlaunch.performance.explain.parts import Split
    from afterlaunch.performance.explain.payload import Favoured, Holds
    from afterlaunch.stats.arrays import FloatArray

LABEL = "Reweighting the reference by label gives the current scores and losses"
FEATURES = "Reweighting the reference by features gives the current answers"
STAY = "The scores are distributed as they were"
ROWS_STAY = "Rows with one label cannot be told from those before"
SURE = 0.2  # chance below which that is doubted: an accounting is favoured for what it explains, not for few rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The accounting that the evidence favours, in words, and the tests it comes from."""

    favoured: Favoured
    words: str
    tests: tuple[Test, ...]


def choose_accounting(ground: Ground, split: Split, alarm_rate: float) -> Choice:
    """Return which accounting the evidence favours.

    If labels alone shifted, rows of one label are as they were: the reference reweighted to the current labels gives
    the current scores (Lipton, Wang & Smola 2018, *Detecting and correcting for label shift*). If rows alone shifted,
    the same rows have the same answers. Labels that shifted take the scores with them: where these did not surely move,
    that labels are not refuted is no evidence for them; nor is it where rows with one label seem to differ. Each is a
    part that must be nothing, judged like any other.
    """
    places = [_ranks(answer, answer[~ground.is_current]) for answer in ground.answer.T]
    shapes = [shape for place in places for shape in (place, (place - 0.5) ** 2)]
    moved = _least(ground, [total_change(shape, ground.is_current) for shape in shapes])
    by_label = [split_label_first(shape, ground.is_current, ground.label) for shape in shapes]
    given_label = [one.given_label for one in (split.label, *by_label) if one]
    label = _least(ground, given_label) if split.label else None
    features = None if split.thin else _least(ground, _answers(ground, split))
    rows = _rows_of_one_label(ground, split) if split.label else None
    level = alarm_rate / 2  # two tests can be wrong about which accounting holds
    tests = (
        _test("label_explains_scores", LABEL, label, level),
        _test("label_explains_rows", ROWS_STAY, rows, level),
        _test("features_explain_answers", FEATURES, features, level),
        _test("scores_stay", STAY, moved, level),
    )
    favoured, words = _favour(tests)
    return Choice(favoured=favoured, words=words, tests=tests)


def _rows_of_one_label(ground: Ground, split: Split) -> float | None:
    """Return the chance of rows with one label that differ as much between the windows.

    Trees tell current rows from reference ones by columns, answer and label, either window with the current mix of
    labels: what they tell of rows that they have not seen is no chance difference (Lopez-Paz & Oquab 2017, *Revisiting
    classifier two-sample tests*). They find what no single shape of the scores shows, such as answers that changed up
    for some rows and down for others. But they also tell days of other weather apart, so that what they find speaks
    against an accounting and never for one.
    """
    is_current, label = ground.is_current, ground.label
    before, after = (np.bincount(label[side], minlength=len(ground.labels)) for side in (~is_current, is_current))
    ratio = np.divide(after, before, out=np.zeros(len(before)), where=before > 0)
    balanced = np.where(is_current, 1.0, ratio[label]) / (2 * is_current.mean())
    chance = measure_chance(
        np.column_stack([ground.coarse, ground.answer, label.astype(np.float64)]),
        is_current,
        fold=split.fold,
        is_category=np.concatenate(
            [ground.is_category, np.zeros(ground.answer.shape[1], np.bool_), [not ground.label_is_ordered]]
        ),
        weight=balanced,
    )
    told = split_label_first(chance, is_current, label)
    if told is None or told.given_label.value <= 0:  # what was learnt holds for no other rows
        return 1.0
    return _least(ground, [told.given_label])


def _answers(ground: Ground, split: Split) -> list[Part]:
    """Return what the same rows have else: another loss, and answers further above or below the model's."""
    parts = [split.features.concept]
    for rest in ground.residual.T:
        again = expect_both(ground.coarse, rest, ground.is_current, fold=split.fold, is_category=ground.is_category)
        known = Expectations(chance=split.chance, before=again.before, after=again.after)
        parts.append(split_features_first(rest, ground.is_current, known).concept)
    return parts


def _ranks(values: FloatArray, among: FloatArray) -> FloatArray:
    """Return the share of `among` below each value, ties counted half: outliers weigh no more than others."""
    ordered = np.sort(among)
    return (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / (2 * len(ordered))


def _least(ground: Ground, parts: Sequence[Part]) -> float | None:
    """Return the least p-value of the parts, adjusted for their number; None where nothing can be told."""
    laws = [learn_law(part.row, ground.is_current, ground.clock) for part in parts]
    if any(law.lacks for law in laws):
        return None
    return float(holm(np.array([law.pvalue(part.value) for law, part in zip(laws, parts, strict=True)])).min())


def _test(name: str, words: str, pvalue: float | None, level: float) -> Test:
    holds: Holds = "cannot_tell" if pvalue is None else "refuted" if pvalue <= level else "not_refuted"
    return Test(name=name, words=words, pvalue=pvalue, holds=holds)  # pyright: ignore[reportArgumentType]


ROWS = "features first: labels alone do not explain the scores, and the same rows seem to have the same answers"
ANSWERS = "features first: the scores are as they were, and the same rows have other answers"
LABELS = "label first: another mix of labels explains the scores, and the features alone do not explain the answers"
NEITHER = "neither accounting: both the rows and the answers to the same rows changed, so read the two side by side"
DOUBTED = "neither accounting yet: labels explain the scores, but rows with one label may have changed besides"
ASKED = (
    "neither accounting yet: labels alone do not explain the scores, but the same rows may have other answers besides"
)
UNSURE = "neither accounting yet: the scores neither follow the labels nor surely stay as they were"
OPEN = "neither accounting yet: none is refuted by these rows"
UNTOLD = "neither accounting: the windows have too little in common, or too few days, for a test"

# By whether the label's, the features' and the unmoved scores' account is refuted.
CHOICES: dict[tuple[bool, bool, bool], tuple[Favoured, str]] = {
    (True, False, False): ("features_first", ROWS),
    (True, False, True): ("features_first", ROWS),
    (True, True, False): ("features_first", ANSWERS),
    (True, True, True): ("cannot_tell", NEITHER),
    (False, True, True): ("label_first", LABELS),
    (False, True, False): ("cannot_tell", UNSURE),
    (False, False, False): ("cannot_tell", OPEN),
    (False, False, True): ("cannot_tell", OPEN),
}


def _favour(tests: Sequence[Test]) -> tuple[Favoured, str]:
    label, rows, features, stay = tests
    if "cannot_tell" in (label.holds, rows.holds, features.holds, stay.holds):
        return "cannot_tell", UNTOLD
    chosen = CHOICES[label.holds == "refuted", features.holds == "refuted", stay.holds == "refuted"]
    if chosen[1] == ROWS and (features.pvalue or 0.0) <= SURE:
        return "cannot_tell", ASKED
    if chosen[0] == "label_first":
        if rows.holds == "refuted":
            return "cannot_tell", NEITHER
        if min(rows.pvalue or 0.0, label.pvalue or 0.0) <= SURE:
            return "cannot_tell", DOUBTED
    return chosen
