"""A log in use: windows, conditions, rows, and how it shows itself."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from afterlaunch.errors import BadInput, BadOption, BadTime, EmptyWindow, MissingColumn
from afterlaunch.logs import PredictionLog, as_log

START = datetime(2013, 1, 1, tzinfo=UTC)
FRAME = pl.DataFrame(
    {
        "at": [START + timedelta(hours=hour) for hour in range(240)],
        "hour": list(range(240)),
        "<img src=x onerror=alert(1)>": ["<b>bold</b>"] * 240,
        "late": [None if hour >= 120 else hour % 2 == 0 for hour in range(240)],
    }
)


@pytest.fixture
def log() -> PredictionLog:
    return PredictionLog(FRAME, time="at", target="late", noun="flights")


def hours(log: PredictionLog) -> list[int]:
    return log.collect()["hour"].to_list()


def test_a_window_is_half_open(log):
    assert hours(log.between("2013-01-02", date(2013, 1, 3))) == list(range(24, 48))


def test_windows_and_conditions_narrow_one_another(log):
    narrow = log.between("2013-01-02", "2013-01-05").where(pl.col("hour") > 30).between("2013-01-01", "2013-01-03")
    assert hours(narrow) == list(range(31, 48))
    assert hours(log) == list(range(240))


def test_the_last_rows_are_counted_back_from_the_latest(log):
    assert hours(log.last("6h")) == list(range(234, 240))
    assert hours(log.between("2013-01-02", "2013-01-03").last("1h")) == [47]
    assert hours(log.last("5000y")) == list(range(240))


def test_a_window_outside_the_log_is_refused_with_the_span(log):
    with pytest.raises(EmptyWindow, match=r"no flights between 2014-01-01.* 'at' runs from 2013-01-01T00:00"):
        log.between("2014-01-01", "2014-02-01")


def test_a_log_without_time_has_no_windows():
    log = PredictionLog(FRAME.drop("at"))
    for ask in (lambda: log.between("2013-01-01", "2013-01-02"), lambda: log.last("1d")):
        with pytest.raises(BadTime, match="has no time column: name one"):
            ask()


def test_the_last_rows_are_not_counted(log):
    with pytest.raises(BadTime, match="write one such as '28d'"):
        log.last(5)


def test_a_condition_on_a_column_that_is_missing_is_refused(log):
    with pytest.raises(MissingColumn, match=r"no column 'hours' for a condition; did you mean 'hour'\?"):
        log.where(pl.col("hours") == 1)


@pytest.mark.parametrize("condition", ["hour > 1", pl.col("hour") + 1])
def test_what_is_no_condition_is_refused(log, condition):
    with pytest.raises(BadOption, match=r"no condition: .* such as pl\.col\('country'\) == 'FR'"):
        log.where(condition)


def test_a_condition_on_a_pattern_of_names_is_one(log):
    assert hours(log.where(pl.col("^hou.$") < 2)) == [0, 1]


def test_a_part_that_is_not_of_the_log_is_refused(log):
    with pytest.raises(BadInput, match=r"'a\.parquet' is not a file of this log"):
        log.part("a.parquet")


def test_notes_come_first():
    assert PredictionLog(FRAME, notes="Served by v2.").notes == ("Served by v2.",)
    assert PredictionLog(FRAME, notes=["a.", "b."]).notes == ("a.", "b.")


def test_a_log_stays_as_it_is(log):
    with pytest.raises(AttributeError):
        log.noun = "rows"


def test_a_log_survives_pickling(log):
    assert hours(pickle.loads(pickle.dumps(log))) == hours(log)  # noqa: S301 - our own bytes


def test_a_log_is_its_own_log_and_a_frame_becomes_one(log):
    assert as_log(log) is log
    assert [column.role for column in as_log(FRAME).columns] == ["feature"] * 4


def test_a_summary_says_roles_types_span_nulls_and_labelled_share(log):
    assert log.summary().splitlines() == [
        "240 flights, 4 columns",
        "at: 2013-01-01 to 2013-01-10 (UTC)",
        "labelled: 50.0% have late",
        "",
        "column                        role     kind          type                                       nulls",
        "hour                          feature  numeric       Int64                                      none",
        "<img src=x onerror=alert(1)>  feature  categorical   String                                     none",
        "late                          target   boolean       Boolean                                    50.0%",
        "at                            time     not profiled  Datetime(time_unit='us', time_zone='UTC')  none",
    ]


def test_a_summary_says_every_role():
    frame = FRAME.with_columns(id=pl.Series(range(240)), by=pl.lit("v1"), g=pl.lit("a"), s=pl.lit("b"), sent="at")
    log = PredictionLog(
        frame, time="at", id="id", version="by", target_time="sent", segments=["g", "s"], features=["hour", "g"]
    )
    roles = {line.split("  ")[0]: line.split("  ")[1:] for line in log.summary().splitlines()[3:]}
    said = {name: next(cell.strip() for cell in cells if cell) for name, cells in roles.items()}
    assert said == {
        "column": "role",
        "hour": "feature",
        "g": "feature, segment",
        "at": "time",
        "sent": "target time",
        "by": "version",
        "id": "id",
        "s": "segment",
    }
    assert log.loaded().summary().splitlines()[0] == "240 rows, 3 columns"


def test_one_column_is_one():
    assert PredictionLog(pl.DataFrame({"x": [1]})).summary().splitlines()[0].endswith(" 1 column")


def test_a_log_shows_itself_with_all_data_as_text(log):
    html = log._repr_html_()
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html
    assert "<script" not in html


def test_a_wide_log_shows_its_first_columns():
    wide = PredictionLog(pl.DataFrame({f"c{place}": [1] for place in range(100)}))
    assert "and 40 more columns" in wide.summary()
    assert "c99" not in wide._repr_html_()


def test_a_name_is_shown_on_one_line_and_cut():
    summary = PredictionLog(pl.DataFrame({"two\nlines": [1], "x" * 300: [1]})).summary()
    assert "two\\nlines" in summary
    assert "x" * 47 + "…  feature" in summary


def test_the_plain_name_of_a_log_reads_no_rows(log):
    assert repr(log).startswith("<PredictionLog: 3 columns ('hour', ")


def test_a_loaded_log_has_the_rows_of_its_file_without_the_columns_that_are_not_profiled(tmp_path):
    path = tmp_path / "log.parquet"
    FRAME.with_columns(served_by=pl.lit("a")).write_parquet(path)
    scanned = PredictionLog(path, time="at", target="late", version="served_by").between("2013-01-02", "2013-01-05")
    loaded = scanned.loaded()
    assert (scanned.in_memory, loaded.in_memory) == (False, True)
    assert loaded.collect().equals(scanned.collect().drop("served_by"))
    assert hours(loaded.between("2013-01-03", "2013-01-04")) == hours(scanned.between("2013-01-03", "2013-01-04"))
    assert (loaded.columns, loaded.notes, loaded.paths) == (scanned.columns, scanned.notes, ())
