"""Whether logged propensities fit what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy.special import chdtrc

if TYPE_CHECKING:
    from afterlaunch.stats.gain.instruments import Instrument

MIN_TIMES = 4  # of an item
ALLOWED = 1.5  # mean square of the items' sums, where 1 is expected: a small misfit leaves the instrument usable


def misfit(instrument: Instrument) -> float | None:
    """Return the p-value of items shown as often as their propensities say, over the whole log; None where unknown.

    Surprises of a true propensity add up to nothing: an item's sum over all periods, divided by the root of its sum of
    squares, varies by about 1. Those of a wrong one point the same way all the time.
    """
    if instrument.name not in {"surprise", "inverse"}:
        return None
    often = instrument.kept.sum(axis=0) >= MIN_TIMES
    squares = (instrument.d**2).sum(axis=0)
    used = often & (squares > 0)
    n = int(used.sum())
    if n < MIN_TIMES:
        return None
    squared = instrument.d.sum(axis=0)[used] ** 2 / squares[used]
    total = float(squared.sum())
    return 1.0 if total / n < ALLOWED else float(chdtrc(n, total / ALLOWED))
