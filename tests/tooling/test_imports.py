"""Importing is quick, and statistics bring nothing but numbers."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/public_names.txt"
REPEATS = 5
NOT_FOR_STATISTICS = {
    "IPython",
    "altair",
    "anywidget",
    "ipywidgets",
    "matplotlib",
    "narwhals",
    "pandas",
    "polars",
    "pyarrow",
    "sklearn",
    "vl_convert",
}


def run(code):
    done = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def cpu_seconds(code):
    measured = [run(f"{code}; import json, time; print(json.dumps(time.process_time()))") for _ in range(REPEATS)]
    return statistics.median(measured)


def test_importing_the_package_takes_less_than_half_a_second():
    assert cpu_seconds("import afterlaunch") - cpu_seconds("pass") <= 0.5


def test_statistics_bring_no_frame_notebook_or_plot():
    loaded = run("import afterlaunch.stats, json, sys; print(json.dumps(sorted(sys.modules)))")
    assert not NOT_FOR_STATISTICS & {name.partition(".")[0] for name in loaded}


def test_a_verdict_on_two_logs_imports_nothing_that_it_does_not_need():
    days = "pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2024, 3, 1), '1h', eager=True)"
    loaded = run(
        "import afterlaunch as al, json, polars as pl, sys;"
        f"new = pl.DataFrame({{'at': {days}}}).with_columns(x=pl.int_range(pl.len()) % 50, c=pl.lit('a'));"
        "old = new.with_columns(pl.col('at').dt.offset_by('-3mo'), pl.col('x') + 9);"
        "logs = [al.PredictionLog(one, time='at') for one in (new, old)];"
        "al.measure_drift(logs[0], reference=logs[1]);"
        "print(json.dumps(sorted(sys.modules)))"
    )
    assert not {"scipy", "numpy.ma", "numpy.random", "sklearn", "altair", "pandas"} & set(loaded)


def test_public_names_are_a_choice():
    names = run("import afterlaunch, json; print(json.dumps(sorted(afterlaunch.__all__)))")
    assert names == GOLDEN.read_text("utf-8").split(), "a new name is a choice: add it to tests/golden/public_names.txt"
