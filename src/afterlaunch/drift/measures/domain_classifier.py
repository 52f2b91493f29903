"""Multivariate drift: how well a classifier tells the rows of the two windows apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.drift.measures.row_method import RowFinding
from afterlaunch.errors import BadOption, NotEnoughRows

if TYPE_CHECKING:
    from afterlaunch.drift.row_windows import RowReader, RowWindows
    from afterlaunch.learners import Domain
    from afterlaunch.results import Plain

MIN_ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainClassifier:
    """A classifier's cross-fitted AUC at telling the two windows apart: .5 not at all, 1 without error.

    It reads at most `n_rows` rows of each window; its null moves `n_placebos` windows through the reference. It stands
    beside the columns' verdicts, not among them: it is no part of the report's alarm rate. `rng` is a seed.
    """

    name: ClassVar[str] = "domain_classifier"
    n_rows: int = 3_000
    n_placebos: int = 19
    rng: int = 0

    def __post_init__(self) -> None:
        """Check the settings."""
        if self.n_rows < MIN_ROWS or self.n_placebos < 1:
            raise BadOption(f"DomainClassifier needs n_rows of at least {MIN_ROWS} and n_placebos of at least 1")

    def compare_rows(self, reader: RowReader) -> RowFinding:
        """Return the AUC with its interval, and the columns that give the windows away."""
        from afterlaunch.learners import tell_apart  # noqa: PLC0415 - scikit-learn takes a second to import

        rows = reader.sample(self.n_rows)
        fewest = min(int(rows.is_current.sum()), int((~rows.is_current).sum()))
        if fewest < MIN_ROWS:
            raise NotEnoughRows(f"DomainClassifier needs {MIN_ROWS} rows in each window, found {fewest}")
        found = tell_apart(
            np.where(np.isinf(rows.x), np.nan, rows.x),
            rows.is_current,
            rows.bucket,
            n_placebos=self.n_placebos,
            rng=np.random.default_rng(self.rng),
        )
        return RowFinding(plain=_plain(found, rows), note=_sentence(found), carried=dict(_ranked(found, rows)))


def _ranked(found: Domain, rows: RowWindows) -> list[tuple[str, float]]:
    ranked = sorted(zip(rows.columns, found.importance.tolist(), strict=True), key=lambda pair: -pair[1])
    return [(name, share) for name, share in ranked if share > 0]


def _plain(found: Domain, rows: RowWindows) -> dict[str, Plain]:
    return {
        "auc": found.auc,
        "auc_low": found.low,
        "auc_high": found.high,
        "pvalue": found.pvalue,
        "n_rows": found.n_rows,
        "n_placebos": found.n_placebos,
        "importance": {name: share for name, share in _ranked(found, rows)},  # noqa: C416 - typed as plain values
    }


def _sentence(found: Domain) -> str:
    chance = (
        "too few reference buckets for a null"
        if found.pvalue is None
        else f"p {found.pvalue:.2g} from {found.n_placebos} placebo windows"
    )
    return (
        f"the two windows are told apart with an AUC of {found.auc:.2f} [{found.low:.2f}, {found.high:.2f}] "
        f"(.5: not at all), {chance}, on {found.n_rows} sampled rows"
    )
