# Written by `make sync` from the files beside it; do not edit.
"""Ways to score how odd rows are, one file each."""

from afterlaunch.edges.outliers.isolation_forest import IsolationForest
from afterlaunch.edges.outliers.mahalanobis import RobustMahalanobis
from afterlaunch.edges.outliers.neighbours import NearestNeighbours
from afterlaunch.edges.outliers.tail import EmpiricalTail

__all__ = ["EmpiricalTail", "IsolationForest", "NearestNeighbours", "RobustMahalanobis"]
