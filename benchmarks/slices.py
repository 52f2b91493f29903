"""Measure the search for slices on planted truth: recovery, false slices, time, memory; beside the sliceline package.

    python benchmarks/slices.py [recovery] [false] [cost] [peer] [--runs 100]

The peer runs in an environment of its own, which `--peer path/to/bin/python` names (default: one made in a temporary
folder, with `pip install sliceline`). Every measurement of cost runs in a fresh process. Prints Markdown tables.

Rows: 20 discrete columns of 2 to 8 codes with uneven shares; a calibrated score; labels drawn from it, and log loss.
Planted: five slices of one, two, two, three and three conditions, of .8 to 12 % of rows, on columns of their own, in
which the true log odds are .3 of what the score says.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afterlaunch.stats.slices import Search

    Column: TypeAlias = NDArray[np.uint8]
    Floats: TypeAlias = NDArray[np.float64]
    Conditions: TypeAlias = tuple[tuple[int, int], ...]

SEED = 20261124
N_COLUMNS = 20
DEPTHS = (1, 2, 2, 3, 3)
SHARES = {1: (0.03, 0.12), 2: (0.01, 0.04), 3: (0.008, 0.03)}
PARTS = ("recovery", "false", "cost", "peer")
FIRST = 10


def make_rows(n: int, seed: int, *, planted: bool = True) -> tuple[list[Column], Floats, list[Conditions]]:
    """Return columns of codes, each row's log loss, and the planted slices as (column, code) pairs."""
    rng = np.random.default_rng([SEED, seed])
    sizes = rng.integers(2, 9, N_COLUMNS)
    columns = [rng.choice(size, n, p=rng.dirichlet(np.full(size, 4.0))).astype(np.uint8) for size in sizes]
    odds = rng.normal(0, 1.5, n)
    truth = plant(columns, sizes, rng) if planted else []
    wrong = np.zeros(n, dtype=bool)
    for conditions in truth:
        wrong |= np.logical_and.reduce([columns[column] == code for column, code in conditions])
    happens = rng.random(n) < 1 / (1 + np.exp(-np.where(wrong, 0.3 * odds, odds)))
    return columns, np.logaddexp(0, np.where(happens, -odds, odds)), truth


def plant(columns: list[Column], sizes: NDArray[np.int64], rng: np.random.Generator) -> list[Conditions]:
    """Return five slices on columns that no other uses, each of a share of rows in its range."""
    truth: list[Conditions] = []
    used: set[int] = set()
    for depth in DEPTHS:
        while True:
            picked = sorted(rng.choice(N_COLUMNS, depth, replace=False).tolist())
            conditions = tuple((column, int(rng.integers(sizes[column]))) for column in picked)
            share = np.logical_and.reduce([columns[column] == code for column, code in conditions]).mean()
            low, high = SHARES[depth]
            if low < share < high and not used.intersection(picked):
                break
        truth.append(conditions)
        used.update(picked)
    return truth


def confirmed_slices(columns: list[Column], loss: Floats, depth: int) -> tuple[list[Conditions], Search]:
    """Return the slices that alternating rows find and the others confirm, as the package does without time."""
    # Imported here: the peer's environment lacks the package.
    from afterlaunch.stats.confirmation import confirm  # noqa: PLC0415
    from afterlaunch.stats.crosstabs import Limits, as_codes, rows_of  # noqa: PLC0415
    from afterlaunch.stats.slices import find_slices  # noqa: PLC0415

    codes, here = as_codes(columns), np.arange(len(loss)) % 2 == 0
    limits = Limits(max_conditions=depth, min_rows=max(50, len(loss) // 1000), min_effect=0.1 * loss.mean())
    search = find_slices(codes.take(here), loss[here], None, limits=limits)
    there = codes.take(~here)
    inside = [rows_of(there, one.conditions) for one in search.slices]
    said = confirm(inside, loss[~here], None)
    kept = [
        one.conditions
        for one, one_said in zip(search.slices, said, strict=True)
        if one_said.qvalue is not None
        and one_said.qvalue <= 0.05
        and (one_said.effect.effect or 0.0) >= limits.min_effect
    ]
    return kept, search


def recovery(runs: int) -> None:
    """Print how many planted slices stand within the first ten reported."""
    head = "| conditions at most | runs | all that can be found within the first 10, % | mean of them |"
    print(f"\n{head} others confirmed |")
    print("|---|---|---|---|---|")
    for depth in (2, 3):
        whole, found, others = 0, [], []
        for seed in range(runs):
            columns, loss, truth = make_rows(100_000, seed)
            kept, _ = confirmed_slices(columns, loss, depth)
            first = kept[:FIRST]
            wanted = [conditions for conditions in truth if len(conditions) <= depth]
            found.append(sum(conditions in first for conditions in wanted))
            whole += found[-1] == len(wanted)
            others.append(len(kept) - found[-1])
        n = len([d for d in DEPTHS if d <= depth])
        print(f"| {depth} | {runs} | {100 * whole / runs:.0f} | {np.mean(found):.2f} of {n} | {np.mean(others):.2f} |")


def false(runs: int) -> None:
    """Print in how many runs without planted slices any is confirmed."""
    print("\n| conditions at most | runs | runs with a false slice | slices sent to be confirmed, a run |")
    print("|---|---|---|---|")
    for depth in (2, 3):
        wrong, sent = 0, []
        for seed in range(runs):
            columns, loss, _ = make_rows(100_000, seed, planted=False)
            kept, search = confirmed_slices(columns, loss, depth)
            wrong += bool(kept)
            sent.append(len(search.slices))
        print(f"| {depth} | {runs} | {wrong} | {np.mean(sent):.2f} |")


def cost() -> None:
    """Print seconds and peak memory of searching and confirming, each in a process of its own."""
    print("\n| what | rows | conditions at most | CPU s | peak MB |")
    print("|---|---|---|---|---|")
    for n, depth in ((100_000, 2), (100_000, 3), (1_000_000, 2)):
        print(in_own_process(sys.executable, "afterlaunch", n, depth), flush=True)


def peer(python: str | None) -> None:
    """Print the same of the sliceline package, at two conditions."""
    print(in_own_process(python or own_environment(), "sliceline", 100_000, 2), flush=True)


def in_own_process(python: str | Path, what: str, n: int, depth: int) -> str:
    """Return the row of one measurement."""
    command = [str(python), __file__, "--measure", what, str(n), str(depth)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def own_environment() -> Path:
    """Return the interpreter of a new environment that has the peer."""
    folder = Path(tempfile.mkdtemp(prefix="sliceline-"))
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "sliceline"], check=True)
    return python


def measure(what: str, n: int, depth: int) -> None:
    """Print one row: CPU seconds after the rows are made, and the process's peak less nothing."""
    columns, loss, _ = make_rows(n, 0)
    if what == "afterlaunch":
        confirmed_slices([column[:1000] for column in columns], loss[:1000], 1)  # imports are not the search
    start = time.process_time()
    if what == "afterlaunch":
        confirmed_slices(columns, loss, depth)
        said = what
    else:
        said = search_with_sliceline(columns, loss, depth)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {said} | {n:,} | {depth} | {seconds:.2f} | {peak:.0f} |")


def search_with_sliceline(columns: list[Column], loss: Floats, depth: int) -> str:
    """Run the peer on the same rows; return its name and version."""
    from sliceline.slicefinder import Slicefinder  # noqa: PLC0415 - the peer's environment alone has it

    finder = Slicefinder(k=10, max_l=depth, min_sup=max(50, len(loss) // 1000), alpha=0.95)
    finder.fit(np.stack(columns, axis=1), loss)
    return f"sliceline {version('sliceline')}"


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--peer", help="the interpreter of an environment that has sliceline")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        what, n, depth = chosen.measure
        measure(what, int(n), int(depth))
        return
    jobs = {
        "recovery": lambda: recovery(chosen.runs),
        "false": lambda: false(chosen.runs),
        "cost": cost,
        "peer": lambda: peer(chosen.peer),
    }
    for part in chosen.parts:
        jobs[part]()


if __name__ == "__main__":
    main()
