"""The loop gain as the panel draws it: the estimate, each instrument's reading, and what would settle what is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from afterlaunch.loops.drawn.plain import NOTHING, estimate, known
from afterlaunch.loops.payload import Gain, Instrument, InstrumentName, PlanPoint
from afterlaunch.loops.words import RUNAWAY
from afterlaunch.phrases import number, share
from afterlaunch.stats.gain.judge import MIN_OVERLAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.loops.words import Names
    from afterlaunch.reports import Estimate
    from afterlaunch.stats.gain.judge import Estimated
    from afterlaunch.stats.gain.judge import Gain as Found

WEAK = 10.0  # F statistic below which an instrument hardly moves the feedback (Staiger & Stock 1997)
TITLES = {
    "surprise": "surprise exposure",
    "inverse": "surprise exposure, by inverse propensities",
    "withheld": "withheld feedback",
    "noise": "noise in scores",
}
DRAWN: dict[str, InstrumentName] = {
    "surprise": "surprise",
    "inverse": "surprise",
    "withheld": "withheld",
    "noise": "noise",
}
UNKNOWN = Gain(
    gain=NOTHING,
    bound_only=False,
    instrument=None,
    instruments=(),
    pvalue=None,
    amplification=NOTHING,
    overlap=None,
    smoothing=(),
    naive=None,
    missed=None,
    plan=(),
    advice=None,
    words="",
)


def draw_gain(
    found: Found | None, names: Names, *, naive: float | None, plan: Sequence[PlanPoint], advice: PlanPoint | None
) -> Gain:
    """Return the gain without its sentence; of a log that was not measured, what would make it so."""
    best = None if found is None else found.believed
    if found is None or best is None:
        return replace(UNKNOWN, naive=known(naive), plan=tuple(plan), advice=advice)
    gain = estimate(found.estimate, found.low, found.high)
    return Gain(
        gain=gain,
        bound_only=found.bound,
        instrument=DRAWN[best.name],
        instruments=tuple(_instrument(one, found, names) for one in found.instruments),
        pvalue=known(found.pvalue),
        amplification=amplification(gain),
        overlap=known(best.overlap),
        smoothing=tuple((known(constant) or 0.0, known(value)) for constant, value in best.sensitivity),
        naive=known(naive),
        missed=known(found.missed),
        plan=tuple(plan),
        advice=advice,
        words="",
    )


def amplification(gain: Estimate) -> Estimate:
    """Return how many times differences are amplified: 1 / (1 - gain); None from 1 on, where there is no end.

    >>> from afterlaunch.reports import Estimate
    >>> amplification(Estimate(value=0.62, low=0.48, high=1.1))
    Estimate(value=2.63158, low=1.92308, high=None)
    """
    return estimate(*(None if end is None or end >= RUNAWAY else 1 / (1 - end) for end in _ends(gain)))


def _ends(gain: Estimate) -> tuple[float | None, float | None, float | None]:
    return gain.value, gain.low, gain.high


def _instrument(one: Estimated, found: Found, names: Names) -> Instrument:
    accepted = one.accepted
    ended = accepted.low is not None and accepted.high is not None
    weak = one.strength < WEAK or not ended
    return Instrument(
        name=DRAWN[one.name],
        title=TITLES[one.name],
        gain=estimate(one.estimate, accepted.low, accepted.high),
        pvalue=known(one.adjusted),
        weak=weak,
        n_periods=max(round(one.n_cells / max(one.n_items, 1)), 1),
        words=" ".join(_words(one, found, names, weak=weak)),
    )


def _words(one: Estimated, found: Found, names: Names, *, weak: bool) -> list[str]:
    whose = f"Of {one.n_items:,} items, half of the weight on those with fewer than {number(one.typical)} impressions"
    said = [f"{whose} a {names.period}; they overlap with what is shown by {share(one.overlap)}."]
    if one.overlap < MIN_OVERLAP:
        said.append("Items that are hardly ever shown carry nothing: read it as a bound.")
    if weak:
        said.append(f"Weak: it hardly moves {names.feedback} (F {number(one.strength)}).")
    if one.name in found.at_odds:
        said.append("It contradicts the instrument that is believed by more than chance.")
    return said
