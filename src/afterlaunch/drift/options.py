"""The options of `measure_drift`, checked once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import cast

from afterlaunch.asked import check_number, check_rate
from afterlaunch.drift import measures as standard
from afterlaunch.drift.data import Cut
from afterlaunch.drift.decide import MIN_EFFECT, Decider
from afterlaunch.drift.measures.measure import Measure
from afterlaunch.drift.measures.row_method import RowMethod
from afterlaunch.drift.privacy import MIN_ROWS
from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every
from afterlaunch.logs.roles import as_names

PLAIN = ("every", "by", "alarm_rate", "min_effect", "rows")  # options whose text is their code


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for, beside the data; raises `BadOption` on what cannot be used."""

    every: str | int | None = "1d"
    columns: Iterable[str] | None = None
    measures: Iterable[object] | None = None
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
        check_rate(self.alarm_rate)
        if self.min_effect is not None:
            check_number("min_effect", self.min_effect, least=0.0)
        _check_list("columns", self.columns, "['age', 'income']")
        _check_list("measures", self.measures, "[al.measures.PSI()]")
        if self.columns is not None:
            object.__setattr__(self, "columns", as_names(self.columns, "columns"))  # any iterable, read once
            if not self.columns:
                raise BadOption("columns= names none: write ['age', 'income'], or leave it out for all")
        names = [one.name for one in self._instances if isinstance(one, Measure)]
        if len(set(names)) < len(names):
            raise BadOption(f"measures= names {max(names, key=names.count)} twice: the table has one column for each")
        _ = self.decider  # its checks are this one's too

    @property
    def cut(self) -> Cut:
        """How logs are cut."""
        return Cut(every=self.every, columns=cast("tuple[str, ...] | None", self.columns))

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
    def spelled_out(self) -> dict[str, str]:
        """The options that differ from their defaults, as code; a fitted estimator is called `model` there."""
        said = {name: repr(getattr(self, name)) for name in PLAIN if getattr(self, name) != _DEFAULTS[name]}
        if self.columns is not None:
            said["columns"] = repr(list(self.columns))
        if self.importance is not None:
            said["importance"] = "model" if hasattr(self.importance, "fit") else repr(self.importance)
        if self._instances:
            said["measures"] = f"[{', '.join(map(_as_code, self._instances))}]"
        return said

    def within(self, by: str, *, share: float) -> Options:
        """Return the options of one segment's report: its share of the alarm rate, without the column `by`."""
        importance = self.importance
        if isinstance(importance, Mapping):
            rest = {name: value for name, value in cast("Mapping[object, object]", importance).items() if name != by}
            importance = rest if any(rest.values()) else None
        return replace(self, alarm_share=share, importance=importance)

    @cached_property
    def _instances(self) -> tuple[object, ...]:
        return tuple(_instance(one) for one in self.measures or ())


_DEFAULTS = {one.name: one.default for one in fields(Options)}


def _as_code(measure: object) -> str:
    """Return the call that makes a measure, with the settings that differ from its defaults."""
    kind = type(measure)
    chosen = [
        f"{one.name}={getattr(measure, one.name)!r}"
        for one in (fields(measure) if is_dataclass(measure) else ())
        if getattr(measure, one.name) != one.default
    ]
    home = "al.measures." if kind.__name__ in standard.__all__ else ""
    return f"{home}{kind.__name__}({', '.join(chosen)})"


def _instance(measure: object) -> object:
    """Return a measure, made from its class where that was given."""
    made = measure() if isinstance(measure, type) else measure
    if not isinstance(made, Measure | RowMethod):
        raise BadOption(f"no drift measure {measure!r}; have {', '.join(f'{name}()' for name in standard.__all__)}")
    return made


def _check_list(name: str, value: object, example: str) -> None:
    if value is not None and (isinstance(value, str) or not isinstance(value, Iterable)):
        raise BadOption(f"{name}={value!r} is not a list: write {name}={example}")
