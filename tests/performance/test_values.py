"""Values are said as the panel says them, and the alarm rate is shared as the report says."""

import numpy as np
import pytest

from afterlaunch.performance.payload import Metric
from afterlaunch.performance.rates import of_all_rows, of_segments
from afterlaunch.performance.values import change, size, value
from afterlaunch.phrases import THIN
from afterlaunch.stats.multiplicity import benjamini_hochberg, false_share_threshold


def metric(name, unit="share"):
    return Metric(name=name, title=name, unit=unit, scale="logit", greater_is_better=True)


@pytest.mark.parametrize(
    ("name", "unit", "at", "said"),
    [
        ("recall", "share", 0.395, "39.5_%"),
        ("calibration_error", "share", 0.0391, "3.91_%"),
        ("roc_auc", "share", 0.626, "0.626"),
        ("log_loss", "loss", 0.44, "0.440"),
        ("mae", "target", 12345.6, "12_346"),
        ("recall", "share", None, "–"),
    ],
)
def test_shares_are_per_cent_but_for_those_that_custom_has_otherwise(name, unit, at, said):
    assert value(metric(name, unit), at).replace(THIN, "_") == said


def test_shares_change_by_points_with_a_sign():
    assert change(metric("recall"), -0.138).replace(THIN, "_") == "−13.8_pp"
    assert change(metric("roc_auc"), 0.0516) == "+0.052"
    assert size(metric("recall"), -0.014).replace(THIN, "_") == "1.4_pp"
    assert change(metric("recall"), None) == "–"


def test_rates_of_all_rows_and_of_segments_add_up_where_nothing_has_changed():
    assert of_all_rows(0.05, n_segments=4) + of_segments(0.05, moved=False) == pytest.approx(0.05)
    assert of_segments(0.05, moved=True) == 0.05


def test_the_level_of_a_false_share_keeps_what_benjamini_and_hochberg_keep():
    rng = np.random.default_rng(0)
    for _ in range(50):
        pvalues = rng.random(12) ** 3
        assert ((pvalues <= false_share_threshold(pvalues, 0.05)) == (benjamini_hochberg(pvalues) <= 0.05)).all()
