"""The options of `measure_drift`, checked once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from numbers import Real
from typing import TYPE_CHECKING, cast

from afterlaunch.drift import measures as standard
from afterlaunch.drift.data import Cut
from afterlaunch.drift.decide import MIN_EFFECT, Decider
from afterlaunch.drift.measures.measure import Measure
from afterlaunch.drift.measures.row_method import RowMethod
from afterlaunch.drift.privacy import MIN_ROWS
from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSAID = ("measures", "importance", "alarm_share")  # what the code that reproduces a report cannot spell out


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for, beside the data; raises `BadOption` on what cannot be used."""

    every: str | int | None = "1d"
    columns: Sequence[str] | None = None
    measures: Sequence[object] | None = None
    by: str | None = None
    alarm_rate: float = 0.05
    min_effect: float | None = None
    importance: object = None
    rows: bool = False
    alarm_share: float = 1.0  # of the alarm rate, where several reports share it

    def __post_init__(self) -> None:
        """Check every option."""
        if self.every is not None:
            check_every(self.every)
        _check_share("alarm_rate", self.alarm_rate, least=1e-6, most=0.5)
        if self.min_effect is not None:
            _check_share("min_effect", self.min_effect, least=0.0, most=float("inf"))
        if self.columns is not None and (isinstance(self.columns, str) or not self.columns):
            raise BadOption(f"columns={self.columns!r} is not a list of names: write ['age', 'income']")
        _ = self.decider  # its checks are this one's too

    @property
    def cut(self) -> Cut:
        """How logs are cut."""
        return Cut(every=self.every, columns=self.columns)

    @property
    def level(self) -> float:
        """The chance of any false alarm in one report."""
        return self.alarm_rate * self.alarm_share

    @property
    def min_rows(self) -> int:
        """The rows that a category needs to be shared by name."""
        return 1 if self.rows else MIN_ROWS

    @cached_property
    def chosen_measures(self) -> tuple[Measure, ...]:
        """The measures that were named."""
        return tuple(cast("Measure", one) for one in self._instances if not isinstance(one, RowMethod))

    @cached_property
    def row_methods(self) -> tuple[RowMethod, ...]:
        """The methods that were named and read rows."""
        return tuple(one for one in self._instances if isinstance(one, RowMethod))

    @cached_property
    def all_measures(self) -> tuple[Measure, ...]:
        """All measures of the table: the named ones with their settings, then the others at their defaults."""
        named = {one.name: one for one in self.chosen_measures}
        others: list[object] = [getattr(standard, name)() for name in standard.__all__]
        return (*named.values(), *(one for one in others if isinstance(one, Measure) and one.name not in named))

    @cached_property
    def decider(self) -> Decider:
        """The measure that says what matters, and the size from which it does."""
        if not self.chosen_measures:
            return Decider(measure=None, min_effect=MIN_EFFECT if self.min_effect is None else self.min_effect)
        first = self.chosen_measures[0]
        size = first.min_effect if self.min_effect is None else self.min_effect
        if size is None:
            raise BadOption(
                f"{first.name} has no size from which it matters, so it cannot decide: "
                "put another measure first, or give min_effect="
            )
        return Decider(measure=first, min_effect=size)

    @property
    def spelled_out(self) -> dict[str, object]:
        """The options that differ from their defaults and can be written as code."""
        return {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name not in UNSAID and getattr(self, one.name) != one.default
        }

    @cached_property
    def _instances(self) -> tuple[object, ...]:
        return tuple(_instance(one) for one in self.measures or ())


def _instance(measure: object) -> object:
    """Return a measure, made from its class where that was given."""
    made = measure() if isinstance(measure, type) else measure
    if not isinstance(made, Measure | RowMethod):
        raise BadOption(f"no drift measure {measure!r}; have {', '.join(f'{name}()' for name in standard.__all__)}")
    return made


def _check_share(name: str, value: object, *, least: float, most: float) -> None:
    if isinstance(value, bool) or not isinstance(value, Real) or not least <= float(value) <= most:
        upper = "" if most == float("inf") else f" and at most {most:g}"
        raise BadOption(f"{name}={value!r} must be a number, at least {least:g}{upper}")
