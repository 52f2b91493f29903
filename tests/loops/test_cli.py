"""`afterlaunch loops` gates a pipeline."""

from __future__ import annotations

import json

import pytest

import afterlaunch as al
from afterlaunch.cli import main


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown")
    for gain in (0.0, 0.7):
        log = al.datasets.recommender(gain=gain, withheld=0.1, n_weeks=12, n_impressions=10_000)
        log.collect().write_parquet(folder / f"{gain}.parquet")
    return folder


LOOP_ROLES = ["--time", "served_at", "--item", "item", "--clicked", "clicked", "--in-training", "in_training"]


def loops(shown, gain, *more):
    return main(["loops", "--log", str(shown / f"{gain}.parquet"), *LOOP_ROLES, *more])


def test_a_recommender_that_feeds_on_its_clicks_exits_with_1_and_one_that_does_not_with_0(shown, capsys):
    assert loops(shown, 0.7) == 1
    assert "The recommender feeds on its own clicks: gain 0." in capsys.readouterr().out
    assert loops(shown, 0.0) == 0
    assert "No evidence" in capsys.readouterr().out


def test_a_log_that_cannot_tell_warns_and_fails_only_when_asked(shown, capsys):
    bare = ["loops", "--log", str(shown / "0.7.parquet"), *LOOP_ROLES[:6]]
    assert main(bare) == 0
    assert "warning: Cannot tell whether" in capsys.readouterr().err
    assert main([*bare, "--fail-on", "not_identified"]) == 1


def test_a_report_on_loops_is_written(shown, tmp_path, capsys):
    loops(shown, 0.7, "--output", str(tmp_path / "r.html"), "--json", "-", "--feedback", "plays")
    assert "its own plays" in json.loads(capsys.readouterr().out)["payload"]["sentence"]
    assert b"<html" in (tmp_path / "r.html").read_bytes()


@pytest.mark.parametrize("wrong", [["--every", "fortnight"], ["--item", "nothing"], ["--smoothing", "-1"]])
def test_wrong_use_of_loops_exits_with_2(shown, wrong, capsys):
    assert loops(shown, 0.7, *wrong) == 2
    assert capsys.readouterr().err.strip()
