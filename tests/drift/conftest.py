import numpy as np
import polars as pl
import pytest

START = "2024-01-01"


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture
def frame(rng):
    """Four kinds of columns, 2,000 independent rows."""
    n = 2000
    return pl.DataFrame(
        {
            "amount": rng.normal(50, 10, n),
            "items": rng.poisson(3, n),
            "country": rng.choice(["FR", "DE", "IT", "ES"], n, p=[0.4, 0.3, 0.2, 0.1]),
            "member": rng.random(n) < 0.3,
        }
    )


def daily(rng, days, rows=200, shift_from=None, shift=0.0):
    """Return a quiet log of `days` days whose column `x` moves by `shift` from day `shift_from` on."""
    day = np.repeat(np.arange(days), rows)
    moved = shift if shift_from is None else np.where(day >= shift_from, shift, 0.0)
    seconds = rng.integers(0, 86_400, len(day))
    return pl.DataFrame(
        {
            "x": rng.normal(0, 1, len(day)) + moved,
            "y": rng.normal(0, 1, len(day)),
            "k": rng.choice(["a", "b", "c"], len(day)),
        }
    ).with_columns(
        at=pl.lit(START).str.to_datetime(time_unit="us") + pl.duration(days=pl.Series(day), seconds=pl.Series(seconds))
    )
