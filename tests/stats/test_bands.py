from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import bands, judge, measure


def days(windows) -> list[np.ndarray]:
    return [np.array([i]) for i in windows.current]


def test_a_step_over_the_whole_window_has_the_effect_that_is_judged(counts, split) -> None:
    windows = split(28, 7)
    columns = [counts.ordered(np.zeros(35)), counts.ordered(np.zeros(35), missing=0.1)]
    for band, one in zip(bands(columns, windows, [windows.current]), judge(columns, windows), strict=True):
        assert band.effects[0] == pytest.approx(one.measures.ks)


def test_one_step_at_the_level_of_one_column_is_the_natural_line(counts, split) -> None:
    windows = split(28, 7)
    columns = [counts.ordered(np.zeros(35))]
    assert bands(columns, windows, [windows.current])[0].natural == pytest.approx([judge(columns, windows)[0].natural])


def test_more_windows_shown_make_a_wider_band(counts, split) -> None:
    windows = split(28, 7)
    column = [counts.ordered(np.zeros(35))]
    one, seven = (bands(column, windows, steps)[0].natural[0] for steps in ([days(windows)[0]], days(windows)))
    assert seven > one


def test_a_day_with_few_rows_has_a_wider_band(counts, split) -> None:
    windows = split(28, 7)
    cells = counts.ordered(np.zeros(35))
    cells.counts[30] //= 10
    natural = bands([cells], windows, days(windows))[0].natural
    assert natural[2] == natural.max()


def test_effects_are_those_of_each_window_alone(counts, split) -> None:
    windows = split(28, 7, season=7)
    cells = counts.ordered(np.where(np.arange(35) % 7 >= 5, 0.4, 0.0))
    for step, effect in zip(days(windows), bands([cells], windows, days(windows))[0].effects, strict=True):
        alone = type(windows)(
            reference=windows.reference, current=step, position=windows.position, season=windows.season
        )
        assert effect == pytest.approx(measure([cells], alone)[0].ks)


def test_a_step_without_rows_has_neither_effect_nor_band(counts, split) -> None:
    windows = split(28, 7)
    cells = counts.ordered(np.zeros(35))
    cells.counts[30] = 0
    found = bands([cells], windows, days(windows))[0]
    assert np.isnan(found.effects[2])
    assert np.isnan(found.natural[2])
    assert np.isfinite(np.delete(found.effects, 2)).all()


def test_the_share_of_missing_values_has_a_band_of_its_own(counts, split) -> None:
    windows = split(28, 7)
    cells = counts.ordered(np.zeros(35), missing=0.05 + np.where(np.arange(35) >= 33, 0.2, 0.0))
    found = bands([cells], windows, days(windows), part="absence")[0]
    assert (found.effects > found.natural).tolist() == [False] * 5 + [True] * 2


def test_a_column_without_missing_values_has_no_band_for_them(counts, split) -> None:
    windows = split(28, 7)
    assert np.isnan(bands([counts.ordered(np.zeros(35))], windows, days(windows), part="absence")[0].natural).all()
