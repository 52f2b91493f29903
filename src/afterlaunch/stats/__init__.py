"""Arrays in, numbers out: distances, the null of natural variation, and verdicts whose false alarms are held."""

from afterlaunch.stats.bands import Bands, bands
from afterlaunch.stats.cells import Cells, Windows
from afterlaunch.stats.judgement import Judged, Needs, Verdict, judge
from afterlaunch.stats.measures import Measures, measure
from afterlaunch.stats.multiplicity import benjamini_hochberg, holm

__all__ = [
    "Bands",
    "Cells",
    "Judged",
    "Measures",
    "Needs",
    "Verdict",
    "Windows",
    "bands",
    "benjamini_hochberg",
    "holm",
    "judge",
    "measure",
]
