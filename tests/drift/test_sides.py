"""What may be compared with what: logs, bare tables and profiles, by time and by number of rows."""

import numpy as np
import polars as pl
import pytest
from tests.drift.conftest import daily

import afterlaunch as al
from afterlaunch.errors import BadColumn, BadOption, BadTime, EmptyWindow, MissingColumn, ProfileMismatch

LATER = "2024-02-15"


def log_of(frame):
    return al.PredictionLog(frame, time="at")


@pytest.fixture
def old(rng):
    return daily(rng, 40)


@pytest.fixture
def new(rng):
    days = daily(rng, 30, shift_from=10, shift=1.0)
    return days.with_columns(pl.col("at") + pl.duration(days=45))


def spans(report):
    buckets = report.data.buckets
    return [(buckets.starts_ms[a], buckets.ends_ms[b - 1]) for a, b in (report.data.reference, report.data.current)]


def test_a_number_of_rows_cuts_one_log_into_buckets_with_times(old):
    report = al.measure_drift(log_of(old), reference=("2024-01-01", "2024-01-21"), every=400)
    buckets = report.data.buckets
    assert (buckets.every, set(buckets.n_rows)) == ("400 rows", {400})
    assert buckets.season_name is None
    assert all(a < b for a, b in zip(buckets.starts_ms, buckets.ends_ms, strict=True))
    assert report.windows["window_start"].is_sorted() or report.windows["window_start"].null_count() == 0


def test_a_number_of_rows_cuts_each_of_two_logs_by_itself(old, new):
    report = al.measure_drift(log_of(new), reference=log_of(old), every=400)
    assert set(report.data.buckets.n_rows) == {400}
    reference, current = spans(report)
    assert reference[1] <= current[0]
    assert report.table.row(by_predicate=pl.col("column") == "x", named=True)["effect"] > 0.2


def test_rows_selected_from_buckets_of_a_number_of_rows_are_those_counted(old, new):
    report = al.measure_drift(log_of(new), reference=log_of(old), every=400)
    report.selection = al.Selection(column="x", window="current")
    assert report.selected_rows().height == new.height


@pytest.mark.parametrize("profiled", [False, True])
def test_without_time_each_side_is_one_bucket_however_it_is_cut(frame, profiled):
    sides = [al.profile(frame, every=100)] * 2 if profiled else [frame, frame]
    report = al.measure_drift(sides[0], reference=sides[1], every=100)
    assert report.data.buckets.every is None
    assert report.data.buckets.n_rows == (2000, 2000)
    assert any("rows have no order" in note for note in report.data.notes)
    assert report.windows["window_start"].null_count() == report.windows.height


def test_one_bucket_a_side_is_asked_for_by_none(old, new):
    report = al.measure_drift(log_of(new), reference=log_of(old), every=None)
    assert report.data.buckets.n_rows == (old.height, new.height)
    assert report.code() == "al.measure_drift(new, reference=old, every=None)"
    with pytest.raises(BadOption, match="one bucket cannot be compared with itself"):
        al.measure_drift(log_of(old), reference=("2024-01-01", "2024-01-21"), every=None)


@pytest.mark.parametrize("back", [10, 400], ids=["overlapping", "before"])
def test_a_reference_later_than_the_current_data_is_no_failure(old, rng, back):
    new = daily(rng, 30, shift_from=5, shift=1.0).with_columns(pl.col("at") - pl.duration(days=back))
    report = al.measure_drift(log_of(new), reference=log_of(old))
    assert report.alarms["drifted"] == ("x",)


def test_a_bare_table_takes_its_roles_from_the_other_side(old, new):
    whole = al.measure_drift(log_of(new), reference=log_of(old)).table
    profiled = al.profile(log_of(old))
    for sides in ((log_of(new), old), (new, log_of(old)), (new, profiled)):
        assert al.measure_drift(sides[0], reference=sides[1]).table.equals(whole)


def test_a_time_on_one_side_alone_is_named(old, new):
    with pytest.raises(BadColumn, match=r"the reference has no time, the new data the time 'at'"):
        al.measure_drift(log_of(new), reference=al.PredictionLog(old.drop("at")))


def test_profiles_of_other_edges_or_buckets_are_refused(old, new):
    with pytest.raises(ProfileMismatch, match="'x' has other edges"):
        al.measure_drift(al.profile(log_of(new)), reference=al.profile(log_of(old)))
    hourly = al.profile(log_of(new), like=al.profile(log_of(old), every="6h"))
    with pytest.raises(ProfileMismatch, match="every is '1d' in one"):
        al.measure_drift(hourly, reference=al.profile(log_of(old)))


def test_a_column_that_the_current_log_lacks_is_noted_with_a_profile_too(old, new):
    report = al.measure_drift(log_of(new.drop("k")), reference=al.profile(log_of(old)))
    assert report.table["column"].sort().to_list() == ["x", "y"]
    assert "column 'k' is missing in the new data: not compared" in report.data.notes
    chosen = al.measure_drift(log_of(new.drop("k")), reference=al.profile(log_of(old)), columns=["x"])
    assert chosen.data.notes == ()


def test_a_change_within_the_reference_is_no_onset(rng):
    frame = daily(rng, 40, rows=400, shift_from=8, shift=2.0)
    report = al.measure_drift(log_of(frame), reference=("2024-01-01", "2024-01-21"))
    assert report.table["onset"].null_count() == 3
    later = al.measure_drift(
        log_of(frame), reference=("2024-01-01", "2024-01-06"), current=("2024-01-20", "2024-02-10")
    )
    first = later.table.row(by_predicate=pl.col("column") == "x", named=True)
    assert first["onset"] is None or str(first["onset"])[:10] == "2024-01-09"


def test_the_interval_of_an_onset_does_not_reach_into_the_reference():
    lows = []
    for seed in (1, 3, 4):
        frame = daily(np.random.default_rng(seed), 60, rows=30, shift_from=31, shift=0.4)
        report = al.measure_drift(log_of(frame), reference=("2024-01-01", "2024-01-31"))
        lows.append(report.table.row(by_predicate=pl.col("column") == "x", named=True)["onset_low"])
    assert min(lows).date().isoformat() == "2024-01-31"


def test_both_windows_moved_to_whole_buckets_are_noted(old):
    report = al.measure_drift(
        log_of(old), reference=("2024-01-01", "2024-01-20"), current=("2024-01-21T12:00", "2025-01-01")
    )
    assert "the current window was moved to whole buckets of 1d" in report.data.notes


def test_messages_show_windows_as_they_are_written(old):
    with pytest.raises(EmptyWindow, match=r"current window from 2025-01-01T00:00:00\+00:00 to"):
        al.measure_drift(log_of(old), reference=("2024-01-01", "2024-01-20"), current=("2025-01-01", "2025-02-01"))
    with pytest.raises(BadTime) as raised:
        al.measure_drift(log_of(old), reference=("2024-01-01", "2024-01-20"), current=old)
    assert "\n" not in str(raised.value)


def test_a_segment_column_alone_has_no_segments(frame):
    report = al.measure_drift(frame.select("country"), reference=frame.select("country"), by="country")
    assert report.segments == {}
    assert np.isfinite(report.alarm_rate)


@pytest.mark.parametrize(("old", "new"), [(1.5, None), (None, 1.5), ("a", None), (True, None)])
def test_a_column_of_nulls_alone_is_compared_with_the_other_sides_kind(old, new):
    sides = [pl.DataFrame({"x": [value] * 60, "y": range(60)}) for value in (new, old)]
    report = al.measure_drift(sides[0], reference=sides[1])
    row = report.table.row(by_predicate=pl.col("column") == "x", named=True)
    assert (row["verdict"], row["effect"]) == ("drifted", 1.0)
    assert abs(row["null_share_current"] - row["null_share_reference"]) == 1


@pytest.mark.parametrize("empty", ["new", "old", "profile", "no reference"])
def test_data_without_rows_are_named(old, empty):
    log, none = log_of(old), log_of(old).where(pl.col("k") == "zzz")
    sides = {"new": (none, log), "old": (log, none), "profile": (al.profile(none, like=al.profile(log)), log)}
    data, reference = sides.get(empty, (none, None))
    with pytest.raises(EmptyWindow, match="no rows"):
        al.measure_drift(data, reference=reference)


def test_a_profile_without_rows_can_be_shown(old):
    none = log_of(old).where(pl.col("k") == "zzz")
    assert al.profile(none, like=al.profile(log_of(old))).summary().endswith("without rows")


def test_a_window_that_no_selection_has_is_named():
    with pytest.raises(BadOption, match="window='past'"):
        al.Selection(column="x", window="past")


def test_a_reference_with_gaps_is_not_called_so_many_days(old):
    sparse = old.filter(pl.col("at").dt.day() % 3 == 0)
    assert "your first 6 days with rows, chosen for you" in al.measure_drift(log_of(sparse)).sentence
    assert "your first 20 days, chosen for you" in al.measure_drift(log_of(old)).sentence


def shops(first: int, rows_each: int) -> pl.DataFrame:
    names = [f"m{place}" for place in range(first, first + 10_000)]
    return pl.DataFrame(
        {"shop": np.random.default_rng(0).permutation(names * rows_each), "x": [0.0, 1.0] * 5_000 * rows_each}
    )


def test_ten_thousand_categories_are_compared_whatever_the_new_data_look_like():
    report = al.measure_drift(shops(10_000, 1), reference=shops(0, 10))
    assert report.table["column"].sort().to_list() == ["shop", "x"]
    assert report.data.notes == ("What kind of strings a column holds was told from a sample of about 10,000 rows.",)
    assert report.table.filter(pl.col("column") == "shop")["unseen_share"].item() == 1.0


def test_identifiers_are_compared_when_columns_names_them():
    old, new = shops(0, 1), shops(10_000, 1)
    left_out = "Nearly unique strings are left out as identifiers, unless features= or columns= names them: 'shop'."
    unasked = al.measure_drift(new, reference=old)
    assert unasked.table["column"].to_list() == ["x"]
    assert left_out in unasked.data.notes
    assert left_out in unasked.summary()
    asked = al.measure_drift(new, reference=old, columns=["shop", "x"])
    assert asked.table["column"].sort().to_list() == ["shop", "x"]
    assert asked.data.notes == ()


def test_an_error_says_why_a_column_is_not_compared():
    old, new = shops(0, 1), shops(10_000, 1)
    with pytest.raises(MissingColumn, match=r"share no column .* one has none, .* identifiers, .*: 'shop'\.$"):
        al.measure_drift(new.select("shop"), reference=old.select("shop"))
    blob = old.head(100).with_columns(blob=pl.lit(b"x"))
    with pytest.raises(MissingColumn, match=r"not compared \('blob' is left out: Binary cannot be counted\); have x"):
        al.measure_drift(blob, reference=blob, columns=["blob"])
    with pytest.raises(MissingColumn, match=r"not compared \(column 'y' is new: not compared\); have"):
        al.measure_drift(new.with_columns(y=1), reference=old, columns=["y"])


def test_a_window_without_a_bucket_is_refused_with_what_to_do(old):
    whole = ("2024-01-01", "2025-01-01")
    cases = {
        ("2024-02-02T06:00", "2024-02-02T18:00"): "give every= a shorter length, or take a longer window",
        ("2025-01-01", "2025-02-01"): "choose one that lies within",
        None: "end the reference earlier",
    }
    for current, remedy in cases.items():
        with pytest.raises(EmptyWindow, match=f"starts in the current window from .*: {remedy}") as refused:
            al.measure_drift(log_of(old), reference=whole, current=current)
        assert "9999" not in str(refused.value)


def test_a_window_may_be_a_list_of_iso_strings(old):
    window = ["2024-01-01", "2024-01-21"]
    assert al.measure_drift(log_of(old), reference=window).table.equals(
        al.measure_drift(log_of(old), reference=tuple(window)).table
    )
