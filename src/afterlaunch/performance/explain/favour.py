"""Which accounting the evidence favours: what reweighting by label, and by features, leaves unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.learners.overlap import expect_both
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

LABEL = "Reweighting the reference by label gives the current scores"
FEATURES = "Reweighting the reference by features gives the current answers"
STAY = "The scores are distributed as they were"


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
    that labels are not refuted is no evidence for them. Each is a part that must be nothing, judged like any other.
    """
    place = _ranks(ground.answer, ground.answer[~ground.is_current])
    shapes = (place, (place - 0.5) ** 2)
    moved = _least(ground, [total_change(shape, ground.is_current) for shape in shapes])
    by_label = [split_label_first(shape, ground.is_current, ground.label) for shape in shapes]
    label = None if None in by_label else _least(ground, [one.given_label for one in by_label if one])
    features = None if split.thin else _least(ground, _answers(ground, split))
    level = alarm_rate / 2  # two tests can be wrong about which accounting holds
    tests = (
        _test("label_explains_scores", LABEL, label, level),
        _test("features_explain_answers", FEATURES, features, level),
        _test("scores_stay", STAY, moved, level),
    )
    favoured, words = _favour(tests[0].holds, tests[1].holds, tests[2].holds)
    return Choice(favoured=favoured, words=words, tests=tests)


def _answers(ground: Ground, split: Split) -> list[Part]:
    """Return what the same rows have else: another loss, and answers further above or below the model's."""
    rest, chance = ground.residual, split.chance
    again = expect_both(ground.x, rest, ground.is_current, fold=split.fold, is_category=ground.is_category)
    known = Expectations(chance=chance, before=again.before, after=again.after)
    return [split.features.concept, split_features_first(rest, ground.is_current, known).concept]


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


ROWS = "features first: the same rows have the same answers, and labels alone do not explain the scores"
ANSWERS = "features first: the scores are as they were, and the same rows have other answers"
LABELS = "label first: another mix of labels explains the scores, and the features alone do not explain the answers"
NEITHER = "neither: both the rows and the answers to the same rows changed, so read the two side by side"
UNSURE = "cannot tell: the scores neither follow the labels nor surely stay as they were"
OPEN = "cannot tell: neither accounting is refuted by these rows"
UNTOLD = "cannot tell: the windows have too little in common, or too few days, for a test"

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


def _favour(label: Holds, features: Holds, stay: Holds) -> tuple[Favoured, str]:
    if "cannot_tell" in (label, features, stay):
        return "cannot_tell", UNTOLD
    return CHOICES[label == "refuted", features == "refuted", stay == "refuted"]
