"""Why a log cannot tell whether there is a loop, and what would make it tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterlaunch.loops import words
from afterlaunch.phrases import share
from afterlaunch.stats.gain.instruments import MIN_PERIODS
from afterlaunch.stats.gain.needed import AMOUNTS, PERIODS

if TYPE_CHECKING:
    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.loops.payload import Level, PlanPoint
    from afterlaunch.loops.words import Names
    from afterlaunch.stats.gain.judge import Gain

COUNTS = ("no", "one", "two", "three")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What a log lacks, to end "cannot tell whether …:", what to do, in a sentence, and what it takes, as a thing."""

    why: str
    way_out: str
    needs: str


def reach_level(log: InteractionLog, found: Impressions) -> Level:
    """Return the level of evidence that a log reaches: what it records of chance."""
    deliberate = (
        (found.withheld is not None and bool(found.withheld.any())),
        (found.held_out is not None and bool(found.held_out.any())),
        found.noise is not None,
    )
    if any(deliberate):
        return "L2"
    told = found.chances.expected is not None or found.chances.inverse is not None
    return "L1" if told and not log.deterministic else "L0"


def find_lack(  # noqa: PLR0913 - what a log holds, and what was asked of it
    log: InteractionLog,
    found: Impressions,
    gain: Gain | None,
    advice: PlanPoint | None,
    names: Names,
    *,
    corrected: bool,
    foreseen: bool,
) -> Lack:
    """Return why the gain is not identified, the plainest reason first; `foreseen`: what randomisation would tell."""
    n = found.periods.n
    if n < MIN_PERIODS:
        count = f"{COUNTS[n]} {names.period if n == 1 else names.periods}"
        soonest = f"What is shown in one {names.period} comes back in the next at the soonest."
        return Lack(
            why=f"this log holds {count}",
            way_out=f"{soonest} Log {MIN_PERIODS} {names.periods} or more, or give every= a shorter length.",
            needs=f"{MIN_PERIODS} {names.periods}",
        )
    if found.clicked is None:
        return Lack(
            why=f"this log holds no {names.feedback}",
            way_out="Name the column that says whether feedback came: clicked='…'.",
            needs="clicked=, whether feedback came",
        )
    if not found.clicked.any():
        return Lack(
            why=f"nobody gave {names.feedback} in this log",
            way_out="Check the column named by clicked=.",
            needs=names.feedback,
        )
    if corrected and found.noise is None:
        return Lack(
            why="its feedback is corrected for exposure, and no noise in scores is logged that would show the loop",
            way_out="To know: add a little noise to the published scores at random, and log it: noise='…'.",
            needs="noise in scores, logged as noise=",
        )
    why = _without_chance(log, found, gain)
    if advice is None and found.withheld is not None and found.withheld.any():
        most = f"{share(AMOUNTS['withheld'][-1])} of {names.feedback} withheld for {PERIODS[-1]} {names.periods}"
        way_out = "To know: more traffic, or longer periods"
        way_out += f": {most} would not tell." if foreseen else "."
        return Lack(why=why, way_out=way_out, needs="more traffic, or longer periods")
    return Lack(why=why, way_out=words.way_out(advice, names), needs=words.needs(advice, names))


def _without_chance(log: InteractionLog, found: Impressions, gain: Gain | None) -> str:
    if reach_level(log, found) == "L0":
        return (
            "its policy leaves nothing to chance, all propensities are 0 or 1"
            if log.deterministic
            else "this log records no randomisation"
        )
    if gain is not None and gain.refused and not gain.instruments:
        return "its propensities do not fit what was shown"
    if gain is None or not gain.instruments:
        return "too few items have feedback enough from one period to the next"
    return "what this log leaves to chance is too little"
