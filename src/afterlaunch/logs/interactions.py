"""The log of what users were shown and what they did: recommenders, search and ads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import polars as pl  # noqa: TC002 - the doctest needs it too

from afterlaunch.logs.catalog import read_offer
from afterlaunch.logs.impressions import check_impressions
from afterlaunch.logs.log import Log
from afterlaunch.logs.read import read_table
from afterlaunch.logs.roles import NamedColumns, as_sentences
from afterlaunch.logs.settled import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from afterlaunch.logs.catalog import Offer
    from afterlaunch.logs.impressions import Seen


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class InteractionRoles(NamedColumns):
    """The columns that a user named, by role."""

    SINGLE: ClassVar[tuple[str, ...]] = (
        "time",
        "item",
        "user",
        "position",
        "score",
        "propensity",
        "policy",
        "clicked",
        "in_training",
        "holdout",
        "category",
        "version",
        "noise",
    )

    item: str
    user: str | None = None
    position: str | None = None
    score: str | None = None
    propensity: str | None = None
    policy: str | None = None
    clicked: str | None = None
    in_training: str | None = None
    holdout: str | None = None
    category: str | None = None
    version: str | None = None
    noise: str | None = None
    noun: str = field(default="impressions")


class InteractionLog(Log, InteractionRoles):
    """What users were shown and what they did: one row an impression, of one item at one moment.

    `data` is whatever `PredictionLog` takes, and only columns with a role are read of it. `time` and `item` are needed;
    the others say more. `user`: whom it was shown to. `position`: its place in the list, from 1, unique within the list
    that one user is shown at one moment. `score`: what the model gave it. `clicked`, `in_training` and `holdout` are
    booleans or 0 and 1: whether feedback came (a click, a purchase, a watch long enough: say which in `notes`), whether
    the next model learns from it, and whether a policy that ignores the model showed it at random. `category`, `policy`
    and `version` are labels; `noise` is what was added to the score on purpose. NaN and infinite numbers are unknown.

    `propensity` is the probability with which the policy showed this item, above 0 and up to 1; or a list column with
    the probability of every item of `catalog`, in its order, which adds up to 1, or to the number of places in the
    list. Or `expected_exposure` is a table with a row a period and item: a moment in the period (named as `time`, or
    "period"), the item, and the impressions that its propensities add up to (the third column). Where all
    propensities are 0 or 1, `deterministic` is true: such a policy leaves nothing to chance, and says nothing of what
    would have been. `catalog` is every item that could have been shown, or a table with them: those never shown count.

    Raises `MissingColumn`, `BadTime`, `BadColumn` or `BadInput`, each of which names the column, what was found and
    what to do.

    >>> frame = pl.DataFrame({"at": ["2026-01-05", "2026-01-06"], "film": ["Alien", "Heat"], "seen": [True, False]})
    >>> log = InteractionLog(frame, time="at", item="film", clicked="seen", catalog=["Alien", "Heat", "Ran"])
    >>> log.n_items, log.catalog.to_list()
    (2, ['Alien', 'Heat', 'Ran'])
    """

    KINDS: ClassVar[Mapping[str, str]] = {
        "time": "time",
        "item": "label",
        "user": "label",
        "position": "number",
        "score": "number",
        "propensity": "share",
        "policy": "label",
        "clicked": "flag",
        "in training": "flag",
        "holdout": "flag",
        "category": "label",
        "version": "label",
        "noise": "number",
    }

    catalog: pl.Series | None
    expected_exposure: pl.DataFrame | None
    n_items: int
    deterministic: bool
    lists_propensities: bool

    def __init__(  # noqa: PLR0913 - one option a role
        self,
        data: object,
        *,
        time: str,
        item: str,
        user: str | None = None,
        position: str | None = None,
        score: str | None = None,
        propensity: str | None = None,
        policy: str | None = None,
        clicked: str | None = None,
        in_training: str | None = None,
        holdout: str | None = None,
        category: str | None = None,
        version: str | None = None,
        noise: str | None = None,
        catalog: object = None,
        expected_exposure: object = None,
        noun: str = "impressions",
        notes: str | Iterable[str] = (),
    ) -> None:
        """Read and check `data`."""
        roles = InteractionRoles(
            time=time,
            item=item,
            user=user,
            position=position,
            score=score,
            propensity=propensity,
            policy=policy,
            clicked=clicked,
            in_training=in_training,
            holdout=holdout,
            category=category,
            version=version,
            noise=noise,
            noun=noun,
        )
        table = read_table(data)
        settled = settle(table, roles)
        offer = read_offer(settled, catalog, expected_exposure)
        seen = check_impressions(settled, offer)
        self._fill(seen, offer)
        self.__dict__.update(
            paths=table.paths,
            notes=(*as_sentences(notes), *table.notes, *offer.notes, *seen.notes),
            frame=seen.steps.run(table.frame),
            _table=table,
        )

    def _fill(self, seen: Seen, offer: Offer) -> None:
        self.__dict__.update(vars(seen.roles))
        self.__dict__.update(
            columns=(),
            zone=seen.zone,
            catalog=offer.catalog,
            expected_exposure=offer.expected,
            n_items=seen.n_items,
            deterministic=seen.deterministic,
            lists_propensities=offer.is_list,
            _steps=seen.steps,
            _span=seen.span,
        )
