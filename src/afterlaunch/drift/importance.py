"""How much each column matters to the model: numbers, or read off a fitted estimator."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMES = ("feature_names_in_", "feature_name_")
WEIGHTS = ("feature_importances_", "coef_")


def read_importance(importance: object, columns: Sequence[str]) -> dict[str, float]:
    """Return the importance of each column that has one, scaled so that the largest is 1.

    A mapping gives numbers; a fitted estimator (or a pipeline that ends with one, or a search that found one) gives
    `feature_importances_`, or the sizes of `coef_`, under its feature names; those of encoded features are summed by
    column. Anything else raises `BadOption`: estimators that keep no importances, such as histogram gradient boosting,
    have those that `sklearn.inspection.permutation_importance` measures, given as a mapping.
    """
    if importance is None:
        return {}
    if isinstance(importance, Mapping):
        numbers = _of_mapping(cast("Mapping[object, object]", importance), columns)
    else:
        numbers = _of_estimator(importance, columns)
    largest = max(numbers.values(), default=0.0)
    if not largest > 0:
        raise BadOption("no importance is above 0: nothing could be ranked by it")
    return {name: value / largest for name, value in numbers.items() if name in set(columns)}


def _of_mapping(importance: Mapping[object, object], columns: Sequence[str]) -> dict[str, float]:
    unknown = [name for name in importance if name not in set(columns)]
    if unknown:
        raise BadOption(f"importance names {unknown[0]!r}, which is not among the columns: {', '.join(columns[:10])}")
    numbers: dict[str, float] = {}
    for name, value in importance.items():
        try:
            numbers[str(name)] = abs(float(cast("float", value)))
        except (TypeError, ValueError) as error:
            raise BadOption(f"the importance of {name!r} is {value!r}, not a number") from error
        if not np.isfinite(numbers[str(name)]):
            raise BadOption(f"the importance of {name!r} is {value!r}, not a finite number")
    return numbers


def _of_estimator(estimator: object, columns: Sequence[str]) -> dict[str, float]:
    """Return the size of each column's weights, summed over the features that were made of it."""
    best = getattr(estimator, "best_estimator_", estimator)
    steps = getattr(best, "steps", None)
    fitted = steps[-1][1] if steps else best
    weights = next((getattr(fitted, name) for name in WEIGHTS if hasattr(fitted, name)), None)
    known = list(_feature_names(best, fitted))
    if not known or weights is None:
        raise BadOption(
            f"a {type(estimator).__name__} has no feature names with importances or coefficients: fit it on a frame, "
            "or give importance={'column': number, …}, such as "
            "dict(zip(X.columns, permutation_importance(model, X, y).importances_mean))"
        )
    sizes = np.abs(np.atleast_2d(np.asarray(weights, dtype=np.float64))).mean(axis=0)
    names = next((one for one in known if len(one) == len(sizes)), None)
    if names is None:
        raise BadOption(f"the {type(fitted).__name__} has {len(sizes)} importances for {len(known[0])} feature names")
    numbers: dict[str, float] = {}
    for name, size in zip(names, sizes.tolist(), strict=True):
        column = _column_of(name, columns)
        if column is not None:
            numbers[column] = numbers.get(column, 0.0) + size
    if not numbers:
        raise BadOption(
            f"the {type(fitted).__name__} was fitted on {names[0]!r} and others, none of them a column here"
        )
    return numbers


def _feature_names(best: Any, fitted: object) -> Iterator[list[str]]:  # noqa: ANN401 - any library's estimator
    """Yield the names that the last step's features may have: its own, those made by the steps before, the inputs'."""
    if best is not fitted and len(best.steps) > 1:
        made = getattr(best[:-1], "get_feature_names_out", None)
        with suppress(Exception):  # steps that cannot name what they make
            yield [str(name) for name in made()] if made else []
    for one in (fitted, best):
        yield from ([str(name) for name in getattr(one, names)] for names in NAMES if hasattr(one, names))


def _column_of(feature: str, columns: Sequence[str]) -> str | None:
    """Return the column that a feature was made of, such as `country` of `encode__country_FR`."""
    bare = feature.split("__", maxsplit=1)[-1]
    made = [name for name in columns if name in (feature, bare) or bare.startswith(f"{name}_")]
    return max(made, key=len, default=None)
