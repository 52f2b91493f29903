"""How close estimated performance comes to realized performance, beside NannyML's estimates, on the data it ships.

    uv venv peer && uv pip install --python peer/bin/python nannyml "pandas<3" statsmodels
    OMP_NUM_THREADS=1 python benchmarks/estimates.py peer/bin/python

NannyML runs in its own environment (`estimates_peer.py`) and computes both its estimates and the realized values,
chunk by chunk of the analysis period. Ours are made of the same chunks, learnt on the same reference. Prints the mean
absolute difference from the realized values over chunks, and the CPU seconds of learning and estimating.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.learners.encode import learn_encoder
from afterlaunch.logs import PredictionLog
from afterlaunch.logs.outcomes import read_outcomes
from afterlaunch.performance import metrics as standard
from afterlaunch.performance.estimate.losses import Columns, learn_foreseen
from afterlaunch.performance.estimate.scores import learn_promised

if TYPE_CHECKING:
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.performance.estimate.estimated import Estimator
    from afterlaunch.stats.arrays import BoolArray, IntArray

NAMES = {getattr(standard, name).name: getattr(standard, name) for name in standard.__all__ if name != "Own"}


@dataclass(frozen=True, kw_only=True)
class Data:
    """Files of one data set, and what its columns are."""

    reference: str
    analysis: str
    target_file: str
    target: str
    prediction: str
    score: str | None
    chunk: int


DATA = {
    "car_loan": Data(
        reference="synthetic_car_loan_reference.csv",
        analysis="synthetic_car_loan_analysis.csv",
        target_file="synthetic_car_loan_analysis_target.csv",
        target="repaid",
        prediction="y_pred",
        score="y_pred_proba",
        chunk=5000,
    ),
    "census": Data(
        reference="employment_MA_reference.pq",
        analysis="employment_MA_analysis.pq",
        target_file="employment_MA_analysis_target.pq",
        target="employed",
        prediction="prediction",
        score="predicted_probability",
        chunk=5000,
    ),
    "car_price": Data(
        reference="regression_synthetic_reference.csv",
        analysis="regression_synthetic_analysis.csv",
        target_file="regression_synthetic_analysis_targets.csv",
        target="y_true",
        prediction="y_pred",
        score=None,
        chunk=6000,
    ),
}


def main(peer: str) -> None:
    """Print both tables."""
    where = "import nannyml.datasets.data as d; print(list(d.__path__)[0])"
    folder = Path(subprocess.run([peer, "-c", where], check=True, capture_output=True, text=True).stdout.strip())
    scores = ["| data | metric | chunks | NannyML | afterlaunch | realized, mean |", "|---|---|---|---|---|---|"]
    costs = ["| data | rows | NannyML, CPU s | afterlaunch, CPU s |", "|---|---|---|---|"]
    versions = ""
    for name, data in DATA.items():
        theirs = _theirs(peer, name)
        ours, cpu, n = _ours(folder, data, list(theirs["estimated"]))
        versions = ", ".join(f"{one} {version}" for one, version in theirs["versions"].items())
        for metric, realized in theirs["realized"].items():
            off = [np.mean(np.abs(np.subtract(one[metric], realized))) for one in (theirs["estimated"], ours)]
            scores.append(
                f"| {name} | {metric} | {len(realized)} | {off[0]:.5g} | {off[1]:.5g} | {np.mean(realized):.4g} |"
            )
        costs.append(f"| {name} | {n:,} | {theirs['cpu']:.2f} | {cpu:.2f} |")
    print("\n".join([versions, "", *scores, "", *costs]))


def _theirs(peer: str, name: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "found.json"
        script = Path(__file__).with_name("estimates_peer.py")
        subprocess.run([peer, script, name, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return json.loads(path.read_text())


def _ours(folder: Path, data: Data, metrics: list[str]) -> tuple[dict[str, list[float]], float, int]:
    frame, n_reference = _read(folder, data)
    log = PredictionLog(frame, target=data.target, prediction=data.prediction, score=data.score, id="id")
    outcomes = read_outcomes(log)
    known = np.arange(outcomes.n) < n_reference
    chunks = np.array_split(np.arange(n_reference, outcomes.n), range(data.chunk, outcomes.n - n_reference, data.chunk))
    begun = time.process_time()
    estimator = _learn(log, frame, outcomes, known)
    found = {name: [_value(estimator, name, rows) for rows in chunks] for name in metrics}
    return found, time.process_time() - begun, outcomes.n


def _value(estimator: Estimator, name: str, rows: IntArray) -> float:
    found = estimator.estimate(NAMES[name](), rows)
    return float("nan") if found is None else found.value


def _learn(log: PredictionLog, frame: pl.DataFrame, outcomes: Outcomes, known: BoolArray) -> Estimator:
    rng, bucket = np.random.default_rng(0), np.arange(outcomes.n) // 1000
    if outcomes.task != "regression":
        found: Estimator | None = learn_promised(outcomes, known=known, bucket=bucket, rng=rng)
    else:
        columns = [one for one in log.columns if one.role == "feature" and one.kind in ("numeric", "categorical")]
        encoder = learn_encoder(frame.filter(pl.Series(known)), columns)
        made = Columns(x=encoder.numbers(frame), is_category=encoder.is_category)
        found = learn_foreseen(outcomes, made, known=known, bucket=bucket, rng=rng)
    if found is None:
        raise SystemExit("nothing to learn from")
    return found


def _read(folder: Path, data: Data) -> tuple[pl.DataFrame, int]:
    """Return the reference's rows, then those of the analysis period with their targets; and how many come first."""
    reference, analysis, target = (
        pl.read_parquet(folder / name) if name.endswith(".pq") else pl.read_csv(folder / name)
        for name in (data.reference, data.analysis, data.target_file)
    )
    joined = analysis.join(target, on="id", maintain_order="left").select(reference.columns)
    times = [name for name in ("timestamp", "year") if name in reference.columns]
    return pl.concat([reference, joined], how="vertical_relaxed").drop(times), reference.height


if __name__ == "__main__":
    main(sys.argv[1])
