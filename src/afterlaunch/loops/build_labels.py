"""The payload of a report on a scorer's decisions: selective labels, and no gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.loops import code
from afterlaunch.loops.build import with_id
from afterlaunch.loops.drawn import kinds
from afterlaunch.loops.drawn.gain import UNKNOWN
from afterlaunch.loops.drawn.labels import draw_difference, draw_labels
from afterlaunch.loops.drawn.plain import NOTHING
from afterlaunch.loops.payload import Kind, LoopPayload
from afterlaunch.loops.report import LoopReport
from afterlaunch.phrases import share
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from afterlaunch.logs import PredictionLog
    from afterlaunch.loops.labels import LabelFindings
    from afterlaunch.loops.options import Options
    from afterlaunch.loops.payload import Level, SelectiveLabels, Verdict
    from afterlaunch.reports import Estimate

IMPRESSIONS = "an InteractionLog of impressions"


def build_label_payload(log: PredictionLog, found: LabelFindings, options: Options) -> LoopPayload:
    """Return the payload, with its sentences."""
    labels, difference = draw_labels(found), draw_difference(found)
    kind = kinds.selective_labels(difference, found.rates.pvalue, alarm_rate=options.alarm_rate)
    verdict: Verdict = {"found": "loop", "not_found": "no_evidence"}.get(kind.verdict, "not_identified")  # pyright: ignore[reportAssignmentType]
    level: Level = "L1" if found.propensities == "random" else "L0"
    payload = LoopPayload(
        kind="loops",
        format=LoopReport.format,
        id="",
        product=PRODUCT,
        noun=log.noun,
        subject="scorer",
        feedback="labels",
        verdict=verdict,
        sentence=_sentence(verdict, labels, found),
        evidence=_evidence(verdict, found, difference),
        level=level,
        level_words=_level_words(level),
        periods=None,
        concentration=(),
        merit=(),
        over_exposed=(),
        under_exposed=(),
        gain=UNKNOWN,
        bubbles=None,
        what_if=None,
        labels=labels,
        kinds=(
            *(_elsewhere(name) for name in ("exposure_bias", "popularity_bias", "filter_bubble")),
            kind,
        ),
        n_impressions=found.n,
        n_items=0,
        n_users=None,
        alarm_rate=options.alarm_rate,
        notes=(*log.notes, *_notes(found)),
        code=code.call(options.spelled_out),
    )
    return with_id(payload)


def _sentence(verdict: Verdict, labels: SelectiveLabels, found: LabelFindings) -> str:
    accepted, weighted = labels.accepted_rate.value or 0.0, labels.weighted_rate.value or 0.0
    of_accepted = f"of accepted rows {share(accepted)} are {found.positive}"
    if verdict == "loop":
        return f"The scorer shapes its own labels: {of_accepted}, of all rows it would be {share(weighted)}."
    if verdict == "no_evidence":
        return f"No evidence that the scorer shapes its own labels: {of_accepted}, of all rows {share(weighted)}."
    why = {
        "none": "this log records no propensities",
        "certain": "its decisions leave nothing to chance",
        "random": "what this log leaves to chance is too little",
    }[found.propensities]
    return f"Cannot tell whether the scorer shapes its own labels: {why}."


def _evidence(verdict: Verdict, found: LabelFindings, difference: Estimate) -> str:
    if verdict == "not_identified":
        return (
            f"{share(found.n_labelled / found.n)} of the rows have a label. To know: accept 1 % of the rest at random, "
            "and log the probability with which each row was accepted."
        )
    low, high = difference.low or 0.0, difference.high or 0.0
    ends = f"{_points(low)} to {_points(high)}"
    return (
        f"Accepted less all rows: {ends} points, with 95 % confidence. Weights leave an effective sample of "
        f"{share(found.rates.effective)} of the {found.n_labelled:,} labels."
    )


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", "−")


def _level_words(level: Level) -> str:
    if level == "L0":
        return (
            "L0, decisions only: licenses rates of the accepted rows, and none of those that were refused. Next, L1: "
            "accept a small share at random and log each row's probability. It costs what those rows lose."
        )
    return (
        "L1, propensities of decisions that leave something to chance: licenses rates of all rows, as far as they are "
        "right. Next, L2: a random share accepted whatever the score. It costs what those rows lose."
    )


def _notes(found: LabelFindings) -> list[str]:
    notes = ["Rows are taken as independent", "Weighted rates: Hájek's, by range of scores, then as all rows have them"]
    if found.unknown:
        notes.append(f"Accepted rows without a propensity are left out: {found.unknown:,}")
    return notes


def _elsewhere(name: str) -> Kind:
    return Kind(
        name=name,  # pyright: ignore[reportArgumentType] - one of the four
        title=kinds.TITLES[name],
        statistic="",
        estimate=NOTHING,
        identified=False,
        verdict="not_logged",
        needs=IMPRESSIONS,
        words=f"Needs {IMPRESSIONS}.",
    )
