"""Concentration over time as the panel draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from afterlaunch.loops.drawn.plain import numbers
from afterlaunch.loops.payload import Concentration
from afterlaunch.phrases import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.loops.concentrate import Course

UNITS: dict[str, Literal["share", "bits", "number"]] = {"entropy": "bits", "mean_popularity": "number"}


def draw_concentration(courses: Sequence[Course], *, tail: float) -> tuple[Concentration, ...]:
    """Return each measure's course with its interval, and the band that the items' merit alone would give."""
    titles = {
        "gini": "Gini, corrected for sample size",
        "entropy": "Entropy, corrected for sample size",
        "coverage": "Share of the catalogue shown",
        "tail_share": f"Share of the tail: items outside those with {share(tail)} of the interactions",
        "mean_popularity": "Average popularity of what is shown, in multiples of an average item",
        "rank_exposure": "Gini of exposure, weighted by place in the list",
    }
    return tuple(
        Concentration(
            name=one.name,
            title=titles[one.name],
            unit=UNITS.get(one.name, "share"),
            value=numbers(one.value),
            low=numbers(one.low),
            high=numbers(one.high),
            null=numbers((one.null_low + one.null_high) / 2),
            null_low=numbers(one.null_low),
            null_high=numbers(one.null_high),
        )
        for one in courses
    )
