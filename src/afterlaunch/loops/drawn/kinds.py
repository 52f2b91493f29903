"""A verdict for each kind of feedback loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.loops.drawn.plain import NOTHING
from afterlaunch.loops.payload import Kind
from afterlaunch.loops.words import damps, size
from afterlaunch.phrases import number, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.loops.payload import Bubbles, Gain, KindVerdict, Merit, Verdict
    from afterlaunch.loops.words import Names
    from afterlaunch.reports import Estimate
    from afterlaunch.stats.bubbles import Trend

MATTERS = 1.1  # exposure over merit from which the most shown tenth counts as favoured
NARROWING = "bits, late − early"
DIFFERENCE = "accepted − all rows"
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


def popularity_bias(
    verdict: Verdict, merit: Sequence[Merit | None], gain: Gain, names: Names, *, needs: str | None
) -> Kind:
    """Return whether the loop gives the most shown tenth of the items more than its feedback per impression earns.

    That it has more is a fact, and no bias by itself: a model may know what clicks do not tell. A loop that adds to it
    is one, so that this errs no more often than the verdict on the loop.
    """
    statistic = "most shown tenth, × merit"
    last = next((one for one in reversed(merit) if one is not None), None)
    if last is None or last.ratio[0].value is None:
        return _unknown("popularity_bias", statistic, "not_logged", "clicked=, whether feedback came")
    ratio = last.ratio[0]
    favoured = ratio.low is not None and ratio.low >= MATTERS
    less = damps(gain)
    why = {
        "loop": "and the loop takes from it" if less else "and the loop adds to it",
        "no_evidence": "but no loop is seen to add to it",
        "not_identified": "whether a loop adds to it cannot be told",
    }[verdict]
    times = number(ratio.value or 0.0)
    return Kind(
        name="popularity_bias",
        title=TITLES["popularity_bias"],
        statistic=statistic,
        estimate=ratio,
        identified=needs is None,
        verdict="not_found" if verdict == "loop" and (less or not favoured) else BY_VERDICT[verdict],
        needs=needs,
        words=f"The most shown tenth of items gets {times} times what its {names.feedback} per impression earn, {why}.",
    )


def filter_bubble(
    bubbles: Bubbles | None, trend: Trend | None, *, alarm_rate: float, has_users: bool, has_categories: bool
) -> Kind:
    """Return whether users came to see a narrower range over time, beyond what was on offer.

    That more of them see a narrow range than if items came at random is no bubble: they may have tastes, and a policy
    that serves them. Taste that stays changes nothing from early to late periods.
    """
    lacks = [name for name, there in (("user=", has_users), ("category=", has_categories)) if not there]
    if lacks:
        return _unknown("filter_bubble", NARROWING, "not_logged", " and ".join(lacks))
    if bubbles is None or trend is None:
        needs = "20 users or more who were shown several items both in the first and in the last third of the periods"
        return _unknown("filter_bubble", NARROWING, "cannot_tell", needs)
    value, surely = trend.change, trend.pvalue <= alarm_rate
    known = [one for one in bubbles.narrowed if one is not None]
    moved = f"{number(abs(value))} bits {'narrower' if value < 0 else 'wider'}"
    chance = "" if surely else ", no more than chance gives"
    level = f"{share(known[-1])} of users see less than {share(1 - USUAL)} would at random, as tastes do too."
    return Kind(
        name="filter_bubble",
        title=TITLES["filter_bubble"],
        statistic=NARROWING,
        estimate=bubbles.trend,
        identified=True,
        verdict="found" if surely and value < 0 else "not_found",
        needs=None,
        words=f"Early to late, users see a range {moved}, beyond what was on offer{chance}; {level}",
    )


def selective_labels(difference: Estimate, pvalue: float, *, alarm_rate: float) -> Kind:
    """Return whether the labels of accepted rows stand for all rows; `pvalue` is that of no difference."""
    if difference.value is None:
        needs = "propensity=, logged for a policy that accepts some rows at random in every range of scores"
        return _unknown("selective_labels", DIFFERENCE, "cannot_tell", needs)
    differs = pvalue <= alarm_rate
    chance = "" if differs else ", no more than chance gives"
    return Kind(
        name="selective_labels",
        title=TITLES["selective_labels"],
        statistic=DIFFERENCE,
        estimate=difference,
        identified=True,
        verdict="found" if differs else "not_found",
        needs=None,
        words=f"The rate of accepted rows differs from that of all by {size(difference.value)}{chance}.",
    )


def no_decisions() -> Kind:
    """Return that a log of impressions says nothing of selective labels."""
    return _unknown("selective_labels", DIFFERENCE, "not_logged", "a PredictionLog with accepted= and propensity=")


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
