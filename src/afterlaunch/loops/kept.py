"""What a report keeps beside its payload: the log, its items and users, and the simulator calibrated on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadOption, RowsUnavailable
from afterlaunch.logs import parse_window
from afterlaunch.logs.run import collect
from afterlaunch.logs.windows import microseconds_at
from afterlaunch.loops.picked import BY_ENTROPY, BY_TENTH, NARROWED

if TYPE_CHECKING:
    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.bubbles import BubbleFindings
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.loops.merit import MeritFindings
    from afterlaunch.loops.payload import Item, LoopPayload
    from afterlaunch.loops.picked import Picked
    from afterlaunch.loops.whatif import Simulator
    from afterlaunch.results import Window
    from afterlaunch.stats.arrays import IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A log with what was found in it."""

    log: InteractionLog
    found: Impressions
    merit: MeritFindings | None
    bubbles: BubbleFindings | None
    simulator: Simulator | None

    def items_of(self, picked: Picked) -> pl.DataFrame:
        """Return the items of the selected tenths in the selected period, the most shown first."""
        period, selection = self.period_of(picked.window), picked.selection
        found, merit = self.found, self.merit
        shown = found.shown[period]
        columns = {"shown": shown} | ({} if found.clicked is None else {"clicked": found.clicked[period]})
        table = pl.DataFrame(
            [found.items.alias("item"), *(pl.Series(name, values) for name, values in columns.items())]
        )
        tenths = None if merit is None else merit.tenths[period]
        if merit is not None and tenths is not None:
            table = table.with_columns(
                pl.Series("tenth", tenths.tenth + 1), pl.Series("merit", merit.merit.among(merit.live[period]))
            ).with_columns(exposure=pl.col("shown") / max(int(shown.sum()), 1))
        if selection.column == BY_TENTH and selection.bins is not None:
            if tenths is None:
                raise RowsUnavailable("this log has no clicks, so that no tenths of popularity were measured")
            first, end = selection.bins
            table = table.filter((pl.col("tenth") > first) & (pl.col("tenth") <= end))
        return table.sort("shown", descending=True, maintain_order=True)

    def users_of(self, picked: Picked) -> pl.DataFrame:
        """Return the users of the selected range of entropy in the selected period; all without a selection."""
        if self.bubbles is None:
            raise RowsUnavailable("this log names no users with several items a period and their categories")
        period, selection = self.period_of(picked.window), picked.selection
        table = self.bubbles.users(period)
        if selection.group == NARROWED:
            return table.filter(pl.col("entropy") < float(self.bubbles.variety.below[period]))
        edges = picked.entropy_edges
        if selection.column == BY_ENTROPY and selection.bins is not None and edges:
            last = len(edges) - 1
            first, end = (min(max(one, 0), last) for one in selection.bins)
            low = edges[first] if first else -float("inf")  # who lies beyond the map is drawn at its ends
            high = edges[end] if end < last else float("inf")
            return table.filter((pl.col("entropy") >= low) & (pl.col("entropy") < high))
        return table

    def rows_of(self, picked: Picked) -> pl.DataFrame:
        """Return the log's rows of the selected items or users, in the selected period where one is selected."""
        rows, selection = self.log.frame, picked.selection
        if picked.window is not None:
            period = self.period_of(picked.window)
            rows = rows.filter(self.found.periods.of(pl.col(str(self.log.time))) == period)
        if selection.column == BY_TENTH:
            chosen, column = self.items_of(picked)["item"], self.log.item
        elif selection.column == BY_ENTROPY or selection.group == NARROWED:
            chosen, column = self.users_of(picked)["user"], str(self.log.user)
        else:
            return collect(rows, paths=self.log.paths)
        return collect(rows.filter(pl.col(column).is_in(chosen.implode())), paths=self.log.paths)

    def period_of(self, window: Window | None) -> int:
        """Return the place of the selected period, the last one in which anything was shown where none is selected."""
        starts: IntArray = self.found.periods.starts
        if window is None:
            return int(np.flatnonzero(self.found.total > 0)[-1])
        start = microseconds_at(parse_window(window, self.found.periods.zone)[0])
        return int(np.clip(np.searchsorted(starts, start, side="right") - 1, 0, len(starts) - 1))

    def simulate(self, *, explore: float | None, correct: bool | None, guarantee: float | None) -> pl.DataFrame:
        """Return what a change is expected to do, one row a period, beside going on as today."""
        if self.simulator is None:
            raise RowsUnavailable(
                "nothing can be simulated from this log: a simulator needs clicks and a gain that is identified; "
                "see .evidence for the randomisation that would tell"
            )
        for name, value in (("explore", explore), ("guarantee", guarantee)):
            if value is not None and not 0 <= value <= 1:
                raise BadOption(f"{name}={value!r} is no share from 0 to 1: of impressions")
        return self.simulator.simulate(explore=explore, correct=correct, guarantee=guarantee)

    def with_names(self, payload: LoopPayload) -> LoopPayload:
        """Return the payload with the names of its items."""
        if self.merit is None:
            return payload
        names = self.found.items.cast(pl.String)
        return replace(
            payload,
            over_exposed=_named(payload.over_exposed, names, self.merit.over),
            under_exposed=_named(payload.under_exposed, names, self.merit.under),
        )


def _named(items: tuple[Item, ...], names: pl.Series, places: IntArray) -> tuple[Item, ...]:
    return tuple(replace(one, name=str(names[place])) for one, place in zip(items, places.tolist(), strict=True))
