"""Verdicts: significant by the null, family-wise over the whole report, and material."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from afterlaunch.stats.learnt import Learnt, learn
from afterlaunch.stats.measures import Measures, measure
from afterlaunch.stats.multiplicity import benjamini_hochberg, holm_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.cells import Cells, Windows
    from afterlaunch.stats.evidence import PartName

Verdict: TypeAlias = Literal["drifted", "stable", "cannot_tell"]
Needs: TypeAlias = Literal["values", "season", "longer_reference", "more_rows"]

LARGE = 0.2  # half a standard deviation: an effect above it is never called usual
FEW_PLACEBOS = 0.25  # a caution below it (fewer than ten placebos): nothing is known about natural variation
INTERVAL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One column's decision, and every number that it rests on.

    `natural` is the effect that natural variation alone reaches at the report's alarm rate; a drifted column lies above
    it and above `min_effect`. `low` and `high` hold the true effect in at least 95 % of cases. `part` is what decided:
    the values themselves or the share of rows without one.
    """

    verdict: Verdict
    needs: Needs | None
    large_but_usual: bool
    part: PartName
    effect: float | None
    low: float | None
    high: float | None
    natural: float | None
    pvalue: float | None
    qvalue: float | None
    measures: Measures


def judge(
    columns: Sequence[Cells], windows: Windows, *, alarm_rate: float = 0.05, min_effect: float = 0.03
) -> tuple[Judged, ...]:
    """Return the verdict on every column; the chance of any false `drifted` among them is at most `alarm_rate`.

    >>> from afterlaunch.stats import Cells, Windows
    >>> cells = Cells(counts=np.array([[500, 500, 0, 0, 0, 0], [200, 800, 0, 0, 0, 0]]), ordered=True)
    >>> pair = np.array([0, 1])
    >>> windows = Windows(reference=pair[:1], current=pair[1:], position=pair, season=pair * 0, timeless=True)
    >>> judge([cells], windows)[0].verdict
    'drifted'
    """
    parts = [part for name in ("values", "absence") if (part := learn(columns, windows, name))]
    level = holm_threshold(np.concatenate([part.pvalue for part in parts]), alarm_rate) if parts else alarm_rate
    candidates: list[list[_Candidate]] = [[] for _ in columns]
    for part in parts:
        for candidate in _candidates(part, level, min_effect):
            candidates[candidate.column].append(candidate)
    shown = [max(found, key=_foremost) if found else None for found in candidates]
    pvalues = np.array([_combined(one, len(found)) for one, found in zip(shown, candidates, strict=True)])
    qvalues = benjamini_hochberg(pvalues)
    plain = measure(columns, windows)
    return tuple(
        _decided(one, float(p), float(q), measures, min_effect)
        for one, p, q, measures in zip(shown, pvalues, qvalues, plain, strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """What one part says about its column."""

    column: int
    part: PartName
    verdict: Verdict
    needs: Needs | None
    significant: bool
    effect: float
    natural: float
    noise: float
    pvalue: float


def _candidates(part: Learnt, level: float, min_effect: float) -> list[_Candidate]:
    natural, within = part.effect_at(level), part.effect_at(INTERVAL) * part.evidence.widening
    found: list[_Candidate] = []
    for i, column in enumerate(part.evidence.column):
        effect, pvalue = float(part.evidence.effect[i]), float(part.pvalue[i])
        significant, material = pvalue <= level, effect >= min_effect
        verdict, needs = _verdict(part, i, float(natural[i]), significant) if material else _immaterial(part, i)
        found.append(
            _Candidate(
                column=int(column),
                part=part.name,
                verdict=verdict,
                needs=needs,
                significant=significant and material,
                effect=effect,
                natural=float(natural[i]),
                noise=float(within[i]),
                pvalue=pvalue,
            )
        )
    return found


def _immaterial(part: Learnt, i: int) -> tuple[Verdict, Needs | None]:
    return ("stable", None) if part.evidence.covered[i] else ("cannot_tell", "season")


def _verdict(part: Learnt, i: int, natural: float, significant: bool) -> tuple[Verdict, Needs | None]:  # noqa: FBT001
    """Return the verdict on a material effect."""
    if not part.evidence.covered[i]:
        return "cannot_tell", "season"
    if significant:
        return ("cannot_tell", "longer_reference") if part.wandering[i] else ("drifted", None)
    if part.evidence.caution[i] < FEW_PLACEBOS:
        return "cannot_tell", "longer_reference"
    restless = _is_restless(part, i)
    # More rows would narrow a band that is wide for want of them; no number of rows calms restless buckets.
    if (float(part.evidence.effect[i]) if restless else natural) > LARGE:
        return "cannot_tell", "longer_reference" if restless else "more_rows"
    return "stable", None


def _is_restless(part: Learnt, i: int) -> bool:
    """Return whether most of the step's variance comes from its buckets, and not from their rows."""
    step = part.evidence.step
    return float((part.weights[i] * step.between[i] / step.total()[i]).sum()) > 0.5


def _foremost(candidate: _Candidate) -> tuple[bool, float]:
    """Return what puts one part of a column before another: an alarm, then the larger effect."""
    return candidate.significant, candidate.effect


def _combined(shown: _Candidate | None, n_parts: int) -> float:
    return min(1.0, n_parts * shown.pvalue) if shown else 1.0


def _decided(first: _Candidate | None, pvalue: float, qvalue: float, measures: Measures, min_effect: float) -> Judged:
    if first is None:
        return _nothing_to_judge(measures)
    return Judged(
        verdict=first.verdict,
        needs=first.needs,
        large_but_usual=first.verdict == "stable" and first.effect >= min_effect,
        part=first.part,
        effect=first.effect,
        low=max(first.effect - first.noise, 0.0),
        high=min(first.effect + first.noise, 1.0),
        natural=first.natural,
        pvalue=pvalue,
        qvalue=qvalue,
        measures=measures,
    )


def _nothing_to_judge(measures: Measures) -> Judged:
    return Judged(
        verdict="cannot_tell",
        needs="values",
        large_but_usual=False,
        part="values",
        effect=None,
        low=None,
        high=None,
        natural=None,
        pvalue=None,
        qvalue=None,
        measures=measures,
    )
