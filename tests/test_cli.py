import json
import os
import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from afterlaunch import __version__
from afterlaunch.cli import main


@pytest.fixture
def tables(tmp_path):
    rng = np.random.default_rng(0)
    old = pl.DataFrame({"x": rng.normal(size=1000), "k": rng.choice(["a", "b"], 1000)})
    paths = {}
    for name, frame in {
        "old": old,
        "same": old.reverse(),
        "moved": old.with_columns(pl.col("x") + 1),
        "few": old.head(3),
    }.items():
        paths[name] = str(tmp_path / f"{name}.parquet")
        frame.write_parquet(paths[name])
    return paths


def drift(tables, current, *more):
    return main(["drift", "--reference", tables["old"], "--current", tables[current], *more])


def test_drift_exits_with_1_and_prints_the_table(tables, capsys):
    assert drift(tables, "moved", "--fail-on", "drifted") == 1
    out = capsys.readouterr().out
    assert "1 of 2 columns drifted: x" in out
    assert "● drifted" in out
    assert "○ stable" in out


def test_no_drift_exits_with_0(tables):
    assert drift(tables, "same") == 0


def test_what_cannot_be_told_warns_and_fails_only_when_asked(tables, capsys):
    assert drift(tables, "few") == 0
    assert "cannot tell" in capsys.readouterr().err
    assert drift(tables, "few", "--fail-on", "cannot_tell") == 1


def test_a_gate_can_be_open(tables):
    assert drift(tables, "moved", "--fail-on", "never") == 0


def test_reports_are_written(tables, tmp_path, capsys):
    page, numbers = tmp_path / "r.html", tmp_path / "r.json"
    assert drift(tables, "moved", "--output", str(page), "--json", str(numbers)) == 1
    assert b"<html" in page.read_bytes()
    assert json.loads(numbers.read_text())["verdict"] == "drifted"
    capsys.readouterr()
    drift(tables, "moved", "--json", "-")
    assert json.loads(capsys.readouterr().out)["kind"] == "drift"


def test_files_with_a_time_column_are_compared_by_day(tmp_path, capsys):
    rng = np.random.default_rng(0)
    for name, start in (("jan", "2024-01-01"), ("feb", "2024-02-01")):
        at = pl.datetime_range(
            pl.lit(start).str.to_datetime(),
            pl.lit(start).str.to_datetime().dt.offset_by("28d"),
            "5m",
            closed="left",
            eager=True,
        )
        pl.DataFrame({"at": at, "x": rng.normal(size=len(at))}).write_csv(tmp_path / f"{name}.csv")
    status = main(
        [
            "drift",
            "--reference",
            str(tmp_path / "jan.csv"),
            "--current",
            str(tmp_path / "feb.csv"),
            "--time",
            "at",
            "--every",
            "1d",
        ]
    )
    assert status == 0
    assert "The one column is stable" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["drift"],
        ["drift", "--reference", "no.parquet", "--current", "no.parquet"],
        ["drift", "--reference", "{old}", "--current", "{moved}", "--time", "nowhere"],
        ["drift", "--reference", "{old}", "--current", "{moved}", "--alarm-rate", "7"],
        ["drift", "--reference", "{old}", "--current", "{moved}", "--output", "report.docx"],
        ["drift", "--reference", "{old}", "--current", "{moved}", "--json", "report.txt"],
        ["drift", "--reference", "{old}", "--current", "{moved}", "--fail-on", "sunshine"],
    ],
)
def test_wrong_use_exits_with_2_and_says_what_is_wrong(tables, arguments, capsys):
    assert main([argument.format(**tables) for argument in arguments]) == 2
    error = capsys.readouterr().err
    assert error.strip()
    assert "Traceback" not in error


def test_an_error_is_one_line(tables, capsys):
    drift(tables, "moved", "--time", "nowhere")
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize("command", [[], ["drift"], ["demo"]])
def test_help_is_help(command, capsys):
    assert main([*command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "usage:" in out
    assert not command or "example:" in out


def test_the_demo_finds_the_planted_fault(tmp_path, capsys):
    page = tmp_path / "demo.html"
    assert main(["demo", "--output", str(page)]) == 0
    out = capsys.readouterr().out
    assert "°F to °C" in out
    assert page.stat().st_size > 50_000


def test_the_package_runs_as_a_module(tables):
    done = subprocess.run(
        [sys.executable, "-m", "afterlaunch", "drift", "--reference", tables["old"], "--current", tables["moved"]],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert "drifted" in done.stdout


def test_names_cannot_command_the_terminal(tmp_path, capsys):
    frame = pl.DataFrame({"x\x1b[2J\u202e": range(60)})
    frame.write_parquet(tmp_path / "a.parquet")
    assert main(["drift", "--reference", str(tmp_path / "a.parquet"), "--current", str(tmp_path / "a.parquet")]) == 0
    printed = capsys.readouterr().out
    assert "x\\x1b[2J\\u202e" in printed
    assert "\x1b" not in printed


def test_a_terminal_without_our_marks_gets_the_table(tables):
    sides = ["--reference", tables["old"], "--current", tables["same"]]
    command = [sys.executable, "-m", "afterlaunch", "drift", *sides]
    ended = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)
    assert ended.returncode == 0
    assert b"verdict" in ended.stdout
    assert b"Traceback" not in ended.stderr


def test_a_column_that_is_not_compared_is_a_warning(tables, tmp_path, capsys):
    pl.read_parquet(tables["same"]).drop("k").write_parquet(tmp_path / "less.parquet")
    assert main(["drift", "--reference", tables["old"], "--current", str(tmp_path / "less.parquet")]) == 0
    assert "warning: column 'k' is missing in the new data: not compared" in capsys.readouterr().err


def test_a_column_of_identifiers_is_a_warning_unless_it_is_named(tmp_path, capsys):
    frame = pl.DataFrame({"shop": [f"m{place}" for place in range(500)], "x": np.arange(500.0)})
    frame.write_parquet(tmp_path / "a.parquet")
    sides = ["drift", "--reference", str(tmp_path / "a.parquet"), "--current", str(tmp_path / "a.parquet")]
    assert main(sides) == 0
    assert "warning: Nearly unique strings are left out as identifiers" in capsys.readouterr().err
    assert main([*sides, "--columns", "shop"]) == 0
    printed = capsys.readouterr()
    assert "shop" in printed.out
    assert printed.err == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--output", "x.pdf"], "cannot save to 'x.pdf': the ending '.pdf'"),
        (["--output", "none/x.html"], "there is no folder 'none'"),
        (["--json", "x.txt"], "--json x.txt must end in .json"),
        (["--json", "none/x.json"], "there is no folder 'none'"),
    ],
)
def test_what_cannot_be_written_is_found_before_anything_is_computed(options, said, capsys):
    assert main(["drift", "--reference", "no such file", "--current", "no such file", *options]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_the_demo_too_looks_first_where_it_writes(tmp_path, capsys):
    assert main(["demo", "--output", str(tmp_path / "none" / "x.html")]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_the_version_is_said(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"afterlaunch {__version__}\n"


@pytest.fixture
def served(tmp_path):
    rng = np.random.default_rng(0)
    paths = {}
    for name, bad in (("old", False), ("bad", True)):
        score, plan = rng.uniform(0.05, 0.95, 4000), rng.choice(["basic", "team"], 4000)
        right = rng.random(4000) < np.where(bad & (plan == "team"), 1 - score, score)
        paths[name] = str(tmp_path / f"{name}.parquet")
        pl.DataFrame({"plan": plan, "p": score, "y": right}).write_parquet(paths[name])
    return paths


def edge_cases(served, current, *more):
    roles = ["--score", "p", "--target", "y"]
    return main(["edge-cases", "--reference", served["old"], "--current", served[current], *roles, *more])


def test_edge_cases_exit_with_1_and_name_the_slice(served, capsys):
    assert edge_cases(served, "bad") == 1
    assert "plan is team" in capsys.readouterr().out


def test_a_model_that_is_as_good_everywhere_exits_with_0(served, capsys):
    assert edge_cases(served, "old") == 0
    assert "no group of rows is worse" in capsys.readouterr().out


def test_edge_cases_write_their_numbers(served, capsys):
    assert edge_cases(served, "bad", "--json", "-", "--fail-on", "never") == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "edge_cases"


@pytest.fixture
def scored(tmp_path):
    rng = np.random.default_rng(0)
    p = rng.random(4000)
    old = pl.DataFrame({"p": p, "y": rng.random(4000) < p})
    paths = {}
    for name, frame in {"old": old, "same": old.reverse(), "worse": old.with_columns(pl.col("y").shuffle(1))}.items():
        paths[name] = str(tmp_path / f"{name}.parquet")
        frame.write_parquet(paths[name])
    return paths


def performance(scored, current, *more):
    roles = ["--score", "p", "--target", "y"]
    return main(["performance", "--reference", scored["old"], "--current", scored[current], *roles, *more])


def test_performance_exits_with_1_where_a_metric_dropped(scored, capsys):
    assert performance(scored, "worse", "--metrics", "roc_auc", "accuracy") == 1
    assert "2 of 2 metrics worse" in capsys.readouterr().out


def test_performance_exits_with_0_where_none_did(scored):
    assert performance(scored, "same") == 0


def test_performance_is_printed_as_numbers(scored, capsys):
    assert performance(scored, "worse", "--json", "-", "--fail-on", "never") == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "dropped"


def test_performance_says_what_is_wrong_with_a_column(scored, capsys):
    assert main(["performance", "--reference", scored["old"], "--current", scored["old"], "--target", "z"]) == 2
    assert "no column 'z'" in capsys.readouterr().err


def explain(scored, current, *more):
    roles = ["--score", "p", "--target", "y"]
    return main(["explain", "--reference", scored["old"], "--current", scored[current], *roles, *more])


def test_explain_exits_with_1_and_says_which_part_it_was(scored, capsys):
    assert explain(scored, "worse") == 1
    said = capsys.readouterr().out
    assert "same rows, other answers (concept" in said
    assert "Label first" in said


def test_explain_exits_with_0_where_nothing_changed(scored):
    assert explain(scored, "same") == 0


def test_explain_writes_its_page_and_its_numbers(scored, capsys, tmp_path):
    page = tmp_path / "why.html"
    assert explain(scored, "worse", "--json", "-", "--fail-on", "never", "--output", str(page)) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "dropped"
    assert "<html" in page.read_text("utf-8")


def test_explain_says_which_losses_there_are(scored, capsys):
    assert explain(scored, "same", "--loss", "absolute") == 2
    assert "log_loss" in capsys.readouterr().err
