"""Run a count over parts and add up; what was counted before an interruption is kept for the next try."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from afterlaunch.errors import BadInput
from afterlaunch.profiles.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.profiles.count_part import Count
    from afterlaunch.profiles.parts import Part
    from afterlaunch.profiles.profile import Profile
    from afterlaunch.profiles.runners.runner import Runner

# What the last interrupted call had counted: the parts' keys, and their sum. In memory, so that nothing about the data
# is left on disk, and a notebook's kernel outlives the interruption of a cell.
_kept: dict[frozenset[str], Profile] = {}


def add_up(runner: Runner, count: Count, parts: Sequence[Part]) -> Profile:
    """Return the sum of the parts' profiles, in whatever order the runner delivers them."""
    if not parts:
        raise BadInput("the log names no files to profile; scan it again")
    if len(parts) == 1:  # nothing to keep, and no progress to show
        [(_, only)] = runner.run(count, parts)
        return only
    plan = count.plan.digest()
    keys = {part: _key(plan, place, part) for place, part in enumerate(parts)}
    done, total = _recall(frozenset(keys.values()))
    progress = Progress(len(parts))
    try:
        for part, profile in runner.run(count, [part for part in parts if keys[part] not in done]):
            total = profile if total is None else total.merge(profile)
            done |= {keys[part]}
            progress.show(len(done))
    except BaseException:
        if total is not None:
            _kept.clear()
            _kept[done] = total
        raise
    finally:
        progress.close()
    if total is None:
        raise BadInput("the runner returned no profile")
    return total


def _recall(keys: frozenset[str]) -> tuple[frozenset[str], Profile | None]:
    """Return and forget what an interrupted call over the same parts had counted."""
    done = next((done for done in _kept if done <= keys), frozenset[str]())
    return done, _kept.pop(done, None)


def _key(plan: str, place: int, part: Part) -> str:
    """Return what a part's profile depends on: the plan, the query, and the file's size and time of change."""
    path = Path(part.name)
    status = path.stat() if path.is_file() else None
    changed = status and (status.st_size, status.st_mtime_ns)
    content = (plan, place, part.name, changed, part.frame.explain(optimized=False))
    return hashlib.sha256(repr(content).encode()).hexdigest()
