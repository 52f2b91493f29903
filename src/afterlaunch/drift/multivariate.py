"""Methods that read rows, run on the rows of the two windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.drift.row_windows import RowReader
from afterlaunch.errors import RowsUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.drift.comparison import Comparison
    from afterlaunch.drift.measures.row_method import RowFinding, RowMethod
    from afterlaunch.drift.source import Source


def compare_rows(methods: Sequence[RowMethod], comparison: Comparison, source: Source) -> dict[str, RowFinding]:
    """Return what each method found, by its name; raise `RowsUnavailable` where profiles hold counts alone."""
    if not methods:
        return {}
    if source.logs is None:
        raise RowsUnavailable(f"{methods[0].name} reads rows: pass the logs themselves, not their profiles")
    reader = RowReader(comparison=comparison, logs=source.logs)
    return {method.name: method.compare_rows(reader) for method in methods}
