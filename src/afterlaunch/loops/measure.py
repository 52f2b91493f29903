"""`find_feedback_loops`: whether a model feeds on its own output."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import polars as pl

from afterlaunch.errors import BadInput
from afterlaunch.logs import InteractionLog, PredictionLog
from afterlaunch.logs.run import collect
from afterlaunch.loops.bubbles import measure_bubbles
from afterlaunch.loops.build import Findings, build_payload, names_of
from afterlaunch.loops.build_labels import build_label_payload
from afterlaunch.loops.concentrate import measure_courses
from afterlaunch.loops.impressions import read_impressions, shown_rows
from afterlaunch.loops.kept import Kept
from afterlaunch.loops.labels import measure_labels
from afterlaunch.loops.merit import measure_exposure
from afterlaunch.loops.options import Options
from afterlaunch.loops.plans import draw_plan
from afterlaunch.loops.report import LoopReport
from afterlaunch.loops.whatif import draw_what_if, make_simulator
from afterlaunch.stats.gain.judge import measure_gain
from afterlaunch.stats.gain.naive import naive_gain

if TYPE_CHECKING:
    from afterlaunch.stats.gain.judge import Gain
    from afterlaunch.stats.gain.record import Record


def find_feedback_loops(  # noqa: PLR0913 - a public call, every option with a default
    log: object,
    *,
    every: str = "1w",
    tail: float = 0.8,
    smoothing: float = 0.5,
    alarm_rate: float = 0.05,
    feedback: str = "clicks",
    corrected: bool = False,
    public_items: bool = False,
    rng: object = 0,
) -> LoopReport:
    """Return whether a model feeds on its own output: on the feedback to what it chose to show, or to accept.

    `log` is an `InteractionLog` (recommender, search, ads), or a `PredictionLog` with `accepted=` (credit, fraud). Of
    impressions it measures the **loop gain**: how many per cent more exposure follow, in the next period of length
    `every`, on one per cent more feedback in training. It is read from what chance alone moved: exposure beyond what
    logged propensities expect, feedback withheld from training, noise added to scores. Without any of them the verdict
    is `not_identified`, and the report names the smallest randomisation that would tell. A log without a loop raises an
    alarm with chance `alarm_rate` at most. Below 1 a gain amplifies differences 1/(1 - gain) times; from 1 on it runs
    away.

    Beside it, and never alarmed on: how concentrated exposure is over time, with the band that the items' merit alone
    would give; exposure against merit; what users see; what corrections would change and cost. `tail`: items outside
    those with this share of the interactions are the tail. `smoothing` is what the model adds to counts before it takes
    logarithms. `corrected=True` says that feedback is divided by its propensity before training: then exposure breeds
    exposure no more, chance clicks are followed all the same, and only noise in scores tells the two apart. `feedback`
    names what comes back, in the plural. Names of items are in what is shared only with
    `public_items=True` or where a report is saved with `rows=True`; names of users never. `rng` is a seed or a NumPy
    generator.

    Of decisions it measures selective labels: rates among accepted rows against those of all rows, by inverse
    propensities. Raises `BadInput` where `log` is no such log.
    """
    options = Options(
        every=every,
        tail=tail,
        smoothing=smoothing,
        alarm_rate=alarm_rate,
        feedback=feedback,
        corrected=corrected,
        public_items=public_items,
        rng=rng,
    )
    if isinstance(log, InteractionLog):
        return _on_impressions(log, options)
    if isinstance(log, PredictionLog):
        return LoopReport(data=build_label_payload(log, measure_labels(log), options))
    raise BadInput(
        f"a {type(log).__name__} has no roles to find a loop by: pass al.InteractionLog(data, time='…', item='…', "
        "clicked='…'), or al.PredictionLog(data, accepted='…', target='…')"
    )


def _on_impressions(log: InteractionLog, options: Options) -> LoopReport:
    found = read_impressions(log, every=options.every)
    rng = options.generator()
    merit = measure_exposure(log, found)
    record = found.record()
    gain = None if record is None else _gain(record, options)
    plan, advice = draw_plan(None if options.corrected else record, smoothing=options.smoothing)
    simulator = make_simulator(found, gain, smoothing=options.smoothing, rng=rng)
    bubbles = measure_bubbles(log, found, rng=rng)
    payload = build_payload(
        Findings(
            log=log,
            options=options,
            impressions=found,
            courses=measure_courses(
                log, found, None if merit is None else merit.merit.share, tail=options.tail, rng=rng
            ),
            merit=merit,
            gain=gain,
            naive=None if record is None else naive_gain(record, smoothing=options.smoothing),
            plan=plan,
            advice=advice,
            bubbles=bubbles,
            what_if=draw_what_if(simulator, names_of(found, options)),
            n_users=_count_users(log),
        )
    )
    return LoopReport(data=payload, kept=Kept(log=log, found=found, merit=merit, bubbles=bubbles, simulator=simulator))


def _gain(record: Record, options: Options) -> Gain:
    return measure_gain(record, smoothing=options.smoothing, alarm_rate=options.alarm_rate, corrected=options.corrected)


def _count_users(log: InteractionLog) -> int | None:
    """Return how many users were shown something; None where the log names none."""
    if log.user is None:
        return None
    users = shown_rows(log).select(pl.col(log.user).drop_nulls().n_unique())
    return cast("int", collect(users, paths=log.paths).item())
