"""The page judges a payload's own windows, from its counts alone, as Python did."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.drift.conftest import daily

import afterlaunch as al

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def judged_by_page(tmp_path_factory):
    """Return what the panel's own code, bundled for Node, makes of a payload."""
    script = tmp_path_factory.mktemp("page") / "judge.mjs"
    bundle = ["node_modules/.bin/esbuild", "js/tests/judge-payload.ts", "--bundle", "--platform=node", "--format=esm"]
    subprocess.run([*bundle, "--log-level=error", f"--outfile={script}"], cwd=ROOT, check=True)

    def judge(payload):
        done = subprocess.run(["node", script], input=json.dumps(payload), capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return judge


def agree(report, judged_by_page):
    payload = report.to_dict()["payload"]
    for column, found in zip(payload["columns"], judged_by_page(payload), strict=True):
        name, judgement = column["name"], column["judgement"]
        assert (name, found.pop("verdict")) == (name, judgement["verdict"])
        for number, value in found.items():
            expected = judgement[number]
            same = value is None if expected is None else value == pytest.approx(expected, rel=1e-9, abs=1e-12)
            assert same, f"{number} of {name}: {value} in the page, {expected} in Python"


@pytest.mark.parametrize(
    ("fault", "reference", "current"),
    [
        ("celsius", al.datasets.FLIGHTS_REFERENCE, al.datasets.FLIGHTS_CURRENT),
        (None, ("2013-01-01", "2013-03-01"), None),
    ],
)
def test_a_year_of_flights(judged_by_page, fault, reference, current):
    agree(al.measure_drift(al.datasets.flights(fault=fault), reference=reference, current=current), judged_by_page)


@pytest.mark.parametrize(
    "measure",
    [
        al.measures.KS(),
        al.measures.PSI(),
        al.measures.PSI(min_effect=0.02),
        al.measures.JensenShannon(min_effect=0.1),
        al.measures.Hellinger(),
        al.measures.TotalVariation(min_effect=0.1),
        al.measures.LInfinity(),
        al.measures.Wasserstein(min_effect=0.2),
        al.measures.NullShare(),
        al.measures.UnseenShare(),
    ],
)
def test_the_measure_that_says_what_matters(judged_by_page, measure):
    windows = {"reference": ("2013-01-01", "2013-03-01"), "current": ("2013-03-01", "2013-04-01")}
    report = al.measure_drift(al.datasets.flights(), measures=[measure], **windows)
    assert report.data.measure_in_page == measure.name
    agree(report, judged_by_page)


def test_a_measure_with_other_settings_is_not_the_page_s_own(frame):
    report = al.measure_drift(frame.tail(900), reference=frame.head(1100), measures=[al.measures.PSI(bins=20)])
    assert (report.data.measure, report.data.measure_in_page) == ("psi", "effect")
    assert any("judged by the share of rows that moved" in note for note in report.data.notes)


def test_two_frames_without_time(judged_by_page, frame):
    agree(al.measure_drift(frame.tail(900), reference=frame.head(1100)), judged_by_page)


def test_a_step_in_daily_rows(judged_by_page, rng):
    log = al.PredictionLog(daily(rng, 60, shift_from=45, shift=0.4), time="at")
    agree(al.measure_drift(log, reference=("2024-01-01", "2024-02-10")), judged_by_page)
