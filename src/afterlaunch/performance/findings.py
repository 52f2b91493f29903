"""What late labels and estimates have shown, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.performance.values import size, value
from afterlaunch.phrases import moment, number, share, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from afterlaunch.performance.maturity import Difference, Maturity
    from afterlaunch.performance.payload import Buckets, EstimatedValue, Gap, Metric, Series

UNITS = (("day", 86_400_000_000), ("hour", 3_600_000_000), ("minute", 60_000_000), ("second", 1_000_000))
REASONS = {
    "score": "scores no longer mean what they meant (concept drift)",
    "loss": "rows no longer cost what rows like them did (concept drift)",
}


def about_estimates(series: Sequence[Series], metrics: Mapping[str, Metric], buckets: Buckets) -> Iterator[str]:
    """Yield what estimates have shown: the one that was most wrong, and what is expected where labels are lacking."""
    whole = [one for one in series if one.segment is None and one.estimates is not None]
    wrong = [one for one in whole if one.estimates and one.estimates.gap and one.estimates.gap.held == "wrong"]
    if wrong:
        worst = min(wrong, key=_chance)
        gap = worst.estimates.gap if worst.estimates else None
        if gap is not None:
            yield _was_wrong(metrics[worst.metric], gap, buckets, of=len(wrong), among=len(whole))
    unlabelled = [one for one in whole if one.judgement.current.value is None]
    if unlabelled and unlabelled[0].estimates:
        found = unlabelled[0].estimates
        if found.reference is not None and found.current is not None:
            yield _expected(metrics[unlabelled[0].metric], found.reference, found.current)


def about_labels(maturity: Maturity, buckets: Buckets) -> Iterator[str]:
    """Yield how late labels are, and whether early ones mislead."""
    waiting = sum(not one for one in buckets.mature)
    if waiting:
        yield (
            f"Labels take {duration(maturity.age_us)} until 95 % of them are in: {waiting} of {len(buckets.mature)} "
            "buckets still wait for theirs and are not judged."
        )
    if maturity.still_rising:
        yield "Labels were still coming in at the oldest ages: how many more there will be is not known."
    for one in maturity.differences:
        yield _differs(one)


def duration(microseconds: float) -> str:
    """Return a length of time in the largest unit that it fills.

    >>> duration(86_400_000_000 * 12.34), duration(5_400_000_000), duration(0)
    ('12.3 days', '1.5 hours', '0 seconds')
    """
    for name, length in UNITS:
        if microseconds >= length:
            count = number(microseconds / length)
            return f"{count} {name}" if count == "1" else f"{count} {name}s"
    return "0 seconds"


def _chance(one: Series) -> float:
    return 1.0 if one.estimates is None or one.estimates.gap is None else one.estimates.gap.pvalue


def _was_wrong(metric: Metric, gap: Gap, buckets: Buckets, *, of: int, among: int) -> str:
    since = f" since {moment(gap.since_ms, buckets)}" if gap.since_ms is not None and buckets.every else ""
    apart = gap.realized - gap.estimated
    side = "above" if apart > 0 else "below"
    more = f"; {of} of {among} metrics" if of > 1 else ""
    reason = REASONS["loss" if metric.unit == "target" else "score"]
    return f"{_title(metric)} came out {size(metric, apart)} {side} its estimate{since}: {reason}{more}."


def _expected(metric: Metric, before: EstimatedValue, after: EstimatedValue) -> str:
    word = "rise" if after.value > before.value else "fall"
    return (
        f"The current window has no labels to judge by yet: {metric.title} is expected to {word} from "
        f"{value(metric, before.value)} to {value(metric, after.value)} "
        f"({value(metric, after.low)} to {value(metric, after.high)}), "
        "unless the concept drifts."
    )


def _title(metric: Metric) -> str:
    return metric.title[0].upper() + metric.title[1:]


def _differs(one: Difference) -> str:
    found = one.found
    if one.of not in ("loss", "target"):
        what, early, late = f"{short(one.of)} is", share(found.early), share(found.late)
    else:
        what, early, late = f"the mean {one.of} is", number(found.early), number(found.late)
    return (
        f"Labels that come first differ: {what} {early} in the first half to arrive and {late} in the second, "
        "so that unfinished buckets mislead."
    )
