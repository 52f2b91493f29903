import numpy as np
import polars as pl
import pytest

from afterlaunch.quality import Change, explain_changes
from afterlaunch.quality.units import CONVERSIONS

N = 5000


@pytest.fixture
def rng():
    return np.random.default_rng(3)


def change(before, after, *, column="x", rows=True):
    """Return a numeric column's change, counted at 512 reference quantiles with frequent values apart."""
    values, runs = np.unique(before, return_counts=True)
    atoms = values[runs >= len(before) / 500]
    edges = np.unique([*np.quantile(before, np.linspace(0, 1, 512)[1:-1]), *atoms, *np.nextafter(atoms, np.inf)])
    counts = [
        np.bincount(np.searchsorted(edges, side[np.isfinite(side)], side="right"), minlength=len(edges) + 1)
        for side in (before, after)
    ]
    specials = [[np.isnan(side).sum(), 0, 0, 0] for side in (before, after)]
    return Change(
        column=column,
        ordered=True,
        edges=edges,
        labels=(),
        before=np.concatenate([counts[0], specials[0]]),
        after=np.concatenate([counts[1], specials[1]]),
        before_values=pl.Series(before, dtype=pl.Float64) if rows else None,
        after_values=pl.Series(after, dtype=pl.Float64) if rows else None,
    )


def categories(before, after, labels, *, new=()):
    return Change(
        column="k",
        ordered=False,
        edges=np.empty(0),
        labels=labels,
        before=np.array([*before, 0, 0, 0, 0]),
        after=np.array([*after[:-1], 0, 0, 0, after[-1]]),
        new_labels=new,
    )


def hint(*changes):
    found = explain_changes(changes)
    return found[changes[0].column].text if changes[0].column in found else None


@pytest.mark.parametrize("conversion", CONVERSIONS, ids=lambda one: one.name)
def test_every_known_unit_change_is_named(rng, conversion):
    before = rng.gamma(9, 7, N)
    after = conversion.factor * rng.gamma(9, 7, N) + conversion.offset
    assert conversion.name in hint(change(before, after))


def test_a_unit_change_is_told_from_counts_alone_where_the_ranges_meet(rng):
    before, after = rng.gamma(3, 7, N), 1.609344 * rng.gamma(3, 7, N)
    assert "miles to kilometres" in hint(change(before, after, rows=False))


@pytest.mark.parametrize("factor", [1.05, 1.2, 1.5, 2.0, 2.4])
def test_growth_is_not_called_a_unit_change(rng, factor):
    assert hint(change(rng.gamma(9, 7, N), factor * rng.gamma(9, 7, N))) is None


@pytest.mark.parametrize("shift", [-1, 0, 0.3, 2.0])
def test_an_ordinary_shift_has_no_hint(rng, shift):
    assert hint(change(rng.normal(size=N), rng.normal(shift, 1, N))) is None


@pytest.mark.parametrize("rows", [True, False])
def test_a_frozen_value_is_named(rng, rows):
    before = np.round(rng.normal(50, 10, N))
    after = np.where(rng.random(N) < 0.97, 50.0, before)
    assert hint(change(before, after, rows=rows)).startswith("frozen at 50: 97\N{NARROW NO-BREAK SPACE}% of rows")


@pytest.mark.parametrize("sentinel", [-999.0, -1.0, 9999.0])
def test_a_new_sentinel_is_named(rng, sentinel):
    before = rng.gamma(9, 7, N)
    after = np.where(rng.random(N) < 0.04, sentinel, rng.gamma(9, 7, N))
    said = f"sentinel {sentinel:,.0f}: it fills".replace(",", "\N{NARROW NO-BREAK SPACE}")
    assert hint(change(before, after)).startswith(said)


def test_a_sentinel_that_was_always_there_is_no_news(rng):
    before, after = (np.where(rng.random(N) < 0.04, -999.0, rng.gamma(9, 7, N)) for _ in range(2))
    assert hint(change(before, after)) is None


@pytest.mark.parametrize(("cut", "side"), [(("maximum", 35.0), "below"), (("minimum", 90.0), "above")])
def test_a_clipped_range_is_named(rng, cut, side):
    before = rng.gamma(9, 7, N)
    after = getattr(np, cut[0])(rng.gamma(9, 7, N), cut[1])
    assert hint(change(before, after)).startswith(f"clipped at {cut[1]:.0f}: ")
    assert side in hint(change(before, after))


def test_missing_values_that_jumped_are_named(rng):
    before, after = rng.normal(size=N), np.where(rng.random(N) < 0.1, np.nan, rng.normal(size=N))
    assert "missing in" in hint(change(before, after))
    assert "no longer missing" in hint(change(after, before))


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("hours", [-5, 1, 8])
def test_a_clock_that_moved_is_named(rng, hours, rows):
    profile = np.exp(np.sin(np.arange(24) / 24 * 2 * np.pi))
    before, after = (rng.choice(24, 8 * N, p=profile / profile.sum()).astype(float) for _ in range(2))
    assert f"moved by {hours:+} h".replace("-", "−") in hint(change(before, (after + hours) % 24, rows=rows))


def test_swapped_columns_are_named(rng):
    age, income = rng.normal(40, 10, N), rng.normal(2000, 400, N)
    found = explain_changes([change(age, income, column="age"), change(income, age, column="income")])
    assert found["age"].text.startswith("swapped with 'income'")
    assert found["income"].text.startswith("swapped with 'age'")


def test_a_new_category_is_named_where_it_may_be():
    assert hint(categories((500, 500), (450, 450, 100), ("a", "b"), new=("c",))) == (
        "new category 'c': 10\N{NARROW NO-BREAK SPACE}% of rows"
    )
    assert hint(categories((500, 500), (450, 450, 100), ("a", "b"))).startswith(
        "categories that the reference never had: 10\N{NARROW NO-BREAK SPACE}%"
    )
    assert hint(categories((600, 400), (400, 600, 0), ("a", "b"))) is None


def test_numbers_in_hints_are_short(rng):
    text = hint(change(rng.gamma(9, 7, N), rng.gamma(9, 7, N) * 25.4))
    assert text == "unit change, inches to millimetres: new values are about 25.4 × values before"


def test_a_renamed_category_is_not_called_frozen():
    found = hint(categories([500, 520, 0], [0, 520, 480], ("a", "b", "c"), new=("A",)))
    assert found.startswith("new category 'A': 48")


def test_whole_numbers_too_large_for_floats_are_not_called_frozen(rng):
    before, after = (2**62 + rng.integers(0, reach, N) for reach in (2**40, 200))
    assert "frozen" not in (hint(change(before.astype(float), after.astype(float))) or "")


@pytest.mark.parametrize(("first", "last"), [(8, 18), (6, 22)])
def test_a_clock_of_opening_hours_that_moved_is_named(rng, first, last):
    open_hours = np.arange(first, last + 1)
    profile = 2 + np.sin(open_hours / 3)
    before, after = (rng.choice(open_hours, 8 * N, p=profile / profile.sum()).astype(float) for _ in range(2))
    assert "moved by +5 h" in hint(change(before, (after + 5) % 24))


@pytest.mark.parametrize("mean", [2, 4, 8])
def test_counts_that_grew_are_no_clock(rng, mean):
    before, after = (rng.poisson(rate, 8 * N).clip(0, 23).astype(float) for rate in (mean, mean + 2))
    assert "moved by" not in (hint(change(before, after)) or "")


def test_a_named_category_that_the_reference_never_had_is_sure():
    found = explain_changes([categories([500, 500, 0], [300, 300, 400], ("a", "b", "c"), new=("NEW",))])
    assert found["k"].sure
