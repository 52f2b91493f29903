"""Where the files of a log are counted."""

from afterlaunch.profiles.runners.dask import Dask
from afterlaunch.profiles.runners.local import Local
from afterlaunch.profiles.runners.runner import Runner

__all__ = ["Dask", "Local", "Runner"]
