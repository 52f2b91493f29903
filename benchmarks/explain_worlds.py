"""Worlds whose change of the mean loss is known: other rows, another mix of labels, other answers, and mixtures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np
import polars as pl
from scipy.special import expit, ndtr

from afterlaunch.logs import PredictionLog
from afterlaunch.performance.explain.ground import lay_ground
from afterlaunch.performance.explain.parts import split_change
from afterlaunch.performance.source import read_source

if TYPE_CHECKING:
    from afterlaunch.performance.explain.ground import Ground
    from afterlaunch.performance.explain.parts import Split
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

Task: TypeAlias = Literal["binary", "multiclass", "regression"]
DAY_US = 86_400_000_000
NAMES = ("a", "b", "c", "d", "site")
SITES = 5
MIX = np.array([0.3, 0.25, 0.2, 0.15, 0.1])  # of the sites in the reference
BUSY = 3  # the site that the current window has more rows of
CELLS = 10  # of a regression's targets, as the report has them


class Drawn(NamedTuple):
    """Rows: columns (n, p), targets, the model's answers, days, and which are current."""

    x: FloatArray
    target: FloatArray
    answer: FloatArray
    day: IntArray
    current: BoolArray


@dataclass(frozen=True)
class World:
    """What differs between the windows: a shift of rows, of the mix of labels, of answers; and how days vary."""

    name: str
    task: Task = "binary"
    covariate: float = 0.0  # shift of the first column's mean
    site: float = 0.0  # share of the current rows that are moved to one site, at which the model knows less
    label: float = 1.0  # share of the current negatives, the first class or the negative targets that are kept
    concept: float = 0.0  # on the logit or the target, where the last number is positive
    interacting: bool = False
    days: float = 0.0  # standard deviation on the logit of what days do to answers
    weekend: float = 0.0  # the same, of what Saturdays and Sundays do
    weather: float = 0.0  # standard deviation of a column that all rows of a day share
    persistence: float = 0.6
    n_reference: int = 40
    n_current: int = 20
    rows: int = 70  # a day
    rows_current: int | None = None

    def level(self, x: FloatArray) -> FloatArray:
        """Return the model's logit of rows, right in the reference; of several classes (n, 3); or its number."""
        crossed = 0.9 * x[:, 1] * x[:, 2] if self.interacting else 0.0
        near = np.where(x[:, 4] == BUSY, 0.3, 1.0)
        first: FloatArray = near * (1.2 * x[:, 0] - 0.8 * x[:, 1] + crossed)
        if self.task == "multiclass":
            return np.stack([np.zeros(len(x)), first - 0.5, near * x[:, 1] - 0.2], axis=1)
        return first - (self.task == "binary")

    def truth_of(self, x: FloatArray, current: BoolArray, effect: FloatArray | float = 0.0) -> FloatArray:
        """Return the logits, or the expected number, by which targets are drawn."""
        other = self.concept * current * (x[:, 3] > 0) + effect
        level = self.level(x)
        if self.task == "multiclass":
            level[:, 1] += other
            return level
        return level + other

    def draw(self, rng: np.random.Generator, n_reference: int, n_current: int) -> Drawn:
        """Return the rows of so many days."""
        a_day = self.rows if self.rows_current is None else self.rows_current
        n_days = n_reference + n_current
        day = np.repeat(np.arange(n_days), np.where(np.arange(n_days) < n_reference, self.rows, a_day))
        current = day >= n_reference
        x = np.column_stack([rng.normal(size=(len(day), 4)), rng.choice(SITES, len(day), p=MIX)])
        x[:, 0] += self.covariate * current
        if self.weather:
            x[:, 2] = self.weather * persistent(rng, n_days, 0.8)[day]
        x[current & (rng.random(len(day)) < self.site), 4] = BUSY
        effect = self.days * persistent(rng, n_days, self.persistence)[day] - self.weekend * (day % 7 >= 5)
        target = self._targets(self.truth_of(x, current, effect), rng)
        kept = ~current | (rng.random(len(day)) < self.keep(target))
        return Drawn(x[kept], target[kept], self._answers(x[kept]), day[kept], current[kept])

    def _targets(self, truth: FloatArray, rng: np.random.Generator) -> FloatArray:
        if self.task == "regression":
            return truth + spread(truth) * rng.normal(size=len(truth))
        if self.task == "binary":
            return (rng.random(len(truth)) < expit(truth)).astype(float)
        return np.argmax(truth + rng.gumbel(size=truth.shape), axis=1).astype(float)

    def _answers(self, x: FloatArray) -> FloatArray:
        return self.level(x) if self.task == "regression" else chances(self.level(x), self.task)

    def keep(self, target: FloatArray) -> FloatArray:
        """Return the chance that current rows with these targets are kept."""
        fewer = target < 0 if self.task == "regression" else target == 0
        return np.where(fewer, self.label, 1.0)

    def kept_share(self, x: FloatArray) -> FloatArray:
        """Return the share of current rows like these that are kept."""
        truth = self.truth_of(x, np.ones(len(x), np.bool_))
        if self.task == "regression":
            fewer = ndtr(-truth / spread(truth))
        else:
            given = chances(truth, self.task)
            fewer = 1 - given if given.ndim == 1 else given[:, 0]
        return 1 - (1 - self.label) * fewer

    def ratio(self, x: FloatArray) -> FloatArray:
        """Return q/p at rows: how much more frequent they are in the current window, up to a factor."""
        shifted = np.exp(self.covariate * x[:, 0] - self.covariate**2 / 2)
        sites = (1 - self.site) * MIX + self.site * (np.arange(SITES) == BUSY)
        return shifted * (sites / MIX)[x[:, 4].astype(int)] * self.kept_share(x)

    def loss(self, drawn: Drawn) -> FloatArray:
        """Return each row's loss: log loss, or the absolute error."""
        if self.task == "regression":
            return np.abs(drawn.target - drawn.answer)
        if self.task == "binary":
            return -np.log(np.where(drawn.target == 1, drawn.answer, 1 - drawn.answer))
        return -np.log(drawn.answer[np.arange(len(drawn.target)), drawn.target.astype(int)])

    def log(self, drawn: Drawn, rng: np.random.Generator) -> PredictionLog:
        """Return the rows as a log."""
        at = drawn.day * DAY_US + rng.integers(0, DAY_US, len(drawn.day))
        frame = pl.DataFrame(drawn.x, schema=list(NAMES)).with_columns(
            pl.col("site").cast(pl.Int64).replace_strict(list(range(SITES)), list("vwxyz")),
            at=pl.Series(at).cast(pl.Datetime("us", "UTC")),
            target=pl.Series(drawn.target if self.task == "regression" else drawn.target.astype(int)),
        )
        if self.task == "multiclass":
            names = {f"p{k}": pl.Series(drawn.answer[:, k]) for k in range(drawn.answer.shape[1])}
            scores = {k: f"p{k}" for k in range(drawn.answer.shape[1])}
            return PredictionLog(frame.with_columns(**names), time="at", score=scores, target="target")
        role = "prediction" if self.task == "regression" else "score"
        return PredictionLog(
            frame.with_columns(answer=pl.Series(drawn.answer)), time="at", target="target", **{role: "answer"}
        )

    def split(self, seed: int) -> tuple[Drawn, Ground, Split]:
        """Return one log's rows, its ground and its split."""
        rng = np.random.default_rng(seed)
        drawn = self.draw(rng, self.n_reference, self.n_current)
        ends = (0, self.n_reference, self.n_reference + self.n_current)
        start, edge, end = (np.datetime64(int(n), "D").item().isoformat() for n in ends)
        source = read_source(self.log(drawn, rng), (start, edge), (edge, end), every="1d", by=None)
        ground = lay_ground(source, None)
        return drawn, ground, split_change(ground, rng=rng)

    def cells(self, drawn: Drawn) -> IntArray:
        """Return the label of each row as the report has it."""
        if self.task != "regression":
            return drawn.target.astype(np.int64)
        edges = np.quantile(drawn.target[~drawn.current], np.arange(1, CELLS) / CELLS)
        return np.searchsorted(edges, drawn.target, side="right").astype(np.int64)


def chances(level: FloatArray, task: Task) -> FloatArray:
    """Return the chances of logits."""
    if task == "binary":
        return expit(level)
    grown = np.exp(level - level.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def spread(truth: FloatArray) -> FloatArray:
    """Return the standard deviation of a target whose expectation is `truth`: some rows are harder than others."""
    return 0.5 + 0.5 * np.abs(np.tanh(truth))


def persistent(rng: np.random.Generator, n: int, rho: float) -> FloatArray:
    """Return a series of variance 1 whose neighbours have correlation `rho`."""
    noise, series = rng.normal(size=n), np.zeros(n)
    series[0] = noise[0]
    for place in range(1, n):
        series[place] = rho * series[place - 1] + np.sqrt(1 - rho**2) * noise[place]
    return series


WORLDS = (
    World("quiet, independent rows"),
    World("quiet, interacting", interacting=True),
    World("quiet, days of AR .6", days=0.4),
    World("quiet, days of AR .9", days=0.4, persistence=0.9),
    World("quiet, weekends .5 lower", weekend=0.5, days=0.2),
    World("quiet, a column that is weather", weather=1.0, interacting=True, days=0.2),
    World("quiet, 14 + 7 days", n_reference=14, n_current=7, rows=200, days=0.3),
    World("quiet, 60 days of 50, 5 days of 400", n_reference=60, n_current=5, rows=50, rows_current=400, days=0.2),
    World("quiet, three classes", task="multiclass", days=0.3),
    World("quiet, regression", task="regression", days=0.2),
    World("covariate", covariate=0.8),
    World("covariate, interacting", covariate=0.8, interacting=True),
    World("covariate, a busier site", site=0.4, interacting=True),
    World("covariate, days of AR .6", covariate=0.8, interacting=True, days=0.3),
    World("covariate, three classes", task="multiclass", covariate=0.8),
    World("covariate, regression", task="regression", covariate=0.8),
    World("label", label=0.4),
    World("label, interacting", label=0.4, interacting=True),
    World("label, days of AR .6", label=0.4, days=0.3),
    World("label, weekends .5 lower", label=0.4, weekend=0.5, days=0.2),
    World("label, 60 days of 50, 5 days of 400", label=0.4, n_reference=60, n_current=5, rows=50, rows_current=400),
    World("label, three classes", task="multiclass", label=0.3),
    World("label, regression", task="regression", label=0.3),
    World("concept", concept=1.5),
    World("concept, interacting", concept=1.5, interacting=True),
    World("concept, three classes", task="multiclass", concept=1.5),
    World("concept, regression", task="regression", concept=1.0),
    World("covariate and concept", covariate=0.8, concept=1.5, interacting=True),
    World("label and concept", label=0.4, concept=1.5, interacting=True),
    World("label and mild concept", label=0.4, concept=0.8),
    World("label and concept, three classes", task="multiclass", label=0.3, concept=1.5),
    World("label and concept, regression", task="regression", label=0.3, concept=1.0),
    World("covariate and label", covariate=0.8, label=0.4),
)
