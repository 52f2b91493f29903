# Written by `make sync` from the files beside it; do not edit.
"""Drift measures, one file each; the report's table has a column for each."""

from afterlaunch.drift.measures.chi_squared import ChiSquared
from afterlaunch.drift.measures.domain_classifier import DomainClassifier
from afterlaunch.drift.measures.hellinger import Hellinger
from afterlaunch.drift.measures.js import JensenShannon
from afterlaunch.drift.measures.ks import KS
from afterlaunch.drift.measures.l_infinity import LInfinity
from afterlaunch.drift.measures.null_share import NullShare
from afterlaunch.drift.measures.psi import PSI
from afterlaunch.drift.measures.total_variation import TotalVariation
from afterlaunch.drift.measures.unseen_share import UnseenShare
from afterlaunch.drift.measures.wasserstein import Wasserstein

__all__ = [
    "KS",
    "PSI",
    "ChiSquared",
    "DomainClassifier",
    "Hellinger",
    "JensenShannon",
    "LInfinity",
    "NullShare",
    "TotalVariation",
    "UnseenShare",
    "Wasserstein",
]
