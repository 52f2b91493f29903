import subprocess
import sys

CODE = """
import sys
import numpy as np
import polars as pl
import afterlaunch as al

rng = np.random.default_rng(0)
score = rng.random(2000)
rows = pl.DataFrame({"p": score, "late": rng.random(2000) < score**2})
log = al.PredictionLog(rows, score="p", target="late")
al.measure_performance(rows, reference=log)
print("sklearn" in sys.modules)
"""


def test_a_classifier_is_measured_and_estimated_without_waiting_for_scikit_learn():
    said = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
