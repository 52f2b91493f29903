"""What the explanation panel is drawn from. `js/src/contract` is generated from these dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Task: TypeAlias = Literal["binary", "multiclass", "regression"]
Verdict: TypeAlias = Literal["dropped", "improved", "stable", "cannot_tell"]
AccountingName: TypeAlias = Literal["features_first", "label_first"]
Favoured: TypeAlias = Literal["features_first", "label_first", "cannot_tell"]
PartName: TypeAlias = Literal["new", "gone", "covariate", "concept", "label", "given_label", "total"]
Mark: TypeAlias = Literal["helps", "hurts", "like_placebo", "cannot_tell"]
Holds: TypeAlias = Literal["not_refuted", "refuted", "cannot_tell"]
Kind: TypeAlias = Literal["range", "value", "flag", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One window: its span (epoch milliseconds, None without time), its rows, and the mean loss of those with a label.

    `low` and `high` are the mean's 95 % interval.
    """

    start_ms: int | None
    end_ms: int | None
    n_rows: int
    n_labelled: int
    loss: float
    overlap: float | None  # effective rows that the other window has too
    overlap_share: float | None  # of the labelled ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the change, with its 95 % interval and its placebo.

    Between the placebo's ends lies a part of two quiet stretches, at the report's alarm rate over all its parts.
    `within` names the part that it is a part of.
    """

    name: PartName
    within: PartName | None
    title: str
    words: str
    change: float | None
    low: float | None
    high: float | None
    placebo_low: float | None
    placebo_high: float | None
    pvalue: float | None  # adjusted for all parts of the report
    mark: Mark
    needs: str | None
    assumption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """One way to split the change; the parts that are within none add up to it."""

    name: AccountingName
    title: str
    words: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What was tested to choose between the accountings."""

    name: Literal["label_explains_scores", "label_explains_rows", "features_explain_answers", "scores_stay"]
    words: str
    pvalue: float | None
    holds: Holds


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPart:
    """A column's share of the covariate part; `column` is None for what the models of the loss do not place."""

    column: str | None
    change: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition on one column.

    A range of numbers from `low` up to, not including, `high` (None: no end); a value; a true or false flag; or
    nothing there.
    """

    column: str
    kind: Kind
    low: float | None
    high: float | None
    value: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlicePart:
    """What rows of one kind add to the covariate part: there are more or fewer of them, and they lose more or less."""

    words: str
    conditions: tuple[Condition, ...]
    code: str  # the filter as Polars code
    change: float
    low: float | None
    high: float | None
    n_reference: int
    n_current: int
    share_reference: float
    share_current: float
    loss_reference: float | None
    loss_current: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationPayload:
    """The whole panel: aggregates alone."""

    kind: Literal["explanation"]
    format: int
    id: str  # made from the content
    product: str  # "afterlaunch 0.1.0"
    noun: str  # what a row is, plural: "rows", "flights"
    task: Task
    loss: str  # "log_loss"
    loss_words: str  # "log loss"
    verdict: Verdict
    sentence: str
    evidence: str
    zone: str
    every: str | None  # Polars duration of the blocks; None: no time
    reference: Window
    current: Window
    total: Part
    accountings: tuple[Accounting, ...]
    favoured: Favoured
    favoured_words: str
    tests: tuple[Test, ...]
    columns: tuple[ColumnPart, ...]
    columns_words: str
    slices: tuple[SlicePart, ...]
    slices_words: str
    alarm_rate: float
    notes: tuple[str, ...]
    code: str
