"""How varied the things are that each user is shown, against items that went to users at random.

All is measured on the same number of impressions a user and period, drawn at random from what the user was shown: so
that users, and periods, of more and of less traffic can be compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray

NARROW = 0.05  # of users would be below the line if items went to users at random
DRAWS = 40
PAIRS = 400_000  # of users whose overlap is measured, a period
FEWEST_OTHERS, MOST_OTHERS = 20, 200
MIN_USERS = 20  # of a period: fewer tell nothing
LEAST, MOST = 4, 40  # impressions a user and period
ENOUGH = 0.4  # of the users with a few impressions in a period may have too few for it
DIGITS = 9  # to which entropies of the same counts in another order are the same
EARLY = 1 / 3  # of the periods make the early, and the late ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """What C pairs of user and period were shown: `item`, `category` and the stretch of time `block` of m impressions.

    `period` and `user` have shape (C,), sorted by period, the others (C, m).
    """

    period: IntArray
    user: IntArray
    item: IntArray
    category: IntArray
    block: IntArray


class Trend(NamedTuple):
    """The users' mean change from early to late in bits, its 95 % interval, and the p-value of no change."""

    change: float
    low: float
    high: float
    pvalue: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Variety:
    """Variety of what C pairs of user and period were shown, and T periods.

    `entropy` (C,) of the categories in bits; `overlap` (C,) the mean Jaccard index with other users' items in the
    period, `own` (C,) with the user's own in the period before it (NaN of the first). `null_entropy` and `null_overlap`
    (C,) are those of one draw in which items went to users at random. `below` (T,) is the entropy under which 5 % of
    users would be, `narrowed` (T,) the share under it; `expected` and `expected_overlap` (T,) are the means without a
    bubble. NaN where a period has too few users.
    """

    entropy: FloatArray
    overlap: FloatArray
    own: FloatArray
    null_entropy: FloatArray
    null_overlap: FloatArray
    below: FloatArray
    narrowed: FloatArray
    expected: FloatArray
    expected_overlap: FloatArray
    n_users: IntArray
    trend: Trend | None


def choose_size(counts: IntArray) -> int | None:
    """Return on how many impressions a user and period is judged, of `counts` by user and period; None if all have few.

    >>> choose_size(np.array([1, 2, 10, 12, 14, 16])), choose_size(np.array([1, 1, 2]))
    (14, None)
    """
    some = counts[counts >= LEAST]
    return int(np.clip(np.quantile(some, ENOUGH, method="higher"), LEAST, MOST)) if len(some) else None


def draw_rows(period: IntArray, user: IntArray, size: int, rng: np.random.Generator) -> IntArray:
    """Return which rows are judged (C, size): `size` of each pair of user and period that has so many, at random."""
    order = np.lexsort((rng.random(len(period)), user, period))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(period[order]) != 0) | (np.diff(user[order]) != 0)
    start = np.flatnonzero(fresh)
    n = np.diff(np.append(start, len(order)))
    first = start[n >= size]
    return order[first[:, None] + np.arange(size)]


def measure_variety(draws: Draws, n_periods: int, rng: np.random.Generator) -> Variety:
    """Return how varied what users were shown is, against `DRAWS` random draws.

    In a draw, impressions are dealt anew to the users of the same block of time: each user has as many, and each item
    too. Where users choose when they come, what was on offer then is no bubble.
    """
    entropy = entropy_of(draws.category)
    dealer = _Dealer(draws, rng)
    drawn = np.stack([entropy_of(dealer.deal(draws.category)) for _ in range(DRAWS)])
    below, narrowed, expected = (np.full(n_periods, np.nan) for _ in range(3))
    expected_overlap, n_users = np.full(n_periods, np.nan), np.zeros(n_periods, dtype=np.int64)
    overlap, null_overlap = np.full(len(entropy), np.nan), np.full(len(entropy), np.nan)
    null_item = dealer.deal(draws.item)
    for t in range(n_periods):
        here = slice(*np.searchsorted(draws.period, [t, t + 1]))
        n_users[t] = here.stop - here.start
        if n_users[t] < MIN_USERS:
            continue
        below[t] = np.quantile(drawn[:, here], NARROW, method="lower")
        narrowed[t] = float((entropy[here] < below[t]).mean())
        expected[t] = float(drawn[:, here].mean())
        overlap[here] = _overlap(draws.item[here], rng)
        null_overlap[here] = _overlap(null_item[here], rng)
        expected_overlap[t] = float(null_overlap[here].mean())
    return Variety(
        entropy=entropy,
        overlap=overlap,
        own=_own_overlap(draws),
        null_entropy=drawn[0],
        null_overlap=null_overlap,
        below=below,
        narrowed=narrowed,
        expected=expected,
        expected_overlap=expected_overlap,
        n_users=n_users,
        trend=_trend(draws, entropy - expected[draws.period], n_periods),
    )


def entropy_of(category: IntArray) -> FloatArray:
    """Return the entropy in bits of the categories (C, m) of each row.

    >>> entropy_of(np.array([[0, 0, 1, 1], [2, 2, 2, 2], [0, 1, 2, 3]])).tolist()
    [1.0, 0.0, 2.0]
    """
    n, size = category.shape
    ordered = np.sort(category, axis=1)
    fresh = np.ones((n, size), dtype=bool)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    start = np.flatnonzero(fresh)
    run: FloatArray = np.diff(np.append(start, n * size)).astype(np.float64)
    spent = np.bincount(start // size, run * np.log2(run), minlength=n)
    left: FloatArray = math.log2(size) - spent / size
    return np.maximum(left.round(DIGITS), 0.0)


class _Dealer:
    """Deals impressions anew among the users of a period and block."""

    def __init__(self, draws: Draws, rng: np.random.Generator) -> None:
        key = (draws.period[:, None] * (int(draws.block.max(initial=0)) + 1) + draws.block).ravel()
        self._order = np.argsort(key, kind="stable")
        cuts = np.flatnonzero(np.diff(key[self._order])) + 1
        self._ends = np.concatenate([[0], cuts, [len(key)]]).tolist()
        self._rng = rng

    def deal(self, values: IntArray) -> IntArray:
        """Return `values` (C, m), each from another user's impression."""
        there = values.ravel()[self._order]
        for first, end in zip(self._ends[:-1], self._ends[1:], strict=True):
            self._rng.shuffle(there[first:end])
        dealt = np.empty_like(there)
        dealt[self._order] = there
        return dealt.reshape(values.shape)


def _sets(item: IntArray) -> csr_array:
    """Return which items (C, n) each row of `item` (C, m) holds."""
    rows = np.repeat(np.arange(len(item)), item.shape[1])
    code = np.unique(item, return_inverse=True)[1].ravel()
    held = csr_array((np.ones(item.size), (rows, code)), shape=(len(item), int(code.max(initial=0)) + 1))
    held.sum_duplicates()
    held.data[:] = 1.0
    return held


def _overlap(item: IntArray, rng: np.random.Generator) -> FloatArray:
    """Return each user's mean Jaccard index with a sample of the others."""
    held, n = _sets(item), len(item)
    n_others = min(max(PAIRS // n, FEWEST_OTHERS), MOST_OTHERS, n)
    others = rng.choice(n, n_others, replace=False)
    size = held.sum(axis=1)
    shared = (held @ held[others].T).toarray()
    index = shared / (size[:, None] + size[others] - shared)
    index[others, np.arange(n_others)] = np.nan
    return np.nanmean(index, axis=1)


def _own_overlap(draws: Draws) -> FloatArray:
    """Return each pair's Jaccard index with the same user's last pair before it; NaN of a first one."""
    held, own = _sets(draws.item), np.full(len(draws.user), np.nan)
    order = np.lexsort((draws.period, draws.user))
    again = np.flatnonzero(draws.user[order][1:] == draws.user[order][:-1]) + 1
    now, before = order[again], order[again - 1]
    shared = held[now].multiply(held[before]).sum(axis=1)
    size = held.sum(axis=1)
    own[now] = shared / (size[now] + size[before] - shared)
    return own


def _trend(draws: Draws, excess: FloatArray, n_periods: int) -> Trend | None:
    """Return the mean change of the users' excess entropy from early to late periods.

    Of users seen in both; each counts once.
    """
    known = np.isfinite(excess)
    n = int(draws.user.max(initial=-1)) + 1
    early, late = draws.period < n_periods * EARLY, draws.period >= n_periods * (1 - EARLY)
    means: list[FloatArray] = []
    for part in (early & known, late & known):
        rows = np.bincount(draws.user[part], minlength=n)
        total = np.bincount(draws.user[part], excess[part], minlength=n)
        means.append(np.where(rows > 0, total / np.maximum(rows, 1), np.nan))
    change = means[1] - means[0]
    change = change[np.isfinite(change)]
    if len(change) < MIN_USERS or n_periods < 1 / EARLY:
        return None
    mean, spread, freedom = float(change.mean()), float(change.std(ddof=1)) / len(change) ** 0.5, len(change) - 1
    reach = spread * float(stdtrit(freedom, 0.975))
    t = abs(mean) / spread if spread > 0 else math.inf if mean else 0.0
    return Trend(change=mean, low=mean - reach, high=mean + reach, pvalue=2 * float(stdtr(freedom, -t)))
