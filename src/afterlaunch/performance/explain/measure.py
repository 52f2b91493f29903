"""`explain_performance`: why a mean loss changed, in two accountings whose parts add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.errors import BadInput
from afterlaunch.performance.explain.build import Frame, build_payload
from afterlaunch.performance.explain.columns import share_among_columns
from afterlaunch.performance.explain.favour import choose_accounting
from afterlaunch.performance.explain.ground import lay_ground
from afterlaunch.performance.explain.options import Options
from afterlaunch.performance.explain.parts import split_change
from afterlaunch.performance.explain.report import ExplanationReport
from afterlaunch.performance.explain.slices import share_among_slices
from afterlaunch.performance.source import read_source

if TYPE_CHECKING:
    from afterlaunch.performance.source import Source


def explain_performance(  # noqa: PLR0913 - a public call, every option with a default
    data: object,
    *,
    reference: object = None,
    current: object = None,
    loss: str | None = None,
    every: str | int | None = "1d",
    alarm_rate: float = 0.05,
    rng: object = 0,
) -> ExplanationReport:
    """Return why a mean loss changed from a reference to a current window, in two accountings whose parts add up.

    `data` is a log with a target, and a score or a prediction; `reference` and `current` are windows of it, or
    `reference` is another log. `loss` is `log_loss` where there are scores, for a regression `absolute`, unless
    another is named: `brier`, `zero_one`, `squared`.

    **Features first**: *covariate* is what other rows change (rows new to the current window, and rows gone from the
    reference), *concept* what other answers to the same rows do, compared on the rows that both windows have (Cai,
    Namkoong & Yadlowsky 2023). **Label first**: *label* is what another mix of labels changes, *given the label* the
    rest. Either alone misleads: under a pure shift of labels the first reads mostly as concept. `favoured` says which
    one the evidence chooses: whether the reference, reweighted by label, gives the current scores.

    Each part has a 95 % interval and a placebo, the size that it has between quiet stretches of the reference, whose
    buckets of time (`every`) tell how much it moves by itself; without time rows count as independent. A part `helps`
    or `hurts` when it is beyond its placebo: the chance of any such part in a quiet report is at most `alarm_rate`.
    A part is `cannot_tell` where the windows have too few rows in common, and says what it would need.

    >>> import numpy as np, polars as pl
    >>> draw = np.random.default_rng(0)
    >>> x = draw.normal(size=6000) + np.repeat([0.0, 1.0], 3000)
    >>> p = 1 / (1 + np.exp(-x))
    >>> rows = pl.DataFrame({"x": x, "p": p, "paid": draw.random(6000) < p})
    >>> from afterlaunch.logs import PredictionLog
    >>> old = PredictionLog(rows[:3000], score="p", target="paid")
    >>> report = explain_performance(rows[3000:], reference=old)
    >>> report.favoured, [(part, verdict) for part, verdict in report.table.select("part", "verdict").rows()][3]
    ('features_first', ('concept', 'like_placebo'))
    """
    options = Options(loss=loss, every=every, alarm_rate=alarm_rate, rng=rng)
    source = read_source(data, reference, current, every=every, by=None)
    if not source.outcomes.labelled.any():
        raise BadInput("no row has a target yet, so that nothing has been realized: wait for labels")
    return report_on(source, options)


def report_on(source: Source, options: Options) -> ExplanationReport:
    """Return the explanation of one pair of windows."""
    rng = options.generator()
    ground = lay_ground(source, options.loss)
    split = split_change(ground, rng=rng)
    by_column = share_among_columns(ground, split, rng=rng)
    frame = Frame(
        source=source,
        ground=ground,
        split=split,
        choice=choose_accounting(ground, split, options.alarm_rate),
        columns=by_column,
        slices=share_among_slices(ground, split, by_column),
        options=options,
    )
    return ExplanationReport(data=build_payload(frame), log=source.logs[-1])
