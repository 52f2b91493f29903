"""A made-up drift report for the tests of what shows reports: no statistics, known content."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import altair as alt
import numpy as np

from afterlaunch.drift.payload import Buckets, Column, DriftPayload, Judgement, Onset
from afterlaunch.encode import encode_counts
from afterlaunch.results import Report, View, ViewState

DAY_MS = 86_400_000
START_MS = 1_356_998_400_000  # 1 January 2013, UTC
N_BINS = 12
SPECIALS = 4


def make_buckets(n_days: int) -> Buckets:
    days = range(n_days)
    return Buckets(
        starts_ms=tuple(START_MS + day * DAY_MS for day in days),
        ends_ms=tuple(START_MS + (day + 1) * DAY_MS for day in days),
        position=tuple(days),
        season=(0,) * n_days,
        season_name=None,
        every="1d",
        zone="UTC",
        n_rows=tuple(900 + 30 * (day % 7) for day in days),
    )


def make_judgement(effect: float, verdict: str) -> Judgement:
    numbers = dict.fromkeys(Judgement.__dataclass_fields__)
    numbers |= {"n_reference": 9_000, "n_current": 5_000, "null_share_reference": 0.0, "null_share_current": 0.0}
    measures = {"ks": effect, "psi": effect * 2, "js": effect / 2, "hellinger": effect / 2, "total_variation": effect}
    decision = {"effect": effect, "effect_low": max(0, effect - 0.04), "effect_high": min(1, effect + 0.04)}
    return Judgement(
        **(numbers | measures | decision | {"verdict": verdict, "natural": 0.05, "pvalue": 0.01, "qvalue": 0.02})
    )


def make_column(name: str, effect: float, verdict: str, *, ordered: bool = True) -> Column:
    return Column(
        name=name,
        role="feature",
        kind="numeric" if ordered else "categorical",
        ordered=ordered,
        edges=tuple(float(i) for i in range(N_BINS + 1)) if ordered else (),
        labels=() if ordered else tuple(f"label {i}" for i in range(N_BINS)),
        pooled=None,
        beyond=(0, 0),
        scale=2.0 if ordered else None,
        distinct=None,
        importance=None,
        onset=Onset(
            at_ms=START_MS + 60 * DAY_MS, low_ms=START_MS + 59 * DAY_MS, high_ms=START_MS + 61 * DAY_MS, shape="step"
        )
        if verdict == "drifted"
        else None,
        cause="looks like °F turned into °C" if verdict == "drifted" else None,
        carriers=(3, 4),
        judgement=make_judgement(effect, verdict),
    )


def make_counts(columns: tuple[Column, ...], n_days: int) -> list[np.ndarray]:
    rng = np.random.default_rng(7)
    blocks = []
    for column in columns:
        shift = 5 * (column.judgement.effect or 0)
        centres = np.where(np.arange(n_days) < n_days // 2, 4.0, 4.0 + shift)
        cells = np.exp(-0.5 * ((np.arange(N_BINS) - centres[:, None]) / 1.8) ** 2)
        blocks.append(np.hstack([rng.poisson(300 * cells), np.zeros((n_days, SPECIALS), dtype=np.int64)]))
    return blocks


COLUMNS = (
    make_column("temp", 0.62, "drifted"),
    make_column("dewp", 0.31, "drifted"),
    make_column("pressure", 0.08, "cannot_tell"),
    make_column("humid", 0.04, "stable"),
    make_column("carrier", 0.02, "stable", ordered=False),
    make_column("visib", 0.015, "stable"),
    make_column("distance", 0.01, "stable"),
    make_column("origin", 0.004, "stable", ordered=False),
)


def make_payload(columns: tuple[Column, ...] = COLUMNS, *, n_days: int = 120) -> DriftPayload:
    return DriftPayload(
        kind="drift",
        format=1,
        id="sample-1",
        product="afterlaunch 0.1.0",
        noun="flights",
        sentence="2 of 8 columns drifted; temp matters most, since 2 March.",
        evidence="Chance of any false alarm here: at most 5\u202f%. 1 cannot tell: two more weeks of reference.",
        buckets=make_buckets(n_days),
        reference=(0, n_days // 2),
        current=(n_days * 2 // 3, n_days * 5 // 6),
        alarm_rate=0.05,
        min_effect=0.03,
        measure="effect",
        measure_in_page="effect",
        columns=columns,
        segments=None,
        by_rows=(),
        counts=encode_counts(make_counts(columns, n_days)),
        notes=("naive times are taken as UTC",),
        code="al.measure_drift(log, reference={reference}, current={current})",
    )


class SampleReport(Report):
    """A report with a payload, and nothing computed."""

    kind = "drift"

    def __init__(self, payload: DriftPayload | None = None) -> None:
        self._payload = payload or make_payload()
        self.view = View(ViewState())

    verdict = "drifted"
    evidence = property(lambda self: self._payload.evidence)
    sentence = property(lambda self: self._payload.sentence)
    table = None
    alarms = MappingProxyType({"drifted": ("temp", "dewp")})

    def summary(self) -> str:
        return f"{self.sentence}\n{self.evidence}"

    def payload(self, *, rows: bool = False) -> DriftPayload:
        return replace(self._payload, notes=(*self._payload.notes, "rows")) if rows else self._payload

    def draw_chart(self):
        return alt.Chart(alt.Data(values=[{"effect": 0.6}])).mark_bar().encode(x="effect:Q")

    def code(self) -> str:
        return self._payload.code

    def to_dict(self) -> dict:
        return {"format": 1, "sentence": self.sentence, "nothing": float("nan")}
