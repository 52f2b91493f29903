from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import find_season

HOUR = 3_600 * 1_000_000
MONDAY = 4 * 24 * HOUR


def found(columns, n: int, hours: float, zone: str = "UTC"):
    bucket = np.arange(n)
    return find_season(columns, bucket, MONDAY + bucket * int(hours * HOUR), hours=hours, zone=zone)


def test_weekends_in_daily_buckets_are_two_labels(counts) -> None:
    weekend = np.where(np.arange(21) % 7 >= 5, 0.4, 0.0)
    labels, name = found([counts.ordered(weekend)], 21, 24)
    assert name == "weekend"
    assert labels.tolist() == [0, 0, 0, 0, 0, 1, 1] * 3


def test_weekdays_that_differ_are_seven_labels(counts) -> None:
    labels, name = found([counts.ordered(0.2 * (np.arange(42) % 7))], 42, 24)
    assert name == "weekday"
    assert len(set(labels.tolist())) == 7


@pytest.mark.parametrize("rho", [0.0, 0.6, 0.95])
def test_days_without_a_season_have_none(counts, rho) -> None:
    names = [found([counts.ordered(counts.persistent(42, rho=rho, sd=0.1))], 42, 24)[1] for _ in range(30)]
    assert names.count(None) >= 28


def test_hours_of_the_day_are_found_beside_a_drift(counts) -> None:
    hour = np.arange(24 * 8)
    mean = 0.4 * np.sin(2 * np.pi * hour / 24) + np.where(hour > 150, 1.0, 0.0)
    labels, name = found([counts.ordered(mean, rows=60)], len(hour), 1)
    assert name == "hour of day"
    assert len(set(labels.tolist())) == 24


def test_hours_and_weekends_are_found_together(counts) -> None:
    hour = np.arange(24 * 28)
    mean = 0.4 * np.sin(2 * np.pi * hour / 24) + np.where(hour // 24 % 7 >= 5, 0.4, 0.0)
    labels, name = found([counts.ordered(mean, rows=60)], len(hour), 1)
    assert name == "hour of day and weekend"
    assert len(set(labels.tolist())) == 48


def test_a_season_of_missing_values_alone_is_seen(counts) -> None:
    weekend = np.where(np.arange(28) % 7 >= 5, 0.3, 0.05)
    assert found([counts.ordered(np.zeros(28), missing=weekend)], 28, 24)[1] == "weekend"


def test_a_season_of_categories_is_seen(counts) -> None:
    weekend = np.where(np.arange(28) % 7 >= 5, 0.2, 0.0)[:, None]
    shares = np.hstack([0.5 - weekend, 0.5 + weekend, 0 * weekend])
    assert found([counts.categories(shares)], 28, 24)[1] == "weekend"


def test_labels_follow_the_clock_of_the_zone(counts) -> None:
    weekend = np.where((np.arange(24 * 21) + 12) // 24 % 7 >= 5, 0.5, 0.0)
    _, here = found([counts.ordered(weekend, rows=60)], len(weekend), 1, zone="Pacific/Auckland")
    assert here is None or "weekend" in here


def test_a_week_and_a_half_is_too_short_for_weekdays(counts) -> None:
    assert found([counts.ordered(0.2 * (np.arange(11) % 7))], 11, 24)[1] != "weekday"


def test_weekly_buckets_have_no_season(counts) -> None:
    assert found([counts.ordered(np.zeros(20))], 20, 168)[1] is None


def test_months_need_two_years(counts) -> None:
    mean = 0.5 * np.sin(2 * np.pi * np.arange(36) / 12)
    bucket = np.arange(36)
    starts = (np.datetime64("2020-01") + bucket).astype("datetime64[us]").astype(np.int64)
    assert find_season([counts.ordered(mean)], bucket, starts, hours=730)[1] == "month"
    assert find_season([counts.ordered(mean[:12])], bucket[:12], starts[:12], hours=730)[1] is None


def test_no_columns_show_no_season() -> None:
    assert found([], 28, 24)[1] is None
