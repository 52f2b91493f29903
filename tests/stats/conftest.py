"""Small logs of counts for the statistics' tests."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats import Cells, Windows


class Counts:
    """Makes columns of binned counts from a fixed seed."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Draw from `rng`."""
        self.rng = rng

    def ordered(self, mean: np.ndarray, *, rows: int = 500, missing: np.ndarray | float = 0.0, k: int = 16) -> Cells:
        """Return a bell-shaped column whose mean is `mean` (D,), a share `missing` of its rows null."""
        centre = np.linspace(-2.5, 2.5, k)
        weight = np.exp(-((centre - mean[:, None]) ** 2) / 2)
        null = self.rng.binomial(rows, missing, size=len(mean))
        counts = self.rng.multinomial(rows - null, weight / weight.sum(axis=1, keepdims=True))
        special = np.zeros((len(mean), 4), dtype=int)
        special[:, 0] = null
        return Cells(counts=np.hstack([counts, special]), ordered=True, widths=np.full(k, 5 / k))

    def categories(self, shares: np.ndarray, *, rows: int = 500) -> Cells:
        """Return categories with `shares` (D, k), the last of them unseen in the reference."""
        drawn = self.rng.multinomial(rows, shares)
        special = np.zeros((len(shares), 4), dtype=int)
        special[:, 3] = drawn[:, -1]
        return Cells(counts=np.hstack([drawn[:, :-1], special]), ordered=False)

    def persistent(self, n: int, *, rho: float, sd: float) -> np.ndarray:
        """Return autocorrelated day effects (n,)."""
        noise = self.rng.normal(size=n)
        for i in range(1, n):
            noise[i] = rho * noise[i - 1] + np.sqrt(1 - rho**2) * noise[i]
        return sd * noise


@pytest.fixture
def counts() -> Counts:
    return Counts(np.random.default_rng(11))


def split(reference: int, current: int, *, season: int = 1) -> Windows:
    """Return the first `reference` buckets against the next `current` ones."""
    bucket = np.arange(reference + current)
    return Windows(
        reference=bucket[:reference],
        current=bucket[reference:],
        position=bucket,
        season=bucket % season,
        timeless=reference == current == 1,
    )


@pytest.fixture(name="split")
def split_fixture():
    return split
