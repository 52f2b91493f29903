"""The options of `measure_performance`, checked once."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, cast

from afterlaunch.asked import as_code, check_rate
from afterlaunch.errors import BadOption
from afterlaunch.logs import check_every
from afterlaunch.performance import metrics as standard
from afterlaunch.performance.metrics.metric import Metric
from afterlaunch.performance.metrics.own import Own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afterlaunch.logs.outcomes import Outcomes

SCORED = ("log_loss", "roc_auc", "calibration_error", "accuracy", "precision", "recall")
DEFAULTS = {
    ("binary", True): SCORED,
    ("binary", False): ("accuracy", "precision", "recall", "f1", "mcc"),
    ("multiclass", True): ("log_loss", "roc_auc", "calibration_error", "accuracy", "f1"),
    ("multiclass", False): ("accuracy", "precision", "recall", "f1", "mcc"),
    ("regression", False): ("mae", "rmse", "median_absolute_error", "bias", "r2"),
}


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for, beside the data; raises `BadOption` on what cannot be used."""

    every: str | int | None = "1d"
    metrics: Iterable[object] | None = None
    estimate: bool = True
    by: str | None = None
    alarm_rate: float = 0.05

    def __post_init__(self) -> None:
        """Check every option."""
        if self.every is not None:
            check_every(self.every)
        if not isinstance(cast("object", self.estimate), bool):
            raise BadOption(f"estimate={self.estimate!r} is neither True nor False")
        check_rate(self.alarm_rate)
        if isinstance(self.metrics, str | Metric | type):
            raise BadOption("metrics= is a list: write ['roc_auc', 'log_loss'] or [al.metrics.RocAuc()]")
        if self.metrics is not None:
            object.__setattr__(self, "metrics", tuple(self.metrics))  # any iterable, read once

    def chosen(self, outcomes: Outcomes) -> tuple[Metric, ...]:
        """Return the metrics named, or the task's usual ones; raise where the log lacks what they read."""
        if self.metrics is None:
            names = DEFAULTS[outcomes.task, outcomes.score is not None]
            return tuple(STANDARD[name]() for name in names)
        found = tuple(_instance(one) for one in self.metrics)
        if not found:
            raise BadOption("metrics= names none: leave it out for the usual ones")
        names = [one.name for one in found]
        if len(set(names)) < len(names):
            raise BadOption(f"metrics= names {max(names, key=names.count)!r} twice")
        for one in found:
            _check_fits(one, outcomes)
        return found

    @property
    def spelled_out(self) -> dict[str, str]:
        """The options that differ from their defaults, as code."""
        said = as_code(self, but=("metrics",))
        if self.metrics is not None:
            said["metrics"] = f"[{', '.join(_as_code(_instance(one)) for one in self.metrics)}]"
        return said


STANDARD = {getattr(standard, name).name: getattr(standard, name) for name in standard.__all__ if name != "Own"}


def _instance(metric: object) -> Metric:
    """Return a metric, made from its name or its class where that was given."""
    if isinstance(metric, str):
        if metric not in STANDARD:
            raise BadOption(
                f"no metric {metric!r}; have {', '.join(sorted(STANDARD))}, or one of your own: al.metrics.Own"
            )
        metric = STANDARD[metric]
    if isinstance(metric, type):
        try:
            metric = metric()
        except TypeError as failure:
            raise BadOption(f"{metric.__name__} needs settings ({failure}): pass {metric.__name__}(...)") from failure
    if not isinstance(metric, Metric):
        hint = (
            "say whether greater is better and what matters: al.metrics.Own(function=…, greater_is_better=…, "
            "min_effect=…)"
        )
        raise BadOption(f"metrics= has {metric!r}, which is no metric: {hint}")
    return metric


def _check_fits(metric: Metric, outcomes: Outcomes) -> None:
    if outcomes.task not in metric.tasks:
        raise BadOption(f"{metric.name} is for {' and '.join(metric.tasks)} tasks, and this one is {outcomes.task}")
    if metric.reads == "score" and outcomes.score is None:
        raise BadOption(f"{metric.name} reads scores, and the log names none: PredictionLog(..., score='score')")
    amounts = getattr(metric, "matrix", None)
    if amounts is not None and len(amounts) != len(outcomes.classes):
        raise BadOption(
            f"{metric.name} has a matrix of {len(amounts)} classes, and the log has {len(outcomes.classes)}: "
            f"{', '.join(map(str, outcomes.classes))}"
        )


def _as_code(metric: Metric) -> str:
    """Return the call that makes a metric, with the settings that differ from its defaults."""
    kind = type(metric)
    settings = fields(metric) if is_dataclass(metric) else ()
    chosen = {one.name: getattr(metric, one.name) for one in settings if getattr(metric, one.name) != one.default}
    if isinstance(metric, Own):
        chosen.pop("function")
        rest = "".join(f", {name}={value!r}" for name, value in chosen.items())
        return f"al.metrics.Own(function={metric.function.__name__}{rest})"
    if not chosen and STANDARD.get(metric.name) is kind:
        return repr(metric.name)
    home = "al.metrics." if kind.__name__ in standard.__all__ else ""
    return f"{home}{kind.__name__}({', '.join(f'{name}={value!r}' for name, value in chosen.items())})"
