"""Write the golden vectors to which the browser's statistics are held: `tests/golden/*.json` but for the words.

With `--check`, write nothing and exit 1 if a file would change beyond rounding.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch import stats
from golden_edges import edge_cases
from golden_performance import natural_cases, performance_cases

if TYPE_CHECKING:
    from numpy.random import Generator

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
ROUNDING = 1e-12


@dataclass(kw_only=True)
class Case:
    """Some columns and a pair of windows."""

    n: np.ndarray
    n_reference: int
    columns: list[stats.Cells] = field(default_factory=list)
    position: np.ndarray | None = None
    season: int = 1

    def windows(self) -> stats.Windows:
        """Return the first `n_reference` buckets against the rest."""
        bucket = np.arange(len(self.n))
        position = bucket if self.position is None else self.position
        return stats.Windows(
            reference=bucket[: self.n_reference],
            current=bucket[self.n_reference :],
            position=position,
            season=position % self.season,
            timeless=len(self.n) == 2,
        )


def ordered(
    rng: Generator, n: np.ndarray, shift: np.ndarray, *, k: int = 12, nulls: np.ndarray | float = 0
) -> stats.Cells:
    """Return a column whose mean moves by `shift` (D,) standard deviations, a share `nulls` of its rows missing."""
    centre = np.linspace(-2, 2, k)
    weight = np.exp(-((centre - shift[:, None]) ** 2) / 2)
    missing = rng.binomial(n, nulls)
    counts = rng.multinomial(n - missing, weight / weight.sum(axis=1, keepdims=True))
    special = np.zeros((len(n), 4), dtype=int)
    special[:, 0] = missing
    return stats.Cells(counts=np.hstack([counts, special]), ordered=True, widths=np.full(k, 4 / k))


def unordered(rng: Generator, n: np.ndarray, move: np.ndarray, *, k: int = 5, pooled: int | None = None) -> stats.Cells:
    """Return categories of which the first loses a share `move` (D,) to categories that the reference lacks."""
    weight = np.tile(1 / np.arange(2.0, k + 2), (len(n), 1))
    weight = np.hstack([weight / weight.sum(axis=1, keepdims=True), move[:, None]])
    weight[:, 0] -= move
    drawn = rng.multinomial(n, weight)
    special = np.zeros((len(n), 4), dtype=int)
    special[:, 3] = drawn[:, -1]
    return stats.Cells(counts=np.hstack([drawn[:, :-1], special]), ordered=False, pooled=pooled)


def days(rng: Generator, n: int, sd: float, rho: float) -> np.ndarray:
    """Return n days' effects, autocorrelated."""
    noise = rng.normal(size=n)
    for i in range(1, n):
        noise[i] = rho * noise[i - 1] + math.sqrt(1 - rho**2) * noise[i]
    return sd * noise


def cases(rng: Generator) -> dict[str, Case]:
    """Return one case a difficulty."""
    return {
        "stable_days": _several(rng, rng.poisson(500, 35), 28, sd=0.0, step=0.0),
        "step": _several(rng, rng.poisson(500, 35), 28, sd=0.03, step=0.3),
        "persistent_days_with_season": _seasonal(rng),
        "gaps_in_time": _gaps(rng),
        "no_time": _several(rng, np.array([800, 700]), 1, sd=0.0, step=0.4),
        "no_time_few_rows": _several(rng, np.array([50, 50]), 1, sd=0.0, step=0.2),
        "few_rows": _several(rng, rng.poisson(50, 30), 23, sd=0.05, step=0.5),
        "short_reference": _several(rng, rng.poisson(300, 15), 8, sd=0.1, step=0.0),
        "unequal_volume": _several(rng, np.r_[rng.poisson(1000, 30), rng.poisson(40, 5)], 30, sd=0.05, step=0.2),
        "missing_values": _missing(rng),
        "unseen_season": _unseen_season(rng),
        "constants": _constants(),
        "shares_by_a_factor": _by_a_factor(rng),
        "three_buckets": _several(rng, rng.poisson(400, 3), 2, sd=0.0, step=0.4),
    }


def _several(rng: Generator, n: np.ndarray, n_reference: int, *, sd: float, step: float) -> Case:
    jump = np.where(np.arange(len(n)) >= n_reference, 1.0, 0.0)
    moving = [days(rng, len(n), sd, 0.5) + step * size * jump for size in (1.0, 0.5, 0.0)]
    columns = [ordered(rng, n, shift, k=k) for shift, k in zip(moving, (12, 32, 2), strict=True)]
    return Case(n=n, n_reference=n_reference, columns=[*columns, unordered(rng, n, 0.2 * step * jump)])


def _seasonal(rng: Generator) -> Case:
    n = rng.poisson(400, 49)
    week = 0.4 * (np.arange(49) % 7 >= 5)
    columns = [ordered(rng, n, week + days(rng, 49, 0.15, 0.7)) for _ in range(3)]
    return Case(n=n, n_reference=42, columns=columns, season=7)


def _gaps(rng: Generator) -> Case:
    position = np.sort(rng.permutation(60)[:40])
    n = rng.poisson(200, 40)
    columns = [ordered(rng, n, days(rng, 40, 0.1, 0.6)) for _ in range(2)]
    columns.append(unordered(rng, n, np.full(40, 0.1), k=9, pooled=8))
    return Case(n=n, n_reference=30, columns=columns, position=position, season=7)


def _missing(rng: Generator) -> Case:
    n = rng.poisson(300, 40)
    late, jump = ordered(rng, n, np.zeros(40)), ordered(rng, n, np.zeros(40), nulls=0.02)
    late.counts[:6, -4] = late.counts[:6].sum(axis=1)
    late.counts[:6, :-4] = 0
    more = ordered(rng, n[32:], np.zeros(8), nulls=0.15)
    jump.counts[32:] = more.counts
    nothing = stats.Cells(counts=np.zeros((40, 7), dtype=int), ordered=True, widths=np.ones(3))
    nothing.counts[:, -4] = n
    nan = ordered(rng, n, np.zeros(40))
    nan.counts[::3, -3:-1] += 2
    gone = ordered(rng, n, np.zeros(40))
    gone.counts[32:, -4] = gone.counts[32:].sum(axis=1)
    gone.counts[32:, :-4] = 0
    return Case(n=n, n_reference=32, columns=[late, jump, nothing, nan, gone, ordered(rng, n, np.zeros(40))])


def _by_a_factor(rng: Generator) -> Case:
    n = rng.poisson(400, 36)
    lost = np.exp(0.7 * rng.normal(size=36)) * np.where(np.arange(36) < 35, 1.0, 4.0)
    gone = ordered(rng, n, np.zeros(36), nulls=np.minimum(0.05 * lost, 0.9))
    flag = ordered(rng, n, np.zeros(36), k=2)
    flag.counts[:, 1] = rng.binomial(n, np.minimum(0.01 * lost, 0.9))
    flag.counts[:, 0] = n - flag.counts[:, 1]
    rare = stats.Cells(counts=flag.counts[::-1][np.argsort(lost)], ordered=False)
    return Case(n=n, n_reference=35, columns=[gone, flag, rare])


def _unseen_season(rng: Generator) -> Case:
    n = rng.poisson(300, 12)
    return Case(n=n, n_reference=5, columns=[ordered(rng, n, np.zeros(12))], season=7)


def _constants() -> Case:
    n = np.full(30, 200)
    same, changed = (np.zeros((30, 7), dtype=int) for _ in range(2))
    same[:, 1] = n
    changed[:, 0], changed[25:, 0], changed[25:, 2] = n, 0, 200
    columns = [stats.Cells(counts=counts, ordered=kind) for counts in (same, changed) for kind in (True, False)]
    return Case(n=n, n_reference=25, columns=columns)


def written(case: Case) -> dict[str, object]:
    """Return a case's input and what Python makes of it, as plain values."""
    windows = case.windows()
    judged = stats.judge(case.columns, windows, alarm_rate=0.05, min_effect=0.03)
    return {
        "windows": {
            **{name: getattr(windows, name).tolist() for name in ("reference", "current", "position", "season")},
            "timeless": windows.timeless,
        },
        "columns": [
            {
                "counts": cells.counts.ravel().tolist(),
                "k": cells.counts.shape[1] - 4,
                "ordered": cells.ordered,
                "widths": None if cells.widths is None else cells.widths.tolist(),
                "pooled": cells.pooled,
            }
            for cells in case.columns
        ],
        "judged": [_plain(one) for one in judged],
        "bands": [
            {"effects": _numbers(one.effects), "natural": _numbers(one.natural)}
            for one in stats.bands(case.columns, windows, list(windows.current[:, None]), alarm_rate=0.05)
        ],
    }


def _plain(one: stats.Judged) -> dict[str, object]:
    fields = asdict(one)
    measures = fields.pop("measures")
    for shares in ("p", "q"):
        measures[shares] = measures[shares].tolist()
    return {**measures, **fields}


def _numbers(values: np.ndarray) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]


def close(old: object, new: object) -> bool:
    """Return whether two plain values are equal up to rounding."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(close(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(close, old, new))
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=1e-9, abs_tol=ROUNDING)
    return old == new


def files() -> dict[str, dict[str, object]]:
    """Return the content of every file by its name."""
    known = {f"stats_{name}": written(case) for name, case in cases(np.random.default_rng(20260101)).items()}
    return {
        **known,
        "edges": {"cases": edge_cases()},
        "natural": {"cases": natural_cases()},
        "performance": {"cases": performance_cases()},
    }


def main() -> int:
    """Write every file that changed, or with `--check` name it and return 1."""
    changed = []
    for name, new in files().items():
        path = GOLDEN / f"{name}.json"
        if path.exists() and close(json.loads(path.read_text()), json.loads(json.dumps(new))):
            continue
        changed.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(json.dumps(new, separators=(",", ":")) + "\n")
    print("\n".join(changed) or "golden vectors are as they were")
    return int("--check" in sys.argv and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
