"""`measure_performance`: how good the model's answers were, over time and between two windows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.errors import BadInput
from afterlaunch.performance.bucketed import Bucketed, by_bucket
from afterlaunch.performance.build import Frame, Part, build_payload
from afterlaunch.performance.estimate.part import Frame as EstimateFrame
from afterlaunch.performance.estimate.report import NONE, estimate_report
from afterlaunch.performance.maturity import learn_maturity
from afterlaunch.performance.options import Options
from afterlaunch.performance.report import PerformanceReport
from afterlaunch.performance.season import with_season
from afterlaunch.performance.source import Source, read_source
from afterlaunch.performance.steps import measure_steps
from afterlaunch.performance.verdicts import judge_families, judge_steps
from afterlaunch.profiles.axis import coarse_buckets, ladder, small_buckets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afterlaunch.performance.estimate.report import Promises
    from afterlaunch.performance.maturity import Maturity
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.performance.verdicts import Judged
    from afterlaunch.profiles.axis import Axis
    from afterlaunch.stats import Windows
    from afterlaunch.stats.arrays import BoolArray, IntArray

MOST_SEGMENTS = 20
MIN_ROWS = 20  # of a segment
N_VALUES = 20_000  # values over time in a payload, at most: about 500 kB of text


def measure_performance(  # noqa: PLR0913 - a public call, every option with a default
    data: object,
    *,
    reference: object = None,
    current: object = None,
    every: str | int | None = "1d",
    metrics: Iterable[object] | None = None,
    estimate: bool = True,
    by: str | None = None,
    alarm_rate: float = 0.05,
) -> PerformanceReport:
    """Return how good a model's answers were, over time, in a reference and a current window, and whether they changed.

    `data` is a log with a target, and a score or a prediction; or a table or path, where `reference` is such a log.
    `reference` is a window of it, `(start, end)`, or another log; `current` is a window too, by default all after the
    reference. Without a reference the first stretch of the log serves, and the sentence says so. `every` is the
    buckets' length: a duration, or a number of rows.

    A metric has `dropped` (or `improved`) when its change is significant and matters. Significant: larger than the
    reference's own variation over time, at a level that keeps the chance of any false one in the report at
    `alarm_rate` (Holm); without time, larger than chance among independent rows. It matters from the metric's
    `min_effect` on. It is `stable` where its interval rules out a change for the worse of five times that size, and
    `cannot_tell` otherwise.

    `metrics` are names, or metrics with settings, of `al.metrics`; by default those usual for the task. `by` names a
    column, for every metric in each of its segments besides; of segments that are said to have changed, at most a share
    `alarm_rate` is false, on average. Rows without a target are unlabelled, never wrong.

    Where the log says when labels came (`target_time`), buckets that still wait for more than 5 % of theirs are not
    judged. Unless `estimate=False`, performance is also estimated without labels: of classifiers from their scores,
    recalibrated on the reference where that helps; of regressors by a model of the loss, learnt on the reference. Both
    assume that the concept has not drifted; where labels are in, that is tested, and `findings` say what came of it.

    >>> import numpy as np, polars as pl
    >>> rng = np.random.default_rng(0)
    >>> p = rng.random(4000)
    >>> old = pl.DataFrame({"late": rng.random(4000) < p, "p": p})
    >>> new = old.with_columns(pl.col("late").reverse())
    >>> from afterlaunch.logs import PredictionLog
    >>> log = PredictionLog(old, target="late", score="p")
    >>> print(measure_performance(new, reference=log, metrics=["roc_auc"]).sentence)
    ROC AUC fell from 0.827 to 0.512; 1 of 1 metric worse.
    """
    options = Options(every=every, metrics=metrics, estimate=estimate, by=by, alarm_rate=alarm_rate)
    source = read_source(data, reference, current, every=every, by=by)
    _check_known(source, options)
    return report_on(source, options)


def report_on(source: Source, options: Options) -> PerformanceReport:
    """Return the report on a source, of which only buckets with nearly all of their labels are judged."""
    outcomes, timeline = source.outcomes, source.timeline
    chosen = options.chosen(outcomes)
    maturity = _learn_maturity(source)
    mature = np.ones(len(timeline.axis.starts), dtype=bool) if maturity is None else maturity.mature
    whole = by_bucket(outcomes, timeline.of_row, len(timeline.axis.starts))
    axis, notes = with_season(timeline.axis, whole)
    windows = _mature(axis.windows, mature)
    segments = find_segments(source, windows)
    families = _judge(whole, segments, chosen, windows, options.alarm_rate)
    begin, shared = _shared(axis, len(chosen) * (1 + len(segments.rows)))
    where = EstimateFrame(windows=axis.windows, mature=windows, begin=begin)
    promises = _promises(source, options, chosen, tuple(segments.rows), where)
    parts = [
        Part(segment=name, rows=rows.merged(begin), fine_labelled=rows.n_labelled, judged=judged, promises=promises)
        for (name, rows), judged in zip([(None, whole), *segments.rows.items()], families, strict=True)
    ]
    frame = _frame(source, options, (*source.notes, *notes, *segments.notes, *promises.notes), maturity)
    payload = build_payload(shared, begin, np.logical_and.reduceat(mature, begin), parts, frame)
    return PerformanceReport(data=payload, log=source.logs[1])


def _promises(
    source: Source, options: Options, metrics: Sequence[Metric], segments: Sequence[str], where: EstimateFrame
) -> Promises:
    """Return the estimates, none where none are wanted."""
    if not options.estimate:
        return NONE
    return estimate_report(source, metrics, segments, where, alarm_rate=options.alarm_rate)


def _frame(source: Source, options: Options, notes: Sequence[str], maturity: Maturity | None) -> Frame:
    """Return what a payload says beside its metrics; every note once."""
    return Frame(
        noun=source.noun,
        task=source.outcomes.task,
        classes=source.outcomes.classes,
        alarm_rate=options.alarm_rate,
        by=options.by,
        against=source.timeline.against,
        notes=tuple(dict.fromkeys(notes)),
        maturity=maturity,
        code=_template(source.template, options),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The rows of each segment by bucket, and what was left out."""

    rows: dict[str, Bucketed]
    notes: tuple[str, ...]


def find_segments(source: Source, windows: Windows) -> Segments:
    """Return the rows of the most frequent segments that both windows have labelled rows of."""
    if source.segment is None:
        return Segments(rows={}, notes=())
    places = source.segment.rank("dense").cast(int).fill_null(0).to_numpy()
    names = source.segment.drop_nulls().unique().sort().to_list()
    n_buckets = len(source.timeline.axis.starts)
    known = source.outcomes.labelled & source.outcomes.answered
    per_side = [
        np.bincount(places[known & np.isin(source.timeline.of_row, which)], minlength=len(names) + 1)[1:]
        for which in (windows.reference, windows.current)
    ]
    fewer = np.minimum(*per_side)
    order = np.argsort(-fewer, kind="stable")
    kept = [int(place) for place in order[:MOST_SEGMENTS] if fewer[place] >= MIN_ROWS]
    found: dict[str, Bucketed] = {}
    for place in kept:
        inside = places == place + 1
        found[names[place]] = by_bucket(source.outcomes.take(inside), source.timeline.of_row[inside], n_buckets)
    rest = f", {len(names) - len(kept)} smaller ones left out" if len(kept) < len(names) else ""
    note = f"{len(kept)} segments{rest}; of those said to have changed, at most a share of the alarm rate is false"
    return Segments(rows=found, notes=(note,))


def _judge(
    whole: Bucketed, segments: Segments, metrics: Sequence[Metric], windows: Windows, alarm_rate: float
) -> list[list[Judged]]:
    """Return the verdicts on all rows, then on each segment."""
    whole_steps = measure_steps(metrics, whole, windows)
    if not segments.rows:
        return [judge_steps(whole_steps, alarm_rate)]
    rest = [step for rows in segments.rows.values() for step in measure_steps(metrics, rows, windows)]
    first, judged = judge_families(whole_steps, rest, alarm_rate)
    n = len(metrics)
    return [first, *(judged[at : at + n] for at in range(0, len(judged), n))]


def _check_known(source: Source, options: Options) -> None:
    """Raise where nothing has been realized, nor can be estimated."""
    if source.outcomes.labelled.any():
        return
    if source.outcomes.score is None or not options.estimate:
        raise BadInput(
            "no row has a target yet, so that nothing has been realized: wait for labels; where the log has scores, "
            "estimate=True takes them at their word"
        )


def _learn_maturity(source: Source) -> Maturity | None:
    axis, bucket = source.timeline.axis, source.timeline.of_row
    two_logs = source.logs[0] is not source.logs[1]
    is_old = np.isin(bucket, np.arange(*axis.reference)) & two_logs
    return learn_maturity(source.outcomes, bucket, len(axis.starts), is_old=is_old)


def _mature(windows: Windows, mature: BoolArray) -> Windows:
    """Return the windows without the buckets whose labels are still to come."""
    return replace(
        windows,
        reference=windows.reference[mature[windows.reference]],
        current=windows.current[mature[windows.current]],
    )


def _shared(axis: Axis, n_series: int) -> tuple[IntArray, Axis]:
    """Return the buckets as they are shared: none of fewer than 20 rows, and not more than a panel should carry."""
    begin, merged = np.arange(len(axis.starts)), axis
    for factor, every in ladder(axis.every):
        if len(merged.starts) * n_series <= N_VALUES:
            break
        begin = coarse_buckets(axis, factor)
        merged = axis.coarser(begin, factor, every)
    again = small_buckets(merged)
    return begin[again], merged.merged(again) if len(again) < len(merged.starts) else merged


def _template(source: str, options: Options) -> str:
    return f"{source}{''.join(f', {name}={value}' for name, value in options.spelled_out.items())})"
