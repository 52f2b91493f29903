"""Estimate performance without labels with NannyML, in its own environment; `estimates.py` starts this.

    path/to/nannyml/bin/python benchmarks/estimates_peer.py car_loan out.json

Writes, for every metric, the estimated and the realized value of each chunk, CPU seconds of fitting and estimating
after the import, and the versions. Telemetry is off.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ |= {"DO_NOT_TRACK": "1", "NML_DISABLE_USAGE_LOGGING": "1"}

import nannyml

CLASSIFIED = ["roc_auc", "average_precision", "accuracy", "precision", "recall", "specificity", "f1"]
REGRESSED = ["mae", "rmse", "mape"]
SETTINGS: dict[str, dict[str, Any]] = {
    "car_loan": {
        "load": nannyml.load_synthetic_car_loan_dataset,
        "target": "repaid",
        "score": "y_pred_proba",
        "prediction": "y_pred",
        "chunk_size": 5000,
    },
    "census": {
        "load": nannyml.load_us_census_ma_employment_data,
        "target": "employed",
        "score": "predicted_probability",
        "prediction": "prediction",
        "chunk_size": 5000,
    },
    "car_price": {
        "load": nannyml.load_synthetic_car_price_dataset,
        "target": "y_true",
        "prediction": "y_pred",
        "chunk_size": 6000,
    },
}


def main(name: str, path: str) -> None:
    """Run one data set and write what was found."""
    setting = SETTINGS[name]
    reference, analysis, target = setting["load"]()
    metrics = REGRESSED if name == "car_price" else CLASSIFIED
    estimator = _estimator(setting, metrics, list(analysis.columns))
    cpu = time.process_time()
    estimated = estimator.fit(reference).estimate(analysis)
    cpu = time.process_time() - cpu
    joined = analysis.merge(target, on="id") if "id" in target else analysis.join(target)
    realized = _calculator(setting, metrics).fit(reference).calculate(joined)
    found = {
        "cpu": cpu,
        "versions": {one: version(one) for one in ("nannyml", "scikit-learn", "lightgbm", "pandas")},
        "estimated": _values(estimated, metrics),
        "realized": _values(realized, metrics),
    }
    Path(path).write_text(json.dumps(found))


def _values(result: Any, metrics: list[str]) -> dict[str, list[float]]:  # noqa: ANN401 - NannyML's own result
    frame = result.filter(period="analysis").to_df()
    return {metric: frame[(metric, "value")].astype(float).tolist() for metric in metrics}


def _estimator(setting: dict[str, Any], metrics: list[str], columns: list[str]) -> Any:  # noqa: ANN401 - the same
    shared = {"y_true": setting["target"], "metrics": metrics, "chunk_size": setting["chunk_size"]}
    if "score" in setting:
        return nannyml.CBPE(
            y_pred_proba=setting["score"],
            y_pred=setting["prediction"],
            problem_type="classification_binary",
            **shared,
        )
    features = [one for one in columns if one not in {"id", "timestamp", setting["prediction"], setting["target"]}]
    return nannyml.DLE(
        feature_column_names=features, y_pred=setting["prediction"], tune_hyperparameters=False, **shared
    )


def _calculator(setting: dict[str, Any], metrics: list[str]) -> Any:  # noqa: ANN401 - the same
    return nannyml.PerformanceCalculator(
        y_true=setting["target"],
        y_pred=setting["prediction"],
        y_pred_proba=setting.get("score"),
        problem_type="classification_binary" if "score" in setting else "regression",
        metrics=metrics,
        chunk_size=setting["chunk_size"],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
