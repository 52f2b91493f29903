"""How much each column matters to the model: numbers, or read off a fitted estimator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import numpy as np

from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("feature_names_in_", "feature_name_")
WEIGHTS = ("feature_importances_", "coef_")


def read_importance(importance: object, columns: Sequence[str]) -> dict[str, float]:
    """Return the importance of each column that has one, scaled so that the largest is 1.

    A mapping gives numbers; a fitted estimator (or a pipeline that ends with one) gives `feature_importances_`, or the
    sizes of `coef_`, under its feature names. Anything else raises `BadOption`.
    """
    if importance is None:
        return {}
    if isinstance(importance, Mapping):
        numbers = _of_mapping(cast("Mapping[object, object]", importance), columns)
    else:
        numbers = _of_estimator(importance)
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


def _of_estimator(estimator: object) -> dict[str, float]:
    steps = getattr(estimator, "steps", None)
    fitted = steps[-1][1] if steps else estimator
    names = next((getattr(one, name) for one in (fitted, estimator) for name in NAMES if hasattr(one, name)), None)
    weights = next((getattr(fitted, name) for name in WEIGHTS if hasattr(fitted, name)), None)
    if names is None or weights is None:
        raise BadOption(
            f"a {type(estimator).__name__} has no feature names with importances or coefficients: fit it on a frame, "
            "or give importance={'column': number, …}"
        )
    sizes = np.abs(np.atleast_2d(np.asarray(weights, dtype=np.float64))).mean(axis=0)
    if len(sizes) != len(names):
        raise BadOption(f"the {type(fitted).__name__} has {len(sizes)} importances for {len(names)} feature names")
    return dict(zip(map(str, names), sizes.tolist(), strict=True))
