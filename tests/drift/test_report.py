import json
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import polars as pl
import pytest

import afterlaunch as al
from afterlaunch.errors import CheckFailed

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


@pytest.mark.parametrize("name", ["a\x1b[2J\u202eb", "", "\x07"])
def test_names_command_no_terminal_wherever_a_report_is_text(name):
    frame = pl.DataFrame({name: range(200), "k": ["\x1b[1m", "b"] * 100})
    moved = pl.DataFrame({name: range(300, 500), "k": ["\x1b[1m", "\x1b[7m"] * 100})
    report = al.measure_drift(moved, reference=frame)
    with pytest.raises(CheckFailed) as failed:
        report.check()
    for text in (report.summary(), repr(report), report.sentence, str(failed.value)):
        assert all(letter.isprintable() or letter in "\n\u202f" for letter in text)
    assert f"drifted; {'(unnamed)' if not name else repr(name)[1:-1]} matters most" in report.sentence


def test_the_summary_says_what_is_large_but_usual():
    rng = np.random.default_rng(0)
    days = 56
    level = np.repeat(rng.normal(size=days), 200)
    frame = pl.DataFrame({"at": np.repeat(np.arange(days), 200), "x": level + rng.normal(size=days * 200)})
    log = al.PredictionLog(frame.with_columns(at=pl.date(2024, 1, 1) + pl.duration(days="at")), time="at")
    report = al.measure_drift(log, reference=("2024-01-01", "2024-02-19"), columns=["x"])
    assert report.verdict == "stable"
    assert "1 large but usual" in report.evidence
    assert report.summary().splitlines()[3].endswith("large but usual")
