"""Both accountings add up, and are what the formulas say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlaunch.stats.split import (
    Expectations,
    effective,
    split_features_first,
    split_label_first,
    total_change,
)


def world(seed, n=400):
    rng = np.random.default_rng(seed)
    current = rng.random(n) < 0.4
    current[:2] = [True, False]
    known = Expectations(chance=rng.uniform(0.05, 0.95, n), before=rng.random(n), after=rng.random(n))
    return rng.random(n), current, known, rng.integers(0, 3, n)


@given(st.integers(0, 10_000))
def test_the_parts_of_both_accountings_add_up_to_the_change(seed):
    loss, current, known, label = world(seed)
    label[:6] = [0, 1, 2, 0, 1, 2]
    current[:6] = [True, True, True, False, False, False]
    change = total_change(loss, current).value
    features, labels = split_features_first(loss, current, known), split_label_first(loss, current, label)
    assert features.new.value + features.gone.value + features.concept.value == pytest.approx(change)
    assert labels.label.value + labels.given_label.value == pytest.approx(change)


@given(st.integers(0, 10_000))
def test_what_rows_add_sums_to_the_covariate_part(seed):
    loss, current, known, _ = world(seed)
    features = split_features_first(loss, current, known)
    assert features.added.sum() == pytest.approx(features.covariate.value)


def test_with_no_difference_to_see_all_is_concept():
    loss, current, _, _ = world(1)
    level = [loss[side].mean() for side in (~current, current)]
    even = np.full(len(loss), 0.5)
    blind = Expectations(chance=even, before=np.full(len(loss), level[0]), after=np.full(len(loss), level[1]))
    features = split_features_first(loss, current, blind)
    assert features.concept.value == pytest.approx(level[1] - level[0])
    assert features.covariate.value == pytest.approx(0)


def test_right_weights_alone_find_the_concept_part_and_so_do_right_expectations_alone():
    rng = np.random.default_rng(3)
    n = 400_000
    current = np.arange(n) >= n // 2
    x = rng.normal(size=n) + current
    loss = x**2 + current * (1 + x) + rng.normal(size=n)
    chance = 1 / (1 + np.exp(0.5 - x))
    shared = rng.normal(size=n)
    weight = 1 / (np.exp(-shared / 2 + 0.25) + np.exp(shared / 2 - 0.25)) * np.exp(shared / 2 - 0.25)
    truth = np.average(1 + shared, weights=weight)
    by_weight = Expectations(chance=chance, before=np.zeros(n), after=np.zeros(n))
    assert split_features_first(loss, current, by_weight).concept.value == pytest.approx(truth, abs=0.05)
    both = Expectations(chance=chance, before=x**2, after=x**2 + 1 + x)
    assert split_features_first(loss, current, both).concept.value == pytest.approx(truth, abs=0.03)


def test_a_label_that_the_reference_never_had_cannot_be_split():
    current = np.array([False, False, True, True])
    assert split_label_first(np.ones(4), current, np.array([0, 0, 0, 1])) is None


def test_a_pure_change_of_the_mix_of_labels_is_all_label():
    current = np.repeat([False, True], 4)
    label, loss = np.array([0, 0, 0, 1, 0, 1, 1, 1]), np.array([1.0, 1, 1, 5, 1, 5, 5, 5])
    parts = split_label_first(loss, current, label)
    assert parts.label.value == pytest.approx(2)
    assert parts.given_label.value == pytest.approx(0)


def test_row_values_predict_how_a_part_moves_when_rows_weigh_more():
    loss, current, known, _ = world(5, n=4000)
    part = split_features_first(loss, current, known).concept
    twice = np.concatenate([np.arange(4000), np.flatnonzero(current)[:5]])
    again = Expectations(chance=known.chance[twice], before=known.before[twice], after=known.after[twice])
    moved = split_features_first(loss[twice], current[twice], again).concept.value - part.value
    centred = part.row - part.row[current].mean()
    assert moved == pytest.approx(centred[np.flatnonzero(current)[:5]].sum() / current.sum(), rel=0.05, abs=1e-5)


def test_equal_weights_have_as_many_effective_rows():
    assert effective(np.full(7, 0.3)) == pytest.approx(7)
    assert effective(np.zeros(3)) == 0
