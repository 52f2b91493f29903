"""The words of an explanation, from the payload alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        level += ", no more than between quiet stretches"
    elif total.mark == "cannot_tell":
        level += "; cannot tell whether by more than chance"
    tail = f", against {against}" if against else ""
    return f"{level}; {_reason(accountings, favoured)}{tail}."


def _reason(accountings: Sequence[Accounting], favoured: Favoured) -> str:
    named = next((one for one in accountings if one.name == favoured), None)
    if named is None:
        marked = [part for one in accountings for part in one.parts if part.mark in ("helps", "hurts")]
        if not marked:
            return "no part stands out"
        return "two accountings are possible, and the evidence does not choose"
    told = [part for part in named.parts if part.within is None and part.mark in ("helps", "hurts")]
    if not told:
        return "no part stands out"
    parts = [f"{signed(part.change or 0.0)} {part.title} ({part.words})" for part in told]
    return " and ".join(parts)


def evidence(total: Part, favoured_words: str, windows: tuple[Window, Window], alarm_rate: float) -> str:
    """Return how sure the parts are, in one line."""
    overlap = [window.overlap_share for window in windows if window.overlap_share is not None]
    known = "" if total.low is None or total.high is None else f"Change {signed(total.change or 0.0)}, 95 % "
    known += "" if total.low is None or total.high is None else f"{signed(total.low)} to {signed(total.high)}. "
    common = f" Rows in common: {share(min(overlap))} effectively." if overlap else ""
    return f"{known}Favoured: {favoured_words}. Chance of any false part: {share(alarm_rate)}.{common}"


def columns_sentence(columns: Sequence[ColumnPart], slices: Sequence[SlicePart]) -> str | None:
    """Return what carries most of the covariate part; None where nothing does."""
    named = [one for one in columns if one.column is not None]
    if not named:
        return None
    said = f"Other rows: mostly {short(named[0].column or '')} ({signed(named[0].change)})"
    return f"{said}; {slices[0].words} ({signed(slices[0].change)})." if slices else f"{said}."
