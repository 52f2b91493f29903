"""The payload: one comparison, judged, as plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from afterlaunch.drift import words
from afterlaunch.drift.payload import Buckets, Column, DriftPayload, Judgement, Onset, RowFound, Segments
from afterlaunch.drift.report import DriftReport
from afterlaunch.encode import encode_counts
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.drift.comparison import Compared, Comparison
    from afterlaunch.profiles.axis import Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found out about one column."""

    judgement: Judgement
    onset: Onset | None
    cause: str | None
    carriers: tuple[int, ...]
    importance: float | None
    distinct: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a payload says beside its columns."""

    noun: str
    alarm_rate: float
    min_effect: float
    measure: str
    measure_in_page: str
    notes: tuple[str, ...]
    code: str
    against: str | None  # the reference that nobody chose, in words
    segments: Segments | None
    by_rows: tuple[RowFound, ...]


def build_payload(comparison: Comparison, found: Sequence[Found], frame: Frame) -> DriftPayload:
    """Return the payload of a judged comparison, with its sentences."""
    buckets = plain_buckets(comparison.axis)
    columns = tuple(_column(one, what) for one, what in zip(comparison.columns, found, strict=True))
    said = [saying(column) for column in columns]
    payload = DriftPayload(
        kind="drift",
        format=DriftReport.format,
        id="",
        product=PRODUCT,
        noun=frame.noun,
        sentence=words.sentence(said, buckets, against=frame.against, segments=frame.segments),
        evidence=words.evidence(
            said,
            buckets,
            alarm_rate=frame.alarm_rate,
            min_effect=frame.min_effect,
            measure=frame.measure,
            segments=frame.segments,
        ),
        buckets=buckets,
        reference=comparison.axis.reference,
        current=comparison.axis.current,
        alarm_rate=frame.alarm_rate,
        min_effect=frame.min_effect,
        measure=frame.measure,
        measure_in_page=frame.measure_in_page,
        columns=columns,
        segments=frame.segments,
        by_rows=frame.by_rows,
        counts=encode_counts([one.shown for one in comparison.columns]),
        notes=(*comparison.notes, *frame.notes),
        code=frame.code,
    )
    return replace(payload, id=hashlib.sha256(repr(payload).encode()).hexdigest()[:16])


def plain_buckets(axis: Axis) -> Buckets:
    """Return the axis as plain values, in milliseconds."""
    return Buckets(
        starts_ms=tuple((axis.starts // 1000).tolist()),
        ends_ms=tuple((axis.ends // 1000).tolist()),
        position=tuple(axis.position.tolist()),
        season=tuple(axis.season.tolist()),
        season_name=axis.season_name,
        every=axis.every,
        zone=axis.zone,
        n_rows=tuple(axis.n_rows.tolist()),
    )


def saying(column: Column) -> words.Said:
    """Return what the sentence says of a column."""
    return words.Said(
        name=column.name,
        judgement=column.judgement,
        importance=column.importance,
        onset_ms=column.onset.at_ms if column.onset else None,
        cause=column.cause,
    )


def _column(compared: Compared, found: Found) -> Column:
    plan = compared.plan
    return Column(
        name=plan.name,
        role=plan.role,
        kind=plan.kind,
        ordered=plan.ordered,
        edges=tuple(compared.edges.tolist()),
        beyond=plan.beyond,
        labels=compared.labels,
        pooled=compared.cells.pooled,
        scale=compared.scale,
        distinct=found.distinct,
        importance=found.importance,
        onset=found.onset,
        cause=found.cause,
        carriers=found.carriers,
        judgement=found.judgement,
    )
