"""The payload of a report: what was found, as plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from afterlaunch.edges import code, words
from afterlaunch.edges.conditions import code_of
from afterlaunch.edges.groups import cells_of, density_of, estimate, measure_the_groups
from afterlaunch.edges.halves import CONFIRM, REFERENCE
from afterlaunch.edges.payload import EdgeCasePayload
from afterlaunch.edges.payload import Slice as SlicePayload
from afterlaunch.edges.report import EdgeCaseReport
from afterlaunch.edges.series import plain_buckets, series_of, worse_since
from afterlaunch.edges.windows import Placed, with_counts
from afterlaunch.reports import Estimate
from afterlaunch.stats.effects import measure_groups
from afterlaunch.stats.persistent import PASSING
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from afterlaunch.edges.find import Ground, Slice, SliceSearch
    from afterlaunch.edges.inspect import Inspector
    from afterlaunch.edges.options import Options
    from afterlaunch.edges.series import Timeline
    from afterlaunch.stats.arrays import BoolArray

ENOUGH = 4  # times the rows of a slice: fewer labelled rows hold too few slices to say that there are none
FEW_OUTLIERS = "row-level flags allow a share {rate:.0%} of false ones; none of {n:,} rows is that odd for sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """All that a payload is made from."""

    inspector: Inspector
    ground: Ground
    search: SliceSearch
    options: Options
    timeline: Timeline | None
    estimated: bool


def build_payload(frame: Frame) -> EdgeCasePayload:
    """Return the payload, with its sentences."""
    inspector, ground = frame.inspector, frame.ground
    source, losses = inspector.source, inspector.losses
    slices = tuple(_slice(one, frame) for one in frame.search.slices)
    before, now = _levels(frame)
    current = source.is_current
    labelled = current & np.isfinite(inspector.rows.loss)
    basis = "estimated" if frame.estimated else "realized"
    verdict = words.verdict_of(slices, can_tell=int(labelled.sum()) >= ENOUGH * ground.limits.min_rows)
    promised = None if frame.estimated else _mean(losses.promised, labelled)
    timeline = frame.timeline
    payload = EdgeCasePayload(
        kind="edge_cases",
        format=EdgeCaseReport.format,
        id="",
        product=PRODUCT,
        noun=source.log.noun,
        task=source.outcomes.task,
        loss=losses.name,
        loss_words=losses.words,
        basis=basis,
        promised_by_score=losses.by_score,
        worse_than=cast("Any", frame.options.worse_than),
        verdict=verdict,
        sentence=words.sentence(
            slices,
            verdict=verdict,
            loss_words=losses.words,
            basis=basis,
            before=before,
            now=now,
            against=source.against,
            promise=frame.options.worse_than == "promise",
        ),
        evidence=words.evidence(
            slices,
            false_share=frame.options.alarm_rate,
            stretch=ground.halves.stretch,
            n_searched=frame.search.n_searched,
            basis=basis,
            promised=promised,
            by_score=losses.by_score,
            n_labelled=int((current & source.outcomes.labelled).sum()),
        ),
        buckets=plain_buckets(timeline, source),
        reference=timeline.reference if timeline else None,
        current=timeline.current if timeline else None,
        loss_reference=before,
        loss_current=now,
        promised_reference=_mean(losses.promised, source.is_reference) if source.has_reference else None,
        promised_current=promised,
        n_reference=int(source.is_reference.sum()) if source.has_reference else 0,
        n_current=int(current.sum()),
        n_labelled=int((current & source.outcomes.labelled).sum()),
        min_rows=ground.limits.min_rows,
        min_effect=ground.limits.min_effect,
        false_share=frame.options.alarm_rate,
        n_searched=frame.search.n_searched,
        series=series_of(timeline, losses, ground.value, ground.halves.block, np.ones(source.outcomes.n, np.bool_))
        if timeline
        else None,
        slices=slices,
        density=density_of(inspector.rows, inspector.axes, n_similar=inspector.smoothed.n_similar),
        odd_from=inspector.axes.odd_from,
        bad_from=inspector.axes.bad_from,
        groups=measure_the_groups(inspector.rows, inspector.axes, ground.halves),
        n_flagged=int(inspector.odd.flag.sum()),
        outlier_method=frame.options.scorer.name,
        row_columns=tuple(source.frame.columns) if frame.options.rows else (),
        rows=tuple(inspector.examples()) if frame.options.rows else (),
        notes=_notes(frame),
        code=_code(frame),
    )
    return with_id(_counted(payload, frame))


def with_id(payload: EdgeCasePayload) -> EdgeCasePayload:
    """Return the payload with the id that its content gives it."""
    return replace(payload, id=hashlib.sha256(repr(replace(payload, id="")).encode()).hexdigest()[:16])


def _mean(values: np.ndarray | None, which: BoolArray) -> float | None:
    if values is None:
        return None
    known = values[which & np.isfinite(values)]
    return float(known.mean()) if len(known) else None


def _levels(frame: Frame) -> tuple[Estimate | None, Estimate]:
    """Return the mean loss of the reference, None without one, and of the current window."""
    source, value = frame.inspector.source, frame.inspector.rows.loss
    whole = frame.ground.halves.whole()
    found: list[Estimate | None] = []
    for window, part in ((source.is_reference & ~source.is_current, REFERENCE), (source.is_current, CONFIRM)):
        rows = (whole.part > 0) & np.isfinite(value) if whole.block is not None else window & np.isfinite(value)
        inside = np.ones(int(rows.sum()), dtype=np.bool_)
        some = bool((window & np.isfinite(value)).any())
        one = (
            measure_groups([(inside, value[rows])], whole.clock(rows, judged=part), alone=True, longest=PASSING)[0]
            if some
            else None
        )
        found.append(estimate(one, least=0.0) if some else None)
    return found[0], found[1] or Estimate(value=None, low=None, high=None)


def _counted(payload: EdgeCasePayload, frame: Frame) -> EdgeCasePayload:
    """Return the payload with the counts by bucket that any window can be made of, where there is a time axis."""
    inspector, timeline = frame.inspector, frame.timeline
    which = [np.ones(inspector.source.outcomes.n, np.bool_), *(one.rows for one in frame.search.slices)]
    if timeline is None:
        return payload
    rows = inspector.anywhere
    placed = Placed(
        bucket=timeline.of_row,
        cell=inspector.axes.cell(rows.share, rows.smoothed),
        loss=rows.loss,
        known=rows.known,
        n_buckets=timeline.n,
    )
    return with_counts(payload, [placed.count(one, inspector.axes) for one in which])


def _slice(one: Slice, frame: Frame) -> SlicePayload:
    inspector, timeline = frame.inspector, frame.timeline
    source, losses = inspector.source, inspector.losses
    current = one.rows & source.is_current & frame.ground.usable
    n_current = int((source.is_current & frame.ground.usable).sum())
    change = one.change
    promise = frame.options.worse_than == "promise"
    since = None
    if timeline is not None and change is not None and (change[1] or 0.0) > 0:
        found = worse_since(timeline, frame.ground.value, one.rows)
        since = None if found is None else found // 1000
    total = float(losses.realized[source.is_current & frame.ground.usable].sum())
    effect = one.effect.effect
    return SlicePayload(
        words=one.words,
        conditions=one.conditions,
        sentence=words.slice_sentence(one.words, losses.words, one.effect.mean, one.effect.elsewhere, promise=promise),
        code=code_of(one.conditions),
        verdict=one.verdict,
        needs=one.needs,
        n=int(current.sum()),
        share=int(current.sum()) / n_current,
        n_held_out=one.effect.n,
        loss=one.effect.mean,
        loss_elsewhere=one.effect.elsewhere,
        effect=estimate(one.effect),
        qvalue=one.qvalue,
        above_promise=None if one.above_promise is None else estimate(one.above_promise),
        before=None if one.before is None else estimate(one.before),
        change=None if change is None else Estimate(value=change[0], low=change[1], high=change[2]),
        worse_since_ms=since,
        explained_share=effect * int(current.sum()) / total if effect is not None and total > 0 else None,
        series=series_of(timeline, losses, frame.ground.value, frame.ground.halves.block, one.rows)
        if timeline
        else None,
        cells=cells_of(inspector.rows, inspector.axes, inspector.rows.known & one.rows & source.is_current),
        counts=None,
    )


def _notes(frame: Frame) -> tuple[str, ...]:
    inspector, source = frame.inspector, frame.inspector.source
    notes = list(source.notes)
    if inspector.losses.recalibrated:
        notes.append("Scores were recalibrated on the reference (isotonic, each row by rows of other days)")
    if not inspector.odd.flag.any():
        n = int(source.is_current.sum())
        notes.append(FEW_OUTLIERS.format(rate=frame.options.alarm_rate, n=n))
    unlabelled = int((source.is_current & ~source.outcomes.labelled).sum())
    if unlabelled and not frame.estimated:
        notes.append(f"{unlabelled:,} current {source.log.noun} without a label count for oddness alone")
    if frame.ground.halves.block is None and source.outcomes.time_us is not None:
        notes.append("The current window is too short to be halved by time: rows were taken as independent")
    return tuple(dict.fromkeys(notes))


def _code(frame: Frame) -> str:
    source = frame.inspector.source
    windows = {name: code.literal(*window, source.log.zone) for name, window in source.windows}
    return code.call(source.template, {**windows, **frame.options.spelled_out})


def with_rows(payload: EdgeCasePayload, inspector: Inspector) -> EdgeCasePayload:
    """Return the payload with example rows of each group."""
    columns = tuple(inspector.source.frame.columns)
    return with_id(replace(payload, row_columns=columns, rows=tuple(inspector.examples())))
