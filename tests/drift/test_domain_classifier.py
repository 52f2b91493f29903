import polars as pl
import pytest

import afterlaunch as al


@pytest.fixture
def report(rng):
    n = 2000
    old, new = (pl.DataFrame({"x": rng.normal(size=n), "y": rng.normal(size=n)}) for _ in range(2))
    moved = new.with_columns(pl.col("x") + 1)
    return al.measure_drift(moved, reference=old, measures=[al.measures.PSI(), al.measures.DomainClassifier()])


def test_the_auc_its_interval_and_the_columns_are_in_the_summary(report):
    found = report.multivariate["domain_classifier"]
    line = next(line for line in report.summary().splitlines() if line.startswith("domain classifier: "))
    assert f"AUC of {found['auc']:.2f} [{found['auc_low']:.2f}, {found['auc_high']:.2f}]" in line
    assert "too few reference buckets for a null" in line
    assert "by x " in line


def test_the_panel_gets_them_with_the_largest_column_first(report):
    (found,) = report.data.by_rows
    assert (found.method, found.carried[0].column) == ("domain classifier", "x")
    assert not any("AUC" in note for note in report.data.notes)


def test_they_survive_json(report):
    assert al.DriftReport.from_dict(report.to_dict()).data == report.data
