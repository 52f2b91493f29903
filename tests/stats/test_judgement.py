from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import Cells, Windows, judge


def after(n: int, reference: int, size: float) -> np.ndarray:
    return np.where(np.arange(n) >= reference, size, 0.0)


def test_a_clear_step_on_stable_days_is_drift(counts, split) -> None:
    found = judge([counts.ordered(after(35, 28, 0.5))], split(28, 7))[0]
    assert found.verdict == "drifted"
    assert found.effect > found.natural > 0
    assert found.low > 0


def test_a_column_at_rest_is_stable(counts, split) -> None:
    found = judge([counts.ordered(np.zeros(35))], split(28, 7))[0]
    assert (found.verdict, found.needs) == ("stable", None)


def test_a_verdict_agrees_with_the_two_lines(counts, split) -> None:
    columns = [counts.ordered(after(35, 28, size)) for size in np.linspace(0, 0.3, 25)]
    for one in judge(columns, split(28, 7), min_effect=0.06):
        assert (one.verdict == "drifted") == (one.effect > one.natural and one.effect >= 0.06)


def test_what_is_material_is_the_readers_choice(counts, split) -> None:
    columns = [counts.ordered(after(35, 28, 0.2))]
    verdicts = [judge(columns, split(28, 7), min_effect=least)[0].verdict for least in (0.03, 0.5)]
    assert verdicts == ["drifted", "stable"]


def test_a_large_effect_on_restless_days_is_usual(counts, split) -> None:
    columns = [counts.ordered(counts.persistent(63, rho=0.0, sd=0.3)) for _ in range(10)]
    found = judge(columns, split(56, 7))
    assert not [one for one in found if one.verdict == "drifted"]
    assert [one for one in found if one.large_but_usual]


def test_rising_missing_values_are_drift_though_the_values_stay(counts, split) -> None:
    found = judge([counts.ordered(np.zeros(35), missing=0.02 + after(35, 28, 0.1))], split(28, 7))[0]
    assert (found.verdict, found.part) == ("drifted", "absence")
    assert found.effect == pytest.approx(0.1, abs=0.02)


def test_unseen_categories_are_drift(counts, split) -> None:
    new = after(35, 28, 0.1)[:, None]
    shares = np.hstack([np.tile([0.5, 0.3, 0.2], (35, 1)) * (1 - new), new])
    assert judge([counts.categories(shares)], split(28, 7))[0].verdict == "drifted"


def test_a_weekday_pattern_is_no_drift_when_like_is_compared_with_like(counts, split) -> None:
    weekend = np.where(np.arange(44) % 7 >= 5, 0.5, 0.0)
    found = judge([counts.ordered(weekend)], split(42, 2, season=7))[0]
    assert found.verdict == "stable"
    assert found.effect < 0.06


def wandering(counts, step: float) -> list[Cells]:
    return [counts.ordered(counts.persistent(56, rho=0.99, sd=0.5) + after(56, 28, step)) for _ in range(8)]


def test_an_alarm_on_days_that_drift_by_themselves_cannot_be_told(counts, split) -> None:
    found = judge(wandering(counts, 2.5), split(28, 28))
    assert all(one.effect > one.natural for one in found)
    assert {(one.verdict, one.needs) for one in found} == {("cannot_tell", "longer_reference")}


def test_days_that_drift_by_themselves_raise_no_alarm(counts, split) -> None:
    assert "drifted" not in {one.verdict for one in judge(wandering(counts, 0.0), split(28, 28))}


def test_an_immaterial_effect_is_stable_however_restless_the_days(counts, split) -> None:
    restless = [counts.ordered(counts.persistent(35, rho=0.0, sd=2.0)) for _ in range(8)]
    found = judge(restless, split(28, 7), min_effect=0.99)
    assert {one.verdict for one in found} == {"stable"}


def test_a_material_effect_is_no_news_where_nature_moves_half_of_the_rows(counts, split) -> None:
    restless = [counts.ordered(counts.persistent(30, rho=0.0, sd=2.0)) for _ in range(8)]
    found = [one for one in judge(restless, split(28, 2)) if one.natural > 0.5 and one.verdict != "drifted"]
    assert found
    assert {(one.verdict, one.needs) for one in found} == {("cannot_tell", "longer_reference")}


def test_the_p_value_shown_is_that_of_the_effect_shown(counts, split) -> None:
    missing = 0.001 + after(35, 28, 0.012)
    one = judge([counts.ordered(np.zeros(35), rows=5000, missing=missing)], split(28, 7), min_effect=0.05)[0]
    assert one.part == "absence" or one.pvalue > 0.05


def test_a_season_that_the_reference_never_saw_cannot_be_told(counts, split) -> None:
    found = judge([counts.ordered(np.zeros(12))], split(5, 7, season=7))[0]
    assert (found.verdict, found.needs) == ("cannot_tell", "season")


def test_a_column_without_values_in_both_windows_cannot_be_told_unless_rows_are_there(split) -> None:
    nothing = Cells(counts=np.zeros((35, 9), dtype=int), ordered=True)
    found = judge([nothing], split(28, 7))[0]
    assert (found.verdict, found.needs) == ("cannot_tell", "values")
    assert found.effect is None


def test_a_column_that_was_never_filled_is_stable(split) -> None:
    empty = np.zeros((35, 9), dtype=int)
    empty[:, 5] = 300
    assert judge([Cells(counts=empty, ordered=True)], split(28, 7))[0].verdict == "stable"


def test_a_column_that_went_empty_is_drift(counts, split) -> None:
    cells = counts.ordered(np.zeros(35))
    cells.counts[28:, -4] = cells.counts[28:].sum(axis=1)
    cells.counts[28:, :-4] = 0
    assert judge([cells], split(28, 7))[0].part == "absence"
    assert judge([cells], split(28, 7))[0].verdict == "drifted"


def test_few_rows_without_time_cannot_be_told(counts, split) -> None:
    columns = [counts.ordered(np.zeros(2), rows=30) for _ in range(25)]
    found = judge(columns, split(1, 1))
    assert {one.verdict for one in found} == {"cannot_tell"}
    assert {one.needs for one in found} == {"more_rows"}


def test_one_day_against_one_day_of_a_log_with_time_cannot_be_told(counts) -> None:
    bucket = np.arange(30)
    windows = Windows(reference=bucket[:1], current=bucket[1:2], position=bucket, season=bucket * 0)
    found = judge([counts.ordered(np.zeros(30))], windows)[0]
    assert (found.verdict, found.needs) == ("cannot_tell", "longer_reference")


def test_columns_do_not_depend_on_their_order(counts, split) -> None:
    columns = [counts.ordered(after(35, 28, size), missing=size / 2) for size in (0.0, 0.1, 0.3)]
    forward, backward = judge(columns, split(28, 7)), judge(columns[::-1], split(28, 7))[::-1]
    assert [one.pvalue for one in forward] == pytest.approx([one.pvalue for one in backward])
    assert [one.natural for one in forward] == pytest.approx([one.natural for one in backward])


def test_a_gap_in_time_is_no_gap_in_the_answer(counts) -> None:
    position = np.r_[0:20, 33:47]
    bucket = np.arange(34)
    windows = Windows(reference=bucket[:27], current=bucket[27:], position=position, season=bucket * 0)
    assert judge([counts.ordered(np.zeros(34))], windows)[0].verdict == "stable"


def test_no_columns_are_judged_without_complaint(split) -> None:
    assert judge([], split(28, 7)) == ()


@pytest.mark.parametrize("ordered", [True, False])
def test_a_constant_column_is_stable(split, ordered) -> None:
    constant = np.zeros((35, 7), dtype=int)
    constant[:, 1] = 300
    assert judge([Cells(counts=constant, ordered=ordered)], split(28, 7))[0].verdict == "stable"


@pytest.mark.parametrize("windows", [(28, 7), (1, 1)])
def test_a_constant_that_changes_is_drift(split, windows) -> None:
    constant = np.zeros((sum(windows), 7), dtype=int)
    constant[: windows[0], 1] = 300
    constant[windows[0] :, 2] = 300
    assert judge([Cells(counts=constant, ordered=True)], split(*windows))[0].verdict == "drifted"


def test_two_days_of_a_log_with_time_are_not_two_samples_of_independent_rows(counts) -> None:
    bucket = np.arange(2)
    windows = Windows(reference=bucket[:1], current=bucket[1:], position=bucket, season=bucket * 0)
    found = judge([counts.ordered(np.array([0.0, 0.4]))], windows)[0]
    assert (found.verdict, found.needs) == ("cannot_tell", "longer_reference")


def test_unseen_categories_are_expected_where_the_reference_has_rare_ones(split) -> None:
    # Of 1,000 rows 200 fall into categories too rare to be compared; half of those were never seen before.
    plain, rare = ([500, 300, 200, 0, 0, 0, 0], [500, 300, 100, 0, 0, 0, 100])
    counts = np.array([plain, rare])
    pooled, alone = (Cells(counts=counts, ordered=False, pooled=bin_) for bin_ in (2, None))
    assert judge([pooled], split(1, 1))[0].effect == 0
    assert judge([alone], split(1, 1))[0].verdict == "drifted"
    assert judge([pooled], split(1, 1))[0].measures.unseen_share == pytest.approx(0.1)


def test_a_few_rows_of_a_rare_kind_are_no_drift(split) -> None:
    flags = [Cells(counts=np.array([[9950, 50, 0, 0, 0, 0], [48, 2, 0, 0, 0, 0]]), ordered=False) for _ in range(10)]
    assert {one.verdict for one in judge(flags, split(1, 1))} == {"stable"}


def test_the_interval_of_a_small_window_is_that_of_its_own_rows(split) -> None:
    rng = np.random.default_rng(5)
    before, after = rng.binomial(20000, 0.01, 400), rng.binomial(500, 0.3, 400)
    covered = 0
    for a, b in zip(before, after, strict=True):
        cells = Cells(counts=np.array([[20000 - a, a, 0, 0, 0, 0], [500 - b, b, 0, 0, 0, 0]]), ordered=False)
        one = judge([cells], split(1, 1))[0]
        covered += one.low <= 0.29 <= one.high
    assert covered >= 370  # 95 % of 400, less two standard errors
