"""Exposure against merit: what items earn by clicks per impression, whatever place they were shown in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

TENTHS = 10
ROUNDS = 200  # of the fit of places; it stops before, where nothing moves any more
STILL = 1e-7
MIN_PLACE_CLICKS = 20  # below it a place takes the attention of the one before it
NORMAL = 1.959964
ALARM = 0.05  # chance that any item is named that is shown as it deserves
TINY = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Merit:
    """What items (n,) earn: `rate` clicks per impression in the first place, and the `share` of exposure that gives.

    Rates are drawn towards the mean of all, by as much as few impressions make them vary by chance; `clicks` are what
    each rests on, with those that the mean is worth, `own_clicks` and `own_views` without.
    """

    rate: FloatArray
    share: FloatArray
    clicks: FloatArray
    own_clicks: FloatArray
    own_views: FloatArray

    def among(self, live: BoolArray) -> FloatArray:
        """Return the shares of exposure (n,) where the `live` items alone are shown."""
        part = np.where(live, self.rate, 0.0)
        return part / part.sum()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Exposure over merit, with 95 % intervals; NaN where there is no merit."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenths:
    """Exposure against merit by tenth of the items, the most shown first; `lorenz_…` at the `at` least shown.

    `tenth` (n,) is where each item lies, from 0; ten at most, fewer where there are fewer items.
    """

    tenth: IntArray
    n_items: IntArray
    exposure: FloatArray
    merit: FloatArray
    ratio: Ratio
    click_rate: FloatArray
    lorenz_exposure: FloatArray
    lorenz_merit: FloatArray


def place_attention(shown: FloatArray, clicked: FloatArray) -> FloatArray:
    """Return how much a click in each place (k,) is worth in attention, the first place's as 1.

    `shown` and `clicked` (n, k) are counts of items by place. An item's clicks are taken as its own rate times the
    place's attention (the position-based model, Richardson et al. 2007), fitted to items that were shown in several
    places, by maximum likelihood of Poisson counts; it is right where which place an item has, within the items, does
    not follow whom it is shown to. Places that hold too few clicks to tell take the attention of the place before.

    >>> shown = np.array([[1000.0, 1000.0], [500.0, 1500.0]])
    >>> place_attention(shown, shown * np.array([[0.1], [0.3]]) * np.array([1.0, 0.5])).round(3).tolist()
    [1.0, 0.5]
    """
    clicks = clicked.sum(axis=0)
    told = clicks >= MIN_PLACE_CLICKS
    attention = np.ones(shown.shape[1])
    for _ in range(ROUNDS):
        views = shown[:, told] @ attention[told]
        rate = clicked[:, told].sum(axis=1) / np.maximum(views, TINY)
        weight = rate @ shown[:, told]
        new = clicks[told] / np.maximum(weight, TINY)
        new = new / max(float(new[0]), TINY) if len(new) else new
        moved = float(np.abs(new - attention[told]).max(initial=0.0))
        attention[told] = new
        if moved < STILL:
            break
    last = np.maximum.accumulate(np.where(told, np.arange(len(told)), -1))
    return np.where(last >= 0, attention[last], 1.0)


def measure_merit(clicks: FloatArray, views: FloatArray, live: BoolArray | None = None) -> Merit:
    """Return the merit of items from their `clicks` (n,) in `views` (n,) impressions, each worth its place's attention.

    Clicks are Poisson around a rate that varies among items as a gamma law does, whose two numbers are read off the
    items themselves (Efron & Morris 1975): an item without views has the mean rate. `live` items alone count.

    >>> found = measure_merit(np.array([90.0, 10.0, 0.0]), np.array([1000.0, 1000.0, 0.0]))
    >>> found.share.round(2).tolist()
    [0.6, 0.07, 0.33]
    """
    total = float(views.sum())
    mean = float(clicks.sum()) / total if total > 0 else 0.0
    if mean <= 0:
        nothing = np.full(len(clicks), np.nan)
        return Merit(rate=nothing, share=nothing, clicks=clicks, own_clicks=clicks, own_views=views)
    spread = (views * (clicks / np.maximum(views, TINY) - mean) ** 2)[views > 0].sum() - mean * max(
        (views > 0).sum() - 1, 0
    )
    variance = max(float(spread) / max(total - float((views**2).sum()) / total, TINY), 0.0)
    prior_views = mean / variance if variance > 0 else total
    prior_views = min(max(prior_views, TINY), total)
    posterior = clicks + mean * prior_views
    rate = posterior / (views + prior_views)
    counted = rate if live is None else np.where(live, rate, 0.0)
    return Merit(rate=rate, share=counted / counted.sum(), clicks=posterior, own_clicks=clicks, own_views=views)


def measure_tenths(  # noqa: PLR0913 - counts of one period, and what they are measured against
    order: FloatArray | IntArray,
    shown: FloatArray,
    clicked: FloatArray,
    views: FloatArray,
    *,
    merit: Merit,
    live: BoolArray,
    at: FloatArray,
) -> Tenths | None:
    """Return exposure against merit by tenth of the `live` items in one period; None where nothing was shown.

    `order` (n,) tells which items are shown most: their expected impressions, or what was `shown` (n,). `views` are
    impressions by the attention of their places; `at` the shares of items at which the Lorenz curves are read.
    """
    total, n = float(shown.sum()), int(live.sum())
    if total <= 0:
        return None
    share = merit.among(live)
    most_first = np.argsort(np.where(live, -order.astype(np.float64), np.inf), kind="stable")[:n]
    tenth = np.full(len(shown), -1, dtype=np.int64)
    tenth[most_first] = np.arange(n) * min(TENTHS, n) // n
    k = int(tenth.max()) + 1

    def summed(values: FloatArray) -> FloatArray:
        return np.bincount(tenth[live], weights=values[live], minlength=k).astype(np.float64)

    seen = summed(views)
    exposure = summed(shown) / total
    return Tenths(
        tenth=tenth,
        n_items=np.bincount(tenth[live], minlength=k),
        exposure=exposure,
        merit=summed(share),
        ratio=_ratio_of_groups(exposure, total, tenth[live], share[live], merit.clicks[live]),
        click_rate=np.where(seen > 0, summed(clicked) / np.where(seen > 0, seen, 1.0), np.nan),
        lorenz_exposure=_concentrated(shown / total, most_first[::-1], at),
        lorenz_merit=_concentrated(share, most_first[::-1], at),
    )


def _concentrated(share: FloatArray, order: IntArray, at: FloatArray) -> FloatArray:
    """Return what part of a `share` (n,) the first items of an `order` have, at shares `at` of the items."""
    reached = np.concatenate([[0.0], np.cumsum(share[order])])
    return np.interp(at * len(order), np.arange(len(order) + 1), reached)


def _ratio_of_groups(
    exposure: FloatArray, total: float, group: IntArray, share: FloatArray, clicks: FloatArray
) -> Ratio:
    """Return exposure over merit of groups of items (k,).

    Both vary by chance: exposure as a share of `total` impressions, merit with the clicks (n,) that it rests on.
    """
    k = len(exposure)
    deserved = np.bincount(group, weights=share, minlength=k)
    variance = share**2 / clicks
    inside = np.bincount(group, weights=variance, minlength=k)
    relative = inside * (1 / deserved - 1) ** 2 + (variance.sum() - inside)
    relative = relative + (1 - exposure) / np.maximum(exposure * total, 0.5)
    value, reach = exposure / deserved, np.exp(NORMAL * np.sqrt(relative))
    return Ratio(value=value, low=value / reach, high=np.maximum(value, 0.5 / total / deserved) * reach)


def measure_ratios(shown: FloatArray, merit: Merit, live: BoolArray) -> Ratio:
    """Return each item's exposure over its merit (n,), in multiples of what its clicks per impression earn.

    NaN for items that are not `live`. An item that was not shown has the high end of half an impression.
    """
    total = max(float(shown.sum()), 1.0)
    share = np.where(live, merit.among(live), np.nan)
    value = shown / total / share
    reach = np.exp(NORMAL * np.sqrt(1 / merit.clicks + 1 / np.maximum(shown, 0.5)))
    return Ratio(value=value, low=value / reach, high=np.maximum(value, 0.5 / total / share) * reach)


def misplaced(shown: FloatArray, merit: Merit, live: BoolArray, *, most: int) -> tuple[IntArray, IntArray]:
    """Return the items that are shown more, and those that are shown less, than their merit: the surest first.

    `most` of each; named is an item only where chance would hardly name any of them (Bonferroni over all). Where an
    item is shown by merit, its impressions and its clicks are Poisson with one mean but for known factors: given their
    sum, its impressions are binomial (Przyborowski & Wilenski 1940).
    """
    total, rates = float(shown.sum()), float(merit.rate[live].sum())
    of_shown = total / np.maximum(total + merit.own_views * rates, TINY)
    clicks = merit.own_clicks
    above = np.where(shown > 0, betainc(np.maximum(shown, 1), clicks + 1, of_shown), 1.0)
    below = np.where(clicks > 0, betainc(np.maximum(clicks, 1), shown + 1, 1 - of_shown), 1.0)
    limit = ALARM / (2 * max(int(live.sum()), 1))
    far = np.abs(np.log(np.maximum(measure_ratios(shown, merit, live).value, TINY)))
    return _surest(live & (above < limit), above, far)[:most], _surest(live & (below < limit), below, far)[:most]


def _surest(named: BoolArray, pvalue: FloatArray, far: FloatArray) -> IntArray:
    """Return the places that are `named`, the least p-value first and of equal ones what is farthest off."""
    places = np.flatnonzero(named)
    return places[np.lexsort((-far[places], pvalue[places]))].astype(np.int64)
