"""Make a profile: learn a plan unless one is given, run it on each part of the log, and add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.errors import BadColumn, BadOption, MissingColumn
from afterlaunch.logs import as_log
from afterlaunch.profiles.adding import add_up
from afterlaunch.profiles.count_part import Count
from afterlaunch.profiles.learn import learn_plan
from afterlaunch.profiles.parts import split
from afterlaunch.profiles.plan import Plan
from afterlaunch.profiles.profile import Profile
from afterlaunch.profiles.runners.local import Local

if TYPE_CHECKING:
    from afterlaunch.logs import PredictionLog
    from afterlaunch.profiles.runners.runner import Runner


def profile(
    log: object,
    *,
    every: str | int | None = "1d",
    like: Profile | Plan | None = None,
    runner: Runner | None = None,
) -> Profile:
    """Return counts of the log's rows per time bucket, column and bin.

    `every` is a Polars duration, a number of rows, or None for one bucket; without a time column only a number of rows
    cuts. `like`, a profile or a plan, gives its frozen edges and buckets; without it they are learned from all rows.
    `runner` counts the files that the log was scanned from; `Local()`, the default, one after the other.
    Interrupting keeps the files already counted: the same call goes on from there. A text file is read whole, Parquet a
    few columns at a time.

    >>> import polars as pl
    >>> may, june = pl.DataFrame({"x": [1, 2, 2]}), pl.DataFrame({"x": [2, None]})
    >>> first = profile(may)
    >>> (first + profile(june, like=first)).counts["x"].tolist()  # under 1, 1, between, 2, above; specials
    [[0, 1, 0, 3, 0, 1, 0, 0, 0]]
    """
    log = as_log(log)
    _check_options(like, runner)
    plan = like.plan if isinstance(like, Profile) else like or learn_plan(log, every=every, reference=None)
    _check_fit(plan, log)
    return add_up(runner or Local(), Count(plan), split(log, plan))


def _check_options(like: object, runner: object) -> None:
    if like is not None and not isinstance(like, Profile | Plan):
        raise BadOption(f"like={like!r:.80} is no profile and no plan: pass what profile(log) returned")
    if runner is not None and (isinstance(runner, type) or not hasattr(runner, "run")):
        raise BadOption(f"runner={runner!r:.80} runs nothing: write Local(), Local(processes=4) or Dask(client=client)")


def _check_fit(plan: Plan, log: PredictionLog) -> None:
    kinds = {column.name: column.kind for column in log.columns}
    for column in plan.columns:
        if column.name not in kinds:
            raise MissingColumn(
                f"the profile's plan has a column {column.name!r}, the log has none; it has {', '.join(kinds)}"
            )
        if kinds[column.name] != column.kind:
            raise BadColumn(
                f"column {column.name!r} is {kinds[column.name]} here and {column.kind} in the profile's plan; "
                "give both the same type"
            )
    if (plan.time is None) != (log.time is None):
        raise BadColumn(
            f"the profile's plan has time {plan.time!r}, the log {log.time!r}; name a time column in both or in neither"
        )
