"""Fitted models that analyzers share: arrays in, numbers out; scikit-learn."""

from afterlaunch.learners.domain import Domain, tell_apart

__all__ = ["Domain", "tell_apart"]
