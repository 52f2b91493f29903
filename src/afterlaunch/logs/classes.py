"""The classes of a log: which there are, and each row's place among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadColumn
from afterlaunch.logs.answers import PREDICTION, TARGET
from afterlaunch.logs.names import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from afterlaunch.logs.answers import Answers

MOST = 1000  # classes; more are an identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """The classes as the data hold them, in order: of a binary task the negative, then the positive one."""

    classes: tuple[object, ...]

    def place(self, label: object) -> int:
        """Return a class's place, told by what it is written as: True, 1 and "1" are one class."""
        return [_key(one) for one in self.classes].index(_key(label))

    def codes(self, answers: Answers, role: str) -> NDArray[np.float64] | None:
        """Return each row's place among the classes (n,), NaN where it has none; None without such a column."""
        if role not in answers.frame.columns:
            return None
        column = _plain(answers.frame[role])
        known = {_key(label): place for place, label in enumerate(self.classes)}
        values = column.drop_nulls().unique().to_list()
        if not values:
            return np.full(len(column), np.nan)
        places = [float(known[_key(value)]) for value in values]
        return column.replace_strict(values, places, default=None, return_dtype=pl.Float64).to_numpy()


def read_classes(answers: Answers) -> Classes:
    """Return the classes of a log; raise `BadColumn` where its values are none, or do not fit a binary task."""
    found = {role: _distinct(answers, role) for role in (TARGET, PREDICTION)}
    for role, values in found.items():
        _check_classes(answers, role, values)
    scored = [label for label in answers.score_classes if label is not None]
    if answers.task == "binary":
        return Classes(classes=_pair(answers, found, scored))
    by_key: dict[str, object] = {}
    for label in (*_ordered(found[TARGET]), *scored, *_ordered(found[PREDICTION])):
        by_key.setdefault(_key(label), label)
    return Classes(classes=tuple(by_key[key] for key in sorted(by_key, key=_numbers_first)))


def numbers(answers: Answers, role: str) -> NDArray[np.float64] | None:
    """Return a regression's column as floats, NaN where it has no value; raise `BadColumn` where it has no numbers."""
    if role not in answers.frame.columns:
        return None
    column = answers.frame[role]
    if not (column.dtype.is_numeric() or isinstance(column.dtype, pl.Boolean | pl.Null)):
        raise BadColumn(f"column {answers.names[role]!r} is {column.dtype}: the {role} of a regression holds numbers")
    values = column.cast(pl.Float64).to_numpy().astype(np.float64)
    infinite = int(np.isinf(values).sum())
    if infinite:
        raise BadColumn(
            f"column {answers.names[role]!r} holds {infinite:,} infinite values: set them to null, or mend them"
        )
    return values


def _distinct(answers: Answers, role: str) -> list[object]:
    if role not in answers.frame.columns:
        return []
    return _plain(answers.frame[role]).drop_nulls().unique().to_list()


def _plain(column: pl.Series) -> pl.Series:
    return column.cast(pl.UInt8) if column.dtype == pl.Boolean else column


def _key(label: object) -> str:
    """Return what a label is written as; True, 1, 1.0 and "1" alike."""
    if isinstance(label, bool):
        return str(int(label))
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)


def _numbers_first(key: str) -> tuple[float, str]:
    try:
        return float(key), key
    except ValueError:
        return float("inf"), key


def _ordered(labels: Iterable[object]) -> list[object]:
    return sorted(labels, key=lambda label: _numbers_first(_key(label)))


def _check_classes(answers: Answers, role: str, values: list[object]) -> None:
    fraction = next((value for value in values if isinstance(value, float) and not value.is_integer()), None)
    if fraction is not None:
        hint = "name it as score= instead" if role == PREDICTION else "pass task='regression' if it holds amounts"
        raise BadColumn(f"column {answers.names[role]!r} holds {fraction:.6g}, which is no class: {hint}")
    if len(values) > MOST:
        raise BadColumn(f"column {answers.names[role]!r} holds {len(values):,} classes, more than {MOST:,}: group them")


def _pair(answers: Answers, found: dict[str, list[object]], scored: list[object]) -> tuple[object, object]:
    """Return the negative and the positive class as the data hold them."""
    holds_flags = TARGET in answers.frame.columns and answers.frame[TARGET].dtype == pl.Boolean
    labels: dict[str, object] = {}
    for label in (*found[TARGET], *scored, *found[PREDICTION]):
        labels.setdefault(_key(label), bool(label) if holds_flags and _key(label) in {"0", "1"} else label)
    wanted = _key(answers.positive)
    others = [label for key, label in labels.items() if key != wanted]
    name = answers.names.get(TARGET) or answers.names.get(PREDICTION) or "score"
    if len(others) > 1 and not (wanted not in labels and len(labels) == 2):
        raise BadColumn(
            f"column {name!r} and the predictions hold {len(labels)} classes ({said([str(one) for one in labels])}), a "
            "binary task has two: pass task='multiclass' with a score a class, or mend the values"
        )
    if wanted not in labels and others and (len(others) > 1 or _key(others[0]) != "0"):
        raise BadColumn(
            f"positive={answers.positive!r} is none of the values of {name!r} ({said([str(one) for one in labels])}): "
            f"PredictionLog(..., positive={others[0]!r}) if that is the class that the score is of"
        )
    positive = labels.get(wanted, True if holds_flags else answers.positive)
    return (others[0] if others else (False if holds_flags else _other_than(positive)), positive)


def _other_than(positive: object) -> object:
    return 0 if _key(positive) == "1" else f"not {positive}"
