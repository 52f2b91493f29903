"""How strongly this period's training feedback moves the next period's exposure, by what chance left in the log."""

from afterlaunch.stats.gain.echo import Echo
from afterlaunch.stats.gain.judge import Estimated, Found, Gain, measure_gain
from afterlaunch.stats.gain.needed import Foreseen, Need, Way, foresee
from afterlaunch.stats.gain.record import Record

__all__ = ["Echo", "Estimated", "Foreseen", "Found", "Gain", "Need", "Record", "Way", "foresee", "measure_gain"]
