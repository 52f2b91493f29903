"""A recommender that learns from its own clicks, or not: a log of impressions with a known loop gain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import polars as pl

from afterlaunch.errors import BadOption
from afterlaunch.logs import InteractionLog
from afterlaunch.phrases import share
from afterlaunch.stats.drawn import draw_impressions
from afterlaunch.stats.ecosystem import World, simulate

if TYPE_CHECKING:
    from afterlaunch.stats.drawn import Impressions
    from afterlaunch.stats.ecosystem import Traffic

Propensities: TypeAlias = Literal["shown", "expected"]

MONDAY = datetime(2025, 1, 6, tzinfo=UTC)
WEEK_US = 7 * 86_400_000_000
CATEGORIES = ("animation", "comedy", "crime", "documentary", "drama", "family", "romance", "thriller")
NARROW = 0.3  # of an item's impressions go to users who like its category
NOTE = "Simulated: gain {gain:g}, {explore} of impressions at random, seed {seed}."


def recommender(  # noqa: PLR0913 - a public call, every option with a default
    gain: float = 0.6,
    *,
    n_items: int = 200,
    n_weeks: int = 27,
    n_impressions: int = 20_000,
    n_users: int = 4_000,
    slots: int = 5,
    explore: float = 0.03,
    withheld: float = 0.0,
    noise: float = 0.0,
    correct: float = 0.0,
    guarantee: float = 0.0,
    propensities: Propensities | None = "shown",
    rng: int | np.random.Generator = 0,
) -> InteractionLog:
    """Return the impressions of a film recommender that learns each week from the clicks of the week before.

    An item is shown in proportion to its clicks to the power `gain`, times what the model thinks of it otherwise.
    Quality raises both, so that what is shown more would be clicked more without any loop: at `gain=0` there is none.
    `n_impressions` a week are shown in lists of up to `slots` to `n_users`; those further up are clicked more.

    `explore` is the share of impressions shown at random. `withheld` is the share kept out of training, which adds the
    column `in_training`; `noise` the standard deviation of what is added to scores, which adds `noise`. `correct` is
    the power of its exposure that an item's clicks are divided by before they are learnt from (1 corrects in full),
    `guarantee` the least exposure of an item, as a share of an even one, in its first four weeks in the catalogue.
    `propensities` are logged with each impression ("shown"), as a table by week and item ("expected"), or not at all:
    then nothing in the log can tell a loop. The same `rng` gives the same log. Raises `BadOption`.

    >>> log = recommender(n_weeks=4, n_impressions=2_000)
    >>> log.collect().height, log.n_items, log.propensity
    (8000, 200, 'propensity')
    """
    _check_counts({"n_items": n_items, "n_weeks": n_weeks}, least=2)
    _check_counts({"n_impressions": n_impressions, "n_users": n_users, "slots": slots}, least=1)
    _check_range({"explore": explore, "withheld": withheld, "guarantee": guarantee}, most=0.99, what="a share")
    _check_range({"gain": gain, "noise": noise, "correct": correct}, most=3, what="a power; a gain of 1 runs away")
    if propensities not in (None, *get_args(Propensities)):
        raise BadOption(f"propensities={propensities!r} is not known: have None, 'shown', 'expected'")
    generator = np.random.default_rng(rng)
    world = World(
        n_items=n_items,
        n_periods=n_weeks,
        n_impressions=n_impressions,
        gain=gain,
        explore=explore,
        withheld=withheld,
        noise=noise,
        correct=correct,
        guarantee=guarantee,
        n_categories=len(CATEGORIES),
    )
    traffic = simulate(world, rng=generator).run(0)
    drawn = draw_impressions(traffic, n_users=n_users, slots=slots, narrow=NARROW, rng=generator)
    columns = _Columns(withheld=withheld > 0, noise=noise > 0, propensity=propensities == "shown")
    names = pl.Series("item", [f"film {place + 1:03}" for place in range(traffic.shown.shape[1])])
    return InteractionLog(
        _frame(drawn, traffic, names, columns),
        time="served_at",
        item="item",
        user="user",
        position="position",
        clicked="clicked",
        category="category",
        in_training="in_training" if columns.withheld else None,
        noise="noise" if columns.noise else None,
        propensity="propensity" if columns.propensity else None,
        catalog=names,
        expected_exposure=_exposure(traffic, names) if propensities == "expected" else None,
        notes=NOTE.format(gain=gain, explore=share(explore), seed=rng if isinstance(rng, int) else "not told"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Which columns the log has besides those of every log."""

    withheld: bool
    noise: bool
    propensity: bool


def _frame(drawn: Impressions, traffic: Traffic, names: pl.Series, columns: _Columns) -> pl.DataFrame:
    moment = (drawn.moment * WEEK_US).astype(np.int64) + int(MONDAY.timestamp() * 1e6)
    category = pl.Series([CATEGORIES[place] for place in traffic.ground.category])
    frame = pl.DataFrame(
        {
            "served_at": pl.Series(moment).cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
            "user": drawn.user,
            "item": names.gather(drawn.item),
            "category": category.gather(drawn.item),
            "position": drawn.position,
            "clicked": drawn.clicked,
        }
    )
    more = {
        "in_training": (columns.withheld, drawn.in_training),
        "noise": (columns.noise, drawn.noise),
        "propensity": (columns.propensity, drawn.propensity),
    }
    return frame.with_columns(**{name: pl.Series(values) for name, (wanted, values) in more.items() if wanted})


def _exposure(traffic: Traffic, names: pl.Series) -> pl.DataFrame:
    """Return the impressions that each item could expect, by week."""
    n_weeks, n = traffic.expected.shape
    start = int(MONDAY.timestamp() * 1e6) + np.repeat(np.arange(n_weeks, dtype=np.int64), n) * WEEK_US
    return pl.DataFrame(
        {
            "period": pl.Series(start).cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
            "item": pl.concat([names] * n_weeks),
            "expected": traffic.expected.ravel(),
        }
    )


def _check_counts(options: dict[str, int], *, least: int) -> None:
    for name, value in options.items():
        if value < least:
            raise BadOption(f"{name}={value!r} is too few: write {least} or more")


def _check_range(options: dict[str, float], *, most: float, what: str) -> None:
    for name, value in options.items():
        if not 0 <= value <= most:
            raise BadOption(f"{name}={value!r} lies outside of 0 to {most:g}: it is {what}")
