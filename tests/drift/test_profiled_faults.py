"""Faults are named from profiles alone too, where the counts can tell them."""

import numpy as np
import polars as pl
import pytest

import afterlaunch as al

N = 30_000


def hours(rng):
    daily = np.exp(np.sin(np.arange(24) / 24 * 2 * np.pi))
    return rng.choice(24, N, p=daily / daily.sum()).astype(float)


def some(rng, values, other, share=0.05):
    return np.where(rng.random(N) < share, other, values)


FAULTS = {
    "unit change, miles to kilometres": (lambda rng: rng.gamma(3, 7, N), lambda rng: 1.609344 * rng.gamma(3, 7, N)),
    "unit change, °F to °C": (lambda rng: rng.normal(75, 6, N), lambda rng: (rng.normal(75, 6, N) - 32) * 5 / 9),
    "frozen at 50": (lambda rng: np.round(rng.normal(50, 10, N)), lambda rng: some(rng, np.full(N, 50.0), 51.0)),
    "sentinel -999": (lambda rng: rng.gamma(9, 7, N), lambda rng: some(rng, rng.gamma(9, 7, N), -999.0)),
    "clipped at 35": (lambda rng: rng.gamma(9, 7, N), lambda rng: np.maximum(rng.gamma(9, 7, N), 35.0)),
    "clipped at 90": (lambda rng: rng.gamma(9, 7, N), lambda rng: np.minimum(rng.gamma(9, 7, N), 90.0)),
    "the clock moved by +8 h": (hours, lambda rng: (hours(rng) + 8) % 24),
    "categories that the reference never had": (
        lambda rng: rng.choice(["a", "b"], N),
        lambda rng: some(rng, rng.choice(["a", "b"], N), "c"),
    ),
    "missing in": (lambda rng: rng.normal(size=N), lambda rng: some(rng, rng.normal(size=N), np.nan)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_from_one_profile_of_both_windows(rng, fault):
    old, new = (pl.Series("x", draw(rng)) for draw in FAULTS[fault])
    days = pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2024, 2, 29), "1d", eager=True)
    times = pl.Series("at", np.repeat(days.to_numpy(), N // 30)).sort()
    frame = pl.DataFrame({"at": times, "x": pl.concat([old, new])})
    counted = al.profile(al.PredictionLog(frame, time="at"))
    report = al.measure_drift(counted, reference=("2024-01-01", "2024-01-31"))
    named = report.table["cause"][0]
    if fault.startswith("categories"):
        assert named.startswith("new category 'c'")
    else:
        assert named.startswith(fault)


BEYOND = ("°F", "sentinel", "clipped")  # lie beyond, or between, edges frozen on the reference alone


@pytest.mark.parametrize("fault", [one for one in FAULTS if not any(word in one for word in BEYOND)])
def test_a_fault_is_named_from_a_profile_of_each_side(rng, fault):
    old, new = (pl.DataFrame({"x": draw(rng)}) for draw in FAULTS[fault])
    before = al.profile(old)
    report = al.measure_drift(al.profile(new, like=before), reference=before)
    assert report.table["cause"][0].startswith(fault)


def test_swapped_columns_are_named_from_profiles(rng):
    old, new = (pl.DataFrame({"a": rng.gamma(3, 7, N), "b": rng.gamma(4, 9, N)}) for _ in range(2))
    before = al.profile(old)
    report = al.measure_drift(al.profile(new.rename({"a": "b", "b": "a"}), like=before), reference=before)
    assert all(cause.startswith("swapped with") for cause in report.table["cause"])


def test_a_hint_about_text_says_that_its_number_is_a_length(rng):
    words = [" ".join(rng.choice(["late", "again", "bag", "lost", "crew"], n)) for n in rng.integers(6, 30, 3000)]
    notes = [f"{place} {text}" for place, text in enumerate(words)]
    old, new = pl.DataFrame({"note": notes}), pl.DataFrame({"note": [text[:40] for text in notes]})
    report = al.measure_drift(new, reference=old)
    assert report.to_dict()["payload"]["columns"][0]["kind"] == "text"
    assert report.table["cause"][0].startswith("length ")
