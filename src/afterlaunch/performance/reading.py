"""What metrics share: the answers they read, what rows may lack, and means over classes."""

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


def without_rows(rows: Scored) -> str | None:
    """Return "rows" where there are none of any weight."""
    return None if rows.total > 0 else "rows"


def without_classes(rows: Scored) -> str | None:
    """Return "rows of both classes" where only one has any, of several "rows of two classes"."""
    if (rows.class_weights > 0).sum() >= 2:
        return None
    return "rows of both classes" if rows.n_classes == 2 else "rows of two classes"


def ratio_influence(rows: Scored, top: FloatArray | BoolArray, bottom: FloatArray | BoolArray) -> FloatArray:
    """Return the influence (n,) on the ratio of two means: the delta method."""
    below = rows.mean(bottom)
    influence: FloatArray = np.asarray(top - rows.mean(top) / below * bottom, dtype=np.float64)
    return influence / below


def classes_seen(rows: Scored) -> list[int]:
    """Return the places of the classes that some row is of, or is predicted to be."""
    seen = rows.class_weights > 0
    if rows.prediction is not None:
        seen = seen | (np.bincount(rows.prediction.astype(np.int64), rows.weights, rows.n_classes) > 0)
    return np.flatnonzero(seen).tolist()


def each_class(rows: Scored) -> list[Scored]:
    """Return each of these classes against the rest."""
    return [rows.against_rest(place) for place in classes_seen(rows)]


def macro(rows: Scored, lacks: Callable[[Scored], str | None], value: Callable[[Scored], float | None]) -> float | None:
    """Return the mean of a value of each class against the rest, over the classes that have it; None if none has."""
    found = [value(one) for one in each_class(rows) if lacks(one) is None]
    known = [one for one in found if one is not None]
    return sum(known) / len(known) if known else None


def macro_influence(
    rows: Scored, lacks: Callable[[Scored], str | None], influence: Callable[[Scored], FloatArray]
) -> FloatArray:
    """Return the influence (n,) on the mean over classes."""
    found = [influence(one) for one in each_class(rows) if lacks(one) is None]
    together = np.zeros(rows.n)
    for one in found:
        together += one / len(found)
    return together


def macro_support(rows: Scored, lacks: Callable[[Scored], str | None], support: Callable[[Scored], float]) -> float:
    """Return what the weakest class rests on."""
    return min((support(one) for one in each_class(rows) if lacks(one) is None), default=0.0)
