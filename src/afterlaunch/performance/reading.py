"""What metrics share: the answers they read, what rows may lack, and the influence of ratios and of class means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import BoolArray, FloatArray


def score_of(rows: Scored) -> FloatArray:
    """Return the scores; raise `BadInput` where there are none."""
    if rows.score is None:
        raise BadInput("this metric reads scores, and the rows have none: name score= in the log")
    return rows.score


def prediction_of(rows: Scored) -> FloatArray:
    """Return the predictions; raise `BadInput` where there are none."""
    if rows.prediction is None:
        raise BadInput("this metric reads predictions, and the rows have none: name prediction= in the log")
    return rows.prediction


def rows_of(rows: Scored) -> float:
    """Return how many rows there are, by weight."""
    return rows.total


def without_rows(rows: Scored) -> str | None:
    """Return "rows" where there are none of any weight."""
    return None if rows.total > 0 else "rows"


def without_classes(rows: Scored) -> str | None:
    """Return "rows of both classes" where only one has any, of several "rows of two classes"."""
    if (rows.class_weights > 0).sum() >= 2:
        return None
    return "rows of both classes" if rows.n_classes == 2 else "rows of two classes"


def ratio(rows: Scored, top: BoolArray, bottom: BoolArray) -> float:
    """Return the share of the rows `bottom` that are `top` too."""
    return rows.mean(top) / rows.mean(bottom)


def ratio_influence(rows: Scored, top: FloatArray | BoolArray, bottom: FloatArray | BoolArray) -> FloatArray:
    """Return the influence (n,) on the ratio of two means: the delta method."""
    below = rows.mean(bottom)
    return (top - rows.mean(top) / below * bottom) / below


def classes_of(rows: Scored) -> list[int]:
    """Return the places of the classes that some row has, by weight."""
    return np.flatnonzero(rows.class_weights > 0).tolist()


def macro(rows: Scored, value: Callable[[Scored], float | None]) -> float | None:
    """Return the mean, over the classes that have rows, of a value of each against the rest; None where none has it."""
    found = [value(rows.against_rest(place)) for place in classes_of(rows)]
    known = [one for one in found if one is not None]
    return sum(known) / len(known) if known else None


def macro_influence(
    rows: Scored, lacks: Callable[[Scored], str | None], influence: Callable[[Scored], FloatArray]
) -> FloatArray:
    """Return the influence (n,) on the mean over classes."""
    each = [rows.against_rest(place) for place in classes_of(rows)]
    found = [influence(one) for one in each if lacks(one) is None]
    together: FloatArray = np.stack(found).mean(axis=0)
    return together


def macro_support(rows: Scored, support: Callable[[Scored], float]) -> float:
    """Return what the weakest class rests on."""
    return min((support(rows.against_rest(place)) for place in classes_of(rows)), default=0.0)
