"""How odd each row is: stranger than which share of reference rows, and because of which columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.edges.outliers.outlier import Known
from afterlaunch.learners.encode import learn_encoder
from afterlaunch.stats.conformal import conformal_pvalues, flag_outliers, own_pvalues
from afterlaunch.stats.tails import tails_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.edges.halves import Halves
    from afterlaunch.edges.outliers.outlier import Outlier
    from afterlaunch.edges.source import Source
    from afterlaunch.learners.encode import Encoder
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

MOST_CALIBRATION = 50_000
WEEK_US = 7 * 86_400_000_000
NAMED = 3  # columns that make a row odd, at most
COUNTS = 0.1  # of the score's rise, from which on a column is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Of n rows: `share` of reference rows that are less odd, NaN for rows that a scorer learnt from; `flag`ged ones.

    `anywhere` is the same, but for those rows what a second scorer says, which learnt from the others: the rows of any
    window can then be counted.
    `score` gives the raw number of any encoded rows, and `x` (n, p) are all rows, encoded.
    """

    share: FloatArray
    anywhere: FloatArray
    flag: BoolArray
    n_calibration: int
    encoder: Encoder
    x: FloatArray
    score: Callable[[FloatArray], FloatArray]
    typical: FloatArray
    known: FloatArray

    def blame(self, rows: IntArray) -> list[list[tuple[str, float]]]:
        """Return the columns that make each of `rows` odd, with the share of its oddness that each explains.

        A column's part is how far the score falls when its value is replaced by the reference's typical one.
        """
        if not len(rows) or not self.x.shape[1]:
            return [[] for _ in rows]
        x = self.x[rows]
        base = self.score(x)
        falls = np.zeros(x.shape)
        for column in range(x.shape[1]):
            replaced = x.copy()
            replaced[:, column] = self.typical[column]
            falls[:, column] = np.maximum(base - self.score(replaced), 0.0)
        total = falls.sum(axis=1, keepdims=True)
        shares = np.divide(falls, total, out=np.zeros(falls.shape), where=total > 0)
        return [self._named(one) for one in shares]

    def _named(self, shares: FloatArray) -> list[tuple[str, float]]:
        order = np.argsort(-shares, kind="stable")[:NAMED].tolist()
        return [(self.encoder.names[place], float(shares[place])) for place in order if shares[place] >= COUNTS]

    def tail_shares(self, rows: IntArray, column: str) -> FloatArray:
        """Return the share of reference rows at least as far out as `rows` in one column."""
        place = self.encoder.names.index(column)
        known = self.encoder.categories[place]
        tails = tails_of(self.known[:, place], categories=None if known is None else len(known))
        return tails.shares(self.x[rows, place])


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """All rows of a source as numbers (n, p), by the encoder that its reference taught."""

    x: FloatArray
    encoder: Encoder


def encode_rows(source: Source) -> Encoded:
    """Return the rows as numbers."""
    encoder = learn_encoder(source.frame.filter(source.is_reference), source.columns)
    return Encoded(x=encoder.numbers(source.frame), encoder=encoder)


def measure_odd(  # noqa: PLR0913 - what one way of scoring needs
    source: Source, encoded: Encoded, halves: Halves, method: Outlier, *, rate: float, rng: np.random.Generator
) -> Odd:
    """Return how odd every row is that nothing was learnt from, by split conformal calibration.

    The scorer learns on one half of the reference, by whole weeks, and the other half calibrates it. Without a
    reference both are halves of the rows themselves, each calibrated by the other.
    """
    encoder, x = encoded.encoder, encoded.x
    learn, calibrate = _split(source, halves, rng)
    share = np.full(len(x), np.nan)
    score = _learn(x, learn, encoder, method, rng)
    calibration = score(x[calibrate])
    share[calibrate] = 1 - own_pvalues(calibration)
    (later,) = rng.spawn(1)
    if source.has_reference:
        scored = source.is_current | source.is_between
        share[scored] = 1 - conformal_pvalues(calibration, score(x[scored]))
        anywhere = share.copy()
        anywhere[learn] = 1 - own_pvalues(_learn(x, calibrate, encoder, method, later)(x[learn]))
    else:
        other = _learn(x, calibrate, encoder, method, rng)
        share[learn] = 1 - own_pvalues(other(x[learn]))
        anywhere = share
    flag = np.zeros(len(x), dtype=np.bool_)
    scored = source.is_current & np.isfinite(share)
    flag[scored] = flag_outliers(np.maximum(1 - share[scored], 1 / (len(calibration) + 1)), rate)
    return Odd(
        share=share,
        anywhere=anywhere,
        flag=flag,
        n_calibration=len(calibration),
        encoder=encoder,
        x=x,
        score=score,
        typical=_typical(x[learn], encoder),
        known=x[learn],
    )


def _learn(
    x: FloatArray, rows: IntArray, encoder: Encoder, method: Outlier, rng: np.random.Generator
) -> Callable[[FloatArray], FloatArray]:
    if not x.shape[1]:
        return lambda any_rows: np.zeros(len(any_rows))
    return method.learn(Known(x=x[rows], encoder=encoder), rng=rng)


def _split(source: Source, halves: Halves, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Return the reference rows to learn on and those to calibrate on: alternating weeks, days, or drawn rows."""
    places = np.flatnonzero(source.is_reference)
    if halves.block is None:
        order = rng.permutation(places)
        return _thin(np.sort(order[::2])), _thin(np.sort(order[1::2]))
    number = np.unique(halves.block[places] // _stretch(halves.block[places]), return_inverse=True)[1]
    return _thin(places[number % 2 == 0]), _thin(places[number % 2 == 1])


def _stretch(block: IntArray) -> int:
    """Return how many blocks make one stretch of a half: seven where that leaves four of them, else one."""
    return 7 if len(np.unique(block // 7)) >= 4 else 1


def _thin(places: IntArray) -> IntArray:
    if len(places) <= MOST_CALIBRATION:
        return places
    return places[np.linspace(0, len(places) - 1, MOST_CALIBRATION).astype(np.int64)]


def _typical(x: FloatArray, encoder: Encoder) -> FloatArray:
    """Return each column's median, of categories the most frequent; missing where most are."""
    typical = np.zeros(x.shape[1])
    for place, names in enumerate(encoder.categories):
        present = x[~np.isnan(x[:, place]), place]
        if 2 * len(present) < len(x) or not len(present):
            typical[place] = np.nan
        elif names is None:
            typical[place] = float(np.quantile(present, 0.5, method="lower"))
    return typical
