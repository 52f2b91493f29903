"""What the drift panel is drawn from. `js/src/contract` is generated from these dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from afterlaunch.logs.columns import Kind, Role  # noqa: TC001 - the contract is generated from what stands here

Verdict: TypeAlias = Literal["drifted", "stable", "cannot_tell"]
Shape: TypeAlias = Literal["step", "ramp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Buckets:
    """The time axis: bucket `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC)."""

    starts_ms: tuple[int, ...]
    ends_ms: tuple[int, ...]
    position: tuple[int, ...]  # place on the regular grid, so that gaps count in the null
    season: tuple[int, ...]  # season label of each bucket; all 0 without a season
    season_name: str | None  # "weekday", "hour of day", …
    every: str | None  # Polars duration; None: no time, bucket 0 is the reference and bucket 1 the current rows
    zone: str
    n_rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """When a column began to drift: bucket starts, with an interval that holds the true start in 95 % of cases."""

    at_ms: int
    low_ms: int
    high_ms: int
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One column's decision for one pair of windows, with every number that the table shows."""

    verdict: Verdict
    effect: float | None  # share of rows that moved, 0 to 1
    effect_low: float | None
    effect_high: float | None
    natural: float | None  # the effect that natural variation alone reaches with the report's alarm rate
    pvalue: float | None
    qvalue: float | None
    needs: str | None  # what a "cannot tell" lacks
    ks: float | None  # None for unordered columns
    psi: float | None
    js: float | None
    hellinger: float | None
    total_variation: float | None
    l_infinity: float | None
    chi_squared: float | None
    wasserstein: float | None  # ordered only; in robust reference standard deviations
    wasserstein_raw: float | None  # in the column's own unit
    null_share_reference: float | None
    null_share_current: float | None
    unseen_share: float | None
    n_reference: int
    n_current: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column at the decision bins.

    Its counts are `n_bins + 4` cells a bucket; the last four are null, NaN, infinite, unseen.
    """

    name: str
    role: Role
    kind: Kind
    ordered: bool
    edges: tuple[
        float, ...
    ]  # ordered: n_bins + 1 drawing edges, rounded outwards, the first and last being outer quantiles
    beyond: tuple[int, int]  # ordered: bins below and above the reference's own, cut where other rows lie
    labels: tuple[str, ...]  # unordered: n_bins names; "other" holds what was pooled
    pooled: (
        int | None
    )  # unordered: the bin of the reference's rare categories, if any; unseen ones are judged with them
    scale: float | None  # robust reference standard deviation, in the column's unit
    distinct: tuple[float, float] | None  # text: about which share of values is distinct, for Python's windows
    importance: float | None
    onset: Onset | None  # for the windows that Python judged
    cause: str | None
    carriers: tuple[int, ...]  # the bins that carry the change, largest share first
    judgement: Judgement  # for the windows that Python judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment's verdict, for the windows that Python judged."""

    name: str
    verdict: Verdict
    drifted: tuple[str, ...]  # its columns that drifted, what matters most first
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The segments by one column, those with most drifted columns first."""

    by: str
    each: tuple[Segment, ...]
    alarm_rate: float  # chance of any false alarm in the whole report and all segments together


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How much of what a method found one column carries."""

    column: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFound:
    """What a method that reads rows found in the windows that Python judged."""

    method: str
    said: str
    carried: tuple[Carried, ...]  # the columns that carry most of it


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftPayload:
    """The whole panel: aggregates alone."""

    kind: Literal["drift"]
    format: int
    id: str  # made from the content
    product: str  # "afterlaunch 0.1.0"
    noun: str  # what a row is, plural: "rows", "flights"
    sentence: str
    evidence: str
    buckets: Buckets
    reference: tuple[int, int]  # half-open bucket range
    current: tuple[int, int]
    alarm_rate: float
    min_effect: float
    measure: str  # the measure that decides: "effect" unless chosen otherwise
    measure_in_page: str  # the same for windows that are moved: "effect" where the page does not know the measure
    columns: tuple[Column, ...]
    segments: Segments | None  # where by= named their column
    by_rows: tuple[RowFound, ...]
    counts: str  # base64 of raw-deflated LEB128 varints: column by column, bucket by bucket, cell by cell
    notes: tuple[str, ...]  # what was assumed or noticed, for the footer
    code: str  # the call that reproduces the report, with {reference} and {current} in place of the windows
