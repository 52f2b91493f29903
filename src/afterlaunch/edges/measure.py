"""`find_edge_cases`: where the model hurts, and whether those rows are odd."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.edges.build import Frame, build_payload
from afterlaunch.edges.find import Ground, SliceSearch, search_slices
from afterlaunch.edges.groups import Rows, choose_axes
from afterlaunch.edges.halves import halve
from afterlaunch.edges.inspect import Inspector
from afterlaunch.edges.losses import Basis, measure_losses
from afterlaunch.edges.odd import encode_rows, measure_odd
from afterlaunch.edges.options import Options
from afterlaunch.edges.report import EdgeCaseReport
from afterlaunch.edges.series import draw_timeline
from afterlaunch.edges.smooth import smooth_loss
from afterlaunch.edges.source import read_source
from afterlaunch.errors import BadInput, NotEnoughRows
from afterlaunch.stats.crosstabs import Limits

if TYPE_CHECKING:
    from afterlaunch.edges.halves import Halves
    from afterlaunch.edges.losses import Losses
    from afterlaunch.edges.odd import Encoded
    from afterlaunch.edges.source import Source

MIN_LABELLED = 100  # current rows with a label, below which the loss is estimated instead
MIN_CURRENT = 30


def find_edge_cases(  # noqa: PLR0913 - a public call, every option with a default
    data: object,
    *,
    reference: object = None,
    current: object = None,
    loss: str | None = None,
    max_conditions: int = 2,
    min_rows: int | None = None,
    outliers: object = None,
    worse_than: str = "elsewhere",
    min_effect: float | None = None,
    every: str = "1w",
    alarm_rate: float = 0.05,
    rows: bool = False,
    rng: object = 0,
) -> EdgeCaseReport:
    """Return where a model does worse than elsewhere, and whether the rows it does worse on are odd.

    `data` and `reference` are logs, tables or paths; or `data` is one log with a time and `reference` a window of it,
    `(start, end)`; `current` is a window too, by default all after the reference. Without a reference the earliest
    third of the time serves; without time, the rows are compared with themselves.

    **Slices** are groups of rows described by at most `max_conditions` conditions on features, with `min_rows` rows or
    more (two in a thousand, 50 at least), whose mean `loss` (log loss; for a regression the absolute error) is higher
    than elsewhere. They are found on one half of the current window, by whole weeks where there are four, and confirmed
    on the other: at most a share `alarm_rate` of the confirmed ones is false, on average, and each is worse by
    `min_effect` at least, a tenth of the mean loss unless given. `worse_than="promise"` compares the loss above what
    the model's calibrated score promised instead.

    **Outliers** are rows that are stranger than most of the reference (`outliers`: `al.outliers.IsolationForest()`
    unless given another). Both together make the four groups: routine, outlier, edge case, both.

    Without labels the loss is what the calibrated scores promise (without scores, what rows of the reference like each
    had), and the report says so. `rows=True` lets example rows into what
    is shared. `rng` is a seed or a NumPy generator.

    >>> import numpy as np, polars as pl
    >>> draw = np.random.default_rng(0)
    >>> score = draw.uniform(0.05, 0.95, 8000)
    >>> plan = draw.choice(["basic", "plus", "team"], 8000)
    >>> paid = draw.uniform(size=8000) < np.where(plan == "team", 1 - score, score)
    >>> from afterlaunch.logs import PredictionLog
    >>> log = PredictionLog(pl.DataFrame({"plan": plan, "p": score, "paid": paid}), score="p", target="paid")
    >>> find_edge_cases(log).slices[0].words
    'plan is team'
    """
    options = Options(
        every=every,
        loss=loss,
        worse_than=worse_than,
        max_conditions=max_conditions,
        min_rows=min_rows,
        min_effect=min_effect,
        outliers=outliers,
        alarm_rate=alarm_rate,
        rows=rows,
        rng=rng,
    )
    return report_on(read_source(data, reference, current), options)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """The losses that are compared, and whether they are estimated."""

    losses: Losses
    estimated: bool


def report_on(source: Source, options: Options) -> EdgeCaseReport:
    """Return the report on one pair of windows."""
    rng = options.generator()
    encoded = encode_rows(source)
    measured = _measure(source, encoded, options, rng)
    losses = measured.losses
    halves = halve(source, np.isfinite(losses.realized), rng=rng)
    ground = _ground(source, halves, measured, options)
    search = search_slices(ground)
    odd = measure_odd(source, encoded, halves, options.scorer, rate=options.alarm_rate, rng=rng)
    smoothed = smooth_loss(source, odd, losses.realized, rng=rng)
    rows = Rows(
        share=odd.share,
        smoothed=smoothed.loss,
        loss=losses.realized,
        is_reference=source.is_reference,
        is_current=source.is_current,
    )
    axes = choose_axes(rows)
    inspector = Inspector(
        source=source, odd=odd, losses=losses, smoothed=smoothed, rows=rows, axes=axes, slices=search.slices
    )
    return _report(inspector, ground, search, options, estimated=measured.estimated)


def _report(
    inspector: Inspector, ground: Ground, search: SliceSearch, options: Options, *, estimated: bool
) -> EdgeCaseReport:
    frame = Frame(
        inspector=inspector,
        ground=ground,
        search=search,
        options=options,
        timeline=draw_timeline(inspector.source, options.every),
        estimated=estimated,
    )
    return EdgeCaseReport(data=build_payload(frame), inspector=inspector)


def _measure(source: Source, encoded: Encoded, options: Options, rng: np.random.Generator) -> _Measured:
    """Return the losses: the realized ones, or, where too few labels are known, the promised ones."""
    outcomes = source.outcomes
    current = source.is_current & outcomes.answered
    if current.sum() < MIN_CURRENT:
        raise NotEnoughRows(
            f"the current window has {int(current.sum())} {source.log.noun} with a score or prediction: "
            f"edge cases need {MIN_CURRENT} at least"
        )
    basis = Basis(
        known=source.is_reference & outcomes.labelled,
        block=_days(source),
        x=encoded.x,
        is_category=encoded.encoder.is_category,
    )
    losses = measure_losses(outcomes, options.loss, basis, rng=rng)
    if int((current & outcomes.labelled).sum()) >= MIN_LABELLED:
        return _Measured(losses=losses, estimated=False)
    if losses.promised is None:
        n = int((current & outcomes.labelled).sum())
        raise BadInput(
            f"{n} of {int(current.sum())} current {source.log.noun} have a label, and neither a score nor a labelled "
            "reference says what loss to expect: name score=, or choose a window whose labels have arrived"
        )
    return _Measured(losses=replace(losses, realized=losses.promised), estimated=True)


def _days(source: Source) -> np.ndarray | None:
    at = source.outcomes.time_us
    return None if at is None else at // 86_400_000_000


def _ground(source: Source, halves: Halves, measured: _Measured, options: Options) -> Ground:
    losses = measured.losses
    here = source.is_current & np.isfinite(losses.realized)
    surprise = None if measured.estimated else losses.surprise
    promised = options.worse_than == "promise"
    if promised and surprise is None:
        raise BadInput(
            'worse_than="promise" needs labels and a score: what it promised is compared with what came true'
        )
    value = surprise if promised and surprise is not None else losses.realized
    return Ground(
        source=source,
        halves=halves,
        value=value,
        surprise=surprise,
        limits=Limits(
            max_conditions=int(options.max_conditions),
            min_rows=options.least_rows(int(here.sum())),
            min_effect=options.least_effect(float(losses.realized[here].mean())),
        ),
        level=options.alarm_rate,
    )
