import numpy as np
import polars as pl
import pytest

import afterlaunch as al

N = 3_000


@pytest.fixture
def old(rng):
    return pl.DataFrame(
        {
            "amount": rng.normal(0, 1, N),
            "broken": rng.normal(0, 1, N),
            "flag": rng.random(N) < 0.5,
            "code": rng.choice(["1", "2"], N),
            "steady": rng.normal(0, 1, N),
        }
    )


@pytest.fixture
def new(old):
    half = pl.when(pl.int_range(pl.len()) % 2 == 0)
    return old.with_columns(
        amount=pl.col("amount").cast(pl.String),
        broken=half.then(pl.lit("n/a")).otherwise(pl.col("broken").cast(pl.String)),
        flag=pl.col("flag").cast(pl.Int8),
        code=pl.col("code").cast(pl.Int64),
    )


def by_column(report):
    plain = report.table.with_columns(pl.col("cause").str.replace_all("\u202f", " "))
    return {row["column"]: row for row in plain.iter_rows(named=True)}


def test_a_column_whose_type_changed_is_read_as_what_it_was_and_said(old, new):
    for reference in (old, al.profile(old)):
        report = al.measure_drift(new, reference=reference)
        found = by_column(report)
        assert found["broken"]["verdict"] == "drifted"
        assert found["broken"]["effect"] == pytest.approx(0.5)
        assert found["broken"]["cause"] == ("was numbers and is text now: 50 % of values cannot be read as numbers")
        assert found["amount"]["verdict"] == "stable"
        assert found["amount"]["effect"] == 0
        assert found["amount"]["cause"] == "was numbers and is text now: all values can be read as numbers"
        assert found["code"]["cause"] == "was text and is numbers now: all values can be read as text"
        assert "broken (was numbers and is text now)" in report.sentence
        assert not any("not compared" in note for note in report.data.notes)


def test_zeros_and_ones_for_booleans_are_no_fault(old, new):
    for reference, current in ((old, new), (new, old)):
        flag = by_column(al.measure_drift(current, reference=reference))["flag"]
        assert (flag["verdict"], flag["effect"], flag["cause"]) == ("stable", 0, None)


def test_numbers_where_text_was_expected_are_said_where_the_new_data_own_the_edges(old, new):
    found = by_column(al.measure_drift(al.profile(old), reference=new))
    assert found["broken"]["cause"] == "was text and is numbers now: 50 % of values cannot be read as numbers"


def test_rows_that_cannot_be_read_can_be_selected(old, new):
    report = al.measure_drift(new, reference=old)
    k = len(next(one for one in report.data.columns if one.name == "broken").edges) - 1
    report.selection = al.Selection(column="broken", bins=(k + 1, k + 2))  # after null comes NaN
    assert report.selected_rows()["broken"].unique().to_list() == ["n/a"]


def test_two_profiles_of_different_types_are_noted(old, new):
    report = al.measure_drift(al.profile(new), reference=al.profile(old))
    assert "column 'flag' was boolean and is numeric: not compared" in report.data.notes


def test_times_written_as_text_are_read(rng):
    times = pl.Series("due", np.datetime64("2024-01-01", "us") + rng.integers(0, 10**12, N))
    old = pl.DataFrame({"due": times, "x": rng.normal(size=N)})
    new = old.with_columns(pl.col("due").dt.to_string("%Y-%m-%dT%H:%M:%S%.f"))
    found = by_column(al.measure_drift(new, reference=old, columns=["due"]))["due"]
    assert found["effect"] == 0
    assert found["cause"] == "was times and is text now: all values can be read as times"
