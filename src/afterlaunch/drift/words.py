"""The words of a drift report, from the payload alone; the panel speaks the same, held to one golden file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterlaunch.phrases import LONGEST_NAME, THIN, local, moment, number, printable, share, short, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.drift.payload import Buckets, Judgement, Segments

__all__ = [  # what the card and the command line say, with what all reports share
    "LEFT_OUT",
    "LONGEST_NAME",
    "NEEDS",
    "NOT_COMPARED",
    "THIN",
    "Said",
    "by_weight",
    "evidence",
    "large_but_usual",
    "local",
    "moment",
    "number",
    "printable",
    "says_left_out",
    "sentence",
    "share",
    "short",
    "span",
    "weight",
]
NEEDS = {
    "values": "values on both sides",
    "season": "a reference that covers the same seasons",
    "longer_reference": "a longer reference, or last year's period",
    "more_rows": "more rows",
}
NOT_COMPARED = ": not compared"  # ends the note on a column that only one side has
LEFT_OUT = "left out"  # in the note on data that cannot be counted, or were not


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the sentence says of one column: its judgement, how much it matters; when that began and why, if known."""

    name: str
    judgement: Judgement
    importance: float | None = None
    onset_ms: int | None = None
    cause: str | None = None


def says_left_out(note: str) -> bool:
    """Whether a note says that something was not compared."""
    return note.endswith(NOT_COMPARED) or LEFT_OUT in note


def sentence(
    columns: Sequence[Said], buckets: Buckets, *, against: str | None = None, segments: Segments | None = None
) -> str:
    """Return the verdict in one sentence; `against` names a reference that nobody chose."""
    tail = (f", against {against}" if against else "") + (_in_segments(segments) if segments else "")
    drifted = by_weight([c for c in columns if c.judgement.verdict == "drifted"])
    said = f"{_drifted(drifted, len(columns), buckets)}{tail}." if drifted else _none_drifted(columns, tail)
    faults = by_weight([c for c in columns if c.cause and c.judgement.verdict != "drifted"])
    return f"{said} {_fault(faults[0], buckets)}" if faults else said


def _in_segments(segments: Segments) -> str:
    drifted = [one for one in segments.each if one.drifted]
    if not drifted:
        return ""
    first, n = drifted[0], sum(len(one.drifted) for one in drifted)
    what = "a column" if n == 1 else f"{n} columns"
    more = f" and {n - 1} more" if n > 1 else ""
    where = f"{len(drifted)} of {len(segments.each)} segment{'s' * (len(segments.each) > 1)} by {short(segments.by)}"
    return f"; in {where} {what} drifted: {short(first.name)}: {short(first.drifted[0])}{more}"


def _none_drifted(columns: Sequence[Said], tail: str) -> str:
    unsure = sum(c.judgement.verdict == "cannot_tell" for c in columns)
    if unsure == 0:
        return f"{_all(len(columns))} stable{tail}."
    if unsure == len(columns):
        return f"Cannot tell whether {_columns(unsure)} drifted{tail}."
    return f"No column drifted; {unsure} of {len(columns)} cannot be told{tail}."


def evidence(  # noqa: PLR0913 - options of one line of words
    columns: Sequence[Said],
    buckets: Buckets,
    *,
    alarm_rate: float,
    min_effect: float,
    measure: str = "effect",
    segments: Segments | None = None,
) -> str:
    """Return how sure the verdict is, in one line."""
    where, rate = ("here", alarm_rate) if segments is None else ("here and in its segments", segments.alarm_rate)
    level = f"Chance of any false alarm {where}: at most {share(rate)}"
    timeless = buckets.every is None and len(buckets.starts_ms) == 2
    parts = [f"{level}, taking rows as independent." if timeless else f"{level}."]
    unsure = [c.judgement.needs for c in columns if c.judgement.verdict == "cannot_tell"]
    if unsure:
        wanted = Counter(need for need in unsure if need).most_common(1)
        parts.append(f"{len(unsure)} cannot tell{f': {wanted[0][0]}' if wanted else ''}.")
    usual = sum(large_but_usual(c.judgement, min_effect=min_effect, measure=measure) for c in columns)
    if usual:
        parts.append(f"{usual} large but usual.")
    return " ".join(parts)


def large_but_usual(judgement: Judgement, *, min_effect: float, measure: str = "effect") -> bool:
    """Whether a stable column moved more than matters, yet no more than it does by itself."""
    value = _size(judgement, measure)
    return judgement.verdict == "stable" and value is not None and value >= min_effect


def _size(judgement: Judgement, measure: str) -> float | None:
    """Return the size of a measure; None where it is not defined, or a reader's own."""
    if measure != "null_share":
        return getattr(judgement, measure, None)
    before, after = judgement.null_share_reference, judgement.null_share_current
    return None if before is None or after is None else abs(after - before)


def by_weight(columns: Sequence[Said]) -> list[Said]:
    """Return the columns, what matters most first: by effect times importance, ties in the order given."""
    return sorted(columns, key=lambda c: -weight(c.judgement.effect, c.importance))


def weight(effect: float | None, importance: float | None) -> float:
    """Return what a column is ranked by."""
    return (effect or 0.0) * (1.0 if importance is None else importance)


def _drifted(drifted: Sequence[Said], n_columns: int, buckets: Buckets) -> str:
    first = drifted[0]
    since = f", since {moment(first.onset_ms, buckets)}" if first.onset_ms is not None else ""
    since += f" ({_brief(first.cause)})" if first.cause else ""
    if len(drifted) == 1:
        return f"1 of {_columns(n_columns)} drifted: {short(first.name)}{since}"
    return f"{len(drifted)} of {_columns(n_columns)} drifted; {short(first.name)} matters most{since}"


def _fault(column: Said, buckets: Buckets) -> str:
    """Return the sentence on a fault that stands out although its column's drift is not sure."""
    since = f" since {moment(column.onset_ms, buckets)}" if column.onset_ms is not None else ""
    return f"But {short(column.name)} seems to have a fault{since}: {_brief(column.cause or '')}."


def _brief(cause: str) -> str:
    """Return what happened, without its evidence, which follows the last colon: a category's name may hold others."""
    return cause.rsplit(": ", maxsplit=1)[0]


def _all(n: int) -> str:
    return {1: "The one column is", 2: "Both columns are"}.get(n, f"All {n} columns are")


def _columns(n: int) -> str:
    return "1 column" if n == 1 else f"{n} columns"
