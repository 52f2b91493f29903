# Written by `make sync` from the files beside it; do not edit.
"""Metrics of performance, one file each."""

from afterlaunch.performance.metrics.accuracy import Accuracy
from afterlaunch.performance.metrics.average_precision import AveragePrecision
from afterlaunch.performance.metrics.bias import Bias
from afterlaunch.performance.metrics.brier import Brier
from afterlaunch.performance.metrics.calibration_error import CalibrationError
from afterlaunch.performance.metrics.cost import Cost
from afterlaunch.performance.metrics.f1 import F1
from afterlaunch.performance.metrics.log_loss import LogLoss
from afterlaunch.performance.metrics.mae import MAE
from afterlaunch.performance.metrics.mape import MAPE
from afterlaunch.performance.metrics.mcc import MCC
from afterlaunch.performance.metrics.median_absolute_error import MedianAbsoluteError
from afterlaunch.performance.metrics.own import Own
from afterlaunch.performance.metrics.precision import Precision
from afterlaunch.performance.metrics.r2 import R2
from afterlaunch.performance.metrics.recall import Recall
from afterlaunch.performance.metrics.rmse import RMSE
from afterlaunch.performance.metrics.roc_auc import RocAuc
from afterlaunch.performance.metrics.specificity import Specificity
from afterlaunch.performance.metrics.value import Value

__all__ = [
    "F1",
    "MAE",
    "MAPE",
    "MCC",
    "R2",
    "RMSE",
    "Accuracy",
    "AveragePrecision",
    "Bias",
    "Brier",
    "CalibrationError",
    "Cost",
    "LogLoss",
    "MedianAbsoluteError",
    "Own",
    "Precision",
    "Recall",
    "RocAuc",
    "Specificity",
    "Value",
]
