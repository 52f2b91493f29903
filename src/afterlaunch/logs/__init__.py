"""Logs: any table in; roles, windows and checked columns out."""

from afterlaunch.logs.columns import Kind, LogColumn, Role
from afterlaunch.logs.interactions import InteractionLog
from afterlaunch.logs.prediction import PredictionLog, as_log
from afterlaunch.logs.windows import check_every, is_window, moment_at, parse_window

__all__ = [
    "InteractionLog",
    "Kind",
    "LogColumn",
    "PredictionLog",
    "Role",
    "as_log",
    "check_every",
    "is_window",
    "moment_at",
    "parse_window",
]
