"""The words of a report on feedback loops: its verdict, its level of evidence, and what would settle what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterlaunch.phrases import fixed, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.loops.payload import Gain, Level, PlanPoint, Verdict
    from afterlaunch.reports import Estimate
    from afterlaunch.stats.gain.echo import Echo

NOUNS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "q": "quarter", "y": "year"}
RUNAWAY = 1.0  # a gain from here on grows without end
SEEN = 0.05  # p-value below which later feedback is mentioned; it alarms nobody
GOOD_ITEMS = "Good items rise without a loop too."


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What things are called: who may feed on what, and how long a period is."""

    subject: str  # "recommender"
    feedback: str  # "clicks"
    period: str  # "week"

    @property
    def periods(self) -> str:
        """The periods, in the plural."""
        return f"{self.period}s" if " of " not in self.period else self.period.replace("period", "periods", 1)


def period_noun(every: str) -> str:
    """Return what a period is called.

    >>> period_noun("1w"), period_noun("6h")
    ('week', 'period of 6 hours')
    """
    digits = len(every) - len(every.lstrip("0123456789"))
    count, unit = int(every[:digits]), NOUNS[every[digits:]]
    return unit if count == 1 else f"period of {count} {unit}s"


def sentence(verdict: Verdict, gain: Gain, names: Names, *, why: str) -> str:
    """Return the verdict in one sentence; `why` says what the log lacks, where it cannot tell."""
    feeds = f"the {names.subject} feeds on its own {names.feedback}"
    if verdict == "not_identified":
        return f"Cannot tell whether {feeds}: {why}."
    if verdict == "no_evidence":
        missed = "" if gain.missed is None else f"; a gain above {size(gain.missed)} would have been seen"
        return f"No evidence that {feeds}: gain {with_interval(gain.gain)}{missed}."
    if damps(gain):
        shrink = (
            "" if gain.amplification.value is None else f"; differences shrink to {share(gain.amplification.value)}"
        )
        against = "a gain below 0" if gain.gain.value is None else f"gain {with_interval(gain.gain)}"
        return f"The {names.subject} works against its own {names.feedback}: {against}{shrink}."
    return f"{feeds[0].upper()}{feeds[1:]}: {_size(gain)}"


def damps(gain: Gain) -> bool:
    """Whether more feedback brings less exposure, so that the loop settles: a bound as its instrument says."""
    value = gain.gain.value
    if value is None:
        value = next((one.gain.value for one in gain.instruments if one.name == gain.instrument), None)
    return value is not None and value < 0


def _size(gain: Gain) -> str:
    low, high = gain.gain.low, gain.gain.high
    if low is not None and low >= RUNAWAY:
        return f"gain at least {size(low)}; it runs away, popularity is amplified without end."
    if gain.bound_only or gain.gain.value is None:
        least = gain.amplification.low
        amplified = "" if least is None or least <= 1 else f"; popularity is amplified {fixed(least, 1)} times or more"
        return f"gain at least {size(low)}{amplified}." if low is not None and low > 0 else "a gain above 0."
    times = gain.amplification.value
    amplified = "" if times is None else f"; popularity is amplified {fixed(times, 1)} times"
    runaway = ", and may run away" if high is None or high >= RUNAWAY else ""
    return f"gain {with_interval(gain.gain)}{amplified}{runaway}."


def with_interval(one: Estimate) -> str:
    """Return a number with its interval; an end without bound is said in words.

    >>> from afterlaunch.reports import Estimate
    >>> with_interval(Estimate(value=0.62, low=0.48, high=0.75))
    '0.62 [0.48, 0.75]'
    """
    value = "unknown" if one.value is None else size(one.value)
    if one.low is None and one.high is None:
        return value
    low = "no lower bound" if one.low is None else size(one.low)
    high = "no upper bound" if one.high is None else size(one.high)
    return f"{value} [{low}, {high}]"


def size(value: float) -> str:
    """Return a gain in hundredths, which is as finely as one can be read; a minus sign is as wide as a plus.

    >>> size(-0.0846), size(-0.001), size(0.6)
    ('−0.08', '0', '0.6')
    """
    text = fixed(value, 2)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")


def evidence(verdict: Verdict, gain: Gain, *, alarm_rate: float, way_out: str, at_odds: Sequence[str] = ()) -> str:
    """Return how sure the verdict is, and what would settle it, in one line."""
    if verdict == "not_identified":
        return f"{GOOD_ITEMS} {way_out}"
    parts: list[str] = []
    high = gain.gain.high
    if verdict == "loop" and gain.bound_only and not damps(gain):
        parts.append(
            "Near 1, or where items are hardly ever shown, it is a bound: whether it runs away cannot be told."
        )
    elif verdict == "loop" and high is not None and high < RUNAWAY and not damps(gain):
        parts.append("Below 1: it settles, it does not run away.")
    parts.append(f"Chance of a false alarm here: at most {share(alarm_rate)}.")
    title = next((one.title for one in gain.instruments if one.name == gain.instrument), None)
    if title is not None:
        parts.append(f"Read from {title}.")
    return " ".join([*parts, odds_words(gain, at_odds)]).rstrip()


def way_out(advice: PlanPoint | None, names: Names) -> str:
    """Return the smallest randomisation that would tell, as an order.

    >>> from afterlaunch.loops.payload import PlanPoint
    >>> names = Names(subject="recommender", feedback="clicks", period="week")
    >>> way_out(PlanPoint(share=0.1, periods=4, half_width=0.08), names).replace("\u202f", " ")
    'To know: withhold 10 % of clicks from training for 4 weeks.'
    """
    if advice is None:
        return f"To know: withhold a share of {names.feedback} from training at random, and log which."
    periods = f"{advice.periods} {names.period if advice.periods == 1 else names.periods}"
    return f"To know: withhold {share(advice.share)} of {names.feedback} from training for {periods}."


def needs(advice: PlanPoint | None, names: Names) -> str:
    """Return what a log needs for its gain to be told, as a thing."""
    if advice is None:
        return f"a share of {names.feedback} withheld from training at random"
    periods = f"{advice.periods} {names.period if advice.periods == 1 else names.periods}"
    return f"{share(advice.share)} of {names.feedback} withheld for {periods}"


def order(advice: PlanPoint | None, names: Names) -> str:
    """Return the way out without "To know", for the end of a sentence or the start of one."""
    said = way_out(advice, names).removeprefix("To know: ").rstrip(".")
    return said[0].upper() + said[1:]


def level_words(level: Level, gain: Gain, names: Names) -> str:
    """Return what a level of evidence licenses, and what the next one costs."""
    advice = gain.advice
    if level == "L0":
        return (
            f"L0, logs only: licenses a description of what was shown, and no claim that {names.feedback} caused it. "
            "Next, L1: log the probability with which the policy showed each item. It costs a column where the policy "
            "draws at random already, and a little exploration where it does not."
        )
    if level == "L1":
        return (
            "L1, propensities of a policy that draws at random: licenses a gain from the exposure that chance alone "
            f"gave, as far as the logged propensities are right. Next, L2: {order(advice, names).lower()}. "
            "It costs that share of the training data, and users see no change."
        )
    own = " Here the policy's own chance tells most, and is believed." if gain.instrument == "surprise" else ""
    return (
        "L2, deliberate randomisation: licenses a gain that rests on what was drawn on purpose, not on the policy's "
        f"account of itself. There is no higher level; what it says of other {names.periods} is not in this log.{own}"
    )


def gain_words(verdict: Verdict, gain: Gain, names: Names, *, way_out: str) -> str:
    """Return what the gain means, or how it could be known."""
    if verdict == "not_identified":
        half = ""
        if gain.advice is not None:
            half = f" At this traffic that gives ± {size(gain.advice.half_width)}; users see no change."
        said = way_out.removeprefix("To know: ")
        return f"{said[0].upper()}{said[1:]}{half}{_naive(gain, names)}"
    value = gain.gain.value
    if value is None and verdict == "loop" and damps(gain):
        return (
            f"Extra {names.feedback} bring less exposure the next {names.period}; how much less, this log cannot tell."
        )
    if value is None or gain.bound_only:
        low = "" if gain.gain.low is None else f"At least {size(gain.gain.low)}. "
        return f"{low}Whether it runs away, this log cannot tell.{_naive(gain, names)}"
    if verdict == "no_evidence":
        unseen = f"Extra {names.feedback} are not seen to come back as exposure the next {names.period}."
        return f"{unseen}{_naive(gain, names)}"
    first = f"One per cent more {names.feedback} bring {size(value)} per cent more exposure the next {names.period}"
    again = f", those {size(value * value)} the {names.period} after, and so on" if 0 < value < RUNAWAY else ""
    total = "" if gain.amplification.value is None else f": {fixed(gain.amplification.value, 1)} in all"
    return f"{first}{again}{total}."


def echo_words(echo: Echo | None, names: Names) -> str:
    """Return what comes back later than in the next period; nothing where none is seen.

    >>> names = Names(subject="recommender", feedback="clicks", period="week")
    >>> echo_words(None, names)
    ''
    """
    if echo is None or echo.pvalue > SEEN or echo.estimate <= 0:
        return ""
    return (
        f" Some comes back later still, {size(echo.estimate)} two {names.periods} on by memory alone, which this gain "
        "leaves out: a longer every= counts it."
    )


def odds_words(gain: Gain, at_odds: Sequence[str]) -> str:
    """Return which instruments contradict the one that is believed; nothing where none does.

    Noise in scores moves exposure itself: where it alone is at odds, feedback may be corrected before it is learnt.
    """
    odd = [one for one in gain.instruments if one.name in at_odds]
    if not odd:
        return ""
    said = f"Contradicted by {' and '.join(f'{one.title}, {with_interval(one.gain)}' for one in odd)}"
    return f"{said}: say corrected=True if feedback is divided by propensities." if "noise" in at_odds else f"{said}."


def _naive(gain: Gain, names: Names) -> str:
    if gain.naive is None:
        return ""
    return (
        f" A regression of exposure on {names.feedback} would say {size(gain.naive)}, "
        "but that alarms in most logs without a loop."
    )
