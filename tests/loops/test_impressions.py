"""Impressions by period and item: counts against a count by hand, expected exposure against what was simulated."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from afterlaunch.errors import BadInput, BadOption, EmptyWindow
from afterlaunch.logs import InteractionLog
from afterlaunch.loops.groups import GROUPS, read_groups
from afterlaunch.loops.impressions import read_impressions

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
WEEK = timedelta(weeks=1)
N_ITEMS, N_WEEKS, N_ROWS = 12, 4, 6000
NAMES = [f"film {place:02}" for place in range(N_ITEMS)]


def drawn(*, seed: int = 0, shares: np.ndarray | None = None) -> pl.DataFrame:
    """Draw impressions of a policy whose chances differ by week and item."""
    rng = np.random.default_rng(seed)
    chance = chances() if shares is None else shares
    week = np.sort(rng.integers(0, N_WEEKS, N_ROWS))
    item = np.array([rng.choice(N_ITEMS, p=chance[one]) for one in week])
    seconds = week * WEEK.total_seconds() + rng.random(N_ROWS) * WEEK.total_seconds()
    return pl.DataFrame(
        {
            "at": [MONDAY + timedelta(seconds=float(one)) for one in seconds],
            "film": [NAMES[one] for one in item],
            "who": rng.integers(0, 300, N_ROWS),
            "place": rng.integers(1, 4, N_ROWS),
            "seen": rng.random(N_ROWS) < 0.2,
            "train": rng.random(N_ROWS) < 0.9,
            "random": rng.random(N_ROWS) < 0.05,
            "jitter": rng.normal(size=N_ROWS),
            "p": chance[week, item],
            "week": week,
            "code": item,
        }
    )


def chances() -> np.ndarray:
    weight = np.exp(np.random.default_rng(9).normal(size=(N_WEEKS, N_ITEMS)))
    return weight / weight.sum(axis=1, keepdims=True)


def log_of(frame: pl.DataFrame, **roles: object) -> InteractionLog:
    return InteractionLog(frame, **{"time": "at", "item": "film", "catalog": NAMES, **roles})


def by_hand(frame: pl.DataFrame, condition: pl.Expr) -> np.ndarray:
    rows = frame.filter(condition)
    counts = np.zeros((N_WEEKS, N_ITEMS), dtype=np.int64)
    np.add.at(counts, (rows["week"].to_numpy(), rows["code"].to_numpy()), 1)
    return counts


# ---------------------------------------------------------------- counts


def test_counts_are_those_made_by_hand():
    frame = drawn()
    log = log_of(frame, clicked="seen", in_training="train", holdout="random")
    found = read_impressions(log)
    seen, train, random = pl.col("seen"), pl.col("train"), pl.col("random")
    for counted, condition in (
        (found.shown, pl.lit(value=True)),
        (found.clicked, seen),
        (found.used, seen & train),
        (found.withheld, ~train),
        (found.withheld_clicked, seen & ~train),
        (found.held_out, random),
        (found.held_out_clicked, seen & random),
    ):
        assert counted.dtype == np.int64
        assert (counted == by_hand(frame, condition)).all()
    assert found.items.to_list() == NAMES
    assert found.periods.n == N_WEEKS
    assert found.total.sum() == N_ROWS


def test_what_is_not_logged_is_none():
    found = read_impressions(log_of(drawn()))
    assert (found.clicked, found.used, found.withheld, found.at_top, found.noise, found.record()) == (None,) * 6
    assert found.chances.expected is None


def test_all_clicks_are_used_where_nothing_says_otherwise():
    frame = drawn()
    found = read_impressions(log_of(frame, clicked="seen"))
    assert (found.used == by_hand(frame, pl.col("seen"))).all()
    record = found.record()
    assert record is not None
    assert record.used is found.used


def test_without_a_catalogue_what_was_shown_is_all_sorted():
    found = read_impressions(InteractionLog(drawn(), time="at", item="film"))
    assert found.items.to_list() == NAMES
    gone = read_impressions(InteractionLog(drawn().filter(pl.col("code") != 3), time="at", item="film"))
    assert len(gone.items) == N_ITEMS - 1
    kept = read_impressions(log_of(drawn().filter(pl.col("code") != 3)))
    assert kept.shown[:, 3].sum() == 0


def test_periods_without_impressions_are_kept():
    found = read_impressions(log_of(drawn().filter(pl.col("week") != 1)))
    assert found.total[1] == 0
    assert found.periods.n == N_WEEKS


def test_places_say_how_much_was_seen():
    frame = drawn()
    found = read_impressions(log_of(frame, position="place"), top=2)
    assert (found.at_top == by_hand(frame, pl.col("place") <= 2)).all()
    weighed = sum(by_hand(frame, pl.col("place") == place) / np.log2(1 + place) for place in (1, 2, 3))
    assert found.seen == pytest.approx(weighed)
    squares = sum(by_hand(frame, pl.col("place") == place).sum(axis=1) / np.log2(1 + place) ** 2 for place in (1, 2, 3))
    assert found.seen_squares == pytest.approx(squares)


def test_rows_without_a_place_were_not_shown():
    frame = drawn().with_columns(place=pl.when(pl.col("code") != 2).then("place"), seen=pl.lit(value=False))
    found = read_impressions(log_of(frame, position="place", clicked="seen"))
    assert found.shown[:, 2].sum() == 0
    assert (found.shown[:, 3:] == by_hand(frame, pl.lit(value=True))[:, 3:]).all()


def test_noise_is_averaged_and_unknown_where_nothing_was_shown():
    frame = drawn().filter((pl.col("code") != 4) | (pl.col("week") != 2))
    found = read_impressions(log_of(frame, noise="jitter"))
    rows = frame.filter((pl.col("week") == 1) & (pl.col("code") == 5))
    assert found.noise[1, 5] == pytest.approx(rows["jitter"].mean())
    assert np.isnan(found.noise[2, 4])


def test_weeks_are_cut_in_the_zone_of_the_log():
    frame = drawn().with_columns(pl.col("at").dt.convert_time_zone("America/New_York"))
    found = read_impressions(log_of(frame))
    assert found.periods.n == N_WEEKS + 1
    start = datetime.fromtimestamp(found.periods.starts[1] / 1e6, UTC)
    assert start == datetime(2026, 1, 5, 5, tzinfo=UTC)


def test_files_are_read_as_frames_are(tmp_path):
    frame = drawn()
    for part in range(3):
        frame[part::3].write_parquet(tmp_path / f"{part}.parquet")
    roles = {"clicked": "seen", "propensity": "p", "user": "who"}
    one = read_impressions(log_of(frame, **roles))
    files = InteractionLog(tmp_path, time="at", item="film", catalog=NAMES, **roles)
    other = read_impressions(files)
    assert (one.shown == other.shown).all()
    assert one.chances.expected == pytest.approx(other.chances.expected)
    for mine, theirs in zip(read_groups(files, other), read_groups(log_of(frame, **roles), one), strict=True):
        assert (mine == theirs).all()


@pytest.mark.parametrize(
    ("every", "message"),
    [(1000, "every=1000 is a number of rows"), ("fortnight", "no bucket length"), ("1m", "into 40,3.* periods")],
)
def test_periods_that_no_model_learns_in_are_refused(every, message):
    with pytest.raises(Exception, match=message):
        read_impressions(log_of(drawn()), every=every)


def test_a_window_without_rows_is_refused():
    with pytest.raises(EmptyWindow, match="the log has no impressions"):
        read_impressions(log_of(drawn()).where(pl.col("code") > 99))


def test_a_top_of_no_places_is_refused():
    with pytest.raises(BadOption, match="top=0 is no number of places"):
        read_impressions(log_of(drawn()), top=0)


# ---------------------------------------------------------------- expected exposure


def expected_truth(frame: pl.DataFrame) -> np.ndarray:
    return chances() * np.bincount(frame["week"], minlength=N_WEEKS)[:, None]


def test_a_policy_that_does_not_look_at_whom_it_serves_is_recognised():
    frame = drawn()
    found = read_impressions(log_of(frame, propensity="p")).chances
    assert found.context_free
    assert found.expected == pytest.approx(expected_truth(frame))
    assert found.inverse is None


def test_items_that_were_not_shown_share_what_is_left():
    rare = chances()
    rare[:, 7] = 0
    rare = rare / rare.sum(axis=1, keepdims=True) * 0.97
    rare[:, 7] = 0.03
    frame = drawn(shares=rare).filter(pl.col("code") != 7)
    found = read_impressions(log_of(frame, propensity="p")).chances
    rows = np.bincount(frame["week"], minlength=N_WEEKS)
    assert found.expected[:, 7] == pytest.approx(0.03 * rows)
    assert "of the exposure was expected of items that their period did not show" in found.notes[0]


def test_chances_of_standing_in_a_list_are_those_of_one_of_its_places():
    rng = np.random.default_rng(4)
    inclusion = np.array([0.9, 0.8, 0.6, 0.4, 0.2, 0.1])
    lists = [rng.choice(6, 3, replace=False, p=inclusion / inclusion.sum()) for _ in range(900)]
    frame = pl.DataFrame(
        {
            "at": [MONDAY + timedelta(minutes=place) for place in range(900) for _ in range(3)],
            "film": [NAMES[item] for items in lists for item in items],
            "who": np.repeat(np.arange(900), 3),
            "place": [1, 2, 3] * 900,
            "p": [inclusion[item] for items in lists for item in items],
        }
    )
    found = read_impressions(log_of(frame, propensity="p", position="place", user="who", catalog=NAMES[:6])).chances
    assert found.context_free
    assert found.expected[0] == pytest.approx(900 * inclusion)
    unplaced = read_impressions(log_of(frame.drop("place"), propensity="p", catalog=NAMES[:6])).chances
    assert unplaced.expected[0] == pytest.approx(900 * inclusion)


def test_chances_that_differ_by_place_are_told_by_place():
    rng = np.random.default_rng(5)
    chance = np.array([[0.6, 0.3, 0.1], [0.1, 0.3, 0.6]])
    place = np.tile([0, 1], 1500)
    item = np.array([rng.choice(3, p=chance[one]) for one in place])
    frame = pl.DataFrame(
        {
            "at": [MONDAY + timedelta(minutes=list_) for list_ in range(1500) for _ in range(2)],
            "film": [NAMES[one] for one in item],
            "place": place + 1,
            "p": chance[place, item],
        }
    )
    found = read_impressions(log_of(frame, propensity="p", position="place", catalog=NAMES[:3])).chances
    assert found.context_free
    assert found.expected[0] == pytest.approx(1500 * chance.sum(axis=0))


def test_a_policy_that_looks_at_whom_it_serves_leaves_the_inverses():
    frame = drawn().with_columns(p=pl.when(pl.col("who") % 2 == 0).then(0.3).otherwise(0.6))
    found = read_impressions(log_of(frame, propensity="p")).chances
    assert found.expected is None
    assert not found.context_free
    even = by_hand(frame, pl.col("who") % 2 == 0)
    odd = by_hand(frame, pl.col("who") % 2 == 1)
    assert found.inverse == pytest.approx(even / 0.3 + odd / 0.6)
    assert found.inverse_squares == pytest.approx(even / 0.09 + odd / 0.36)
    assert "the policy looks at whom it serves" in found.notes[0]


def test_one_impression_a_cell_does_not_make_a_policy_blind():
    rng = np.random.default_rng(6)
    frame = pl.DataFrame(
        {
            "at": [MONDAY + timedelta(hours=hour) for hour in range(300)],
            "film": [f"film {place}" for place in range(300)],
            "p": rng.random(300) / 300,
        }
    )
    assert not read_impressions(InteractionLog(frame, time="at", item="film", propensity="p")).chances.context_free


def test_periods_with_an_unknown_propensity_are_not_expected():
    frame = drawn().with_columns(p=pl.when(pl.int_range(N_ROWS) != N_ROWS - 1).then("p"))
    found = read_impressions(log_of(frame, propensity="p")).chances
    assert np.isfinite(found.expected[:-1]).all()
    assert np.isnan(found.expected[-1]).all()


def test_lists_over_the_catalogue_add_up_to_what_is_expected():
    frame = drawn()
    lists = chances()[frame["week"].to_numpy()]
    one = log_of(frame.with_columns(p=pl.Series(lists.tolist())), propensity="p")
    assert read_impressions(one).chances.expected == pytest.approx(expected_truth(frame))
    thirds = np.full_like(lists, 3 / N_ITEMS)
    even = log_of(frame.with_columns(p=pl.Series(thirds.tolist())), propensity="p")
    rows = np.bincount(frame["week"], minlength=N_WEEKS)
    assert read_impressions(even).chances.expected == pytest.approx(np.repeat(rows[:, None] / N_ITEMS, N_ITEMS, axis=1))


def test_a_deterministic_policy_expects_nothing():
    found = read_impressions(log_of(drawn().with_columns(p=pl.lit(1.0)), propensity="p"))
    assert (found.chances.expected, found.chances.inverse) == (None, None)
    assert any("left nothing to chance" in note for note in found.notes)


# ---------------------------------------------------------------- a table of expected exposure


def exposure(values: np.ndarray, *, weeks: int = N_WEEKS) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "period": [date(2026, 1, 7) + week * WEEK for week in range(weeks) for _ in NAMES],
            "film": NAMES * weeks,
            "expected": values[:weeks].ravel(),
        }
    )


def test_a_table_of_expected_exposure_is_laid_over_the_periods():
    frame = drawn()
    truth = expected_truth(frame)
    assert read_impressions(log_of(frame, expected_exposure=exposure(truth))).chances.expected == pytest.approx(truth)
    shares = read_impressions(log_of(frame, expected_exposure=exposure(chances()))).chances
    assert shares.expected == pytest.approx(truth)
    assert shares.notes == ("Expected exposure adds up to 1 a period: taken as shares of the impressions.",)


def test_periods_without_expected_exposure_are_unknown():
    frame = drawn()
    found = read_impressions(log_of(frame, expected_exposure=exposure(expected_truth(frame), weeks=3))).chances
    assert np.isnan(found.expected[3]).all()
    assert "Periods without expected exposure: 1 of 4." in found.notes


def test_expected_exposure_of_other_rows_is_refused():
    frame = drawn()
    with pytest.raises(BadInput, match=r"expected_exposure adds up to .* in the period from 2026-01-05, the log shows"):
        read_impressions(log_of(frame, expected_exposure=exposure(2 * expected_truth(frame))))
    none = expected_truth(frame)
    none[:, 1] += none[:, 0]
    none[:, 0] = 0
    with pytest.raises(BadInput, match="of items that expected_exposure gives none in their period"):
        read_impressions(log_of(frame, expected_exposure=exposure(none)))


# ---------------------------------------------------------------- groups of users


def test_groups_add_up_and_hold_whole_users():
    frame = drawn()
    log = log_of(frame, user="who")
    found = read_impressions(log)
    groups = np.stack(list(read_groups(log, found)))
    assert groups.shape == (N_WEEKS, GROUPS, N_ITEMS)
    assert (groups.sum(axis=1) == found.shown).all()
    one = log.where(pl.col("who") == 17)
    counted = np.stack(list(read_groups(one, found)))
    assert (counted.sum(axis=(0, 2)) > 0).sum() == 1


def test_without_users_rows_are_grouped():
    log = log_of(drawn())
    groups = np.stack(list(read_groups(log, read_impressions(log))))
    assert groups.sum() == N_ROWS
    assert groups.sum(axis=(0, 2)) == pytest.approx(N_ROWS / GROUPS)
