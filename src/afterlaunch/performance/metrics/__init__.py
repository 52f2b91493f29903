# Written by `make sync` from the files beside it; do not edit.
"""Metrics of performance, one file each."""

from afterlaunch.performance.metrics.log_loss import LogLoss
from afterlaunch.performance.metrics.roc_auc import RocAuc

__all__ = ["LogLoss", "RocAuc"]
