import numpy as np
import pytest

from afterlaunch.learners import tell_apart


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def windows(rng, days=(20, 8), rows=60, shift=0.0):
    block = np.repeat(np.arange(sum(days)), rows)
    is_current = block >= days[0]
    x = rng.normal(size=(len(block), 3))
    x[:, 1] += np.where(is_current, shift, 0.0)
    return x, is_current, block


def test_equal_windows_cannot_be_told_apart(rng):
    found = tell_apart(*windows(rng), n_placebos=9, rng=rng)
    assert found.auc == pytest.approx(0.5, abs=0.06)
    assert found.low < 0.5 < found.high or found.pvalue > 0.1


def test_a_shift_is_told_and_its_column_named(rng):
    found = tell_apart(*windows(rng, shift=1.5), n_placebos=9, rng=rng)
    assert found.low > 0.75
    assert found.pvalue == pytest.approx(0.1)
    assert found.importance.argmax() == 1
    assert found.importance.sum() == pytest.approx(1)


def test_columns_that_moved_together_alone_are_told_apart(rng):
    x, is_current, block = windows(rng, rows=120)
    x[:, 2] = np.where(is_current, -x[:, 0], x[:, 0]) + 0.1 * x[:, 2]
    assert tell_apart(x, is_current, block, n_placebos=1, rng=rng).auc > 0.9


def test_days_that_vary_by_themselves_do_not_count_as_drift(rng):
    x, is_current, block = windows(rng, days=(24, 6))
    x += rng.normal(0, 0.7, size=(30, 3))[block]
    found = tell_apart(x, is_current, block, n_placebos=12, rng=rng)
    assert found.pvalue > 0.05


def test_without_blocks_there_is_no_null(rng):
    x, is_current, _ = windows(rng, shift=1.0)
    found = tell_apart(x, is_current, is_current.astype(np.int64), n_placebos=9, rng=rng)
    assert found.pvalue is None
    assert 0.6 < found.low < found.auc < found.high


def test_the_same_seed_gives_the_same_answer(rng):
    x, is_current, block = windows(rng, shift=0.5)
    one, two = (tell_apart(x, is_current, block, n_placebos=3, rng=np.random.default_rng(1)) for _ in range(2))
    assert (one.auc, one.low, one.high, one.pvalue) == (two.auc, two.low, two.high, two.pvalue)
