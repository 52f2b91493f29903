from __future__ import annotations

from tests.profiles.frames import log_of, random_frame

from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import learn_plan
from afterlaunch.profiles.parts import split


def test_each_file_is_a_part_and_parquet_is_read_by_the_column(tmp_path):
    for place, part in enumerate(random_frame(3_000).drop("note").iter_slices(1_000)):
        part.write_parquet(tmp_path / f"{place}.parquet")
    log = PredictionLog(tmp_path / "*.parquet", time="at")
    parts = split(log, learn_plan(log))
    assert [part.name for part in parts] == [str(path) for path in log.paths]
    assert all(part.by_column for part in parts)


def test_text_files_are_read_at_once(tmp_path):
    random_frame(1_000).drop("note").write_csv(tmp_path / "log.csv")
    log = PredictionLog(tmp_path / "log.csv", time="at")
    assert not split(log, learn_plan(log))[0].by_column


def test_a_frame_is_one_part():
    log = log_of(random_frame(1_000))
    assert len(split(log, learn_plan(log))) == 1


def test_row_numbers_run_on_over_files(tmp_path):
    for place, part in enumerate(random_frame(3_000).drop("at").iter_slices(1_000)):
        part.write_parquet(tmp_path / f"{place}.parquet")
    log = PredictionLog(tmp_path / "*.parquet")
    assert len(split(log, learn_plan(log, every=700))) == 1
    assert len(split(log, learn_plan(log, every=None))) == 3
