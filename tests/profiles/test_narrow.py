from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from afterlaunch.profiles import profile, read_profile
from afterlaunch.profiles.narrow import narrow


@pytest.mark.parametrize("largest", [0, 255, 256, 2**24, 2**31, 2**40])
def test_narrow_counts_are_the_same_counts(largest):
    counts = np.array([[0, 1], [largest, largest // 2]])
    np.testing.assert_array_equal(narrow(counts), counts)


def test_the_shortest_type_with_room_to_add_is_taken():
    assert [narrow(np.array([n])).dtype.itemsize for n in (255, 256, 2**24 - 1, 2**24)] == [2, 4, 4, 8]


def test_counts_that_outgrow_their_type_when_profiles_are_added_are_exact(tmp_path):
    rows = pl.DataFrame({"x": [1.0] * 200, "c": ["a"] * 200})
    one = profile(rows)
    assert one.counts["x"].dtype == np.int16
    total = one
    for _ in range(9):
        total = total + total
    assert {name: int(counts.max()) for name, counts in total.counts.items()} == {"x": 200 * 2**9, "c": 200 * 2**9}
    total.save(tmp_path / "counts.parquet")
    assert read_profile(tmp_path / "counts.parquet") == total
    assert total == profile(pl.concat([rows] * 2**9), like=one)


def test_a_saved_profile_holds_64_bits_whatever_the_counts(tmp_path):
    profile(pl.DataFrame({"x": [1.0, 2.0]})).save(tmp_path / "counts.parquet")
    assert pl.read_parquet_schema(tmp_path / "counts.parquet")["counts_0"].inner == pl.Int64
