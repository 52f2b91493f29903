import json
from dataclasses import dataclass
from typing import ClassVar

import polars as pl
import pytest

import afterlaunch as al

HUGE = 1.797e308


@pytest.mark.parametrize(
    ("old", "new"), [([HUGE, -HUGE] * 50, [HUGE] * 70 + [-HUGE] * 30), ([1e308, -1e308] * 100, [0.0] * 200)]
)
def test_values_near_the_largest_float_are_plain_json(old, new):
    report = al.measure_drift(pl.DataFrame({"x": new}), reference=pl.DataFrame({"x": old}))
    assert json.loads(json.dumps(report.to_dict(), allow_nan=False))["verdict"] == "drifted"


def test_a_report_is_frozen_but_for_its_selection(frame):
    report = al.measure_drift(frame, reference=frame)
    for name in ("data", "numbers", "segments", "view"):
        with pytest.raises(AttributeError, match=f"a report's {name} cannot be changed"):
            setattr(report, name, None)
    report.selection = al.Selection(column="amount")
    assert report.selection.column == "amount"
    assert report.windows is report.windows


@dataclass(frozen=True, kw_only=True)
class Halved:
    """A reader's own measure."""

    name: ClassVar[str] = "halved"
    resolution: ClassVar[str] = "decision"
    min_effect: float = 0.05

    def distance(self, sides):
        return abs(sides.p - sides.q).sum() / 4


@pytest.mark.parametrize("measure", [al.measures.NullShare(), Halved()], ids=lambda one: one.name)
def test_any_measure_can_be_put_first(frame, measure):
    lost = frame.with_columns(pl.when(pl.int_range(pl.len()) % 4 == 0).then(None).otherwise("amount").alias("amount"))
    for new in (frame, lost):
        report = al.measure_drift(new, reference=frame, measures=[measure])
        assert report.data.measure == measure.name
        assert report.verdict in {"stable", "drifted"}
