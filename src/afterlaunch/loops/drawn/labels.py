"""Selective labels as the panel draws them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from afterlaunch.loops.drawn.plain import estimate, known
from afterlaunch.loops.payload import ScoreBin, SelectiveLabels
from afterlaunch.phrases import share
from afterlaunch.stats.selective import LEAST_EFFECTIVE

if TYPE_CHECKING:
    from afterlaunch.loops.labels import LabelFindings
    from afterlaunch.reports import Estimate
    from afterlaunch.stats.selective import Bin, Rate

EDGE_DIGITS = 3  # no score of a single row is told


def draw_labels(found: LabelFindings) -> SelectiveLabels:
    """Return the rates by bin of scores and of all rows."""
    rates = found.rates
    return SelectiveLabels(
        bins=tuple(_bin(one, last=place == len(rates.bins) - 1) for place, one in enumerate(rates.bins)),
        accepted_rate=_estimate(rates.accepted),
        weighted_rate=_estimate(rates.weighted),
        effective_share=known(rates.effective),
        refused=is_refused(found),
        words=" ".join(_words(found)),
    )


def draw_difference(found: LabelFindings) -> Estimate:
    """Return how far the rate of accepted rows lies above that of all."""
    return _estimate(found.rates.difference)


def is_refused(found: LabelFindings) -> bool:
    """Whether weights were there and were not used: a few rows would decide."""
    return found.propensities == "random" and math.isnan(found.rates.weighted.value)


def _bin(one: Bin, *, last: bool) -> ScoreBin:
    scale = 10**EDGE_DIGITS
    high = math.ceil(one.high * scale) / scale if last else round(one.high, EDGE_DIGITS)
    return ScoreBin(
        low=math.floor(one.low * scale) / scale,
        high=high,
        n=one.n,
        labelled_share=known(one.n_labelled / one.n) or 0.0,
        accepted_rate=_estimate(one.accepted),
        weighted_rate=_estimate(one.weighted),
        effective_share=known(one.effective),
    )


def _estimate(rate: Rate) -> Estimate:
    return estimate(rate.value, rate.low, rate.high)


def _words(found: LabelFindings) -> list[str]:
    rates = found.rates
    said = [f"Of accepted and labelled rows {share(rates.accepted.value)} are {found.positive}."]
    if math.isfinite(rates.weighted.value):
        low, high = share(max(rates.weighted.low, 0.0)), share(rates.weighted.high)
        said.append(
            f"Of all rows, weighted by their chance to be accepted, {share(rates.weighted.value)} [{low}, {high}]."
        )
    elif found.propensities == "random" and rates.uncovered > 0:
        said.append(f"{share(rates.uncovered)} of the rows had no chance to be accepted: no weight can stand for them.")
    elif found.propensities == "random":
        said.append(
            f"Weights are refused: they leave an effective sample of {share(max(rates.effective, 0.0))} of the "
            f"labelled rows, below {share(LEAST_EFFECTIVE)}, or a range of scores with hardly a label."
        )
    elif found.propensities == "certain":
        said.append(
            "All propensities are 0 or 1: nothing was left to chance, so that accepted rows stand for themselves."
        )
    else:
        said.append("No propensities are logged, so that accepted rows stand for themselves.")
    return said
