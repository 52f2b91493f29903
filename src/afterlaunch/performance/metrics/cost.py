"""Mean cost of an answer, in money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from afterlaunch.performance.money import MoneyPerAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost(MoneyPerAnswer):
    """What an answer costs on average: `matrix[true class][predicted class]`, in money.

    The classes are in the order of `report.classes`, of two the negative first: `Cost(matrix=[[0, 1], [5, 0]])`
    puts a missed positive at 5 and a false alarm at 1.
    A change of a share `min_effect` of the mean absolute amount matters. Elkan (2001), *The foundations of
    cost-sensitive learning*, IJCAI.
    """

    name: ClassVar[str] = "cost"
    greater_is_better: ClassVar[bool | None] = False
