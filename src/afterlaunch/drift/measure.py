"""`measure_drift`: what changed in the data, column by column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from afterlaunch.drift import code
from afterlaunch.drift.build import Found, Frame, build_payload
from afterlaunch.drift.causes import Suspect, find_causes
from afterlaunch.drift.comparison import Comparison, Counted, compare, shareable, without_small_windows
from afterlaunch.drift.decide import MIN_EFFECT, carriers
from afterlaunch.drift.importance import read_importance
from afterlaunch.drift.multivariate import compare_rows
from afterlaunch.drift.options import Options
from afterlaunch.drift.report import DriftReport
from afterlaunch.drift.rows import Rows
from afterlaunch.drift.segments import find_segments, measure_segments
from afterlaunch.drift.source import Source, read_source
from afterlaunch.drift.table import make_table
from afterlaunch.drift.timing import find_onsets, with_season
from afterlaunch.profiles.axis import ladder
from afterlaunch.stats.judgement import LARGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from afterlaunch.drift.decide import Decision
    from afterlaunch.drift.segments import Segmented
    from afterlaunch.drift.timing import Dated

N_CELLS = 600_000  # counts in a payload, at most: about 500 kB of text


def measure_drift(  # noqa: PLR0913 - a public call, every option with a default
    data: object,
    *,
    reference: object = None,
    current: object = None,
    every: str | int | None = "1d",
    columns: Iterable[str] | None = None,
    measures: Iterable[object] | None = None,
    by: str | None = None,
    alarm_rate: float = 0.05,
    min_effect: float | None = None,
    importance: object = None,
    rows: bool = False,
) -> DriftReport:
    """Return what changed between a reference and a current window, column by column, and how sure that is.

    `data` and `reference` are logs, tables, paths or profiles; or `data` is one of these with a time and `reference` a
    window of it, `(start, end)`. `current` is a window too, by default all after the reference. Without a reference the
    first buckets serve, a third of them but enough to show natural variation, and the sentence says so; a fault is then
    looked for among them too. `every` is the buckets' length.

    A column has `drifted` when its change is significant and matters. Significant: larger than the reference's own
    variation over time, at a level that keeps the chance of any false `drifted` in the report at `alarm_rate`; without
    time, larger than chance among independent rows. It matters from `min_effect` on: the share of rows that moved, .03
    unless given, or the size of the first of `measures`.

    `by` names a column, for one report a segment besides. `importance` (numbers by column, or a fitted estimator) ranks
    the columns. `rows=True` lets categories, buckets and windows of fewer than 20 rows into what is shared.

    >>> import polars as pl
    >>> old = pl.DataFrame({"age": [30 + i % 40 for i in range(2000)]})
    >>> print(measure_drift(old.with_columns(pl.col("age") + 5), reference=old).sentence)
    1 of 1 column drifted: age.
    """
    options = Options(
        every=every,
        columns=columns,
        measures=measures,
        by=by,
        alarm_rate=alarm_rate,
        min_effect=min_effect,
        importance=importance,
        rows=rows,
    )
    source = read_source(data, reference, current, options.cut)
    if by is None:
        return report_on(source, options)
    segments = find_segments(source, by)
    shared = replace(options, alarm_share=segments.share)
    within = options.within(by, share=segments.share)

    def read(condition: pl.Expr) -> Source:
        return read_source(*source.narrowed(condition), options.cut)

    return report_on(source, shared, measure_segments(segments, read, lambda part: report_on(part, within)))


def report_on(source: Source, options: Options, segmented: Segmented | None = None) -> DriftReport:
    """Return the report on one series of buckets, with the reports on its segments."""
    counted = without_small_windows(source.counted, min_rows=options.min_rows)
    comparison = with_season(compare(counted, min_rows=options.min_rows))
    decisions = options.decider.decide(comparison, alarm_rate=options.level)
    if counted is not source.counted:  # a window was too small to be shared
        decisions = [one.needing(f"{options.min_rows} rows in each window") for one in decisions]
    found = _look_into(comparison, decisions, source, options)
    by_rows = compare_rows(options.row_methods, comparison, source)
    frame = replace(
        _frame(source, options),
        segments=segmented.plain(options.alarm_rate) if segmented else None,
        by_rows=tuple(one.plain_for(name) for name, one in by_rows.items()),
        notes=(*([segmented.note] if segmented else []), *_measure_note(options), *_log_notes(source)),
    )
    payload = build_payload(_shared(comparison, counted, options), found, frame)
    return DriftReport(
        data=payload,
        numbers=make_table(comparison, payload.columns, options.all_measures, min_effect=options.decider.least_effect),
        rows=_rows(source, comparison),
        segments=segmented.reports if segmented else {},
        multivariate={name: dict(one.plain) for name, one in by_rows.items()},
    )


def _shared(judged: Comparison, counted: Counted, options: Options) -> Comparison:
    """Return what the panel gets: what was judged, with buckets merged where they are too many or too small."""
    ready = shareable(counted, n_cells=N_CELLS, ladder=ladder(counted.axis.every), min_rows=options.min_rows)
    if ready is counted:
        return judged
    merged = with_season(compare(ready, min_rows=options.min_rows))
    notes = [*judged.notes, *(note for note in ready.notes if note not in counted.notes)]
    if judged.axis.season_name and not merged.axis.season_name:
        notes.append(
            f"windows moved in the panel are judged without the {judged.axis.season_name}, which merged buckets hide"
        )
    return replace(merged, notes=tuple(notes))


def _look_into(comparison: Comparison, decisions: Sequence[Decision], source: Source, options: Options) -> list[Found]:
    """Return what is found out about each column: since when, why, and which bins carry it."""
    unchosen = 1 if source.against else None  # a reference that nobody chose may hold the fault
    dated = find_onsets(comparison, decisions, min_effect=MIN_EFFECT, first=unchosen)
    suspects = [
        Suspect(column=column, drifted=_is_sudden(one, when), onset=when.index if when else None)
        for column, one, when in zip(comparison.columns, decisions, dated, strict=True)
        if when or one.judgement.verdict == "drifted"
    ]
    causes = {**find_causes(comparison, suspects, source.at_hand), **source.retyped}
    importance = read_importance(options.importance, [column.plan.name for column in comparison.columns])
    found: list[Found] = []
    for column, one, when in zip(comparison.columns, decisions, dated, strict=True):
        name, judged = column.plan.name, one.judgement
        known = when is not None and (judged.verdict == "drifted" or name in causes)
        found.append(
            Found(
                judgement=judged,
                onset=when.onset if when and known else None,
                cause=causes.get(name),
                carriers=carriers(column, judged, comparison.axis.windows),
                importance=importance.get(name, 0.0 if importance else None),
                distinct=source.distinct.get(name) if judged.n_reference and judged.n_current else None,
            )
        )
    return found


def _is_sudden(decision: Decision, when: Dated | None) -> bool:
    """Whether a column drifted; or, if that cannot be told, a fifth of its rows moved from one bucket to the next."""
    judged = decision.judgement
    if judged.verdict != "cannot_tell" or when is None:
        return judged.verdict == "drifted"
    return when.onset.low_ms == when.onset.high_ms and (judged.effect or 0.0) >= LARGE


def _frame(source: Source, options: Options) -> Frame:
    return Frame(
        noun=source.noun,
        alarm_rate=options.level,
        min_effect=options.decider.min_effect,
        measure=options.decider.name,
        measure_in_page=options.decider.name_in_page,
        notes=(),
        code=code.template(source.template, options.spelled_out),
        against=source.against,
        segments=None,
        by_rows=(),
    )


def _rows(source: Source, comparison: Comparison) -> Rows | None:
    if source.logs is None:
        return None
    poolings = {one.plan.name: one.pooling for one in comparison.columns if one.pooling is not None}
    return Rows(reference=source.logs[0], current=source.logs[1], plan=source.plan, poolings=poolings)


def _measure_note(options: Options) -> tuple[str, ...]:
    """Return what says what matters where it is not the effect, and whether the page follows."""
    decider = options.decider
    if decider.measure is None:
        return ()
    said = f"{decider.name} says what matters, from {decider.min_effect:g} on"
    if decider.name_in_page == decider.name:
        return (said,)
    moved = "windows that are moved in the panel are judged by the share of rows that moved, from the same number on"
    return (f"{said}; {moved}",)


def _log_notes(source: Source) -> tuple[str, ...]:
    if source.logs is None:
        return ()
    return tuple(dict.fromkeys(note for log in source.logs for note in log.notes))
