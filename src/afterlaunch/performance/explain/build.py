"""The payload of an explanation: both accountings, judged, as plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.explain import columns, slices, words
from afterlaunch.performance.explain.payload import Accounting, ExplanationPayload, Part, Window
from afterlaunch.performance.explain.report import ExplanationReport
from afterlaunch.phrases import iso
from afterlaunch.stats.multiplicity import holm, holm_threshold
from afterlaunch.version import PRODUCT

if TYPE_CHECKING:
    from afterlaunch.performance.explain.favour import Choice
    from afterlaunch.performance.explain.ground import Ground
    from afterlaunch.performance.explain.options import Options
    from afterlaunch.performance.explain.parts import Judged, Split
    from afterlaunch.performance.explain.payload import ColumnPart, Mark, PartName, SlicePart
    from afterlaunch.performance.source import Source
    from afterlaunch.profiles.axis import Axis
    from afterlaunch.stats.arrays import BoolArray

MEMBERS: tuple[tuple[PartName, PartName | None], ...] = (
    ("covariate", None),
    ("new", "covariate"),
    ("gone", "covariate"),
    ("concept", None),
    ("label", None),
    ("given_label", None),
    ("total", None),
)
ACCOUNTINGS = {"features_first": ("covariate", "new", "gone", "concept"), "label_first": ("label", "given_label")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """All that a payload is made from."""

    source: Source
    ground: Ground
    split: Split
    choice: Choice
    columns: tuple[ColumnPart, ...]
    slices: tuple[SlicePart, ...]
    options: Options


def build_payload(frame: Frame) -> ExplanationPayload:
    """Return the payload, with its sentences."""
    source, ground, options = frame.source, frame.ground, frame.options
    parts = judge_parts(
        frame.split.judged, source.noun, options.alarm_rate, regression=source.outcomes.task == "regression"
    )
    windows = _windows(frame)
    accountings = tuple(_accounting(name, parts) for name in ("features_first", "label_first"))
    loss_words = words.LOSSES.get(ground.measure.name, ground.measure.name.replace("_", " "))
    total, choice = parts["total"], frame.choice
    payload = ExplanationPayload(
        kind="explanation",
        format=ExplanationReport.format,
        id="",
        product=PRODUCT,
        noun=source.noun,
        task=source.outcomes.task,
        loss=ground.measure.name,
        loss_words=loss_words,
        verdict=words.VERDICTS[total.mark],
        sentence=words.sentence(
            total,
            accountings,
            choice.favoured,
            loss_words=loss_words,
            windows=windows,
            against=source.timeline.against,
        ),
        evidence=words.evidence(total, choice.words, windows, options.alarm_rate),
        zone=source.timeline.axis.zone,
        every=source.timeline.axis.every,
        reference=windows[0],
        current=windows[1],
        total=total,
        accountings=accountings,
        favoured=choice.favoured,
        favoured_words=choice.words,
        tests=choice.tests,
        columns=frame.columns,
        columns_words=columns.WORDS,
        slices=frame.slices,
        slices_words=slices.WORDS,
        alarm_rate=options.alarm_rate,
        notes=ground.notes,
        code=_code(source, options),
    )
    return replace(payload, id=hashlib.sha256(repr(payload).encode()).hexdigest()[:16])


def judge_parts(judged: dict[str, Judged], noun: str, alarm_rate: float, *, regression: bool) -> dict[PartName, Part]:
    """Return every part with its verdict: Holm over all parts of both accountings, the new and the gone rows within."""
    chances = {name: one.pvalue for name, one in judged.items()}
    adjusted, level = _adjusted({name: chances[name] for name, within in MEMBERS if within is None}, alarm_rate)
    below, _ = _adjusted({name: chances[name] for name, within in MEMBERS if within is not None}, alarm_rate)
    for name, within in MEMBERS:
        if within is not None and below.get(name) is not None:
            adjusted[name] = max(below[name], adjusted.get(within, 1.0))
    court = _Court(adjusted=adjusted, level=level, alarm_rate=alarm_rate, noun=noun, regression=regression)
    return {name: court.judge(name, within, judged[name]) for name, within in MEMBERS}


def _adjusted(chances: dict[PartName, float | None], alarm_rate: float) -> tuple[dict[str, float], float]:
    """Return the adjusted chances of those that are known, and the one level that separates them."""
    known: dict[str, float] = {name: chance for name, chance in chances.items() if chance is not None}
    if not known:
        return {}, alarm_rate
    values = np.array(list(known.values()))
    return dict(zip(known, holm(values).tolist(), strict=True)), holm_threshold(values, alarm_rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Court:
    """What every part is judged by: the adjusted chances, the one level that separates them, and the words."""

    adjusted: dict[str, float]
    level: float
    alarm_rate: float
    noun: str
    regression: bool

    def judge(self, name: PartName, within: PartName | None, one: Judged) -> Part:
        """Return a part with its verdict."""
        change = None if one.part is None else one.part.value
        pvalue = self.adjusted.get(name)
        placebo = None if one.law is None else one.law.reach(self.level)
        low, high = (None, None) if one.law is None or change is None else one.law.interval(change)
        return Part(
            name=name,
            within=within,
            title=words.TITLES[name],
            words=words.part_words(name, self.noun, regression=self.regression),
            change=change,
            low=low,
            high=high,
            placebo_low=None if placebo is None else -placebo,
            placebo_high=placebo,
            pvalue=pvalue,
            mark=_mark(change, pvalue, self.alarm_rate),
            needs=one.needs,
            assumption=words.ASSUMPTIONS[name],
        )


def _mark(change: float | None, pvalue: float | None, alarm_rate: float) -> Mark:
    if change is None or pvalue is None:
        return "cannot_tell"
    if pvalue > alarm_rate:
        return "like_placebo"
    return "hurts" if change > 0 else "helps"


def _accounting(name: str, parts: dict[PartName, Part]) -> Accounting:
    title, said = words.ACCOUNTINGS[name]  # pyright: ignore[reportArgumentType]
    chosen = tuple(parts[part] for part in ACCOUNTINGS[name])  # pyright: ignore[reportArgumentType]
    return Accounting(name=name, title=title, words=said, parts=chosen)  # pyright: ignore[reportArgumentType]


def _windows(frame: Frame) -> tuple[Window, Window]:
    ground, features, axis = frame.ground, frame.split.features, frame.source.timeline.axis
    before = _window(ground, ~ground.is_current, axis.reference, axis, features.overlap_reference)
    after = _window(ground, ground.is_current, axis.current, axis, features.overlap_current)
    return replace(before, n_rows=ground.n_rows[0]), replace(after, n_rows=ground.n_rows[1])


def _window(ground: Ground, side: BoolArray, span: tuple[int, int], axis: Axis, overlap: float) -> Window:
    timed = axis.every is not None
    n = int(side.sum())
    return Window(
        start_ms=int(axis.starts[span[0]]) // 1000 if timed else None,
        end_ms=int(axis.ends[span[1] - 1]) // 1000 if timed else None,
        n_rows=n,
        n_labelled=n,
        loss=float(ground.loss[side].mean()),
        overlap=overlap,
        overlap_share=overlap / n,
    )


def _code(source: Source, options: Options) -> str:
    """Return the call that reproduces the report."""
    axis = source.timeline.axis
    called = source.template.replace("al.measure_performance", "al.explain_performance")
    for name, span in (("reference", axis.reference), ("current", axis.current)):
        if axis.every is not None:
            ends = [iso(int(at) // 1000, axis.zone) for at in (axis.starts[span[0]], axis.ends[span[1] - 1])]
            called = called.replace(f"{{{name}}}", f'("{ends[0]}", "{ends[1]}")', 1)
    return f"{called}{''.join(f', {name}={value}' for name, value in options.spelled_out.items())})"
