"""Measure what drift by KS costs in another library, on the files of `drift_speed.py`, in that library's environment.

    python benchmarks/drift_speed.py --write /tmp
    path/to/evidently/bin/python benchmarks/drift_peers.py evidently /tmp/new-100000.parquet /tmp/old-100000.parquet

Names: evidently, nannyml, alibi-detect. Prints a row of a Markdown table: version, CPU and wall seconds of reading the
files and of the call, after the import, and the peak in megabytes. Telemetry is off.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from importlib.metadata import version
from typing import TYPE_CHECKING

os.environ |= {"DO_NOT_TRACK": "1", "NML_DISABLE_USAGE_LOGGING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = [f"x{place}" for place in range(20)]
NAMES = [f"c{place}" for place in range(5)]


def evidently() -> Callable[[pd.DataFrame, pd.DataFrame], object]:
    """Return the preset of data drift, KS for numbers and total variation for names."""
    # Imported here: each environment holds one of the libraries.
    from evidently import DataDefinition, Dataset, Report  # noqa: PLC0415
    from evidently.presets import DataDriftPreset  # noqa: PLC0415

    def run(new: pd.DataFrame, old: pd.DataFrame) -> object:
        columns = DataDefinition(numerical_columns=NUMBERS, categorical_columns=NAMES)
        sides = [Dataset.from_pandas(side, data_definition=columns) for side in (new, old)]
        return Report([DataDriftPreset(num_method="ks", cat_method="TVD")]).run(*sides).dict()

    return run


def nannyml() -> Callable[[pd.DataFrame, pd.DataFrame], object]:
    """Return univariate drift by day: KS for numbers, L-infinity for names."""
    import nannyml  # noqa: PLC0415

    def run(new: pd.DataFrame, old: pd.DataFrame) -> object:
        calculator = nannyml.UnivariateDriftCalculator(
            column_names=NUMBERS + NAMES,
            timestamp_column_name="t",
            chunk_period="D",
            continuous_methods=["kolmogorov_smirnov"],
            categorical_methods=["l_infinity"],
        )
        return calculator.fit(old).calculate(new).to_df()

    return run


def alibi_detect() -> Callable[[pd.DataFrame, pd.DataFrame], object]:
    """Return KS by column for the numbers alone."""
    from alibi_detect.cd import KSDrift  # noqa: PLC0415

    def run(new: pd.DataFrame, old: pd.DataFrame) -> object:
        return KSDrift(old[NUMBERS].to_numpy(), p_val=0.05).predict(new[NUMBERS].to_numpy())

    return run


PEERS = {"evidently": evidently, "nannyml": nannyml, "alibi-detect": alibi_detect}


def main(name: str, new: str, old: str) -> None:
    """Print one library's row."""
    run = PEERS[name]()
    cpu, wall = time.process_time(), time.perf_counter()
    run(pd.read_parquet(new), pd.read_parquet(old))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {name} {version(name)} | {cpu:.2f} | {wall:.2f} | {peak:.0f} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
