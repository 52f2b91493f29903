"""A verdict for each kind of feedback loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.loops.drawn.plain import NOTHING
from afterlaunch.loops.payload import Estimate, Kind
from afterlaunch.loops.words import size
from afterlaunch.phrases import number, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.loops.payload import Bubbles, Gain, KindVerdict, Merit, SelectiveLabels, Verdict
    from afterlaunch.loops.words import Names

MATTERS = 1.1  # exposure over merit from which the most shown tenth counts as favoured
USUAL = 0.05  # of users lie below the threshold without a loop
BY_VERDICT: dict[Verdict, KindVerdict] = {"loop": "found", "no_evidence": "not_found", "not_identified": "cannot_tell"}
TITLES = {
    "exposure_bias": "Exposure bias",
    "popularity_bias": "Popularity bias",
    "filter_bubble": "Filter bubble",
    "selective_labels": "Selective labels",
}


def exposure_bias(verdict: Verdict, gain: Gain, *, needs: str | None) -> Kind:
    """Return whether exposure brings feedback that brings exposure: the loop gain; `needs` where it cannot be told."""
    return Kind(
        name="exposure_bias",
        title=TITLES["exposure_bias"],
        statistic="loop gain",
        estimate=gain.gain,
        identified=needs is None,
        verdict=BY_VERDICT[verdict],
        needs=needs,
        words=gain.words,
    )


def popularity_bias(merit: Sequence[Merit | None], names: Names) -> Kind:
    """Return whether the most shown tenth of the items gets more than its feedback per impression earns."""
    last = next((one for one in reversed(merit) if one is not None), None)
    if last is None or last.ratio[0].value is None:
        return _unknown("popularity_bias", "most shown tenth, × merit", "not_logged", "clicked=, whether feedback came")
    ratio = last.ratio[0]
    found = ratio.low is not None and ratio.low >= MATTERS
    times = number(ratio.value or 0.0)
    return Kind(
        name="popularity_bias",
        title=TITLES["popularity_bias"],
        statistic="most shown tenth, × merit",
        estimate=ratio,
        identified=True,
        verdict="found" if found else "not_found",
        needs=None,
        words=(
            f"The most shown tenth of items gets {times} times what its {names.feedback} per impression earn; from "
            f"{number(MATTERS)} on that counts. Whether it should is not for a log to say."
        ),
    )


def filter_bubble(bubbles: Bubbles | None, *, has_users: bool, has_categories: bool) -> Kind:
    """Return whether more users see a narrow range than would if items went to users at random."""
    if bubbles is None:
        lacks = [name for name, there in (("user=", has_users), ("category=", has_categories)) if not there]
        needs = " and ".join(lacks) if lacks else "users who were shown several items a period"
        return _unknown("filter_bubble", "users narrowed", "not_logged" if lacks else "cannot_tell", needs)
    narrowed = [(one, n) for one, n in zip(bubbles.narrowed, bubbles.n_users, strict=True) if one is not None and n]
    if not narrowed:
        return _unknown("filter_bubble", "users narrowed", "cannot_tell", "users who were shown several items a period")
    value, n = narrowed[-1]
    reach = 1.96 * (max(value * (1 - value), USUAL * (1 - USUAL)) / n) ** 0.5
    ends = Estimate(value=value, low=max(value - reach, 0.0), high=min(value + reach, 1.0))
    return Kind(
        name="filter_bubble",
        title=TITLES["filter_bubble"],
        statistic="users narrowed",
        estimate=ends,
        identified=True,
        verdict="found" if value - reach > USUAL else "not_found",
        needs=None,
        words=(f"{share(value)} of users see a range narrower than {share(1 - USUAL)} would if items came at random."),
    )


def selective_labels(labels: SelectiveLabels | None, difference: Estimate | None) -> Kind:
    """Return whether the labels of accepted rows stand for all rows."""
    if labels is None:
        return _unknown(
            "selective_labels",
            "accepted − all rows",
            "not_logged",
            "a PredictionLog with accepted= and propensity=",
        )
    if difference is None or difference.value is None or difference.low is None or difference.high is None:
        needs = "propensity=, logged for a policy that accepts some rows at random in every range of scores"
        return _unknown("selective_labels", "accepted − all rows", "cannot_tell", needs)
    differs = difference.low > 0 or difference.high < 0
    return Kind(
        name="selective_labels",
        title=TITLES["selective_labels"],
        statistic="accepted − all rows",
        estimate=difference,
        identified=True,
        verdict="found" if differs else "not_found",
        needs=None,
        words=f"The rate of accepted rows differs from that of all by {size(difference.value)}.",
    )


def _unknown(name: str, statistic: str, verdict: KindVerdict, needs: str) -> Kind:
    return Kind(
        name=name,  # pyright: ignore[reportArgumentType] - one of the four
        title=TITLES[name],
        statistic=statistic,
        estimate=NOTHING,
        identified=False,
        verdict=verdict,
        needs=needs,
        words=f"Needs {needs}.",
    )
