"""The words of a performance report, from the payload alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from afterlaunch.performance.rates import of_all_rows
from afterlaunch.performance.values import value
from afterlaunch.phrases import share, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afterlaunch.performance.payload import Buckets, Judgement, Metric, Series

TITLES = {
    "roc_auc": "ROC AUC",
    "f1": "F1",
    "mcc": "Matthews correlation",
    "mae": "mean absolute error",
    "rmse": "root mean squared error",
    "r2": "R²",
    "mape": "mean absolute percentage error",
    "brier": "Brier score",
    "cost": "mean cost",
    "value": "mean value",
}
SEVERITY = ("dropped", "improved", "stable", "cannot_tell")


def title_of(name: str) -> str:
    """Return a metric's name in words.

    >>> title_of("log_loss"), title_of("roc_auc")
    ('log loss', 'ROC AUC')
    """
    return TITLES.get(name, name.replace("_", " "))


def overall(series: Sequence[Series]) -> str:
    """Return the report's verdict: that of its worst metric; `cannot_tell` only where none could be judged."""
    found = {one.judgement.verdict for one in series}
    return next((word for word in SEVERITY if word in found), "cannot_tell")


def sentence(series: Sequence[Series], metrics: Mapping[str, Metric], *, against: str | None = None) -> str:
    """Return the verdict in one sentence; `against` names a reference that nobody chose."""
    tail = f", against {against}" if against else ""
    whole = [one for one in series if one.segment is None]
    for verdict in ("dropped", "improved"):
        found = sorted((one for one in series if one.judgement.verdict == verdict), key=_weight)
        if found:
            return f"{_moved(found[0], metrics)}{_count(found, whole, verdict)}{tail}."
    unsure = [one for one in whole if one.judgement.verdict == "cannot_tell"]
    if not unsure:
        return f"{_all(len(whole))} stable{tail}."
    if len(unsure) == len(whole):
        return f"Cannot tell whether performance changed{tail}."
    return f"No metric changed; {len(unsure)} of {len(whole)} cannot be told{tail}."


def evidence(series: Sequence[Series], buckets: Buckets, *, alarm_rate: float) -> str:
    """Return how sure the verdict is, in one line."""
    timeless = buckets.every is None and len(buckets.starts_ms) == 2
    rows = ", taking rows as independent" if timeless else ""
    parts = [f"{_level(len({one.segment for one in series} - {None}), alarm_rate, rows)}."]
    unsure = [one.judgement.needs for one in series if one.judgement.verdict == "cannot_tell"]
    if unsure:
        wanted = Counter(need for need in unsure if need).most_common(1)
        parts.append(f"{len(unsure)} cannot tell{f': {wanted[0][0]}' if wanted else ''}.")
    usual = sum(large_but_usual(one.judgement) for one in series)
    if usual:
        parts.append(f"{usual} large but usual.")
    return " ".join(parts)


def _level(n_segments: int, alarm_rate: float, rows: str) -> str:
    if n_segments == 0:
        return f"Chance of any false alarm here: at most {share(alarm_rate)}{rows}"
    whole = share(of_all_rows(alarm_rate, n_segments=n_segments))
    of_segments = f"of segments said to have changed, at most {share(alarm_rate)} are false, on average"
    return f"Chance of any false alarm among all rows: at most {whole}{rows}; {of_segments}"


def large_but_usual(judgement: Judgement) -> bool:
    """Whether a stable metric changed more than matters, yet no more than it does by itself."""
    change, matters = judgement.change, judgement.matters_from
    return judgement.verdict == "stable" and change is not None and matters is not None and abs(change) >= matters


def named(one: Series) -> str:
    """Return a metric's name, with its segment where it has one."""
    return one.metric if one.segment is None else f"{one.segment}: {one.metric}"


def _weight(one: Series) -> tuple[bool, float]:
    """Return what puts one change before another: all rows first, then how many times it is what matters."""
    change, matters = one.judgement.change or 0.0, one.judgement.matters_from or 0.0
    return one.segment is not None, -abs(change) / matters if matters else 0.0


def _moved(one: Series, metrics: Mapping[str, Metric]) -> str:
    judgement = one.judgement
    before, after = judgement.like_for_like or 0.0, judgement.current.value or 0.0
    where = f" where {short(one.segment)}" if one.segment is not None else ""
    metric = metrics[one.metric]
    title = metric.title
    verb = "rose" if after > before else "fell"
    return f"{title[0].upper()}{title[1:]} {verb} from {value(metric, before)} to {value(metric, after)}{where}"


def _count(found: Sequence[Series], whole: Sequence[Series], verdict: str) -> str:
    of_whole = sum(one.segment is None for one in found)
    in_segments = len(found) - of_whole
    word = "worse" if verdict == "dropped" else "better"
    said = f"; {of_whole} of {_metrics(len(whole))} {word}" if of_whole else ""
    return f"{said}; {in_segments} in segments" if in_segments else said


def _all(n: int) -> str:
    return {1: "The one metric is", 2: "Both metrics are"}.get(n, f"All {n} metrics are")


def _metrics(n: int) -> str:
    return "1 metric" if n == 1 else f"{n} metrics"
