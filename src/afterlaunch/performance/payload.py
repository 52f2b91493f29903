"""What the performance panel is drawn from. `js/src/contract` is generated from these dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["dropped", "improved", "stable", "cannot_tell"]
Task: TypeAlias = Literal["binary", "multiclass", "regression"]
Scale: TypeAlias = Literal["identity", "logit", "log", "fisher", "log_gap", "square"]
Held: TypeAlias = Literal["wrong", "held", "cannot_tell"]
Unit: TypeAlias = Literal["share", "loss", "target", "money", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Buckets:
    """The time axis: bucket `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC)."""

    starts_ms: tuple[int, ...]
    ends_ms: tuple[int, ...]
    position: tuple[int, ...]  # place on the regular grid, so that gaps count in the null
    season: tuple[int, ...]  # season label of each bucket; all 0 without a season
    season_name: str | None  # "weekday", "hour of day", …
    every: str | None  # Polars duration; None: no time, bucket 0 is the reference and bucket 1 the current rows
    zone: str
    n_rows: tuple[int, ...]
    mature: tuple[bool, ...]  # whether enough of the bucket's labels are in for it to be judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A value with its 95 % interval, one a bucket; None where a bucket has none, or fewer than 20 labelled rows."""

    value: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowValue:
    """A value in one window with its 95 % interval."""

    value: float | None
    low: float | None
    high: float | None
    n_rows: int
    n_labelled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedValue:
    """An estimate in one window; the realized value of the same rows lies from `low` to `high` in 95 % of cases."""

    value: float
    low: float
    high: float
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The realized value beside the estimated one, on the same labelled rows of the current window.

    `low` to `high` is the 95 % interval of realized less estimated, None where what days do by themselves is unknown.
    """

    realized: float
    estimated: float
    low: float | None
    high: float | None
    pvalue: float
    held: Held
    since_ms: int | None  # from when on the estimate was wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """One metric as estimated without labels, in both windows."""

    reference: EstimatedValue | None
    current: EstimatedValue | None
    gap: Gap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturation:
    """How labels come in with age: the share of rows that has one by each age, with its 95 % interval."""

    age_ms: tuple[int, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    final: float  # the share that ever has one, as far as rows were watched
    mature_ms: int  # the age by which 95 % of these are in
    rising: bool  # labels were still coming in at the oldest ages
    by_bucket: tuple[float, ...]  # the share of its labels that each bucket has by now


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The decision on one metric for one pair of windows, with every number that the table shows."""

    verdict: Verdict
    needs: str | None  # what a "cannot tell" lacks
    reference: WindowValue
    current: WindowValue
    like_for_like: float | None  # the reference's value, its seasons weighed as in the current window
    change: float | None  # current less that
    change_low: float | None
    change_high: float | None
    matters_from: float | None  # the size from which a change matters
    usual_low: float | None  # between these, the current value is no more than natural variation at the alarm rate
    usual_high: float | None
    pvalue: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What is measured."""

    name: str
    title: str
    unit: Unit
    scale: Scale
    greater_is_better: bool | None  # None: nearer to zero is better


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One metric, of all rows or of one segment."""

    metric: str
    segment: str | None  # None: all rows
    n_rows: tuple[int, ...]
    n_labelled: tuple[int, ...]  # rows that can be measured
    realized: Line
    estimated: Line | None  # the realized value of a bucket lies in the interval in 95 % of cases
    estimates: Estimates | None
    judgement: Judgement  # for the windows that Python judged
    level: float | None  # where the reference stands on the scale on which changes are judged
    moved: tuple[float, ...]  # how far each bucket lies from it, to first order; () where nothing could be compared
    noise: (
        tuple[float, float] | None
    )  # of a metric that is the length of k parts: the shape and rate of their noise; `moved` has part after part then
    spread: tuple[float, float] | None  # the variance of one row there, in the reference and in the current window


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What each bucket adds to every built-in metric of one segment, so that any window's value can be had from sums.

    `counts` holds, bucket by bucket, whole numbers in the order of `cells`: confusion counts (true class × predicted
    class, row by row), then of each scored class the rows of it, and the others, in each cell of its score.
    """

    segment: str | None
    n_confusion: int  # classes in the confusion counts; 0 without predictions of classes
    n_scored: int  # classes with cells of scores; 0 without scores
    cells: tuple[tuple[float, ...], ...]  # of each scored class: the mean score of each cell, ascending
    counts: str  # base64 of raw-deflated LEB128 varints
    totals: tuple[str, ...]  # names of the sums below, such as "log_loss"
    by_bucket: tuple[tuple[float, ...], ...]  # of each of them: its sum over the rows of each bucket


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """Rows of similar score: what share came true, with its 95 % interval."""

    score: float
    share: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationCurve:
    """How often scores come true, in one window."""

    label: str  # the class that the scores are of
    window: Literal["reference", "current"]
    points: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformancePayload:
    """The whole panel: aggregates alone."""

    kind: Literal["performance"]
    format: int
    id: str  # made from the content
    product: str
    noun: str  # what a row is, plural: "rows", "flights"
    sentence: str
    evidence: str
    task: Task
    classes: tuple[str, ...]
    buckets: Buckets
    reference: tuple[int, int]  # half-open bucket range
    current: tuple[int, int]
    alarm_rate: float
    metrics: tuple[Metric, ...]
    segments: tuple[str, ...]
    by: str | None
    series: tuple[Series, ...]  # metric by metric, all rows first
    sums: tuple[Sums, ...]
    curves: tuple[CalibrationCurve, ...]
    maturation: Maturation | None  # None where the log does not say when labels arrived
    findings: tuple[str, ...]  # what labels and estimates have shown, as sentences
    notes: tuple[str, ...]  # what was assumed or noticed, for the footer
    code: str  # the call that reproduces the report, with {reference} and {current} in place of the windows
