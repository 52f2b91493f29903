"""Names: unique, never patterns, and the nearest one when a name is wrong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from afterlaunch.logs.names import missing_column, said, unique_names


@given(st.lists(st.one_of(st.sampled_from(["a", "a_2", "a_3", "*", "*_", "^x$", "^x$_", ""]), st.text(max_size=3))))
def test_names_are_unique_and_no_patterns(wanted):
    names = unique_names(wanted)
    assert len(names) == len(set(names)) == len(wanted)
    assert not any(name == "*" or (name.startswith("^") and name.endswith("$")) for name in names)


@given(st.lists(st.text("abc_2", max_size=3), unique=True))
def test_unique_names_are_kept(wanted):
    assert unique_names(wanted) == wanted


def test_a_name_given_to_a_double_takes_no_other_column_s():
    assert unique_names(["x", "x", "x_2"]) == ["x", "x_3", "x_2"]


def test_long_lists_of_names_are_cut():
    assert said([f"c{place}" for place in range(14)]).endswith("'c11' and 2 more")


def test_no_name_is_suggested_where_none_is_near():
    assert "did you mean" not in str(missing_column("zzz", "time", ["age"]))
