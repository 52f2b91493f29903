"""Exposure against merit as the panel draws it, and the items that are far from what they earn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.loops.drawn.plain import estimate, known, numbers, shares
from afterlaunch.loops.payload import Item, Merit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.loops.merit import MeritFindings
    from afterlaunch.reports import Estimate
    from afterlaunch.stats.merit import Ratio, Tenths


def draw_merit(found: MeritFindings | None) -> tuple[Merit | None, ...]:
    """Return exposure against merit, one a period."""
    return () if found is None else tuple(None if one is None else _merit(one) for one in found.tenths)


def _merit(one: Tenths) -> Merit:
    return Merit(
        n_items=tuple(one.n_items.tolist()),
        exposure=shares(one.exposure),
        merit=numbers(one.merit),
        ratio=tuple(_estimate(one.ratio, k) for k in range(len(one.n_items))),
        click_rate=numbers(one.click_rate),
        lorenz_exposure=shares(one.lorenz_exposure),
        lorenz_merit=shares(one.lorenz_merit),
    )


def draw_items(
    found: MeritFindings | None, impressions: Impressions, *, over: bool, names: Sequence[str] | None
) -> tuple[Item, ...]:
    """Return the items that are shown more, or less, than their merit; `names` (n,) where they may be told."""
    if found is None or impressions.clicked is None:
        return ()
    shown, clicked = impressions.shown[found.last], impressions.clicked[found.last]
    total = max(int(shown.sum()), 1)
    return tuple(
        Item(
            name=str(names[place]) if names is not None else None,
            ratio=_estimate(found.ratio, place),
            exposure=known(shown[place] / total) or 0.0,
            n_impressions=int(shown[place]),
            n_clicks=int(clicked[place]),
        )
        for place in (found.over if over else found.under).tolist()
    )


def _estimate(ratio: Ratio, place: int) -> Estimate:
    return estimate(float(ratio.value[place]), float(ratio.low[place]), float(ratio.high[place]))
