"""Arrays in, numbers out: distances, the null of natural variation, and verdicts whose false alarms are held."""

from afterlaunch.stats.bands import Bands, bands
from afterlaunch.stats.cells import Cells, Windows
from afterlaunch.stats.changepoint import Onset, Shape, onset
from afterlaunch.stats.judgement import Judged, Needs, Verdict, judge
from afterlaunch.stats.measures import Measures, measure
from afterlaunch.stats.multiplicity import benjamini_hochberg, holm
from afterlaunch.stats.season import find_season

__all__ = [
    "Bands",
    "Cells",
    "Judged",
    "Measures",
    "Needs",
    "Onset",
    "Shape",
    "Verdict",
    "Windows",
    "bands",
    "benjamini_hochberg",
    "find_season",
    "holm",
    "judge",
    "measure",
    "onset",
]
