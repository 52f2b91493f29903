"""What the feedback-loop panel is drawn from. `js/src/contract` is generated from these dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from afterlaunch.reports import Estimate  # noqa: TC001 - the contract is generated from what stands here

Verdict: TypeAlias = Literal["loop", "no_evidence", "not_identified"]
Level: TypeAlias = Literal["L0", "L1", "L2"]
InstrumentName: TypeAlias = Literal["surprise", "withheld", "noise"]
KindName: TypeAlias = Literal["exposure_bias", "popularity_bias", "filter_bubble", "selective_labels"]
KindVerdict: TypeAlias = Literal["found", "not_found", "cannot_tell", "not_logged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The time axis: period `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC)."""

    starts_ms: tuple[int, ...]
    ends_ms: tuple[int, ...]
    every: str  # Polars duration
    noun: str  # "week"
    zone: str
    n_impressions: tuple[int, ...]
    n_clicks: tuple[int, ...] | None
    randomised: tuple[float | None, ...]  # share of feedback withheld, of traffic explored, or of scores jittered
    randomised_words: str | None  # "3 % of clicks withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """One measure of how exposure is shared among items, over time."""

    name: str  # "gini", "entropy", "coverage", "tail_share", "mean_popularity", "rank_exposure"
    title: str
    unit: Literal["share", "bits", "number"]
    value: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    null: tuple[float | None, ...]  # what the items' merit alone would give
    null_low: tuple[float | None, ...]
    null_high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merit:
    """Exposure against merit in one period, by popularity tenth (most shown first), and as Lorenz curves."""

    n_items: tuple[int, ...]
    exposure: tuple[float, ...]  # share of impressions
    merit: tuple[float | None, ...]  # share of what the items would have by clicks per impression alone
    ratio: tuple[Estimate, ...]
    click_rate: tuple[float | None, ...]
    lorenz_exposure: tuple[float, ...]  # at 0, 2, …, 100 % of items, least shown first
    lorenz_merit: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item that is shown much more, or much less, than its merit."""

    name: str | None  # None where names are not shared
    ratio: Estimate
    exposure: float
    n_impressions: int
    n_clicks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The gain as one instrument reads it."""

    name: InstrumentName
    title: str
    gain: Estimate
    pvalue: float | None
    weak: bool
    n_periods: int
    words: str  # whose elasticity it is, and what is weak about it


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPoint:
    """How wide the gain's interval would be after randomising `share` for `periods` periods."""

    share: float
    periods: int
    half_width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """How much of this period's extra feedback comes back as exposure in the next."""

    gain: Estimate
    bound_only: bool  # near one, or for want of overlap: read the interval, not the value
    instrument: InstrumentName | None
    instruments: tuple[Instrument, ...]
    pvalue: float | None
    amplification: Estimate
    overlap: float | None
    smoothing: tuple[tuple[float, float | None], ...]  # constant, gain
    naive: float | None  # what a regression of exposure on clicks would say
    missed: float | None  # with no evidence: the gain that could have been missed
    plan: tuple[PlanPoint, ...]
    advice: PlanPoint | None  # the smallest that would do
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A sparse histogram: cell = x cell * number of y cells + y cell."""

    cell: tuple[int, ...]
    n: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubbles:
    """What users are shown, in some periods: entropy of categories (x) and overlap with other users (y)."""

    periods: tuple[int, ...]  # of which there are maps
    x_edges: tuple[float, ...]  # bits; with the end of the last cell
    y_edges: tuple[float, ...]  # with the end of the last cell
    shown: tuple[Cells, ...]
    null: tuple[Cells, ...]
    narrow_below: float  # 95 % of users would be above without the loop
    n_users: tuple[int, ...]  # one a period of the axis
    narrowed: tuple[float | None, ...]  # share of users below, one a period of the axis
    own_overlap: tuple[float | None, ...]
    between_overlap: tuple[float | None, ...]
    trend: Estimate  # bits by which users' entropy changed from early to late, beyond what was on offer
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One measure under one setting, from now on: median and band over seeds."""

    value: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One point of the grid of what could be done."""

    explore: int  # place in `explore`
    correct: bool
    guarantee: int  # place in `guarantee`
    gini: Forecast
    click_rate: Forecast
    merit_correlation: Estimate  # at the end
    cost: Estimate  # clicks less than as today, as a share, over the horizon


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What a simulator, calibrated on the log, expects of each setting."""

    explore: tuple[float, ...]  # share of impressions
    guarantee: tuple[float, ...]  # share of impressions kept for new items
    now: tuple[int, int]  # places of today's explore and guarantee
    correct_now: bool
    horizon: int  # periods
    settings: tuple[Setting, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBin:
    """Rows of similar score: how many are labelled, and their rate as accepted rows and as all rows have it."""

    low: float
    high: float
    n: int
    labelled_share: float
    accepted_rate: Estimate
    weighted_rate: Estimate  # None where the effective sample size is below 5 %
    effective_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectiveLabels:
    """Labels that exist because the model accepted."""

    bins: tuple[ScoreBin, ...]
    accepted_rate: Estimate
    weighted_rate: Estimate
    effective_share: float | None
    refused: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of feedback loop and what the log says of it."""

    name: KindName
    title: str
    statistic: str
    estimate: Estimate
    identified: bool
    verdict: KindVerdict
    needs: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopPayload:
    """The whole panel: aggregates alone; names of items where they are public."""

    kind: Literal["loops"]
    format: int
    id: str
    product: str
    noun: str  # "items"
    subject: str  # "recommender", "scorer"
    feedback: str  # "clicks": what counts as feedback, and within which window
    verdict: Verdict
    sentence: str
    evidence: str
    level: Level
    level_words: str  # what the level licenses, and what the next costs
    periods: Periods | None
    concentration: tuple[Concentration, ...]
    merit: tuple[Merit | None, ...]  # one a period
    over_exposed: tuple[Item, ...]
    under_exposed: tuple[Item, ...]
    gain: Gain
    bubbles: Bubbles | None
    what_if: WhatIf | None
    labels: SelectiveLabels | None
    kinds: tuple[Kind, ...]
    n_impressions: int
    n_items: int
    n_users: int | None
    alarm_rate: float
    notes: tuple[str, ...]
    code: str
