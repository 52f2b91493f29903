"""Mean value of an answer, in money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from afterlaunch.performance.money import MoneyPerAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(MoneyPerAnswer):
    """What an answer earns on average: `matrix[true class][predicted class]`, in money; costs are below zero.

    The classes are in the order of `report.classes`, of two the negative first: `Value(matrix=[[0, -1], [-5, 20]])`
    earns 20 by a hit. A change of a share `min_effect` of the mean absolute amount matters.
    """

    name: ClassVar[str] = "value"
    greater_is_better: ClassVar[bool | None] = True
