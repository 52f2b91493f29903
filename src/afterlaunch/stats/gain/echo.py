"""Feedback that comes back later than in the next period: of a model that remembers for longer than a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from afterlaunch.stats.gain.anderson import moments_of
from afterlaunch.stats.gain.control import without
from afterlaunch.stats.gain.instruments import Instrument

if TYPE_CHECKING:
    from afterlaunch.stats.gain.anderson import Moments
    from afterlaunch.stats.gain.record import Record

MIN_TRANSITIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """How many per cent more exposure follow two periods after one per cent more feedback, by memory alone.

    What the loop itself brings on in between is taken off. `spread` is the standard error, that of the gain included;
    `pvalue` that of a model which forgets all but the last period. Where there is an echo, the gain of all periods is
    larger than that of one: longer periods show it.
    """

    estimate: float
    spread: float
    pvalue: float


def measure_echo(record: Record, instrument: Instrument, moments: Moments, *, smoothing: float) -> Echo | None:
    """Return the echo by the same deviations as the gain of `moments`; None where the log is too short."""
    if len(instrument.d) <= MIN_TRANSITIONS:
        return None
    exposure, clicks = record.log_exposure(), np.log(record.used + smoothing)
    gain = moments.estimate
    kept = instrument.kept[:-1] & record.there()[3:] & np.isfinite(exposure[3:])
    controls = [one[:-1] for one in instrument.controls]
    beyond = moments_of(
        Instrument(
            name=instrument.name,
            d=np.where(kept, instrument.d[:-1], 0.0),
            x=without(controls, clicks[1:-2], kept),
            y=without(controls, exposure[3:] - gain * clicks[2:-1], kept),
            kept=kept,
        )
    )
    if beyond is None:
        return None
    spread = float(np.hypot(beyond.spread, moments.spread * gain))
    statistic = abs(beyond.estimate) / spread if spread > 0 else 0.0
    return Echo(estimate=beyond.estimate, spread=spread, pvalue=2 * float(stdtr(beyond.freedom, -statistic)))
