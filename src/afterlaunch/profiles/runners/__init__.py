# Written by `make sync` from the files beside it; do not edit.
"""Where the files of a log are counted, one file a place."""

from afterlaunch.profiles.runners.dask import Dask
from afterlaunch.profiles.runners.local import Local
from afterlaunch.profiles.runners.runner import Runner

__all__ = ["Dask", "Local", "Runner"]
