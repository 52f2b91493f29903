"""The report on feedback loops: a payload, with the log it came from where that is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from afterlaunch.errors import RowsUnavailable
from afterlaunch.loops import table as tables
from afterlaunch.loops.payload import LoopPayload
from afterlaunch.loops.picked import Picked
from afterlaunch.loops.words import damps, with_interval
from afterlaunch.phrases import printable
from afterlaunch.reports import PayloadReport
from afterlaunch.results import Interval, Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from afterlaunch.loops.kept import Kept
    from afterlaunch.loops.payload import Gain, Kind, Level
    from afterlaunch.results import AnyChart

MARKS = {"found": "●", "not_found": "○", "cannot_tell": "◌", "not_logged": "◌"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopGain:
    """How much of this period's extra feedback comes back as exposure in the next.

    `interval` is None where the log says nothing; an end that is infinite is one without bound. `sensitivity` has a row
    for each smoothing constant that was tried, `by_instrument` one for each instrument. `missed` is the gain that could
    have been missed where there is no evidence of one.
    """

    estimate: float | None
    interval: Interval | None
    instrument: str | None
    pvalue: float | None
    overlap: float | None
    amplification: float | None
    missed: float | None
    sensitivity: pl.DataFrame
    by_instrument: pl.DataFrame


@dataclass(kw_only=True, eq=False, repr=False)
class LoopReport(PayloadReport[LoopPayload]):
    """Whether a model feeds on its own output; `find_feedback_loops` makes it.

    `gain` is how much of the feedback comes back, `level` the evidence that the log allows, `kinds` has a verdict each
    for exposure bias, popularity bias, filter bubble and selective labels. `table` has one row a period;
    `by_popularity`, `items`, `bubbles`, `labels` and `advice` say more, and `simulate` what a change would do.
    """

    kind: ClassVar[str] = "loops"
    payload_class: ClassVar[type[Any]] = LoopPayload
    kept: Kept | None = None

    @property
    def verdict(self) -> str:
        """`loop`, `no_evidence`, or `not_identified` where the log cannot tell."""
        return self.data.verdict

    @property
    def level(self) -> Level:
        """The level of evidence: `L0` logs alone, `L1` propensities, `L2` deliberate randomisation."""
        return self.data.level

    @cached_property
    def gain(self) -> LoopGain:
        """The loop gain with its interval, and what it rests on."""
        return _gain(self.data)

    @property
    def table(self) -> pl.DataFrame:
        """One row a period: how concentrated exposure was, with intervals and the band that merit alone would give."""
        return self._table

    @cached_property
    def _table(self) -> pl.DataFrame:
        return tables.period_table(self.data)

    @cached_property
    def kinds(self) -> pl.DataFrame:
        """One row a kind of loop, each with its statistic and verdict."""
        return tables.kind_table(self.data)

    @cached_property
    def by_popularity(self) -> pl.DataFrame:
        """One row a period and tenth of the items, the most shown first: exposure against merit."""
        return tables.popularity_table(self.data)

    @cached_property
    def items(self) -> pl.DataFrame:
        """One row an item that is shown much more, or much less, than its merit, by name where the log is at hand."""
        return tables.item_table(self.payload(rows=True))

    @cached_property
    def bubbles(self) -> pl.DataFrame:
        """One row a period: how narrow what users were shown was. Empty where the log names no users or categories."""
        return tables.bubble_table(self.data)

    @cached_property
    def labels(self) -> pl.DataFrame:
        """One row a bin of scores: rates among accepted rows and among all. Empty where nothing was refused."""
        return tables.label_table(self.data)

    @cached_property
    def advice(self) -> pl.DataFrame:
        """One row a correction: what it is expected to change, and to cost. Empty where the gain is not identified."""
        return tables.advice_table(self.data.what_if)

    def simulate(
        self, *, explore: float | None = None, correct: bool | None = None, guarantee: float | None = None
    ) -> pl.DataFrame:
        """Return what a change is expected to do, one row a period from now on, beside going on as today.

        `explore` is the share of impressions shown at random, `correct` whether feedback is divided by the propensity
        before training, `guarantee` the share of an even exposure that new items are sure of; each as today unless
        given. The simulator is calibrated on the log and its gain drawn from its interval; bands hold 80 % of the runs.
        Raises `RowsUnavailable` for a report that was read from a file, `BadOption` on a share outside 0 to 1.
        """
        return self._at_hand().simulate(explore=explore, correct=correct, guarantee=guarantee)

    @property
    def alarms(self) -> Mapping[str, tuple[str, ...]]:
        """The one alarm: a loop whose gain is above zero."""
        feeds = self.verdict == "loop" and not damps(self.data.gain)
        return {"loop": (f"{self.data.subject} feeds on {self.data.feedback}",) if feeds else ()}

    @property
    def selected_items(self) -> pl.DataFrame:
        """The items that are selected in the panel, all without a selection, with their counts in its period."""
        return self._at_hand().items_of(self._picked())

    @property
    def selected_users(self) -> pl.DataFrame:
        """The users that are selected in the panel, all without a selection, and how narrow what they saw was."""
        return self._at_hand().users_of(self._picked())

    def selected_rows(self) -> pl.DataFrame:
        """Return the log's rows of the selected items or users in the selected period."""
        return self._at_hand().rows_of(self._picked())

    def _picked(self) -> Picked:
        bubbles = self.data.bubbles
        return Picked(
            selection=self.selection or Selection(),
            window=self.view.state.current,
            entropy_edges=() if bubbles is None else bubbles.x_edges,
        )

    def _at_hand(self) -> Kept:
        if self.kept is None:
            raise RowsUnavailable(
                "this report was read from a file, which holds no rows: find feedback loops on the log"
            )
        return self.kept

    def payload(self, *, rows: bool = False) -> LoopPayload:
        """Return what the panel is drawn from; with `rows`, the names of items shown more or less than their merit."""
        if not rows or self.kept is None:
            return self.data
        return self.kept.with_names(self.data)

    def summary(self) -> str:
        """Return the verdict, how sure it is, the level of evidence and a line on each kind of loop."""
        lines = [self.sentence, self.evidence, self.data.level_words, ""]
        width = max((len(one.title) for one in self.data.kinds), default=0)
        lines += [_line(one, width) for one in self.data.kinds]
        lines += [
            f"gain by {one.title}: {with_interval(one.gain)}{' (weak)' if one.weak else ''}"
            for one in self.data.gain.instruments
        ]
        return "\n".join(lines).rstrip()

    def draw_chart(self) -> AnyChart:
        """Return the Gini of exposure over time, with the band that merit alone would give, as a new Altair chart."""
        from afterlaunch.loops.chart import draw_concentration  # noqa: PLC0415 - Altair takes half a second to import

        return draw_concentration(self.table)


def _line(one: Kind, width: int) -> str:
    verdict = one.verdict.replace("_", " ")
    nothing = one.estimate.value is None and one.estimate.low is None
    value = "" if nothing else f"{one.statistic} {with_interval(one.estimate)}"
    return f"{MARKS[one.verdict]} {one.title:<{width}}  {verdict:<11}  {value or printable(one.needs or '')}".rstrip()


def _gain(data: LoopPayload) -> LoopGain:
    import polars as pl  # noqa: PLC0415 - a report that is only shown needs no table

    one: Gain = data.gain
    ends = one.gain
    nothing = ends.value is None and ends.low is None and ends.high is None
    interval = None if nothing else Interval(low=_end(ends.low, -1), high=_end(ends.high, 1))
    return LoopGain(
        estimate=ends.value,
        interval=interval,
        instrument=one.instrument,
        pvalue=one.pvalue,
        overlap=one.overlap,
        amplification=one.amplification.value,
        missed=one.missed,
        sensitivity=pl.DataFrame(
            list(one.smoothing), schema={"smoothing": pl.Float64(), "gain": pl.Float64()}, orient="row"
        ),
        by_instrument=tables.instrument_table(data),
    )


def _end(value: float | None, sign: int) -> float:
    return sign * float("inf") if value is None else value
