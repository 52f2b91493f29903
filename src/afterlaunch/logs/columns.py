"""What a column is: its role, and its kind, told by its type and, for strings, by a sample of its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import polars as pl

Role: TypeAlias = Literal["feature", "prediction", "score", "target"]
Kind: TypeAlias = Literal["numeric", "categorical", "boolean", "time", "text"]

MIN_TO_TELL = 20  # strings needed to call a column mostly distinct; fewer are pooled in shared output anyway
MOSTLY_DISTINCT = 0.5
LONG_CHARACTERS = 64  # longer than a SHA-256 in hexadecimal, the longest common identifier


IDENTIFIERS = "Nearly unique strings are left out as identifiers, unless features= or columns= names them: "


@dataclass(frozen=True, slots=True, kw_only=True)
class LogColumn:
    """A column that is profiled. `identifier`: nearly unique strings without a role, never shown by value."""

    name: str
    role: Role
    kind: Kind
    dtype: pl.DataType
    identifier: bool = False


def tell_kind(sample: pl.Series, *, named: bool, distinct: float | None = None) -> tuple[Kind, bool]:
    """Return the kind of a treated column and whether it is an identifier, from a sample of its values.

    Strings that are mostly distinct are text when long or with spaces; else identifiers, or categories when `named` in
    a role. Blank strings do not count towards either. `distinct` is the share of distinct strings among all rows, where
    the sample is but a part of them: ten thousand shops are mostly distinct among as many rows of a million.
    """
    dtype = sample.dtype
    if dtype == pl.Boolean:
        return "boolean", False
    if dtype.is_temporal():
        return "time", False
    if dtype == pl.String:
        return _tell_strings(sample, named=named, distinct=distinct)
    return "numeric", False


def is_mostly_distinct(sample: pl.Series) -> bool:
    """Whether the strings of a sample are enough to tell, and more than half of them distinct."""
    counted = sample.drop_nulls().alias("value").value_counts(name="n")
    filled = counted["value"].str.strip_chars() != ""  # few are stripped where few are distinct
    n_values = int(counted["n"].filter(filled).sum())
    return n_values >= MIN_TO_TELL and int(filled.sum()) > MOSTLY_DISTINCT * n_values


def _tell_strings(sample: pl.Series, *, named: bool, distinct: float | None) -> tuple[Kind, bool]:
    if not is_mostly_distinct(sample) or (distinct is not None and distinct <= MOSTLY_DISTINCT):
        return "categorical", False
    if _is_wordy(_filled(sample)):
        return "text", False
    return ("categorical", False) if named else ("text", True)


def _filled(sample: pl.Series) -> pl.Series:
    values = sample.drop_nulls()
    return values.filter(values.str.strip_chars() != "")


def _is_wordy(values: pl.Series) -> bool:
    spaced = values.str.strip_chars().str.contains(r"\s").sum()
    return spaced * 2 >= len(values) or int(values.str.len_chars().sum()) > LONG_CHARACTERS * len(values)
