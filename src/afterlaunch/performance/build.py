"""The payload: metrics over time and between two windows, judged, as plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance import words
from afterlaunch.performance.findings import about_estimates, about_labels
from afterlaunch.performance.metrics import CalibrationError
from afterlaunch.performance.noise import interval, measured
from afterlaunch.performance.payload import (
    Buckets,
    CalibrationCurve,
    CurvePoint,
    Judgement,
    Line,
    PerformancePayload,
    Series,
    WindowValue,
)
from afterlaunch.performance.payload import Metric as MetricInfo
from afterlaunch.performance.report import PerformanceReport
from afterlaunch.performance.ripening import maturation
from afterlaunch.performance.sums import make_sums
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.bucketed import Bucketed
    from afterlaunch.performance.estimate.report import Promises
    from afterlaunch.performance.maturity import Maturity
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.performance.scored import Scored
    from afterlaunch.performance.steps import Window
    from afterlaunch.performance.verdicts import Judged
    from afterlaunch.profiles.axis import Axis
    from afterlaunch.results import WindowName
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.natural import Series as NoisySeries

MIN_ROWS = 20  # labelled rows of a bucket, below which its value is not shared
DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One segment (None: all rows): its rows by bucket as they are shared, and the verdict on every metric.

    `fine_labelled` are the labelled rows of the buckets that were judged.
    """

    segment: str | None
    rows: Bucketed
    fine_labelled: IntArray
    judged: Sequence[Judged]
    promises: Promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a payload says beside its metrics."""

    noun: str
    task: Task
    classes: tuple[object, ...]
    alarm_rate: float
    by: str | None
    against: str | None
    notes: tuple[str, ...]
    code: str
    maturity: Maturity | None


def build_payload(
    axis: Axis, begin: IntArray, mature: BoolArray, parts: Sequence[Part], frame: Frame
) -> PerformancePayload:
    """Return the payload of judged metrics, with its sentences.

    `axis` is the one that is shared: its buckets begin at the indices `begin` of those that were judged.
    """
    metrics = [one.step.metric for one in parts[0].judged]
    infos = {metric.name: _info(metric) for metric in metrics}
    series = tuple(_series(metric, place, part, axis, begin) for place, metric in enumerate(metrics) for part in parts)
    buckets = _buckets(axis, mature)
    payload = PerformancePayload(
        kind="performance",
        format=PerformanceReport.format,
        id="",
        product=PRODUCT,
        noun=frame.noun,
        sentence=words.sentence(series, infos, against=frame.against),
        evidence=words.evidence(series, buckets, alarm_rate=frame.alarm_rate),
        task=frame.task,
        classes=tuple(map(str, frame.classes)),
        buckets=buckets,
        reference=axis.reference,
        current=axis.current,
        alarm_rate=frame.alarm_rate,
        metrics=tuple(infos.values()),
        segments=tuple(part.segment for part in parts if part.segment is not None),
        by=frame.by,
        series=series,
        sums=tuple(make_sums(part.rows, part.segment) for part in parts),
        curves=_curves(parts[0].rows, axis, frame.classes),
        maturation=None if frame.maturity is None else maturation(frame.maturity, begin),
        findings=(
            *about_estimates(series, infos, buckets),
            *(() if frame.maturity is None else about_labels(frame.maturity, buckets)),
        ),
        notes=frame.notes,
        code=frame.code,
    )
    return replace(payload, id=hashlib.sha256(repr(payload).encode()).hexdigest()[:16])


def _info(metric: Metric) -> MetricInfo:
    return MetricInfo(
        name=metric.name,
        title=words.title_of(metric.name),
        unit=metric.unit,
        scale=metric.scale,
        greater_is_better=metric.greater_is_better,
    )


def _buckets(axis: Axis, mature: BoolArray) -> Buckets:
    return Buckets(
        starts_ms=tuple((axis.starts // 1000).tolist()),
        ends_ms=tuple((axis.ends // 1000).tolist()),
        position=tuple(axis.position.tolist()),
        season=tuple(axis.season.tolist()),
        season_name=axis.season_name,
        every=axis.every,
        zone=axis.zone,
        n_rows=tuple(axis.n_rows.tolist()),
        mature=tuple(mature.tolist()),
    )


def _series(metric: Metric, place: int, part: Part, axis: Axis, begin: IntArray) -> Series:
    judged, rows = part.judged[place], part.rows
    step = judged.step
    estimated, estimates = part.promises.of(part.segment, metric.name)
    return Series(
        metric=metric.name,
        segment=part.segment,
        n_rows=tuple(rows.n_rows.tolist()),
        n_labelled=tuple(rows.n_labelled.tolist()),
        realized=_line(metric, rows),
        estimated=estimated,
        estimates=estimates,
        judgement=_judgement(judged, rows, axis),
        level=None if step.track is None else _round(step.track.at),
        moved=() if step.track is None else _merged(step.track.series.moved, part, begin),
        noise=None if step.track is None else _noise(step.track.series),
        spread=None if step.track is None else step.track.spread,
    )


def _merged(moved: FloatArray, part: Part, begin: IntArray) -> tuple[float, ...]:
    """Return how far each shared bucket lies from the reference: the mean over the buckets that it was merged from.

    Of a metric of several parts (D, k), part after part.
    """
    if len(begin) < len(moved):
        n = part.fine_labelled
        total = np.maximum(np.add.reduceat(n, begin), 1)
        moved = (np.add.reduceat(moved.T * n, begin, axis=-1) / total).T
    return tuple(_round(one) for one in moved.T.ravel().tolist())


def _noise(series: NoisySeries) -> tuple[float, float] | None:
    """Return the shape and rate of a vector's noise; None where one number is judged."""
    return None if series.moved.ndim == 1 else (float(series.noise.shape[0]), float(series.noise.rate[0]))


def _line(metric: Metric, rows: Bucketed) -> Line:
    """Return the value of every bucket that is large enough to be shared."""
    found = [_point(metric, one) if one.n >= MIN_ROWS else (None, None, None) for one in rows.each()]
    value, low, high = zip(*found, strict=True) if found else ((), (), ())
    return Line(value=value, low=low, high=high)


def _point(metric: Metric, rows: Scored) -> tuple[float | None, float | None, float | None]:
    one = measured(metric, rows)
    if one is None:
        return None, None, None
    span = interval(metric.scale, one)
    return _round(one.value), _round(span.low), _round(span.high)


def _judgement(judged: Judged, rows: Bucketed, axis: Axis) -> Judgement:
    step = judged.step
    known = step.natural is not None
    return Judgement(
        verdict=judged.verdict,
        needs=judged.needs,
        reference=_window(step.reference, rows, axis.reference),
        current=_window(step.current, rows, axis.current),
        like_for_like=None if step.at is None else step.at.value,
        change=step.change,
        change_low=step.low,
        change_high=step.high,
        matters_from=step.matters_from if known else None,
        usual_low=judged.usual[0] if judged.usual else None,
        usual_high=judged.usual[1] if judged.usual else None,
        pvalue=step.pvalue if known else None,
    )


def _window(found: Window | None, rows: Bucketed, buckets: tuple[int, int]) -> WindowValue:
    return WindowValue(
        value=None if found is None else found.found.value,
        low=None if found is None else found.interval.low,
        high=None if found is None else found.interval.high,
        n_rows=int(rows.n_rows[slice(*buckets)].sum()),
        n_labelled=int(rows.n_labelled[slice(*buckets)].sum()),
    )


def _curves(rows: Bucketed, axis: Axis, classes: tuple[object, ...]) -> tuple[CalibrationCurve, ...]:
    """Return the calibration curve of every scored class in both windows."""
    if rows.rows.score is None:
        return ()
    curves: list[CalibrationCurve] = []
    sides: tuple[tuple[WindowName, tuple[int, int]], ...] = (("reference", axis.reference), ("current", axis.current))
    for window, buckets in sides:
        inside = rows.rows.take(rows.places(np.arange(*buckets)))
        if CalibrationError().lacks(inside):
            continue
        places = [1] if len(classes) == 2 else range(len(classes))
        for place in places:
            one = inside if len(classes) == 2 else inside.against_rest(place)
            curves.append(CalibrationCurve(label=str(classes[place]), window=window, points=_points(one)))
    return tuple(curves)


def _points(rows: Scored) -> tuple[CurvePoint, ...]:
    curve = CalibrationError().curve(rows)
    n = curve.weight * rows.total
    middle = (n * curve.share + 2) / (n + 4)  # Agresti & Coull (1998)
    half = 1.96 * np.sqrt(middle * (1 - middle) / (n + 4))
    columns = (curve.score, curve.share, np.maximum(middle - half, 0), np.minimum(middle + half, 1), n)
    return tuple(
        CurvePoint(score=_round(score), share=_round(share), low=_round(low), high=_round(high), n=round(count))
        for score, share, low, high, count in zip(*(one.tolist() for one in columns), strict=True)
    )


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
