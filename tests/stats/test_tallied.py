"""Concentration from tallies is that from the items one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlaunch.stats import concentration
from afterlaunch.stats.tallied import tally


@given(st.lists(st.one_of(st.integers(0, 4), st.integers(0, 6_000_000_000)), min_size=1, max_size=40))
def test_a_tally_says_what_the_items_say(counts):
    there = np.array(counts, dtype=np.int64)
    found = tally(there)
    assert (found.n, found.total) == (len(counts), sum(counts))
    for name in ("gini_square", "entropy_corrected", "coverage"):
        one_by_one = float(getattr(concentration, name)(there))
        assert getattr(found, name)() == pytest.approx(one_by_one, abs=1e-6, nan_ok=True)


def test_counts_far_larger_than_their_number_are_tallied_without_a_long_table():
    found = tally(np.array([7_000_000_000, 0, 7_000_000_000, 2]))
    assert found.value.tolist() == [0, 2, 7_000_000_000]
    assert found.n_items.tolist() == [1, 1, 2]
