from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import find_season

HOUR = 3_600 * 1_000_000
MONDAY = 4 * 24 * HOUR


def found(columns, n: int, hours: float, zone: str = "UTC"):
    edges = MONDAY + np.arange(n + 1) * int(hours * HOUR)
    return find_season(columns, np.arange(n), edges[:-1], edges[1:], zone=zone)


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
    edges = (np.datetime64("2020-01") + np.arange(37)).astype("datetime64[us]").astype(np.int64)
    assert find_season([counts.ordered(mean)], bucket, edges[:-1], edges[1:])[1] == "month"
    assert find_season([counts.ordered(mean[:12])], bucket[:12], edges[:12], edges[1:13])[1] is None


def test_no_columns_show_no_season() -> None:
    assert found([], 28, 24)[1] is None


def astride(columns, hours: np.ndarray, zone: str = "UTC"):
    edges = MONDAY + (np.append(0, np.cumsum(hours)) * HOUR).astype(np.int64)
    return find_season(columns, np.arange(len(hours)), edges[:-1], edges[1:], zone=zone)


def test_buckets_of_three_days_are_told_apart_by_their_share_of_weekend(counts) -> None:
    weekend = (np.arange(60) % 7 >= 5).reshape(20, 3).mean(axis=1)
    labels, name = astride([counts.ordered(0.4 * weekend)], np.full(20, 72))
    assert name == "weekend"
    assert [weekend[labels == label].std() for label in range(3)] == [0, 0, 0]


def test_buckets_of_two_days_are_told_apart_by_their_weekdays(counts) -> None:
    monday = (np.arange(84) % 7 == 0).reshape(42, 2).mean(axis=1)
    labels, name = astride([counts.ordered(0.6 * monday)], np.full(42, 48))
    assert name.endswith("weekday")
    assert all(monday[labels == label].std() == 0 for label in set(labels.tolist()))


def test_buckets_of_rows_are_told_apart_by_their_part_of_the_day(counts) -> None:
    hours = np.random.default_rng(0).uniform(1, 4, 200)
    middle = (np.cumsum(hours) - hours / 2) % 24
    labels, name = astride([counts.ordered(0.4 * np.sin(2 * np.pi * middle / 24), rows=100)], hours)
    assert name == "time of day"
    assert max(np.ptp(middle[labels == label]) for label in range(8)) <= 3


def test_buckets_of_rows_are_told_apart_by_both_cycles(counts) -> None:
    hours = np.random.default_rng(1).uniform(1, 4, 300)
    middle = (np.cumsum(hours) - hours / 2) % 168
    mean = 0.4 * np.sin(2 * np.pi * middle / 24) + 0.4 * (middle >= 120)
    assert astride([counts.ordered(mean, rows=100)], hours)[1] == "time of day and weekend"


def test_buckets_astride_without_a_cycle_have_no_season(counts) -> None:
    names = [astride([counts.ordered(counts.persistent(40, rho=0.6, sd=0.1))], np.full(40, 72))[1] for _ in range(30)]
    assert names.count(None) >= 28


def test_few_buckets_astride_are_told_apart_coarsely(counts) -> None:
    hours = np.full(12, 17.0)
    middle = (np.cumsum(hours) - hours / 2) % 24
    labels, _ = astride([counts.ordered(1.0 * (middle >= 12), rows=2000)], hours)
    assert 1 < len(set(labels.tolist())) <= 4
