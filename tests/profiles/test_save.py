from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from tests.profiles.frames import frames, log_of, random_frame

from afterlaunch import measure_drift
from afterlaunch.errors import BadFile, BadOption
from afterlaunch.profiles import profile, read_profile


@given(frames())
@settings(max_examples=25, deadline=None)
def test_a_saved_profile_comes_back_equal(tmp_path_factory, frame):
    path = tmp_path_factory.mktemp("profiles") / "p.parquet"
    saved = profile(log_of(frame))
    saved.save(path)
    read = read_profile(path)
    assert read == saved
    assert read.plan == saved.plan
    assert hash(read) == hash(saved)


def test_saving_twice_gives_the_same_bytes(tmp_path):
    counted = profile(log_of(random_frame()))
    counted.save(tmp_path / "one.parquet")
    counted.save(tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (lambda _: None, "there is no file"),
        (lambda path: path.write_text("hello"), "cannot be read as a Parquet file"),
        (lambda path: pl.DataFrame({"a": [1]}).write_parquet(path), "other Parquet data"),
    ],
)
def test_a_file_that_holds_no_profile_is_refused(tmp_path, write, reason):
    path = tmp_path / "p.parquet"
    write(path)
    with pytest.raises(BadFile, match=reason):
        read_profile(path)


def test_a_profile_of_a_newer_format_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "p.parquet"
    monkeypatch.setattr("afterlaunch.profiles.plan.FORMAT", 2)
    counted = profile(log_of(random_frame()))
    newer = counted.plan.to_dict() | {"format": 99}
    monkeypatch.setattr("afterlaunch.profiles.plan.Plan.to_dict", lambda _: newer)
    counted.save(path)
    with pytest.raises(BadFile, match="format 99"):
        read_profile(path)


def test_a_profile_whose_counts_do_not_fit_its_plan_is_refused(tmp_path):
    path = tmp_path / "p.parquet"
    profile(log_of(random_frame())).save(path)
    metadata = {key: value for key, value in pl.read_parquet_metadata(path).items() if key != "ARROW:schema"}
    pl.read_parquet(path).drop("counts_0").write_parquet(path, metadata=metadata)
    with pytest.raises(BadFile, match="damaged"):
        read_profile(path)


def test_a_failed_save_leaves_nothing_behind(tmp_path, monkeypatch):
    counted = profile(log_of(random_frame()))

    def fail(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", fail)
    with pytest.raises(OSError, match="disk full"):
        counted.save(tmp_path / "p.parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["p.arrow", "p.csv", "p"])
def test_a_name_that_says_something_else_than_parquet_is_refused(tmp_path, name):
    with pytest.raises(BadOption, match=r"so end it in \.parquet"):
        profile(log_of(random_frame())).save(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["p.parquet", "p.pq", "P.PARQUET"])
def test_what_was_saved_can_be_compared_by_its_path(tmp_path, name):
    counted = profile(log_of(random_frame()))
    counted.save(tmp_path / name)
    assert measure_drift(tmp_path / name, reference=counted).verdict == "stable"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BadFile, match="there is no folder"):
        profile(log_of(random_frame())).save(tmp_path / "none" / "p.parquet")
