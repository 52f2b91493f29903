"""Logs that ship with the package."""

from afterlaunch.datasets.flights import CELSIUS_FROM, FLIGHTS_CURRENT, FLIGHTS_REFERENCE, flights

__all__ = ["CELSIUS_FROM", "FLIGHTS_CURRENT", "FLIGHTS_REFERENCE", "flights"]
