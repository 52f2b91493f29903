"""The plan of a profile: which columns are counted, at which frozen edges, in which time buckets."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from afterlaunch.errors import MissingColumn

if TYPE_CHECKING:
    from afterlaunch.logs import Kind, LogColumn, Role

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]

FORMAT = 2
SPECIALS = ("null", "nan", "infinite", "unseen")  # the last four cells of every column, in this order


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ColumnPlan:
    """One column's cells, frozen on the reference.

    An ordered column has the fine bins `[edges[i - 1], edges[i])`, open at both outer ends; a frequent value v has the
    bin `[v, nextafter(v))` of its own. Beyond the reference's range, edges are `added` at quantiles of other rows: they
    give shapes and hints, while measures read the reference's `own` bins. An unordered column has one bin a category,
    most frequent first, and where the reference holds more categories than are counted one by one, a last bin for those
    `rare` ones. Either way `decision` maps each fine bin to the coarser bin at which it is shown, and at which verdicts
    are reached once the `beyond` ones are taken back into the outer bins; four cells follow: `SPECIALS`.
    """

    name: str
    role: Role
    kind: Kind
    ordered: bool
    edges: FloatArray
    categories: tuple[str, ...]
    rare: tuple[str, ...] = ()  # known categories that share the last bin
    renewal: float = 1.0  # share of the reference's last rows whose category is new in them; 1: cannot be told
    decision: IntArray
    low: float  # outer reference quantiles at which sums are clipped
    high: float
    scale: float  # standard deviation of the 1-99 % winsorised reference; 0 where it is constant
    error: float = 0.0  # the largest reference share of a fine bin that holds more than one value
    added: IntArray = field(default_factory=lambda: frozen(np.array([], np.int64)))  # which edges lie beyond its range
    beyond: tuple[int, int] = (0, 0)  # decision bins below and above the reference's range, cut where other rows lie
    reach: tuple[float, float] = (0.0, 0.0)  # from where to where decision bins have a place: else `low` and `high`

    @property
    def n_bins(self) -> int:
        """The number of fine bins, without the four special cells."""
        return self.edges.size + 1 if self.ordered else len(self.categories) + bool(self.rare)

    @property
    def n_decision(self) -> int:
        """The number of decision bins, without the four special cells."""
        return int(self.decision.max(initial=-1)) + 1

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of an unordered column's bins; the last holds the rare ones, where there are any."""
        if not self.rare:
            return self.categories
        return (*self.categories, "other (rare)" if "other" in self.categories else "other")

    @property
    def own(self) -> IntArray:
        """The bin of the reference's own in which each fine bin lies, shape (n_bins,)."""
        is_own = np.ones(self.n_bins, np.int64)
        is_own[self.added + 1] = 0
        return np.cumsum(is_own) - 1

    def decision_edges(self) -> FloatArray:
        """Return the interior edges of an ordered column's decision bins, shape (n_decision - 1,)."""
        return self.edges[np.flatnonzero(np.diff(self.decision))]

    def to_dict(self) -> dict[str, Any]:
        """Return the column's plan as plain values, floats exact."""
        return {
            "name": self.name,
            "role": self.role,
            "kind": self.kind,
            "ordered": self.ordered,
            "edges": self.edges.tolist(),
            "categories": list(self.categories),
            "rare": list(self.rare),
            "renewal": self.renewal,
            "decision": self.decision.tolist(),
            "low": self.low,
            "high": self.high,
            "scale": self.scale,
            "error": self.error,
            "added": self.added.tolist(),
            "beyond": list(self.beyond),
            "reach": list(self.reach),
        }

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> ColumnPlan:
        """Return the column's plan that `to_dict` made `plain` of."""
        exact: dict[str, Any] = {
            "edges": frozen(np.array(plain["edges"], np.float64)),
            "decision": frozen(np.array(plain["decision"], np.int64)),
            "categories": tuple(plain["categories"]),
            "rare": tuple(plain["rare"]),
            "added": frozen(np.array(plain.get("added", []), np.int64)),  # formats before 2 had none of these
            "beyond": tuple(plain.get("beyond", (0, 0))),
            "reach": tuple(plain.get("reach", (plain["low"], plain["high"]))),
        }
        return cls(**{**plain, **exact})

    def __eq__(self, other: object) -> bool:
        """Two plans of a column are equal when they count into the same cells."""
        if not isinstance(other, ColumnPlan):
            return False
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in self.__slots__)

    def __hash__(self) -> int:
        """Return a hash of the column's name and number of bins."""
        return hash((self.name, self.n_bins))


def blank(column: LogColumn, *, ordered: bool) -> ColumnPlan:
    """Return the plan of a column of which nothing is learned yet."""
    return ColumnPlan(
        name=column.name,
        role=column.role,
        kind=column.kind,
        ordered=ordered,
        edges=frozen(np.array([], np.float64)),
        categories=(),
        decision=frozen(np.array([], np.int64)),
        low=0.0,
        high=0.0,
        scale=0.0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to count: it runs unchanged on a frame, on one file, or on each of many files.

    `every` is a Polars duration, a number of rows, or None for one bucket. With a number of rows, `cuts` holds the
    bucket starts, frozen when the plan was learned: times where the log has any, row numbers where it has none.
    """

    columns: tuple[ColumnPlan, ...]
    time: str | None
    zone: str
    every: str | int | None
    cuts: tuple[int, ...] = ()
    n_sampled: int = 0  # reference rows from which edges were learned
    format: int = FORMAT

    def __getitem__(self, column: str) -> ColumnPlan:
        """Return one column's plan; raise `MissingColumn` where there is none."""
        for candidate in self.columns:
            if candidate.name == column:
                return candidate
        have = ", ".join(repr(one.name) for one in self.columns)
        raise MissingColumn(f"the profile has no column {column!r}; it has {have}")

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values, floats exact."""
        return {
            "columns": [column.to_dict() for column in self.columns],
            "time": self.time,
            "zone": self.zone,
            "every": self.every,
            "cuts": list(self.cuts),
            "n_sampled": self.n_sampled,
            "format": self.format,
        }

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Plan:
        """Return the plan that `to_dict` made `plain` of."""
        columns = tuple(ColumnPlan.from_dict(column) for column in plain["columns"])
        exact: dict[str, Any] = {"columns": columns, "cuts": tuple(plain["cuts"])}
        return cls(**{**plain, **exact})

    def digest(self) -> str:
        """Return a short hash of the plan's content."""
        return hashlib.sha256(json.dumps(self.to_dict()).encode()).hexdigest()[:16]


def measure_error(plan: Plan) -> float:
    """Return how far KS from a profile can be off: the largest reference share of a fine bin with several values.

    Inside such a bin the two cumulative shares are unknown, but each can rise by the bin's own share at most. The
    share is measured on the reference rows from which the plan was learned.
    """
    return max((column.error for column in plan.columns), default=0.0)


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the array itself, made read-only."""
    array.setflags(write=False)
    return array
