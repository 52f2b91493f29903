"""Logs that ship with the package."""

from afterlaunch.datasets.flights import CELSIUS_FROM, FLIGHTS_CURRENT, FLIGHTS_REFERENCE, flights
from afterlaunch.datasets.recommender import recommender

__all__ = ["CELSIUS_FROM", "FLIGHTS_CURRENT", "FLIGHTS_REFERENCE", "flights", "recommender"]
