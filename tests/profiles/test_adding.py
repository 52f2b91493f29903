from __future__ import annotations

import polars as pl
import pytest
from tests.profiles.frames import random_frame

from afterlaunch.errors import BadInput
from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import learn_plan, profile
from afterlaunch.profiles.adding import add_up
from afterlaunch.profiles.count_part import Count


class Interrupting:
    """Counts some parts, then is interrupted as by a keyboard."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen: list[str] = []

    def run(self, count, parts):
        for place, part in enumerate(parts):
            if place == self.after:
                raise KeyboardInterrupt
            self.seen.append(part.name)
            yield part, count(part)


@pytest.fixture
def log(tmp_path):
    for place, part in enumerate(random_frame(4_000).iter_slices(1_000)):
        part.write_parquet(tmp_path / f"{place}.parquet")
    return PredictionLog(tmp_path / "*.parquet", time="at")


def test_an_interrupted_call_goes_on_where_it_was(log):
    plan = learn_plan(log)
    with pytest.raises(KeyboardInterrupt):
        profile(log, like=plan, runner=Interrupting(after=3))
    rest = Interrupting(after=99)
    assert profile(log, like=plan, runner=rest) == profile(log, like=plan)
    assert len(rest.seen) == 1


def test_a_file_that_changed_meanwhile_is_counted_anew(log):
    plan = learn_plan(log)
    with pytest.raises(KeyboardInterrupt):
        profile(log, like=plan, runner=Interrupting(after=3))
    random_frame(500, seed=9).write_parquet(log.paths[0])
    assert profile(log, like=plan).n_rows.sum() == 3_500


def test_another_plan_does_not_take_over_what_was_counted(log):
    with pytest.raises(KeyboardInterrupt):
        profile(log, like=learn_plan(log), runner=Interrupting(after=3))
    again = Interrupting(after=99)
    profile(log, like=learn_plan(log, every="1w"), runner=again)
    assert len(again.seen) == 4


def test_what_was_kept_is_used_once(log):
    plan = learn_plan(log)
    with pytest.raises(KeyboardInterrupt):
        profile(log, like=plan, runner=Interrupting(after=2))
    profile(log, like=plan)
    again = Interrupting(after=99)
    profile(log, like=plan, runner=again)
    assert len(again.seen) == 4


def test_another_call_in_between_does_not_lose_what_was_counted(log):
    plan = learn_plan(log)
    with pytest.raises(KeyboardInterrupt):
        profile(log, like=plan, runner=Interrupting(after=3))
    profile(random_frame(100), every=None)
    rest = Interrupting(after=99)
    profile(log, like=plan, runner=rest)
    assert len(rest.seen) == 1


def test_a_filter_is_part_of_what_was_counted(log):
    plan = learn_plan(log)
    with pytest.raises(KeyboardInterrupt):
        profile(log, like=plan, runner=Interrupting(after=3))
    assert profile(log.where(pl.col("flag")), like=plan).n_rows.sum() < 1_500


def test_no_parts_are_an_error(log):
    with pytest.raises(BadInput, match="no files"):
        add_up(Interrupting(after=1), Count(learn_plan(log)), [])
