"""Single impressions from an ecosystem's counts: who saw what, where in the list, and what was clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.ecosystem import Traffic

ATTENTION = -0.5  # clicks fall with the position to this power


@dataclass(frozen=True, slots=True, kw_only=True)
class Impressions:
    """Impressions in order of time, each array of shape (rows,).

    `moment` is the time in periods, from 0 up to n_periods; `list` numbers the lists in which items were shown,
    `position` counts from 1 in each; `propensity` is the chance that the item stood in the row's place.
    """

    moment: FloatArray
    item: IntArray
    user: IntArray
    list: IntArray
    position: IntArray
    clicked: BoolArray
    in_training: BoolArray
    propensity: FloatArray
    noise: FloatArray


def draw_impressions(
    traffic: Traffic, *, n_users: int, slots: int, narrow: float, rng: np.random.Generator
) -> Impressions:
    """Return the impressions that `traffic` (of one run) counts, in lists of `slots` of one user each.

    A user likes one category; a share `narrow` of an item's impressions goes to users who like its category, the others
    to anybody. Positions are shuffled, so that they tell nothing of an item; of the impressions of an item in a period,
    those further up are clicked more. Counts by period and item are those of `traffic`, to the last one.
    """
    n_periods, n = traffic.shown.shape
    cell: IntArray = np.repeat(np.arange(n_periods * n, dtype=np.int64), traffic.shown.ravel())
    period, item = np.divmod(cell, n)
    user = _users(traffic.ground.category[item], n_users, traffic.ground.category, narrow, rng)
    order = np.lexsort((rng.random(len(cell)), user, period))
    cell, period, item, user = cell[order], period[order], item[order], user[order]
    lists, position, moment = _lists(period, user, slots, rng)
    clicked = _some_of_each(
        cell, traffic.clicked.ravel(), rng.random(len(cell)) ** (1 / position.astype(float) ** ATTENTION)
    )
    kept_clicks, kept_others = traffic.withheld_clicked, traffic.withheld - traffic.withheld_clicked
    kept_out = _some_of_each(
        2 * cell + clicked, np.stack([kept_others, kept_clicks], -1).ravel(), rng.random(len(cell))
    )
    in_time = np.argsort(moment, kind="stable")
    share = traffic.expected / traffic.expected.sum(axis=1, keepdims=True)
    return Impressions(
        moment=moment[in_time],
        item=item[in_time],
        user=user[in_time],
        list=lists[in_time],
        position=position[in_time],
        clicked=clicked[in_time],
        in_training=~kept_out[in_time],
        propensity=share.ravel()[cell[in_time]],
        noise=traffic.ground.noise.ravel()[cell[in_time]],
    )


def _users(liked: IntArray, n_users: int, category: IntArray, narrow: float, rng: np.random.Generator) -> IntArray:
    """Return a user for each impression of an item in category `liked` (rows,): user u likes category u modulo k."""
    k = int(category.max()) + 1
    anybody = rng.integers(n_users, size=len(liked))
    fan = liked + k * rng.integers(max(n_users // k, 1), size=len(liked))
    return np.where((rng.random(len(liked)) < narrow) & (fan < n_users), fan, anybody)


def _lists(
    period: IntArray, user: IntArray, slots: int, rng: np.random.Generator
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the number of each row's list, its position there and its moment, of rows sorted by period and user."""
    rows = np.arange(len(period))
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = (period[1:] != period[:-1]) | (user[1:] != user[:-1])
    start = np.maximum.accumulate(np.where(fresh, rows, 0))
    position = (rows - start) % slots + 1
    lists = np.cumsum(position == 1) - 1
    moment = rng.random(int(lists[-1]) + 1 if len(lists) else 0)
    return lists, position, period + moment[lists]


def _some_of_each(cell: IntArray, wanted: IntArray, key: FloatArray) -> BoolArray:
    """Return which rows are among the `wanted` (cells,) rows of their cell with the highest `key`."""
    order = np.lexsort((-key, cell))
    ordered = cell[order]
    first = np.searchsorted(ordered, ordered, side="left")
    chosen = np.zeros(len(cell), dtype=bool)
    chosen[order] = np.arange(len(cell)) - first < wanted[ordered]
    return chosen
