"""What each user is shown, over time: how varied, and how much like what others and they themselves were shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect
from afterlaunch.loops.grid import ITEM, PERIOD
from afterlaunch.loops.impressions import shown_rows
from afterlaunch.stats.bubbles import MIN_USERS, Draws, Variety, choose_size, draw_rows, measure_variety

if TYPE_CHECKING:
    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.stats.arrays import FloatArray, IntArray

ROWS_READ = 400_000  # about: all impressions of some users
BLOCKS = 7  # of a period: days of a week


@dataclass(frozen=True, slots=True, kw_only=True)
class BubbleFindings:
    """Variety by user and period; `draws` has what was judged, of users whose names are `names`.

    `share` is that of the users who were looked at, `size` on how many impressions each is judged a period.
    """

    variety: Variety
    draws: Draws
    names: pl.Series
    size: int
    share: float

    def users(self, period: int) -> pl.DataFrame:
        """Return the users judged in a period, with the entropy of their categories and their overlap with others."""
        here = slice(*np.searchsorted(self.draws.period, [period, period + 1]))
        return pl.DataFrame(
            {
                "user": self.names.gather(self.draws.user[here]),
                "entropy": self.variety.entropy[here],
                "overlap": self.variety.overlap[here],
            }
        )

    def mean_of(self, values: FloatArray) -> FloatArray:
        """Return the mean by period (T,) of what C pairs have, NaN where too few have any."""
        known = np.isfinite(values)
        n_periods = len(self.variety.below)
        n = np.bincount(self.draws.period[known], minlength=n_periods)
        total = np.bincount(self.draws.period[known], values[known], minlength=n_periods)
        return np.where(n >= MIN_USERS, total / np.maximum(n, 1), np.nan)


def measure_bubbles(log: InteractionLog, found: Impressions, *, rng: np.random.Generator) -> BubbleFindings | None:
    """Return how varied what users are shown is; None without users, categories, or users shown several items a period.

    Users are taken by a hash of their names, with all of their impressions, until about 400,000 are read.
    """
    if log.user is None or log.category is None:
        return None
    share = min(1.0, ROWS_READ / max(int(found.total.sum()), 1))
    rows = _read(log, found, share)
    period, user = rows[PERIOD].to_numpy(), rows["user"].to_numpy()
    size = choose_size(rows.group_by(PERIOD, "user").len()["len"].to_numpy().astype(np.int64))
    if size is None:
        return None
    chosen = draw_rows(period, user, size, rng)
    draws = Draws(
        period=period[chosen[:, 0]],
        user=user[chosen[:, 0]],
        item=_codes(rows[ITEM])[chosen],
        category=_codes(rows["category"])[chosen],
        block=rows["block"].to_numpy()[chosen],
    )
    if np.bincount(draws.period, minlength=1).max() < MIN_USERS:
        return None
    variety = measure_variety(draws, found.periods.n, rng)
    return BubbleFindings(variety=variety, draws=draws, names=_names(rows), size=size, share=share)


def _read(log: InteractionLog, found: Impressions, share: float) -> pl.DataFrame:
    """Return the impressions of a share of the users, their users numbered."""
    clock, periods = pl.col(str(log.time)), found.periods
    starts, length = pl.lit(pl.Series(periods.starts)), pl.lit(pl.Series(periods.ends - periods.starts))
    rows = shown_rows(log).filter(pl.col(str(log.category)).is_not_null() & pl.col(str(log.user)).is_not_null())
    if share < 1:
        rows = rows.filter(pl.col(str(log.user)).hash(seed=1) % 1_000_000 < int(share * 1_000_000))
    named = rows.select(
        periods.of(clock),
        clock.dt.epoch("us").alias("at"),
        pl.col(str(log.user)).alias("name"),
        pl.col(log.item).alias(ITEM),
        pl.col(str(log.category)).alias("category"),
    )
    since = pl.col("at") - starts.gather(pl.col(PERIOD))
    block = (since * BLOCKS // length.gather(pl.col(PERIOD))).clip(0, BLOCKS - 1).cast(pl.Int64).alias("block")
    found_rows = collect(named.with_columns(block), paths=log.paths)
    return found_rows.with_columns(user=pl.col("name").rank("dense").cast(pl.Int64) - 1)


def _codes(column: pl.Series) -> IntArray:
    return column.rank("dense").cast(pl.Int64).to_numpy() - 1


def _names(rows: pl.DataFrame) -> pl.Series:
    """Return the names of the users in the order of their numbers."""
    return rows.select("user", "name").unique("user").sort("user")["name"]
