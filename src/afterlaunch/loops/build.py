"""The payload of a report: what was found, as plain values with their sentences."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.loops import code, words
from afterlaunch.loops.drawn import kinds
from afterlaunch.loops.drawn.bubbles import draw_bubbles
from afterlaunch.loops.drawn.concentration import draw_concentration
from afterlaunch.loops.drawn.gain import draw_gain
from afterlaunch.loops.drawn.merit import draw_items, draw_merit
from afterlaunch.loops.drawn.periods import draw_periods
from afterlaunch.loops.lacks import find_lack, reach_level
from afterlaunch.loops.payload import LoopPayload
from afterlaunch.loops.report import LoopReport
from afterlaunch.phrases import share
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.bubbles import BubbleFindings
    from afterlaunch.loops.concentrate import Course
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.loops.merit import MeritFindings
    from afterlaunch.loops.options import Options
    from afterlaunch.loops.payload import Gain as GainPayload
    from afterlaunch.loops.payload import PlanPoint, WhatIf
    from afterlaunch.stats.gain.judge import Gain


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that a payload of a log of impressions is made from."""

    log: InteractionLog
    options: Options
    impressions: Impressions
    courses: tuple[Course, ...]
    merit: MeritFindings | None
    gain: Gain | None
    naive: float | None
    plan: Sequence[PlanPoint]
    advice: PlanPoint | None
    bubbles: BubbleFindings | None
    what_if: WhatIf | None
    n_users: int | None


def names_of(found: Impressions, options: Options) -> words.Names:
    """Return what things are called in the report."""
    return words.Names(subject="recommender", feedback=options.feedback, period=words.period_noun(found.periods.every))


def build_payload(all_of: Findings) -> LoopPayload:
    """Return the payload, with its sentences."""
    log, options, found = all_of.log, all_of.options, all_of.impressions
    names = names_of(found, options)
    verdict = "not_identified" if all_of.gain is None else all_of.gain.found
    level = reach_level(log, found)
    lack = find_lack(
        log, found, all_of.gain, all_of.advice, names, corrected=options.corrected, foreseen=bool(all_of.plan)
    )
    gain = draw_gain(all_of.gain, names, naive=all_of.naive, plan=all_of.plan, advice=all_of.advice)
    gain = replace(gain, words=_gain_words(all_of, gain, names, way_out=lack.way_out))
    needs = lack.needs if verdict == "not_identified" else None
    shared = found.items.cast(pl.String).to_list() if options.public_items else None
    merit = draw_merit(all_of.merit)
    bubbles = draw_bubbles(all_of.bubbles)
    trend = None if all_of.bubbles is None else all_of.bubbles.variety.trend
    has = {"has_users": log.user is not None, "has_categories": log.category is not None}
    payload = LoopPayload(
        kind="loops",
        format=LoopReport.format,
        id="",
        product=PRODUCT,
        noun="items",
        subject=names.subject,
        feedback="" if found.clicked is None else names.feedback,
        verdict=verdict,
        sentence=words.sentence(verdict, gain, names, why=lack.why),
        evidence=words.evidence(
            verdict,
            gain,
            alarm_rate=options.alarm_rate,
            way_out=lack.way_out,
            at_odds=() if all_of.gain is None else all_of.gain.at_odds,
        ),
        level=level,
        level_words=words.level_words(level, gain, names),
        periods=draw_periods(found, names),
        concentration=draw_concentration(all_of.courses, tail=options.tail),
        merit=merit,
        over_exposed=draw_items(all_of.merit, found, over=True, names=shared),
        under_exposed=draw_items(all_of.merit, found, over=False, names=shared),
        gain=gain,
        bubbles=bubbles,
        what_if=all_of.what_if,
        labels=None,
        kinds=(
            kinds.exposure_bias(verdict, gain, needs=needs),
            kinds.popularity_bias(verdict, merit, gain, names, needs=needs),
            kinds.filter_bubble(bubbles, trend, alarm_rate=options.alarm_rate, **has),
            kinds.no_decisions(),
        ),
        n_impressions=int(found.total.sum()),
        n_items=len(found.items),
        n_users=all_of.n_users,
        alarm_rate=options.alarm_rate,
        notes=_notes(all_of, names),
        code=code.call(options.spelled_out),
    )
    return with_id(payload)


def _gain_words(all_of: Findings, gain: GainPayload, names: words.Names, *, way_out: str) -> str:
    found = all_of.gain
    said = words.gain_words("not_identified" if found is None else found.found, gain, names, way_out=way_out)
    if found is None or found.found == "not_identified":
        return said
    return f"{said}{words.echo_words(found.echo, names)}"


def with_id(payload: LoopPayload) -> LoopPayload:
    """Return the payload with the id that its content gives it."""
    return replace(payload, id=hashlib.sha256(repr(replace(payload, id="")).encode()).hexdigest()[:16])


def _notes(all_of: Findings, names: words.Names) -> tuple[str, ...]:
    found, notes = all_of.impressions, [*all_of.impressions.notes]
    if found.clicked is not None:
        feedback = names.feedback[0].upper() + names.feedback[1:]
        notes.append(f"{feedback} are natural labels: each counts in the {names.period} of its impression, none as a 0")
        trained = "those marked as in training" if all_of.log.in_training is not None else "all of them"
        if all_of.options.corrected:
            notes.append(
                "Feedback is corrected for exposure before training: only noise in scores shows the whole loop"
            )
        else:
            notes.append(
                f"Amplification: of a model trained on {names.feedback} as they come; say corrected=True where they "
                "are divided by propensities first"
            )
        notes.append(f"The model is taken to learn from {trained}, with {all_of.options.smoothing:g} added to counts")
    if all_of.gain is not None and all_of.gain.refused:
        notes.append(
            "Propensities were not used: over the log, items are shown more or less often than they say; log those of "
            "the policy that chose"
        )
    if all_of.merit is not None:
        notes += all_of.merit.notes
        notes.append(f"Band without a loop: exposure drawn by merit alone, {share(0.95)} of draws")
    if all_of.log.user is None:
        notes.append("Intervals take impressions as independent: name user= to let those of one user hang together")
    else:
        notes.append("Intervals of concentration: users left out in 20 groups, in turn")
    notes.append("Concentration is described, not judged: its trend alarms in most logs without a loop")
    return tuple(dict.fromkeys(note.rstrip(".") for note in notes))
