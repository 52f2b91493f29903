"""Mergeable counts of a log: a plan frozen on the reference, profiles that add up exactly, runners that count files."""

from afterlaunch.profiles.build import profile
from afterlaunch.profiles.learn import learn_plan
from afterlaunch.profiles.plan import SPECIALS, ColumnPlan, Plan, measure_error
from afterlaunch.profiles.profile import Profile, read_profile
from afterlaunch.profiles.rows import rows_in
from afterlaunch.profiles.runners import Dask, Local

__all__ = [
    "SPECIALS",
    "ColumnPlan",
    "Dask",
    "Local",
    "Plan",
    "Profile",
    "learn_plan",
    "measure_error",
    "profile",
    "read_profile",
    "rows_in",
]
