from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from tests.profiles.frames import log_of

from afterlaunch.errors import BadOption
from afterlaunch.profiles import Local, learn_plan, profile


@pytest.mark.parametrize("runner", [None, Local(), Local(processes=2)])
def test_files_give_the_bytes_of_one_frame(frame, log, saved, runner):
    plan = learn_plan(log_of(frame))
    assert saved(profile(log, like=plan, runner=runner)) == saved(profile(log_of(frame), like=plan))


def test_a_plan_learned_from_files_is_that_of_one_frame(frame, log):
    assert learn_plan(log) == learn_plan(log_of(frame))


@pytest.mark.parametrize("processes", [0, -1, 1.5, "x", True])
def test_a_number_of_processes_that_is_none_is_refused(processes):
    with pytest.raises(BadOption, match=f"processes={processes!r} must be a whole number"):
        Local(processes=processes)


def test_a_script_without_a_main_guard_is_told_of_it(tmp_path):
    for place in range(2):
        pl.DataFrame({"x": [1.0, 2.0]}).write_parquet(tmp_path / f"{place}.parquet")
    script = tmp_path / "script.py"
    script.write_text(
        "import afterlaunch as al\n"
        f"al.profile(al.PredictionLog({str(tmp_path / '*.parquet')!r}), runner=al.Local(processes=1))\n"
    )
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert "BadOption: processes=1 cannot be used here" in ended.stderr
    assert "if __name__ == '__main__'" in ended.stderr
