"""The same panel as a notebook output, a page, a picture and JSON."""

from afterlaunch.export.shown import Shown

__all__ = ["Shown"]
