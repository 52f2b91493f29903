from __future__ import annotations

import pytest
from tests.profiles.frames import log_of

from afterlaunch.profiles import Local, learn_plan, profile


@pytest.mark.parametrize("runner", [None, Local(), Local(processes=2)])
def test_files_give_the_bytes_of_one_frame(frame, log, saved, runner):
    plan = learn_plan(log_of(frame))
    assert saved(profile(log, like=plan, runner=runner)) == saved(profile(log_of(frame), like=plan))


def test_a_plan_learned_from_files_is_that_of_one_frame(frame, log):
    assert learn_plan(log) == learn_plan(log_of(frame))
