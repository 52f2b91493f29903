"""Single rows: why they are odd, why they are wrong, which slices they are in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.edges.groups import NAMES
from afterlaunch.edges.payload import Contrast, Reason, Row

if TYPE_CHECKING:
    from afterlaunch.edges.find import Slice
    from afterlaunch.edges.groups import Axes, Rows
    from afterlaunch.edges.losses import Losses
    from afterlaunch.edges.odd import Odd
    from afterlaunch.edges.smooth import Smoothed
    from afterlaunch.edges.source import Source
    from afterlaunch.stats.arrays import FloatArray, IntArray

OF_GROUP = 35  # example rows of each of the four groups, at most
OF_SLICES = 60  # of all slices
OF_SLICE = 12  # and of each
NAMED = 4
UNLIKE = 1.0  # robust standard deviations by which a number differs from the usual one
MIN_ALIKE = 5
RIGHT_SHARE = 0.5  # a row counts as handled well where its loss lies in the lower half


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspector:
    """All that is known of rows, to tell of any of them."""

    source: Source
    odd: Odd
    losses: Losses
    smoothed: Smoothed
    rows: Rows
    axes: Axes
    slices: tuple[Slice, ...]

    @property
    def anywhere(self) -> Rows:
        """The rows as any window may hold them, those too that the scorer learnt from."""
        return replace(self.rows, share=self.odd.anywhere)

    @property
    def group(self) -> IntArray:
        """The group (n,) of each row, a place in `NAMES`; -1 where it is not known."""
        group = self.axes.group(self.rows.share, self.rows.smoothed)
        return np.where(self.rows.known, group, -1)

    def examples(self) -> list[Row]:
        """Return the oddest or worst rows of each group, and the worst of each slice, at most 200 in all."""
        group, current = self.group, self.source.is_current
        picked: list[int] = []
        for place, name in enumerate(NAMES):
            members = np.flatnonzero((group == place) & current)
            if name == "routine":
                spread = np.linspace(0, len(members) - 1, min(OF_GROUP, len(members))).astype(np.int64)
                picked += members[spread].tolist()
            else:
                picked += _most(self.rows.share if name == "outlier" else self.rows.smoothed, members, OF_GROUP)
        each = min(OF_SLICE, OF_SLICES // max(1, len(self.slices)))
        for one in self.slices:
            picked += _most(self.rows.smoothed, np.flatnonzero(one.rows & current & (group >= 0)), each)
        return self.inspect(np.array(list(dict.fromkeys(picked)), dtype=np.int64))

    def inspect(self, places: IntArray) -> list[Row]:
        """Return what there is to tell of rows by their places among all rows."""
        blamed = self.odd.blame(places)
        group = self.group
        surprise = self.losses.surprise
        return [
            Row(
                group=NAMES[max(int(group[place]), 0)],
                values=tuple(text(value) for value in self.source.frame.row(place)),
                outlier_share=float(np.nan_to_num(self.odd.anywhere[place])),
                flagged=bool(self.odd.flag[place]),
                loss=number(self.rows.loss, place),
                smoothed_loss=number(self.rows.smoothed, place),
                surprise=None if surprise is None else number(surprise, place),
                odd=tuple(self._reason(place, column, part) for column, part in why),
                n_alike_right=len(self._alike_right(place)) if self.source.is_current[place] else None,
                wrong=self._contrasts(place),
                slices=tuple(i for i, one in enumerate(self.slices) if one.rows[place]),
            )
            for place, why in zip(places.tolist(), blamed, strict=True)
        ]

    def _reason(self, place: int, column: str, part: float) -> Reason:
        tail = self.odd.tail_shares(np.array([place]), column)
        value = self.source.frame[column][place]
        return Reason(column=column, value=text(value), part=part, tail_share=float(tail[0]))

    def _alike_right(self, place: int) -> IntArray:
        """Return the ordinary rows most like a row whose loss was small, as places among all rows."""
        at = int(np.searchsorted(self.smoothed.places, place))
        if at >= len(self.smoothed.places) or self.smoothed.places[at] != place:
            return np.zeros(0, dtype=np.int64)
        near = self.smoothed.alike.rows[at]
        found = self.smoothed.places[near[near >= 0]]
        usual = float(np.nanquantile(self.rows.loss[self.source.is_current], RIGHT_SHARE))
        right = (self.rows.loss[found] <= usual) & (np.nan_to_num(self.rows.share[found]) < self.axes.odd_from)
        return found[right]

    def _contrasts(self, place: int) -> tuple[Contrast, ...]:
        """Return the columns in which a row differs most from the rows like it that the model got right."""
        right = self._alike_right(place)
        if len(right) < MIN_ALIKE:
            return ()
        apart = [self._apart(place, column, right) for column in range(self.odd.x.shape[1])]
        order = np.argsort([-one for one in apart], kind="stable").tolist()
        found = [self._contrast(place, column, right) for column in order if apart[column] >= UNLIKE]
        # A category can be the most frequent among rows of which most have another: that is no contrast.
        return tuple([one for one in found if one.value != one.usual][:NAMED])

    def _apart(self, place: int, column: int, right: IntArray) -> float:
        """Return how unlike a row's value is, in spreads; of a category, twice the share that has another."""
        own, others = self.odd.x[place, column], self.odd.x[right, column]
        if np.isnan(own) or self.odd.encoder.categories[column] is not None:
            same = np.isnan(others) if np.isnan(own) else others == own
            return 2.0 * float(1 - same.mean())
        known = others[~np.isnan(others)]
        if not len(known):
            return 2.0
        spread = float(np.nanstd(self.odd.known[:, column]))
        return abs(float(own - np.median(known))) / spread if spread > 0 else 0.0

    def _contrast(self, place: int, column: int, right: IntArray) -> Contrast:
        name = self.odd.encoder.names[column]
        values = self.source.frame[name][right.tolist()]
        if self.odd.encoder.categories[column] is None and values.dtype.is_numeric():
            middle = values.median()
            usual = "missing" if middle is None else text(middle)
        else:
            usual = text(values.mode().sort()[0])
        return Contrast(column=name, value=text(self.source.frame[name][place]), usual=usual)


def _most(rank: FloatArray, members: IntArray, n: int) -> list[int]:
    """Return the `n` members of the highest rank."""
    return members[np.argsort(-rank[members], kind="stable")[:n]].tolist()


def text(value: object) -> str:
    """Return a value as it is shown.

    >>> text(None), text(0.1234567), text(3)
    ('missing', '0.1235', '3')
    """
    if value is None:
        return "missing"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def number(values: FloatArray, place: int) -> float | None:
    """Return one of the values, None where it is not known."""
    value = float(values[place])
    return value if np.isfinite(value) else None
