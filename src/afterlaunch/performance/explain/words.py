"""The words of an explanation, from the payload alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from afterlaunch.phrases import number, share, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.explain.payload import (
        Accounting,
        AccountingName,
        ColumnPart,
        Favoured,
        Mark,
        Part,
        PartName,
        SlicePart,
        Verdict,
        Window,
    )

ALL, MOST = 0.95, 1.1  # shares of a change that are called all of it
T = TypeVar("T", "ColumnPart", "SlicePart")

LOSSES = {
    "log_loss": "log loss",
    "brier": "Brier score",
    "zero_one": "share of errors",
    "absolute": "absolute error",
    "squared": "squared error",
}
TITLES: dict[PartName, str] = {
    "covariate": "covariate",
    "new": "rows new",
    "gone": "rows gone",
    "concept": "concept",
    "label": "label",
    "given_label": "given the label",
    "total": "total",
}
ASSUMPTIONS: dict[PartName, str] = {
    "covariate": "the logged columns hold all that differs between the windows' rows and matters to the loss",
    "new": "as covariate: rows that the reference has few or none of",
    "gone": "as covariate: rows that the current window has few or none of",
    "concept": "the logged columns describe a row: what they leave out, if it changed, counts as concept",
    "label": "rows with one label are as they were, whatever the share of that label",
    "given_label": "none: it is what another mix of labels leaves, other rows with one label included",
    "total": "none: the difference of two means",
}
ACCOUNTINGS: dict[AccountingName, tuple[str, str]] = {
    "features_first": ("Features first", "other rows, then other answers to the same rows"),
    "label_first": ("Label first", "another mix of labels, then another loss given the label"),
}
MARKS = {"helps": "●", "hurts": "●", "like_placebo": "○", "cannot_tell": "◌"}
VERDICTS: dict[Mark, Verdict] = {
    "hurts": "dropped",
    "helps": "improved",
    "like_placebo": "stable",
    "cannot_tell": "cannot_tell",
}


def part_words(name: PartName, noun: str, *, regression: bool) -> str:
    """Return what a part is, in a few words.

    >>> part_words("concept", "flights", regression=False)
    'same flights, other answers'
    """
    said: dict[PartName, str] = {
        "covariate": f"other {noun}",
        "new": f"{noun} that the reference hardly has",
        "gone": f"{noun} that are hardly there any more",
        "concept": f"same {noun}, other answers",
        "label": "other targets" if regression else "another mix of labels",
        "given_label": "same target, other loss" if regression else "same label, other loss",
        "total": "all of it",
    }
    return said[name]


def signed(value: float) -> str:
    """Return a number with its sign: `+0.04`, `−0.047`."""
    return f"{'−' if value < 0 else '+'}{number(abs(value))}"


def sentence(  # noqa: PLR0913 - what the sentence is made of
    total: Part,
    accountings: Sequence[Accounting],
    favoured: Favoured,
    *,
    loss_words: str,
    windows: tuple[Window, Window],
    against: str | None,
) -> str:
    """Return the change and what explains it, in one sentence."""
    before, after = (number(window.loss) for window in windows)
    name = f"{loss_words[0].upper()}{loss_words[1:]}"
    moved = "rose" if windows[1].loss > windows[0].loss else "fell"
    level = f"{name} {moved} from {before} to {after}" if before != after else f"{name} is {after}, as it was"
    if total.mark == "like_placebo":
        level += ", no more than it moves between quiet stretches"
    elif total.mark == "cannot_tell":
        level += "; cannot tell whether by more than chance"
    tail = f", against {against}" if against else ""
    return f"{level}; {_reason(total, accountings, favoured)}{tail}."


def _reason(total: Part, accountings: Sequence[Accounting], favoured: Favoured) -> str:
    named = next((one for one in accountings if one.name == favoured), None)
    if named is not None:
        told = [part for part in _main(named) if part.mark in ("helps", "hurts")]
        return " and ".join(_told(part, total) for part in told) or "no part stands out"
    if not any(part.mark in ("helps", "hurts") for one in accountings for part in _main(one)):
        return "no part stands out"
    return f"the evidence does not choose between two accountings: {'; '.join(map(_both, accountings))}"


def _main(accounting: Accounting) -> list[Part]:
    """Return the parts that add up to the change."""
    return [part for part in accounting.parts if part.within is None]


def _told(part: Part, total: Part) -> str:
    """Return a part in words, with its share of the change where that is one."""
    change, whole = part.change or 0.0, total.change or 0.0
    if total.mark != part.mark or not 0 < change / whole < MOST:
        return f"{signed(change)} is {part.words} ({part.title})"
    of_it = share(change / whole) if change / whole < ALL else "all"
    return f"{of_it} of it is {part.words} ({part.title}, {signed(change)})"


def _both(accounting: Accounting) -> str:
    """Return an accounting's parts in words."""
    parts = _main(accounting)
    if any(part.change is None for part in parts):
        return f"{accounting.title.lower()}, which cannot be told"
    said = " and ".join(f"{signed(part.change or 0.0)} {part.title} ({part.words})" for part in parts)
    return f"{accounting.title.lower()}, {said}"


def evidence(total: Part, favoured_words: str, windows: tuple[Window, Window], alarm_rate: float) -> str:
    """Return how sure the parts are, in one line."""
    known = "" if total.low is None or total.high is None else f"Change {signed(total.change or 0.0)}, 95 % "
    known += "" if total.low is None or total.high is None else f"{signed(total.low)} to {signed(total.high)}. "
    before, after = windows
    common = ""
    if before.overlap_share is not None and after.overlap_share is not None:
        common = f" In common, effectively: {share(before.overlap_share)} of the reference rows"
        common += f" and {share(after.overlap_share)} of the current ones."
    return f"{known}The evidence favours {favoured_words}. Chance of any false part: {share(alarm_rate)}.{common}"


def columns_sentence(covariate: Part, columns: Sequence[ColumnPart], slices: Sequence[SlicePart]) -> str | None:
    """Return what carries most of the covariate part: the surest columns and slices that pull as it does."""
    if covariate.change is None:
        return None
    told = "" if covariate.mark in ("helps", "hurts") else ", no more than between quiet stretches"
    said = f"{covariate.words[0].upper()}{covariate.words[1:]} ({signed(covariate.change)}{told})"
    named = _surest([one for one in columns if one.column is not None], covariate.change)
    where = _surest(slices, covariate.change)
    if not named and not where:
        return f"{said}: no column and no slice surely carries it."
    by_column = ", ".join(f"{short(one.column or '')} {signed(one.change)}" for one in named)
    by_slice = ", ".join(_slice_words(one) for one in where)
    parts = [f"by column, {by_column}" if named else "", f"by slice, {by_slice}" if where else ""]
    return f"{said}: {'; '.join(filter(None, parts))}."


def _surest(parts: Sequence[T], change: float) -> list[T]:
    """Return the two largest parts that surely pull the way that `change` does."""
    sure = [
        one
        for one in parts
        if one.low is not None and one.high is not None and min(one.low * change, one.high * change) > 0
    ]
    return sorted(sure, key=lambda one: -abs(one.change))[:2]


def _slice_words(one: SlicePart) -> str:
    before, after = share(one.share_reference), share(one.share_current)
    return f"{one.words} {signed(one.change)} ({before} of rows before, {after} now)"
