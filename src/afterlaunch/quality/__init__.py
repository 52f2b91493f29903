"""Faults in columns, read off what they were before and after: each gives a hint in plain language."""

from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.hints import explain_changes

__all__ = ["Change", "Hint", "explain_changes"]
